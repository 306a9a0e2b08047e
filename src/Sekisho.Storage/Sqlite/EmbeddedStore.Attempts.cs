namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private static readonly Query s_pendingOrdinals = new("""
        SELECT ordinal FROM recipient WHERE submission = ? AND ordinal BETWEEN ? AND ? AND delivery = ? AND outcome IN (0, 6)
        """);

    private static readonly Query s_outcome = new("UPDATE recipient SET outcome = ?, reply = ?, duplicate = ? WHERE submission = ? AND ordinal = ?");

    private static readonly Query s_isDuplicate = new("SELECT duplicate FROM recipient WHERE submission = ? AND ordinal = ?");

    private static readonly Query s_endAttempt = new("UPDATE attempt SET ended_at = ?, result = ? WHERE delivery = ? AND number = ? AND ended_at IS NULL");

    private static readonly Query s_done = new("UPDATE delivery SET state = 5, due = ?, since = ?, lease_owner = NULL, duplicate = ? WHERE n = ?");

    private static readonly Query s_retry = new("UPDATE delivery SET state = 1, due = ?, next_at = ?, lease_owner = NULL, duplicate = ? WHERE n = ?");

    public Task<bool> EndAttemptAsync(Lease lease, IReadOnlyList<RecipientResult> results, DateTimeOffset retryAt, IReadOnlyList<NewSubmission> reports, CancellationToken cancel)
    {
        foreach (var report in reports)
        {
            Check(report);
        }

        return WriteAsync(
            transaction =>
            {
                if (FindDelivery(transaction.Database, lease.DeliveryId) is not { } row)
                {
                    return false;
                }

                var id = IdOf(transaction.Database, row.Submission);
                if (row.State != DeliveryState.Ready || !row.IsHeldBy(lease))
                {
                    // Too late to count, but it happened: whoever asks later must be able to see it.
                    transaction.Audit("late-result", row.Submission, id, row.Id, lease.Owner, AttemptDetail(row.Attempts, lease.Fence, results));
                    return false;
                }

                End(transaction, row, id, results, Milliseconds(retryAt));
                foreach (var report in reports)
                {
                    Accept(transaction, report, null, TimeSpan.Zero);
                }

                Failpoints.Hit("store.attempt.in-tx");
                return true;
            },
            cancel);
    }

    private void End(WriteTransaction transaction, DeliveryRow row, string id, IReadOnlyList<RecipientResult> results, long retryAt)
    {
        var pending = PendingOrdinals(transaction.Database, row);
        var unknown = row.Duplicate;
        foreach (var result in results)
        {
            if (!pending.Contains(result.Ordinal))
            {
                // Not this delivery's, or it has its outcome: an outcome once written is never overwritten.
                continue;
            }

            var lost = result.Outcome == Outcome.Unknown;
            unknown |= lost;
            var was = transaction[s_isDuplicate].Add(row.Submission).Add(result.Ordinal).Scalar() == 1;
            transaction[s_outcome].Add((int)result.Outcome).Add(result.Reply).Add(was || lost).Add(row.Submission).Add(result.Ordinal).Run();
            if (lost && !was)
            {
                transaction.Count(Counter.PossibleDuplicates);
            }

            if (IsFinal(result.Outcome))
            {
                pending.Remove(result.Ordinal);
                CountOutcome(transaction, result.Outcome, 1);
            }
        }

        if (results.Any(r => r.Outcome == Outcome.Delivered))
        {
            TeachLesson(transaction, row.Submission);
        }

        var kind = KindOf(results);
        transaction[s_endAttempt].Add(transaction.Now).Add(kind).Add(row.Id).Add(row.Attempts).Run();
        if (pending.Count == 0)
        {
            transaction[s_done].Add(transaction.Now).Add(transaction.Now).Add(unknown).Add(row.Id).Run();
        }
        else
        {
            transaction[s_retry].Add(retryAt).Add(retryAt).Add(unknown).Add(row.Id).Run();
            HaltIfStopped(transaction, row);
        }

        transaction.Audit(kind, row.Submission, id, row.Id, "gateway", AttemptDetail(row.Attempts, null, results));
    }

    private static HashSet<int> PendingOrdinals(SqliteDatabase database, DeliveryRow row)
    {
        var pending = new HashSet<int>();
        var ordinals = database[s_pendingOrdinals].Add(row.Submission).Add(row.First).Add(row.Last).Add(row.Id);
        while (ordinals.Step())
        {
            pending.Add(ordinals.Int32(0));
        }

        return pending;
    }

    private static bool IsFinal(Outcome outcome) => outcome is not (Outcome.Pending or Outcome.Unknown);

    private static void CountOutcome(WriteTransaction transaction, Outcome outcome, int by)
    {
        var counter = outcome switch
        {
            Outcome.Delivered => Counter.Delivered,
            Outcome.Bounced => Counter.Bounced,
            Outcome.Cancelled => Counter.Cancelled,
            Outcome.Refused => Counter.Refused,
            Outcome.Expired => Counter.Expired,
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
        transaction.Count(counter, by);
    }

    /// <summary>The event's name: the outcome when all had the same, else <c>attempt</c>.</summary>
    private static string KindOf(IReadOnlyList<RecipientResult> results)
    {
        if (results.Count == 0)
        {
            return "deferred";
        }

        for (var i = 1; i < results.Count; i++)
        {
            if (results[i].Outcome != results[0].Outcome)
            {
                return "attempt";
            }
        }

        return NameOf(results[0].Outcome);
    }

    private static string AttemptDetail(int attempt, long? fence, IReadOnlyList<RecipientResult> results) => Json(writer =>
    {
        writer.WriteNumber("attempt", attempt);
        if (fence is { } number)
        {
            writer.WriteNumber("fence", number);
        }

        writer.WriteNumber("recipients", results.Count);
        writer.WriteStartArray("results");
        foreach (var result in results.Take(Spelled))
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(result.Ordinal);
            writer.WriteStringValue(NameOf(result.Outcome));
            writer.WriteStringValue(result.Reply.Length > 200 ? result.Reply[..200] : result.Reply);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        if (results.Count > Spelled)
        {
            writer.WriteStartObject("outcomes");
            foreach (var outcome in results.GroupBy(result => result.Outcome))
            {
                writer.WriteNumber(NameOf(outcome.Key), outcome.Count());
            }

            writer.WriteEndObject();
        }
    });

    private static string NameOf(Outcome outcome) => outcome switch
    {
        Outcome.Pending => "deferred",
        Outcome.Delivered => "delivered",
        Outcome.Bounced => "bounced",
        Outcome.Cancelled => "cancelled",
        Outcome.Refused => "refused",
        Outcome.Expired => "expired",
        _ => "unknown",
    };
}
