using System.Text.Json;

namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private static readonly Query s_insertDecision = new("INSERT INTO decision(delivery, at, kind, by, digest, reason, individually) VALUES(?,?,?,?,?,?,?)");

    private static readonly Query s_release = new("""
        UPDATE delivery SET state = 1, due = ?, next_at = ?, since = ?, hold_until = NULL, stopped = 0, released_at = ?, copy = ?, first = ?, last = ? WHERE n = ?
        """);

    private static readonly Query s_released = new("UPDATE delivery SET released_at = ?, duplicate = ? WHERE n = ?");

    private static readonly Query s_reassign = new("UPDATE recipient SET delivery = ? WHERE submission = ? AND ordinal = ?");

    private static readonly Query s_finishRecipients = new("""
        UPDATE recipient SET outcome = ? WHERE submission = ? AND ordinal BETWEEN ? AND ? AND delivery = ? AND outcome IN (0, 6)
        """);

    public Task<DecisionResult> DecideAsync(Decision decision, CancellationToken cancel)
    {
        foreach (var note in decision.Notes)
        {
            Check(note);
        }

        return WriteAsync(
            transaction =>
            {
                if (FindDelivery(transaction.Database, decision.DeliveryId) is not { } row)
                {
                    return DecisionResult.NotFound;
                }

                var refusal = WhyNot(row, decision.Kind, transaction.Now);
                if (refusal is { } no)
                {
                    return no;
                }

                var submission = ReadSubmission(transaction.Database, row.Submission);
                var recipients = PendingRecipients(transaction.Database, row);
                var digest = DecisionDigest.Compute(submission.Digest, row.Id, row.Copy, recipients.Select(recipient => recipient.Address));
                if (!string.Equals(digest, decision.DecisionDigest, StringComparison.Ordinal))
                {
                    return DecisionResult.DigestChanged;
                }

                Apply(transaction, row, submission, recipients, decision);
                Failpoints.Hit("store.decide.in-tx");
                return DecisionResult.Done;
            },
            cancel);
    }

    /// <summary>
    /// Law 4 as a table: which decision fits what state. A held mail is the sender's to release; what awaits approval he can only
    /// take back; what was refused nobody lets go; what is Ready can be taken back while its undo window is open and nobody has begun.
    /// </summary>
    private static DecisionResult? WhyNot(DeliveryRow row, DecisionKind kind, long now) => (row.State, kind) switch
    {
        (DeliveryState.Held, DecisionKind.Release or DecisionKind.ReleaseIndividually or DecisionKind.Cancel) => null,
        (DeliveryState.Held, DecisionKind.TimerRelease) => row.HoldUntil <= now && !row.Stopped ? null : DecisionResult.NotAllowed,
        (DeliveryState.Approval, DecisionKind.Approve or DecisionKind.Reject or DecisionKind.Cancel) => null,
        (DeliveryState.Refused, DecisionKind.Cancel) => null,
        (DeliveryState.Ready, DecisionKind.Cancel) when row.LeaseOwner is null && row.Attempts == 0 && row.NextAt > now => null,
        (DeliveryState.Held or DeliveryState.Approval or DeliveryState.Refused or DeliveryState.Inspecting, _) => DecisionResult.NotAllowed,
        _ => DecisionResult.AlreadyDecided,
    };

    private static void Apply(WriteTransaction transaction, DeliveryRow row, Submission submission, List<StoredRecipient> recipients, Decision decision)
    {
        transaction[s_insertDecision].Add(row.Id).Add(transaction.Now).Add((int)decision.Kind).Add(decision.By).Add(decision.DecisionDigest).Add(decision.Reason)
            .Add(decision.Individually.Count == 0 ? null : JsonSerializer.Serialize(decision.Individually, StoredJson.Readable.IReadOnlyListInt32)).Run();
        switch (decision.Kind)
        {
            case DecisionKind.Approve or DecisionKind.TimerRelease when decision.Individually.Count > 0:
                ReleaseIndividually(transaction, row, recipients, decision.Individually);
                break;
            case DecisionKind.Release or DecisionKind.Approve or DecisionKind.TimerRelease:
                Release(transaction, row, row.Copy, (row.First, row.Last));
                break;
            case DecisionKind.ReleaseIndividually:
                ReleaseIndividually(transaction, row, recipients, decision.Individually);
                break;
            case DecisionKind.Cancel:
                Finish(transaction, row, row.State == DeliveryState.Refused ? Outcome.Refused : Outcome.Cancelled);
                break;
            case DecisionKind.Reject:
                Finish(transaction, row, Outcome.Refused);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(decision));
        }

        if (decision.Kind == DecisionKind.Release && decision.Gathering is { Count: > 0 } gathering)
        {
            Learn(transaction, gathering, transaction.Now);
        }

        transaction.Audit("decided", row.Submission, submission.Id, row.Id, decision.By, Json(writer =>
        {
            writer.WriteString("kind", NameOf(decision.Kind));
            writer.WriteString("was", NameOf(row.State));
            writer.WriteString("digest", decision.DecisionDigest);
            writer.WriteNumber("recipients", recipients.Count);
            if (decision.Individually.Count > 0)
            {
                writer.WriteNumber("individually", decision.Individually.Count);
            }

            if (decision.Reason is { } reason)
            {
                writer.WriteString("reason", reason);
            }
        }));
        foreach (var note in decision.Notes)
        {
            Accept(transaction, note, null, TimeSpan.Zero);
        }
    }

    private static void Release(WriteTransaction transaction, DeliveryRow row, CopyKind copy, (int First, int Last) span) =>
        transaction[s_release].Add(transaction.Now).Add(transaction.Now).Add(transaction.Now).Add(transaction.Now).Add((int)copy).Add(span.First).Add(span.Last).Add(row.Id).Run();

    /// <summary>The named recipients get copies of their own; the rest stays together in the row that was decided on. Where nobody stays, the first copy takes the row.</summary>
    private static void ReleaseIndividually(WriteTransaction transaction, DeliveryRow row, List<StoredRecipient> recipients, IReadOnlyList<int> individually)
    {
        var alone = individually.ToHashSet();
        if (alone.Count != individually.Count || !alone.IsSubsetOf(recipients.Select(recipient => recipient.Ordinal)))
        {
            throw new ArgumentException("an ordinal stands twice or is none of the delivery's recipients", nameof(individually));
        }

        var together = recipients.Where(recipient => !alone.Contains(recipient.Ordinal)).Select(recipient => recipient.Ordinal).ToList();
        var own = individually.Order().ToList();
        if (together.Count > 0)
        {
            Release(transaction, row, row.Copy, Span(together));
        }
        else
        {
            Release(transaction, row, CopyKind.Individual, (own[0], own[0]));
            own.RemoveAt(0);
        }

        foreach (var ordinal in own)
        {
            var id = InsertDelivery(transaction, new NewDelivery(row.Submission, DeliveryState.Ready, transaction.Now, transaction.Now, null, 0, CopyKind.Individual, ordinal, ordinal)
            {
                Action = row.Action,
                Rules = row.Rules,
            });
            transaction[s_released].Add(transaction.Now).Add(row.Duplicate).Add(id).Run();
            transaction[s_reassign].Add(id).Add(row.Submission).Add(ordinal).Run();
        }
    }

    private static void Finish(WriteTransaction transaction, DeliveryRow row, Outcome outcome)
    {
        var ended = transaction[s_finishRecipients].Add((int)outcome).Add(row.Submission).Add(row.First).Add(row.Last).Add(row.Id).Run();
        CountOutcome(transaction, outcome, ended);
        transaction[s_done].Add(transaction.Now).Add(transaction.Now).Add(row.Duplicate).Add(row.Id).Run();
    }

    private static string NameOf(DecisionKind kind) => kind switch
    {
        DecisionKind.Release => "release",
        DecisionKind.ReleaseIndividually => "release-individually",
        DecisionKind.Cancel => "cancel",
        DecisionKind.Approve => "approve",
        DecisionKind.Reject => "reject",
        _ => "timer-release",
    };
}
