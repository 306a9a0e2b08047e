using System.Text.Json;

namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private static readonly Query s_insertVote = new("INSERT INTO vote(delivery, by, acting_for, at, digest) VALUES(?,?,?,?,?)");

    private static readonly Query s_votes = new("SELECT by, acting_for, at, digest FROM vote WHERE delivery = ? AND digest = ? ORDER BY n");

    private static readonly Query s_dueDeadlines = new($"""
        SELECT {DeliveryColumns}, {HeldColumns} FROM delivery d JOIN submission s ON s.n = d.submission
        WHERE d.state = 3 AND d.at_deadline <> 0 AND d.escalated = 0 AND d.deadline IS NOT NULL AND d.deadline <= ? ORDER BY d.deadline LIMIT ?
        """);

    private static readonly Query s_nextDeadline = new("SELECT min(deadline) FROM delivery WHERE state = 3 AND at_deadline <> 0 AND escalated = 0 AND deadline IS NOT NULL");

    private static readonly Query s_escalate = new("UPDATE delivery SET escalated = 1 WHERE n = ?");

    private static readonly Query s_strike = new("UPDATE recipient SET outcome = 3 WHERE submission = ? AND ordinal = ? AND delivery = ? AND outcome IN (0, 6)");

    private static readonly Query s_waitOn = new("UPDATE delivery SET since = ?, escalated = ? WHERE n = ?");

    // Who stands in the envelope once more and is not struck off there still gets the mail, so he may be named.
    private static readonly Query s_removed = new("""
        SELECT r.address FROM recipient r JOIN submission s ON s.n = r.submission WHERE s.id = ? AND r.outcome = 3
          AND NOT EXISTS (SELECT 1 FROM recipient o WHERE o.submission = r.submission AND o.outcome <> 3 AND lower(o.address) = lower(r.address))
        ORDER BY r.ordinal
        """);

    public Task<IReadOnlyList<HeldDelivery>> DueDeadlinesAsync(int max, CancellationToken cancel)
    {
        var now = Milliseconds(_time.GetUtcNow());
        return ReadAsync<IReadOnlyList<HeldDelivery>>(database => ReadHeld(database, database[s_dueDeadlines].Add(now).Add(max)), cancel);
    }

    public Task<IReadOnlyList<string>> RemovedAsync(string submissionId, CancellationToken cancel) => ReadAsync<IReadOnlyList<string>>(
        database =>
        {
            var addresses = new List<string>();
            var rows = database[s_removed].Add(submissionId);
            while (rows.Step())
            {
                addresses.Add(rows.Text(0));
            }

            return addresses;
        },
        cancel);

    /// <summary>
    /// Corrects the recipients as the decision says: those struck off are cancelled, those who wait on get a delivery of their own in the same
    /// state. Returns who is left to decide on. Throws <see cref="ArgumentException"/> for ordinals that are none of the delivery's, or nobody left.
    /// </summary>
    private static List<StoredRecipient> Correct(WriteTransaction transaction, DeliveryRow row, List<StoredRecipient> recipients, Decision decision)
    {
        if (decision.Removed.Count == 0 && decision.Waiting.Count == 0)
        {
            return recipients;
        }

        var apart = decision.Removed.Concat(decision.Waiting).ToHashSet();
        if (apart.Count != decision.Removed.Count + decision.Waiting.Count || !apart.IsSubsetOf(recipients.Select(recipient => recipient.Ordinal)) || apart.Count == recipients.Count)
        {
            throw new ArgumentException("an ordinal stands twice or is none of the delivery's recipients, or nobody is left to decide on", nameof(decision));
        }

        foreach (var ordinal in decision.Removed)
        {
            transaction[s_strike].Add(row.Submission).Add(ordinal).Add(row.Id).Run();
        }

        CountOutcome(transaction, Outcome.Cancelled, decision.Removed.Count);
        if (decision.Waiting.Count > 0)
        {
            var (first, last) = Span(decision.Waiting);
            var id = InsertDelivery(transaction, NewDelivery.Like(row, row.Submission, leaseOwner: null, first, last));
            transaction[s_waitOn].Add(row.Since).Add(row.Escalated).Add(id).Run();
            foreach (var ordinal in decision.Waiting)
            {
                transaction[s_reassign].Add(id).Add(row.Submission).Add(ordinal).Run();
            }
        }

        return recipients.FindAll(recipient => !apart.Contains(recipient.Ordinal));
    }

    /// <summary>
    /// Notes an approval. True when enough approved what it is now. A pair of eyes counts once, as himself or for another, and so does an approver,
    /// by himself or by who stands in for him.
    /// </summary>
    private static bool Suffices(WriteTransaction transaction, DeliveryRow row, IReadOnlyList<ApprovalVote> before, Decision decision, string digest)
    {
        if (row.Needed <= 1)
        {
            return true;
        }

        transaction[s_insertVote].Add(row.Id).Add(decision.By).Add(decision.For).Add(transaction.Now).Add(digest).Run();
        return before.Count + 1 >= row.Needed;
    }

    private static bool HasVoted(IReadOnlyList<ApprovalVote> votes, Decision decision)
    {
        var names = new[] { Fold(decision.By), Fold(decision.For ?? decision.By) };
        return votes.Any(vote => names.Contains(Fold(vote.By)) || names.Contains(Fold(vote.For ?? vote.By)));
    }

    private static List<ApprovalVote> VotesOf(SqliteDatabase database, long delivery, string digest)
    {
        var votes = new List<ApprovalVote>();
        var rows = database[s_votes].Add(delivery).Add(digest);
        while (rows.Step())
        {
            votes.Add(new ApprovalVote(rows.Text(0), rows.NullableText(1), rows.Time(2), rows.Text(3)));
        }

        return votes;
    }

    private static ApprovalTerms TermsOf(DeliveryRow row) => row.State != DeliveryState.Approval ? ApprovalTerms.One : new ApprovalTerms(
        row.Needed, row.Deadline is { } deadline ? TimeSpan.FromMilliseconds(deadline - row.Since) : null, row.AtDeadline, ReadList(row.EscalateTo));

    private static string? OrdinalsJson(IReadOnlyList<int> ordinals) =>
        ordinals.Count == 0 ? null : JsonSerializer.Serialize(ordinals, StoredJson.Readable.IReadOnlyListInt32);
}
