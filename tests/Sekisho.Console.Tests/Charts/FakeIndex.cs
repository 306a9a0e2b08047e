using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Charts;

/// <summary>An index that answers with figures a test knows.</summary>
internal sealed class FakeIndex : IMailIndex
{
    /// <summary>What it answers for any span; hours are put into the last of it.</summary>
    public Func<DateTimeOffset, DateTimeOffset, Figures> Answer { get; set; } = (_, _) => Nothing;

    public IReadOnlyList<MailRow> Rows { get; set; } = [];

    public List<(DateTimeOffset From, DateTimeOffset Until)> Asked { get; } = [];

    public List<MailQuery> Searched { get; } = [];

    public static Figures Nothing { get; } = new([], [], new WaitingFigures([], 0, 0), [], 0);

    /// <summary>Figures with something of everything.</summary>
    public static Figures Busy(DateTimeOffset until) => new(
        [new HourFigures(until.AddHours(-1), 120, 7, 5, 3, 2, 240, 4), new HourFigures(until.AddHours(-3), 80, 0, 1, 0, 0, 90, 0)],
        [
            new RuleFigures("visible-recipients", 40, 30, 4, 20, 3, 0, 0, 3),
            new RuleFigures("greeting-mismatch", 12, 11, 9, 0, 1, 0, 0, 1),
            new RuleFigures("personal-data", 20, 8, 0, 0, 1, 5, 2, 0),
        ],
        new WaitingFigures([(60, 12), (600, 21), (3600, 27)], 2, 95),
        [new ApproverFigures("boss@inside.example", 60, 0, 4, 55), new ApproverFigures("careful@inside.example", 30, 6, 300, 1)], 0);

    public Task<Figures> FiguresAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        Asked.Add((from, until));
        return Task.FromResult(Answer(from, until));
    }

    public Task<MailPage> SearchAsync(MailQuery query, CancellationToken cancel)
    {
        Searched.Add(query);
        return Task.FromResult(new MailPage([.. Rows.Where(r => query.Rule is null || r.Rules.Contains(query.Rule))], null, 0));
    }

    public static MailRow Row(string rule, PolicyAction action, MailState state, int recipients, DateTimeOffset at)
        => new("0123456789abcdefghjkmnpqrs", at, "secret-sender@inside.example", "Secret subject", recipients, "secret-recipient@one.example", state, action, [rule], 1000);

    public Task<EventPage> EventsAsync(EventQuery query, CancellationToken cancel) => throw new NotSupportedException();

    public Task CatchUpAsync(IProgress<long>? progress, CancellationToken cancel) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
