namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore : IConfigHistory
{
    private static readonly Query s_insertConfiguration = new("INSERT INTO configuration(at, by, text, policy, note) VALUES(?,?,?,?,?) RETURNING n");

    private static readonly Query s_configurations = new("SELECT n, at, by, text, policy, note FROM configuration ORDER BY n DESC LIMIT ?");

    private static readonly Query s_configuration = new("SELECT n, at, by, text, policy, note FROM configuration WHERE n = ?");

    private static readonly Query s_saveDraft = new("""
        INSERT INTO configuration_draft(author, at, base, text, looked_at, result) VALUES(?,?,?,?,?,?)
        ON CONFLICT(author) DO UPDATE SET at = excluded.at, base = excluded.base, text = excluded.text, looked_at = excluded.looked_at, result = excluded.result
        """);

    private static readonly Query s_noteResult = new("UPDATE configuration_draft SET looked_at = ?, result = ? WHERE author = ? AND base = ? AND text = ?");

    private static readonly Query s_draft = new("SELECT author, at, base, text, looked_at, result FROM configuration_draft WHERE author = ?");

    private static readonly Query s_deleteDraft = new("DELETE FROM configuration_draft WHERE author = ?");

    public IConfigHistory Configurations => this;

    Task<long> IConfigHistory.AddAsync(ConfigVersion version, CancellationToken cancel) => WriteAsync(
        transaction =>
        {
            var number = transaction[s_insertConfiguration].Add(transaction.Now).Add(version.By).Add(version.Text).Add(version.PolicyVersion).Add(version.Note).Scalar()!.Value;
            transaction.Audit("policy-activated", null, null, null, version.By, Json(writer =>
            {
                writer.WriteNumber("number", number);
                writer.WriteString("policy", version.PolicyVersion);
                writer.WriteString("digest", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(version.Text))));
                writer.WriteString("note", version.Note);
            }));
            return number;
        },
        cancel);

    Task<IReadOnlyList<ConfigVersion>> IConfigHistory.ListAsync(int max, CancellationToken cancel) => ReadAsync<IReadOnlyList<ConfigVersion>>(
        database =>
        {
            var found = new List<ConfigVersion>();
            var rows = database[s_configurations].Add(max);
            while (rows.Step())
            {
                found.Add(ReadVersion(rows));
            }

            return found;
        },
        cancel);

    Task<ConfigVersion?> IConfigHistory.FindAsync(long number, CancellationToken cancel) => ReadAsync(
        database =>
        {
            var rows = database[s_configuration].Add(number);
            var found = rows.Step() ? ReadVersion(rows) : null;
            rows.Reset();
            return found;
        },
        cancel);

    Task IConfigHistory.SaveDraftAsync(ConfigDraft draft, CancellationToken cancel) => WriteAsync(
        transaction => transaction[s_saveDraft].Add(Fold(draft.Author)).Add(transaction.Now).Add(draft.BaseDigest).Add(draft.Text).Add(draft.LookedAt).Add(draft.ResultJson).Run(),
        cancel);

    Task<bool> IConfigHistory.NoteResultAsync(string author, string baseDigest, string text, string lookedAt, string resultJson, CancellationToken cancel)
        => WriteAsync(transaction => transaction[s_noteResult].Add(lookedAt).Add(resultJson).Add(Fold(author)).Add(baseDigest).Add(text).Run() > 0, cancel);

    Task<ConfigDraft?> IConfigHistory.FindDraftAsync(string author, CancellationToken cancel) => ReadAsync(
        database =>
        {
            var rows = database[s_draft].Add(Fold(author));
            var found = rows.Step() ? new ConfigDraft(rows.Text(0), rows.Time(1), rows.Text(2), rows.Text(3), rows.NullableText(4), rows.NullableText(5)) : null;
            rows.Reset();
            return found;
        },
        cancel);

    Task<bool> IConfigHistory.RemoveDraftAsync(string author, CancellationToken cancel) => WriteAsync(transaction => transaction[s_deleteDraft].Add(Fold(author)).Run() > 0, cancel);

    private static ConfigVersion ReadVersion(Statement row) => new(row.Int64(0), row.Time(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5));
}
