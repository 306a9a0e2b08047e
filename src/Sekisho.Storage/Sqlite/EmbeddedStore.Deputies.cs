namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore : IDeputyStore
{
    private static readonly Query s_deputies = new("SELECT n, approver, substitute, from_day, until_day, by FROM deputy WHERE ended_at IS NULL AND until_day >= ? ORDER BY until_day, n");

    private static readonly Query s_insertDeputy = new("INSERT INTO deputy(approver, substitute, from_day, until_day, by) VALUES(?,?,?,?,?)");

    private static readonly Query s_endDeputy = new("UPDATE deputy SET ended_at = ? WHERE n = ? AND ended_at IS NULL");

    private Action? _deputiesChanged;

    event Action? IDeputyStore.Changed
    {
        add => _deputiesChanged += value;
        remove => _deputiesChanged -= value;
    }

    public IDeputyStore Deputies => this;

    public IReadOnlyList<Deputy> DeputiesNow(DateOnly day) => Read(database => Standing(database, day));

    public Task<IReadOnlyList<Deputy>> DeputiesAsync(DateOnly day, CancellationToken cancel) =>
        ReadAsync<IReadOnlyList<Deputy>>(database => Standing(database, day), cancel);

    public async Task<long> AddDeputyAsync(Deputy deputy, CancellationToken cancel)
    {
        if (deputy.Until < deputy.From || string.Equals(Fold(deputy.Approver), Fold(deputy.Substitute), StringComparison.Ordinal) || deputy.Approver.Length == 0 || deputy.Substitute.Length == 0)
        {
            throw new ArgumentException("a deputy is somebody else, from a day on until the same or a later one", nameof(deputy));
        }

        var id = await WriteAsync(
            transaction =>
            {
                transaction[s_insertDeputy].Add(deputy.Approver).Add(deputy.Substitute).Add(deputy.From.DayNumber).Add(deputy.Until.DayNumber).Add(deputy.By).Run();
                var added = transaction.Database.LastInsertRowId;
                transaction.Audit("deputy-added", null, null, null, deputy.By, Json(writer =>
                {
                    writer.WriteNumber("deputy", added);
                    writer.WriteString("approver", deputy.Approver);
                    writer.WriteString("substitute", deputy.Substitute);
                    writer.WriteString("from", deputy.From.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
                    writer.WriteString("until", deputy.Until.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
                }));
                return added;
            },
            cancel).ConfigureAwait(false);
        _deputiesChanged?.Invoke();
        return id;
    }

    public async Task<bool> RemoveDeputyAsync(long id, string by, CancellationToken cancel)
    {
        var ended = await WriteAsync(
            transaction =>
            {
                if (transaction[s_endDeputy].Add(transaction.Now).Add(id).Run() == 0)
                {
                    return false;
                }

                transaction.Audit("deputy-ended", null, null, null, by, Json(writer => writer.WriteNumber("deputy", id)));
                return true;
            },
            cancel).ConfigureAwait(false);
        if (ended)
        {
            _deputiesChanged?.Invoke();
        }

        return ended;
    }

    private static List<Deputy> Standing(SqliteDatabase database, DateOnly day)
    {
        var deputies = new List<Deputy>();
        var rows = database[s_deputies].Add(day.DayNumber);
        while (rows.Step())
        {
            deputies.Add(new Deputy(rows.Int64(0), rows.Text(1), rows.Text(2), DateOnly.FromDayNumber(rows.Int32(3)), DateOnly.FromDayNumber(rows.Int32(4)), rows.Text(5)));
        }

        return deputies;
    }
}
