namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private static readonly Query s_insertDecision = new("INSERT INTO decision(delivery, at, kind, by, digest, reason, individually, acting_for, removed, waiting) VALUES(?,?,?,?,?,?,?,?,?,?)");

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

                var refusal = WhyNot(row, decision, transaction.Now);
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

                var corrects = decision.Removed.Count + decision.Waiting.Count > 0;
                IReadOnlyList<ApprovalVote> votes = !corrects && decision.Kind == DecisionKind.Approve && row.Needed > 1 ? VotesOf(transaction.Database, row.Id, digest) : [];
                if (HasVoted(votes, decision))
                {
                    return DecisionResult.AlreadyDecided;
                }

                var result = Apply(transaction, row, submission, recipients, votes, decision);
                Failpoints.Hit("store.decide.in-tx");
                return result;
            },
            cancel);
    }

    /// <summary>
    /// Law 4 as a table: which decision fits what state. A held mail is the sender's to release; what awaits approval he can only
    /// take back, and its time running out never lets it go; what was refused nobody lets go; what is Ready can be taken back while its undo window is open and nobody has begun.
    /// </summary>
    private static DecisionResult? WhyNot(DeliveryRow row, Decision decision, long now) => (row.State, decision.Kind) switch
    {
        (_, DecisionKind.TimerRelease or DecisionKind.DeadlineReturn or DecisionKind.DeadlineEscalate) when decision.Removed.Count + decision.Waiting.Count > 0 => DecisionResult.NotAllowed,
        (DeliveryState.Held, DecisionKind.Release or DecisionKind.ReleaseIndividually or DecisionKind.Cancel) => null,
        (DeliveryState.Held, DecisionKind.TimerRelease) => row.HoldUntil <= now && !row.Stopped ? null : DecisionResult.NotAllowed,
        (DeliveryState.Approval, DecisionKind.Approve or DecisionKind.Reject or DecisionKind.Cancel) => null,
        (DeliveryState.Approval, DecisionKind.DeadlineReturn) => IsOver(row, AtDeadline.Return, now) ? null : DecisionResult.NotAllowed,
        (DeliveryState.Approval, DecisionKind.DeadlineEscalate) => IsOver(row, AtDeadline.Escalate, now) ? null : DecisionResult.NotAllowed,
        (DeliveryState.Refused, DecisionKind.Cancel) => null,
        (DeliveryState.Ready, DecisionKind.Cancel) when row.LeaseOwner is null && row.Attempts == 0 && row.NextAt > now => null,
        (DeliveryState.Held or DeliveryState.Approval or DeliveryState.Refused or DeliveryState.Inspecting, _) => DecisionResult.NotAllowed,
        _ => DecisionResult.AlreadyDecided,
    };

    private static bool IsOver(DeliveryRow row, AtDeadline then, long now) => row.AtDeadline == then && row.Deadline <= now && !row.Escalated;

    private DecisionResult Apply(WriteTransaction transaction, DeliveryRow row, Submission submission, List<StoredRecipient> all, IReadOnlyList<ApprovalVote> votes, Decision decision)
    {
        transaction[s_insertDecision].Add(row.Id).Add(transaction.Now).Add((int)decision.Kind).Add(decision.By).Add(decision.DecisionDigest).Add(decision.Reason)
            .Add(OrdinalsJson(decision.Individually)).Add(decision.For).Add(OrdinalsJson(decision.Removed)).Add(OrdinalsJson(decision.Waiting)).Run();
        var recipients = Correct(transaction, row, all, decision);
        if (decision.Kind == DecisionKind.Approve)
        {
            // Whoever approved another list of recipients has not seen this one: his word is void, and this one is the first.
            var digest = recipients.Count != all.Count ? DecisionDigest.Compute(submission.Digest, row.Id, row.Copy, recipients.Select(recipient => recipient.Address)) : decision.DecisionDigest;
            if (!Suffices(transaction, row, votes, decision, digest))
            {
                transaction.Audit("approval-counted", row.Submission, submission.Id, row.Id, decision.By, Detail(row, decision, recipients.Count, votes.Count + 1));
                return DecisionResult.Counted;
            }
        }

        DropLesson(transaction, row.Submission);
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
            case DecisionKind.Reject or DecisionKind.DeadlineReturn:
                Finish(transaction, row, Outcome.Refused);
                break;
            case DecisionKind.DeadlineEscalate:
                transaction[s_escalate].Add(row.Id).Run();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(decision));
        }

        if (decision.Kind == DecisionKind.Release && decision.Learnt is { } learnt)
        {
            Learn(transaction, learnt);
        }

        var kind = decision.Kind == DecisionKind.DeadlineEscalate ? "escalated" : "decided";
        transaction.Audit(kind, row.Submission, submission.Id, row.Id, decision.By, Detail(row, decision, recipients.Count, row.Needed > 1 && decision.Kind == DecisionKind.Approve ? votes.Count + 1 : 0));
        foreach (var note in decision.Notes)
        {
            Accept(transaction, note, null, TimeSpan.Zero);
        }

        return DecisionResult.Done;
    }

    private static string Detail(DeliveryRow row, Decision decision, int recipients, int votes) => Json(writer =>
    {
        writer.WriteString("kind", NameOf(decision.Kind));
        writer.WriteString("was", NameOf(row.State));
        writer.WriteString("digest", decision.DecisionDigest);
        writer.WriteNumber("recipients", recipients);
        foreach (var (name, count) in new[] { ("individually", decision.Individually.Count), ("removed", decision.Removed.Count), ("waiting", decision.Waiting.Count), ("votes", votes) })
        {
            if (count > 0)
            {
                writer.WriteNumber(name, count);
            }
        }

        if (votes > 0)
        {
            writer.WriteNumber("needed", row.Needed);
        }

        if (decision.For is { } stoodInFor)
        {
            writer.WriteString("for", stoodInFor);
        }

        if (decision.Reason is { } reason)
        {
            writer.WriteString("reason", reason);
        }
    });

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
        DecisionKind.DeadlineReturn => "deadline-return",
        DecisionKind.DeadlineEscalate => "deadline-escalate",
        _ => "timer-release",
    };
}
