namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private static readonly Query s_due = new($"SELECT {DeliveryColumns} FROM delivery d WHERE d.state = ? AND d.state < 5 AND d.due <= ? ORDER BY d.due LIMIT ?");

    private static readonly Query s_take = new("UPDATE delivery SET lease_owner = ?, fence = ?, due = ?, attempts = ? WHERE n = ?");

    private static readonly Query s_renew = new("UPDATE delivery SET due = ? WHERE n = ? AND lease_owner = ? AND fence = ?");

    private static readonly Query s_putBack = new("UPDATE delivery SET lease_owner = NULL, due = next_at, attempts = ? WHERE n = ?");

    private static readonly Query s_othersLeases = new($"SELECT {DeliveryColumns} FROM delivery d WHERE d.state IN (0, 1) AND d.state < 5 AND d.lease_owner IS NOT NULL AND d.lease_owner <> ?");

    private static readonly Query s_beginAttempt = new("INSERT INTO attempt(delivery, number, fence, owner, begun_at) VALUES(?,?,?,?,?)");

    private static readonly Query s_voidAttempt = new("DELETE FROM attempt WHERE delivery = ? AND number = ? AND ended_at IS NULL");

    private static readonly Query s_abandonAttempt = new("UPDATE attempt SET ended_at = ?, result = 'unknown' WHERE delivery = ? AND number = ? AND ended_at IS NULL");

    private static readonly Query s_markDelivery = new("UPDATE delivery SET duplicate = 1 WHERE n = ?");

    private static readonly Query s_markRecipients = new("""
        UPDATE recipient SET duplicate = 1 WHERE submission = ? AND ordinal BETWEEN ? AND ? AND delivery = ? AND outcome IN (0, 6) AND duplicate = 0
        """);

    private static readonly Query s_nextReady = new("SELECT min(due) FROM delivery WHERE state = 1 AND state < 5");

    private static readonly Query s_nextTimer = new("SELECT min(hold_until) FROM delivery WHERE state = 2 AND hold_until IS NOT NULL AND stopped = 0");

    public Task<IReadOnlyList<Delivery>> LeaseAsync(DeliveryState state, int max, string owner, TimeSpan leaseFor, CancellationToken cancel)
    {
        if (state is not (DeliveryState.Inspecting or DeliveryState.Ready))
        {
            throw new ArgumentException("only what is Inspecting or Ready can be leased", nameof(state));
        }

        return WriteAsync<IReadOnlyList<Delivery>>(
            transaction =>
            {
                var rows = new List<DeliveryRow>();
                var due = transaction[s_due].Add((int)state).Add(transaction.Now).Add(max);
                while (due.Step())
                {
                    rows.Add(ReadDelivery(due));
                }

                var until = transaction.Now + (long)leaseFor.TotalMilliseconds;
                var deliveries = new List<Delivery>(rows.Count);
                Submission? submission = null;
                long submissionKey = 0;
                foreach (var row in rows)
                {
                    if (submission is null || submissionKey != row.Submission)
                    {
                        // Copies of one submission lie beside each other; its body is read once for all of them.
                        submission = ReadSubmission(transaction.Database, row.Submission);
                        submissionKey = row.Submission;
                    }

                    if (Take(transaction, row, submission, owner, until) is { } taken)
                    {
                        deliveries.Add(taken);
                    }
                }

                Failpoints.Hit("store.lease.in-tx");
                return deliveries;
            },
            cancel);
    }

    public async Task<int> ReclaimAsync(string owner, CancellationToken cancel)
    {
        // The one gateway on this store is starting, so nobody else can be writing a body now.
        await Task.Run(() => _spool.RemoveOrphans(IsOwned, TimeSpan.Zero), cancel).ConfigureAwait(false);
        return await WriteAsync(
            transaction =>
            {
                var rows = new List<DeliveryRow>();
                var others = transaction[s_othersLeases].Add(owner);
                while (others.Step())
                {
                    rows.Add(ReadDelivery(others));
                }

                foreach (var row in rows)
                {
                    Abandon(transaction, row, null);
                    transaction[s_putBack].Add(row.Attempts).Add(row.Id).Run();
                    HaltIfStopped(transaction, row);
                }

                Failpoints.Hit("store.reclaim.in-tx");
                return rows.Count;
            },
            cancel).ConfigureAwait(false);
    }

    public Task<bool> RenewAsync(Lease lease, TimeSpan leaseFor, CancellationToken cancel) => WriteAsync(
        transaction => transaction[s_renew].Add(transaction.Now + (long)leaseFor.TotalMilliseconds).Add(lease.DeliveryId).Add(lease.Owner).Add(lease.Fence).Run() == 1,
        cancel);

    public Task ReturnAsync(Lease lease, CancellationToken cancel) => WriteAsync(
        transaction =>
        {
            if (FindDelivery(transaction.Database, lease.DeliveryId) is not { } row || !row.IsHeldBy(lease) || row.State is not (DeliveryState.Inspecting or DeliveryState.Ready))
            {
                return false;
            }

            var attempts = row.Attempts;
            if (row.State == DeliveryState.Ready && transaction[s_voidAttempt].Add(row.Id).Add(attempts).Run() == 1)
            {
                attempts--;
            }

            transaction[s_putBack].Add(attempts).Add(row.Id).Run();
            HaltIfStopped(transaction, row);
            Failpoints.Hit("store.return.in-tx");
            return true;
        },
        cancel);

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancel) => ReadAsync(
        database =>
        {
            var ready = database[s_nextReady].Scalar();
            var timer = database[s_nextTimer].Scalar();
            var deadline = database[s_nextDeadline].Scalar();
            var next = Math.Min(ready ?? long.MaxValue, Math.Min(timer ?? long.MaxValue, deadline ?? long.MaxValue));
            return next == long.MaxValue ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(next);
        },
        cancel);

    /// <summary>Leases one due row. Null when its sender was stopped while it was under way with an owner who never came back: it is halted instead.</summary>
    private static Delivery? Take(WriteTransaction transaction, DeliveryRow row, Submission submission, string owner, long until)
    {
        if (row.LeaseOwner is not null)
        {
            Abandon(transaction, row, submission.Id);
            if (HaltIfStopped(transaction, row))
            {
                return null;
            }

            row = row with { Duplicate = row.Duplicate || row.State == DeliveryState.Ready };
        }

        row = row with { LeaseOwner = owner, Fence = row.Fence + 1, Attempts = row.State == DeliveryState.Ready ? row.Attempts + 1 : row.Attempts };
        transaction[s_take].Add(owner).Add(row.Fence).Add(until).Add(row.Attempts).Add(row.Id).Run();
        if (row.State == DeliveryState.Ready)
        {
            BeginAttempt(transaction, row.Id, row.Attempts, row.Fence, owner);
        }

        return AsDelivery(row, submission, PendingRecipients(transaction.Database, row));
    }

    private static void BeginAttempt(WriteTransaction transaction, long delivery, int number, long fence, string owner) =>
        transaction[s_beginAttempt].Add(delivery).Add(number).Add(fence).Add(owner).Add(transaction.Now).Run();

    /// <summary>An owner died or fell silent. If he had begun an attempt, nobody knows how far he came: the next one may duplicate, and that is said (law 8).</summary>
    private static void Abandon(WriteTransaction transaction, DeliveryRow row, string? submissionId)
    {
        if (row.State != DeliveryState.Ready || transaction[s_abandonAttempt].Add(transaction.Now).Add(row.Id).Add(row.Attempts).Run() == 0)
        {
            return;
        }

        transaction[s_markDelivery].Add(row.Id).Run();
        transaction.Count(Counter.PossibleDuplicates, transaction[s_markRecipients].Add(row.Submission).Add(row.First).Add(row.Last).Add(row.Id).Run());
        transaction.Audit(
            "unknown",
            row.Submission,
            submissionId ?? IdOf(transaction.Database, row.Submission),
            row.Id,
            "gateway",
            Json(writer =>
            {
                writer.WriteNumber("attempt", row.Attempts);
                writer.WriteString("reason", "the attempt was begun and its end is not known");
            }));
    }
}
