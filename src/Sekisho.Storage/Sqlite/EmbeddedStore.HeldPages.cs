using System.Globalization;
using Sekisho.Policy;

namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private static readonly Query s_heldOutlines = new("""
        SELECT d.n, d.state, d.since, d.hold_until, d.stopped, d.rules, d.approvers, d.deadline, d.escalated, s.id, s.mail_from, s.subject, s.user, s.authors, d.needed, d.at_deadline, d.escalate_to
        FROM delivery d JOIN submission s ON s.n = d.submission WHERE d.state IN (2, 3, 4) AND d.state < 5
        """);

    private static readonly Query s_heldByKey = new($"""
        SELECT {DeliveryColumns}, {HeldColumns} FROM delivery d JOIN submission s ON s.n = d.submission WHERE d.n = ?
        """);

    private static readonly Query s_heldOf = new($"""
        SELECT {DeliveryColumns}, {HeldColumns} FROM delivery d JOIN submission s ON s.n = d.submission
        WHERE d.n IN (SELECT r.delivery FROM recipient r WHERE r.submission = (SELECT n FROM submission WHERE id = ?)) AND d.state IN (2, 3, 4) ORDER BY d.since, d.n
        """);

    public Task<IReadOnlyList<HeldDelivery>> HeldOfAsync(string submissionId, CancellationToken cancel) =>
        ReadAsync<IReadOnlyList<HeldDelivery>>(database => ReadHeld(database, database[s_heldOf].Add(submissionId)), cancel);

    public Task<IReadOnlyList<HeldDelivery>> HeldOutlinesAsync(CancellationToken cancel) => ReadAsync<IReadOnlyList<HeldDelivery>>(
        database => [.. Outlines(database, cancel).OrderBy(held => held.Since).ThenBy(held => held.Id)], cancel);

    public async Task<HeldPage> HeldPageAsync(Func<HeldDelivery, bool> fits, string? after, int max, CancellationToken cancel) =>
        (await HeldPagesAsync(held => fits(held) ? 0 : null, [after], max, cancel).ConfigureAwait(false))[0];

    public Task<IReadOnlyList<HeldPage>> HeldPagesAsync(Func<HeldDelivery, int?> listOf, IReadOnlyList<string?> after, int max, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 200);
        var lists = after.Select(place => (Place: PlaceOf(place), Fitting: new List<(long Since, long Id)>())).ToList();
        return ReadAsync<IReadOnlyList<HeldPage>>(
            database =>
            {
                // All that waits is looked at, each as little as tells whose it is; only what stands on the page is read whole.
                foreach (var held in Outlines(database, cancel))
                {
                    if (listOf(held) is { } list)
                    {
                        lists[list].Fitting.Add((Milliseconds(held.Since), held.Id));
                    }
                }

                return [.. lists.Select(list => Page(database, list.Fitting, list.Place, max))];
            },
            cancel);
    }

    private static HeldPage Page(SqliteDatabase database, List<(long Since, long Id)> fitting, (long Since, long Id) place, int max)
    {
        fitting.Sort();
        var page = fitting.Where(held => held.CompareTo(place) > 0).Take(max + 1).ToList();
        var rows = page.Take(max).SelectMany(held => ReadHeld(database, database[s_heldByKey].Add(held.Id))).ToList();
        var next = page.Count > max ? string.Create(CultureInfo.InvariantCulture, $"{page[max - 1].Since}.{page[max - 1].Id}") : null;
        return new HeldPage(rows, next, fitting.Count);
    }

    private static (long Since, long Id) PlaceOf(string? after)
    {
        if (after is null)
        {
            return (long.MinValue, 0);
        }

        var dot = after.IndexOf('.');
        return dot > 0 && long.TryParse(after.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var since)
            && long.TryParse(after.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (since, id) : throw new ArgumentException("the continuation is none of this list", nameof(after));
    }

    private static IEnumerable<HeldDelivery> Outlines(SqliteDatabase database, CancellationToken cancel)
    {
        // Thousands wait for the same few people because of the same few rules.
        var lists = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        IReadOnlyList<string> List(string? json) => json is null ? [] : lists.TryGetValue(json, out var known) ? known : lists[json] = ReadList(json);
        ApprovalTerms Terms(Statement row) => (DeliveryState)row.Int32(1) != DeliveryState.Approval ? ApprovalTerms.One : new ApprovalTerms(
            row.Int32(14), row.NullableTime(7) - row.Time(2), (AtDeadline)row.Int32(15), List(row.NullableText(16)));
        var row = database[s_heldOutlines];
        while (row.Step())
        {
            cancel.ThrowIfCancellationRequested();
            yield return new HeldDelivery
            {
                Id = row.Int64(0),
                Action = (DeliveryState)row.Int32(1) switch
                {
                    DeliveryState.Held => PolicyAction.Hold,
                    DeliveryState.Approval => PolicyAction.Approve,
                    _ => PolicyAction.Refuse,
                },
                Since = row.Time(2),
                Until = row.Bool(4) ? null : row.NullableTime(3),
                Stopped = row.Bool(4),
                Rules = List(row.NullableText(5)),
                Approvers = List(row.NullableText(6)),
                Deadline = row.NullableTime(7),
                Escalated = row.Bool(8),
                Submission = row.Text(9),
                Sender = row.Text(10),
                Subject = row.Text(11),
                Submitter = row.NullableText(12),
                Authors = row.NullableText(13) is { } authors ? List(authors) : null,
                Terms = Terms(row),
                MessageDigest = "",
                DecisionDigest = "",
                Recipients = [],
                Findings = [],
            };
        }
    }
}
