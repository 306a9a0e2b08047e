namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private static readonly Query s_stopSince = new("SELECT since FROM stop_order WHERE sender = ?");

    private static readonly Query s_insertStop = new("INSERT INTO stop_order(sender, by, since) VALUES(?,?,?) ON CONFLICT(sender) DO UPDATE SET by = excluded.by, since = excluded.since");

    private static readonly Query s_deleteStop = new("DELETE FROM stop_order WHERE sender = ?");

    private static readonly Query s_stops = new("SELECT sender, by, since FROM stop_order ORDER BY since");

    // Only what still waits is looked through, so this needs no index over every sender there ever was.
    private static readonly Query s_haltable = new("""
        SELECT d.n, d.submission, d.state FROM delivery d JOIN submission s ON s.n = d.submission
        WHERE d.state IN (1, 2) AND d.state < 5 AND d.stopped = 0 AND d.lease_owner IS NULL AND s.origin = 0 AND s.sender = ?
        """);

    private static readonly Query s_sameRun = new("""
        SELECT d.n, d.submission, d.rules FROM delivery d JOIN recent r ON r.submission = d.submission
        WHERE d.state = 1 AND d.state < 5 AND d.lease_owner IS NULL AND d.released_at IS NULL AND r.sender = ? AND r.template = ? AND d.submission <> ?
        """);

    private static readonly Query s_halt = new("UPDATE delivery SET state = 2, due = ?, since = ?, lease_owner = NULL, stopped = 1 WHERE n = ?");

    private static readonly Query s_flagStopped = new("UPDATE delivery SET stopped = 1 WHERE n = ?");

    private static readonly Query s_holdForRun = new("UPDATE delivery SET state = 2, due = ?, since = ?, hold_until = NULL, rules = ? WHERE n = ?");

    private static readonly Query s_senderOf = new("SELECT sender FROM submission WHERE n = ? AND origin = 0");

    public Task<int> StopAsync(string sender, string by, CancellationToken cancel) => WriteAsync(
        transaction =>
        {
            var key = Fold(sender);
            transaction[s_insertStop].Add(key).Add(by).Add(transaction.Now).Run();
            var found = new List<(long Delivery, long Submission, DeliveryState State)>();
            var rows = transaction[s_haltable].Add(key);
            while (rows.Step())
            {
                found.Add((rows.Int64(0), rows.Int64(1), (DeliveryState)rows.Int32(2)));
            }

            foreach (var (delivery, _, state) in found)
            {
                if (state == DeliveryState.Ready)
                {
                    transaction[s_halt].Add(transaction.Now).Add(transaction.Now).Add(delivery).Run();
                }
                else
                {
                    // It waits already; the mark keeps its timer from letting it go.
                    transaction[s_flagStopped].Add(delivery).Run();
                }
            }

            transaction.Audit("stopped", null, null, null, by, Json(writer =>
            {
                writer.WriteString("sender", key);
                writer.WriteNumber("deliveries", found.Count);
            }));
            foreach (var submission in found.GroupBy(one => one.Submission))
            {
                transaction.Audit("halted", submission.Key, IdOf(transaction.Database, submission.Key), null, by, Json(writer => writer.WriteNumber("deliveries", submission.Count())));
            }

            Failpoints.Hit("store.stop.in-tx");
            return found.Count;
        },
        cancel);

    public Task<bool> LiftStopAsync(string sender, string by, CancellationToken cancel) => WriteAsync(
        transaction =>
        {
            var key = Fold(sender);
            if (transaction[s_deleteStop].Add(key).Run() == 0)
            {
                return false;
            }

            transaction.Audit("stop-lifted", null, null, null, by, Json(writer => writer.WriteString("sender", key)));
            return true;
        },
        cancel);

    public Task<IReadOnlyList<StopOrder>> StopsAsync(CancellationToken cancel) => ReadAsync<IReadOnlyList<StopOrder>>(
        database =>
        {
            var stops = new List<StopOrder>();
            var rows = database[s_stops];
            while (rows.Step())
            {
                stops.Add(new StopOrder(rows.Text(0), rows.Text(1), rows.Time(2)));
            }

            return stops;
        },
        cancel);

    private static long? StopSince(SqliteDatabase database, string sender) => database[s_stopSince].Add(sender).Scalar();

    /// <summary>What was under way when its sender was stopped is halted when it comes back, unless a person let it go after the stop.</summary>
    private static bool HaltIfStopped(WriteTransaction transaction, DeliveryRow row)
    {
        if (row.State != DeliveryState.Ready)
        {
            return false;
        }

        var sender = transaction[s_senderOf].Add(row.Submission);
        if (!sender.Step())
        {
            return false;
        }

        var key = sender.Text(0);
        sender.Reset();
        if (StopSince(transaction.Database, key) is not { } since || row.ReleasedAt >= since)
        {
            return false;
        }

        transaction[s_halt].Add(transaction.Now).Add(transaction.Now).Add(row.Id).Run();
        transaction.Audit("halted", row.Submission, IdOf(transaction.Database, row.Submission), row.Id, "gateway", Json(writer => writer.WriteString("sender", key)));
        return true;
    }

    /// <summary>A run of mails turned out to be a mistake half-way: what of it has not left waits too.</summary>
    private static void StopRun(WriteTransaction transaction, string sender, string template, long except, string cause, IReadOnlyList<string> rules)
    {
        var found = new List<(long Delivery, long Submission, string? Rules)>();
        var rows = transaction[s_sameRun].Add(sender).Add(template).Add(except);
        while (rows.Step())
        {
            found.Add((rows.Int64(0), rows.Int64(1), rows.NullableText(2)));
        }

        foreach (var (delivery, _, known) in found)
        {
            var all = ReadList(known).Union(rules, StringComparer.Ordinal).ToList();
            transaction[s_holdForRun].Add(transaction.Now).Add(transaction.Now).Add(ListJson(all)).Add(delivery).Run();
        }

        foreach (var submission in found.GroupBy(one => one.Submission))
        {
            transaction.Audit("held", submission.Key, IdOf(transaction.Database, submission.Key), null, "gateway", Json(writer =>
            {
                writer.WriteNumber("deliveries", submission.Count());
                writer.WriteString("run-stopped-by", cause);
            }));
        }
    }
}
