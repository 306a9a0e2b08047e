using System.Security.Cryptography;

namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private static readonly Query s_chain = new("""
        SELECT a.number, a.at, a.kind, s.id, a.delivery, a.by, a.detail, a.hash FROM audit a LEFT JOIN submission s ON s.n = a.submission ORDER BY a.number
        """);

    private static readonly Query s_eventsOf = new("""
        SELECT a.number, a.at, a.kind, s.id, a.delivery, a.by, a.detail, a.hash FROM audit a JOIN submission s ON s.n = a.submission
        WHERE a.submission = ? AND a.submission IS NOT NULL ORDER BY a.number
        """);

    private const string Lines = "SELECT a.number, a.at, a.kind, s.id, a.delivery, a.by, a.detail, a.hash, s.mail_from FROM audit a LEFT JOIN submission s ON s.n = a.submission";

    private static readonly Query s_linesDown = new($"{Lines} WHERE a.number < ? ORDER BY a.number DESC LIMIT ?");

    private static readonly Query s_linesUp = new($"{Lines} WHERE a.number > ? ORDER BY a.number LIMIT ?");

    /// <summary>Events looked through for one page: what a filter of a rare kind costs at the most.</summary>
    private const int LookedThrough = 50_000;

    private static readonly Query s_keyOf = new("SELECT n FROM submission WHERE id = ?");

    private static readonly Query s_counter = new("SELECT value FROM counter WHERE id = ?");

    public Task AppendAuditAsync(string kind, string by, string detailJson, CancellationToken cancel) => WriteAsync(
        transaction =>
        {
            transaction.Audit(kind, null, null, null, by, detailJson);
            return true;
        },
        cancel);

    public Task AppendAuditAsync(string kind, string by, string detailJson, string submissionId, CancellationToken cancel) => WriteAsync(
        transaction =>
        {
            var key = transaction[s_keyOf].Add(submissionId).Scalar() ?? throw new StoreException("there is no such submission");
            transaction.Audit(kind, key, submissionId, null, by, detailJson);
            return true;
        },
        cancel);

    public Task<AuditVerification> VerifyAuditAsync(IProgress<long>? progress, CancellationToken cancel) => ReadAsync(
        database =>
        {
            var hash = new byte[SHA256.HashSizeInBytes];
            long read = 0;
            var rows = database[s_chain];
            while (rows.Step())
            {
                cancel.ThrowIfCancellationRequested();
                var number = rows.Int64(0);
                if (number != read + 1)
                {
                    return new AuditVerification(read, Convert.ToHexStringLower(hash), read + 1, $"event {read + 1} is missing; the next is {number}");
                }

                read = number;
                AuditHash.Next(hash, number, rows.Int64(1), rows.Text(2), rows.NullableText(3), rows.NullableInt64(4), rows.Text(5), rows.Text(6), hash);
                if (!rows.Bytes(7).SequenceEqual(hash))
                {
                    return new AuditVerification(read, Convert.ToHexStringLower(hash), number, $"event {number} does not fit the one before it: it, or the hash beside it, was changed");
                }

                if (read % 1000 == 0)
                {
                    progress?.Report(read);
                }
            }

            progress?.Report(read);
            var written = Value(database, Counter.AuditEvents);
            return written == read
                ? new AuditVerification(read, Convert.ToHexStringLower(hash), null, null)
                : new AuditVerification(read, Convert.ToHexStringLower(hash), read + 1, $"{written} events were written, {read} are there: the end is missing");
        },
        cancel);

    public Task<AuditPage> EventsAsync(AuditQuery query, CancellationToken cancel) => ReadAsync(
        database =>
        {
            var lines = new List<AuditLine>();
            var looked = 0;
            long last = 0;
            var rows = query.After is { } after ? database[s_linesUp].Add(after).Add(LookedThrough) : database[s_linesDown].Add(query.Before ?? long.MaxValue).Add(LookedThrough);
            while (lines.Count < query.Max && rows.Step())
            {
                cancel.ThrowIfCancellationRequested();
                (looked, last) = (looked + 1, rows.Int64(0));
                if ((query.Kind is null || rows.Text(2) == query.Kind) && (query.By is null || string.Equals(rows.Text(5), query.By, StringComparison.OrdinalIgnoreCase)))
                {
                    lines.Add(new(new AuditEvent(last, rows.Time(1), rows.Text(2), rows.NullableText(3), rows.NullableInt64(4), rows.Text(5), rows.Text(6), Convert.ToHexStringLower(rows.Bytes(7))), rows.NullableText(8)));
                }
            }

            rows.Reset();
            var more = (lines.Count == query.Max || looked == LookedThrough) && (query.After is not null || last > 1);
            return new AuditPage(lines, more ? last : null);
        },
        cancel);

    private static long Value(SqliteDatabase database, Counter counter) => database[s_counter].Add((int)counter).Scalar() ?? 0;

    private static List<AuditEvent> EventsOf(SqliteDatabase database, long submission)
    {
        var events = new List<AuditEvent>();
        var rows = database[s_eventsOf].Add(submission);
        while (rows.Step())
        {
            events.Add(new AuditEvent(rows.Int64(0), rows.Time(1), rows.Text(2), rows.NullableText(3), rows.NullableInt64(4), rows.Text(5), rows.Text(6), Convert.ToHexStringLower(rows.Bytes(7))));
        }

        return events;
    }
}
