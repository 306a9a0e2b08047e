using System.Text.Json;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private const string HeldColumns = "s.id, s.mail_from, s.subject, s.digest, s.user, s.authors";

    private static readonly Query s_held = new($"""
        SELECT {DeliveryColumns}, {HeldColumns} FROM delivery d JOIN submission s ON s.n = d.submission
        WHERE d.state IN (2, 3, 4) AND d.state < 5 ORDER BY d.since, d.n
        """);

    private static readonly Query s_dueTimers = new($"""
        SELECT {DeliveryColumns}, {HeldColumns} FROM delivery d JOIN submission s ON s.n = d.submission
        WHERE d.state = 2 AND d.hold_until IS NOT NULL AND d.stopped = 0 AND d.hold_until <= ? ORDER BY d.hold_until LIMIT ?
        """);

    // What waits out its undo window can be taken back until somebody has begun with it.
    private static readonly Query s_heldOne = new($"""
        SELECT {DeliveryColumns}, {HeldColumns} FROM delivery d JOIN submission s ON s.n = d.submission
        WHERE d.n = ? AND (d.state IN (2, 3, 4) OR (d.state = 1 AND d.lease_owner IS NULL AND d.attempts = 0 AND d.next_at > ?))
        """);

    private static readonly Query s_findings = new("SELECT json FROM finding WHERE submission = ?");

    private static readonly Query s_byPrefix = new("SELECT n FROM submission WHERE id >= ? AND id < ? ORDER BY id LIMIT 2");

    private static readonly Query s_fates = new("""
        SELECT r.ordinal, r.address, r.delivery, d.state, d.copy, r.action, r.outcome, r.reply, d.attempts, r.duplicate
        FROM recipient r JOIN delivery d ON d.n = r.delivery WHERE r.submission = ? ORDER BY r.ordinal
        """);

    private static readonly Query s_inspectedNames = new("SELECT id FROM submission WHERE id > ? AND origin = 0 AND policy IS NOT NULL ORDER BY id LIMIT ?");

    private static readonly Query s_envelope = new("SELECT r.address FROM recipient r JOIN submission s ON s.n = r.submission WHERE s.id = ? ORDER BY r.ordinal");

    private static readonly Query s_submissionOf = new("SELECT s.id FROM delivery d JOIN submission s ON s.n = d.submission WHERE d.n = ?");

    private static readonly Query s_states = new("SELECT state, count(*) FROM delivery WHERE state < 5 GROUP BY state");

    private static readonly Query s_oldestReady = new("SELECT since FROM delivery WHERE n = (SELECT min(n) FROM delivery WHERE state = 1 AND state < 5)");

    private static readonly Query s_recentNotes = new("SELECT at, json FROM recent WHERE at >= ? ORDER BY at, submission");

    public Task<IReadOnlyList<HeldDelivery>> HeldAsync(CancellationToken cancel) =>
        ReadAsync<IReadOnlyList<HeldDelivery>>(database => ReadHeld(database, database[s_held]), cancel);

    public Task<IReadOnlyList<HeldDelivery>> DueTimersAsync(int max, CancellationToken cancel)
    {
        var now = Milliseconds(_time.GetUtcNow());
        return ReadAsync<IReadOnlyList<HeldDelivery>>(database => ReadHeld(database, database[s_dueTimers].Add(now).Add(max)), cancel);
    }

    public Task<HeldDelivery?> FindHeldAsync(long deliveryId, CancellationToken cancel)
    {
        var now = Milliseconds(_time.GetUtcNow());
        return ReadAsync(database => ReadHeld(database, database[s_heldOne].Add(deliveryId).Add(now)).FirstOrDefault(), cancel);
    }

    public Task<SubmissionDetail?> FindSubmissionAsync(string id, CancellationToken cancel)
    {
        var from = id.ToLowerInvariant();
        return ReadAsync(
            database =>
            {
                // '~' sorts after every character of a name, so this is "begins with", answered by the index.
                var rows = database[s_byPrefix].Add(from).Add(from + "~");
                if (from.Length == 0 || !rows.Step())
                {
                    rows.Reset();
                    return null;
                }

                var key = rows.Int64(0);
                if (rows.Step())
                {
                    rows.Reset();
                    return null;
                }

                return new SubmissionDetail(ReadSubmission(database, key), FindingsOf(database, key), Fates(database, key), EventsOf(database, key));
            },
            cancel);
    }

    public Task<IReadOnlyList<string>> InspectedAsync(DateTimeOffset since, string? after, int max, CancellationToken cancel) => ReadAsync<IReadOnlyList<string>>(
        database =>
        {
            var found = new List<string>();
            var first = SubmissionId.New(since)[..10];
            var rows = database[s_inspectedNames].Add(after is not null && string.CompareOrdinal(after, first) > 0 ? after : first).Add(max);
            while (rows.Step())
            {
                found.Add(rows.Text(0));
            }

            return found;
        },
        cancel);

    public Task<IReadOnlyList<string>> EnvelopeAsync(string submissionId, CancellationToken cancel) => ReadAsync<IReadOnlyList<string>>(
        database =>
        {
            var addresses = new List<string>();
            var rows = database[s_envelope].Add(submissionId);
            while (rows.Step())
            {
                addresses.Add(rows.Text(0));
            }

            return addresses;
        },
        cancel);

    public Task<string?> SubmissionOfAsync(long deliveryId, CancellationToken cancel) => ReadAsync(
        database =>
        {
            var rows = database[s_submissionOf].Add(deliveryId);
            var id = rows.Step() ? rows.Text(0) : null;
            rows.Reset();
            return id;
        },
        cancel);

    public Task<StoreCounts> CountsAsync(CancellationToken cancel) => ReadAsync(
        database =>
        {
            var states = new long[6];
            var rows = database[s_states];
            while (rows.Step())
            {
                states[rows.Int32(0)] = rows.Int64(1);
            }

            var oldest = database[s_oldestReady].Scalar();
            return new StoreCounts(
                Value(database, Counter.Submissions), states[0], states[1], states[2], states[3], states[4],
                Value(database, Counter.Delivered), Value(database, Counter.Bounced), Value(database, Counter.Cancelled), Value(database, Counter.Expired),
                Value(database, Counter.PossibleDuplicates), oldest is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
                Value(database, Counter.Gatherings), Schema.Version(database));
        },
        cancel);

    public Task<IReadOnlyList<(DateTimeOffset At, RecentMailNote Note)>> RecentNotesAsync(DateTimeOffset since, CancellationToken cancel) =>
        ReadAsync<IReadOnlyList<(DateTimeOffset At, RecentMailNote Note)>>(
            database =>
            {
                var notes = new List<(DateTimeOffset At, RecentMailNote Note)>();
                var rows = database[s_recentNotes].Add(Milliseconds(since));
                while (rows.Step())
                {
                    notes.Add((rows.Time(0), JsonSerializer.Deserialize(rows.Bytes(1), StoredJson.Readable.RecentMailNote)!));
                }

                return notes;
            },
            cancel);

    public Task<long> ChangeCounterAsync(CancellationToken cancel)
    {
        // Asked many times a second, so on the caller's thread: one look-up of one row. Ours is read last: see Writer.OwnCommits.
        cancel.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(Read(database => Value(database, Counter.Commits)) - _writer.OwnCommits);
        }
        catch (StoreException error)
        {
            return Task.FromException<long>(error);
        }
    }

    private static List<HeldDelivery> ReadHeld(SqliteDatabase database, Statement rows)
    {
        var waiting = new List<(DeliveryRow Row, string Id, string Sender, string Subject, string Digest, string? User, string? Authors)>();
        while (rows.Step())
        {
            const int at = DeliveryWidth;
            waiting.Add((ReadDelivery(rows), rows.Text(at), rows.Text(at + 1), rows.Text(at + 2), rows.Text(at + 3), rows.NullableText(at + 4), rows.NullableText(at + 5)));
        }

        var findings = new Dictionary<long, IReadOnlyList<Finding>>();
        var held = new List<HeldDelivery>(waiting.Count);
        foreach (var (row, id, sender, subject, digest, user, authors) in waiting)
        {
            if (!findings.TryGetValue(row.Submission, out var seen))
            {
                findings[row.Submission] = seen = FindingsOf(database, row.Submission);
            }

            var pending = PendingRecipients(database, row);
            var recipients = pending.ConvertAll(recipient => recipient.Address);
            var decided = DecisionDigest.Compute(digest, row.Id, row.Copy, recipients);
            held.Add(new HeldDelivery
            {
                Id = row.Id,
                Submission = id,
                Sender = sender,
                Subject = subject,
                Recipients = recipients,
                Action = row.State switch
                {
                    DeliveryState.Held => PolicyAction.Hold,
                    DeliveryState.Approval => PolicyAction.Approve,
                    DeliveryState.Ready => row.Copy == CopyKind.Individual ? PolicyAction.Individual : PolicyAction.Deliver,
                    _ => PolicyAction.Refuse,
                },
                Rules = ReadList(row.Rules),
                Since = DateTimeOffset.FromUnixTimeMilliseconds(row.Since),
                Submitter = user,
                Authors = authors is null ? null : ReadList(authors),
                Terms = TermsOf(row),
                Votes = row.Needed > 1 ? VotesOf(database, row.Id, decided) : [],
                Deadline = row.Deadline is { } deadline ? DateTimeOffset.FromUnixTimeMilliseconds(deadline) : null,
                Escalated = row.Escalated,
                Ordinals = pending.ConvertAll(recipient => recipient.Ordinal),
                Until = row.State == DeliveryState.Ready ? DateTimeOffset.FromUnixTimeMilliseconds(row.NextAt) : row.HoldUntil is { } until && !row.Stopped ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
                Approvers = ReadList(row.Approvers),
                DecisionDigest = decided,
                MessageDigest = digest,
                Findings = seen,
                Stopped = row.Stopped,
            });
        }

        return held;
    }

    private static IReadOnlyList<Finding> FindingsOf(SqliteDatabase database, long submission)
    {
        var row = database[s_findings].Add(submission);
        if (!row.Step())
        {
            return [];
        }

        var findings = ReadFindings(row.Text(0));
        row.Reset();
        return findings;
    }

    private static List<RecipientDetail> Fates(SqliteDatabase database, long submission)
    {
        var fates = new List<RecipientDetail>();
        var rows = database[s_fates].Add(submission);
        while (rows.Step())
        {
            fates.Add(new RecipientDetail(rows.Int32(0), rows.Text(1), rows.Int64(2), (DeliveryState)rows.Int32(3), (CopyKind)rows.Int32(4), (PolicyAction)rows.Int32(5), (Outcome)rows.Int32(6), rows.NullableText(7), rows.Int32(8), rows.Bool(9)));
        }

        return fates;
    }
}
