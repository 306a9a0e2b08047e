using Sekisho.Gateway.Hold;
using Sekisho.Gateway.Notify;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Tests.Hold;

/// <summary>Law 4: held mail moves only by a recorded decision of someone entitled, bound to what he saw.</summary>
public sealed class DecisionDeskTests
{
    private const string Mail = "From: me@inside.example\r\nTo: a@a.example, b@b.example, boss@inside.example\r\nSubject: x\r\n\r\nhello\r\n";

    [Fact]
    public async Task The_sender_releases_to_each_alone_and_colleagues_stay_together()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Hold);
        var answer = await Desk(bench).DecideAsync(held, DecisionKind.ReleaseIndividually, "me@inside.example", null, CancellationToken.None);
        Assert.True(answer.Done, answer.Message);
        var ready = await bench.Store.LeaseAsync(DeliveryState.Ready, 10, "test", TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Equal(["a@a.example", "b@b.example"], ready.Where(d => d.Copy == CopyKind.Individual).Select(d => Assert.Single(d.Recipients).Address).Order());
        Assert.Equal("boss@inside.example", Assert.Single(Assert.Single(ready, d => d.Copy == CopyKind.Original).Recipients).Address);
    }

    [Fact]
    public async Task Approving_shows_strangers_to_nobody()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Approve);
        Assert.Contains(RuleNames.VisibleRecipients, held.Rules);
        var answer = await Desk(bench).DecideAsync(held, DecisionKind.Approve, Entitlement.LocalAdministrator, null, CancellationToken.None);
        Assert.True(answer.Done, answer.Message);
        var ready = await bench.Store.LeaseAsync(DeliveryState.Ready, 10, "test", TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Equal(["a@a.example", "b@b.example"], ready.Where(d => d.Copy == CopyKind.Individual).Select(d => Assert.Single(d.Recipients).Address).Order());
        Assert.Empty((await bench.Store.GatheringsOfAsync(["a@a.example"], CancellationToken.None)).GetValueOrDefault("a@a.example") ?? []);
    }

    [Fact]
    public async Task Sending_as_it_is_teaches_that_they_know_each_other()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Hold);
        Assert.True((await Desk(bench).DecideAsync(held, DecisionKind.Release, "me@inside.example", null, CancellationToken.None)).Done);
        var known = await bench.Store.GatheringsOfAsync(["a@a.example", "b@b.example"], CancellationToken.None);
        Assert.Equal(known["a@a.example"], known["b@b.example"]);
        Assert.NotEmpty(known["a@a.example"]);
    }

    [Theory]
    [InlineData(DecisionKind.Release)]
    [InlineData(DecisionKind.ReleaseIndividually)]
    [InlineData(DecisionKind.Approve)]
    [InlineData(DecisionKind.Reject)]
    [InlineData(DecisionKind.TimerRelease)]
    public async Task The_sender_moves_nothing_that_awaits_approval(DecisionKind kind)
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Approve);
        Assert.False((await Desk(bench).DecideAsync(held, kind, "me@inside.example", null, CancellationToken.None)).Done);
        Assert.Single(await bench.Store.HeldAsync(CancellationToken.None));
        Assert.Equal(0, (await bench.Store.CountsAsync(CancellationToken.None)).Ready);
    }

    [Fact]
    public async Task The_administrator_does_not_release_by_the_senders_door_what_awaits_approval()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Approve);
        Assert.False((await Desk(bench).DecideAsync(held, DecisionKind.Release, Entitlement.LocalAdministrator, null, CancellationToken.None)).Done);
        Assert.True((await Desk(bench).DecideAsync(held, DecisionKind.Approve, Entitlement.LocalAdministrator, null, CancellationToken.None)).Done);
    }

    [Fact]
    public async Task A_decision_on_other_bytes_than_were_seen_is_void()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Hold);
        var answer = await Desk(bench).DecideAsync(held with { DecisionDigest = new string('0', 64) }, DecisionKind.Release, "me@inside.example", null, CancellationToken.None);
        Assert.False(answer.Done);
        Assert.Contains("changed", answer.Message);
    }

    /// <summary>The store says no as well; that the desk does not even ask it shows that each stands by itself.</summary>
    [Theory]
    [InlineData(PolicyAction.Hold, DecisionKind.Release, true, "changed")]
    [InlineData(PolicyAction.Approve, DecisionKind.Approve, true, "changed")]
    [InlineData(PolicyAction.Approve, DecisionKind.Release, false, "not the sender's to decide")]
    [InlineData(PolicyAction.Approve, DecisionKind.ReleaseIndividually, false, "not the sender's to decide")]
    [InlineData(PolicyAction.Hold, DecisionKind.Approve, false, "waits for its sender")]
    [InlineData(PolicyAction.Hold, DecisionKind.Reject, false, "waits for its sender")]
    public async Task What_does_not_fit_and_what_was_not_seen_stops_at_the_desk(PolicyAction action, DecisionKind kind, bool stale, string words)
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, action);
        var asked = new List<DecisionKind>();
        var desk = new DecisionDesk(bench.Store, () => bench.Live.Current, new NoteDesk(), TimeProvider.System, local: true) { Decided = (_, asking, _) => asked.Add(asking) };
        var request = new DecisionRequest(held.Id, kind, Entitlement.LocalAdministrator, stale ? new string('0', 64) : held.DecisionDigest) { Reason = "because" };
        var answer = await desk.DecideAsync(request, CancellationToken.None);
        Assert.Equal(stale ? DecisionResult.DigestChanged : DecisionResult.NotAllowed, answer.Result);
        Assert.Contains(words, answer.Told.En, StringComparison.Ordinal);
        Assert.Empty(asked);
    }

    [Theory]
    [InlineData(PolicyAction.Hold, DecisionKind.TimerRelease)]
    [InlineData(PolicyAction.Approve, DecisionKind.DeadlineReturn)]
    public async Task Who_calls_himself_a_timer_is_none_even_when_the_time_is_over(PolicyAction action, DecisionKind kind)
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, action, TimeSpan.FromMilliseconds(1));
        await Workbench.UntilAsync(async () => (await bench.Store.DueTimersAsync(1, CancellationToken.None)).Count + (await bench.Store.DueDeadlinesAsync(1, CancellationToken.None)).Count == 1);
        foreach (var by in new[] { Entitlement.Timer, "me@inside.example", Entitlement.LocalAdministrator })
        {
            var answer = await Desk(bench).DecideAsync(new DecisionRequest(held.Id, kind, by, held.DecisionDigest), CancellationToken.None);
            Assert.Equal(DecisionResult.NotAllowed, answer.Result);
        }

        Assert.Single(await bench.Store.HeldAsync(CancellationToken.None));
        Assert.True((await Desk(bench).TimeIsUpAsync(held, CancellationToken.None)).Done);
    }

    [Fact]
    public async Task Of_two_decisions_one_counts()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Hold);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Desk(bench).DecideAsync(held, i % 2 == 0 ? DecisionKind.Release : DecisionKind.Cancel, "me@inside.example", null, CancellationToken.None)));
        Assert.Single(answers, a => a.Done);
    }

    [Fact]
    public async Task The_sender_hears_what_an_approver_decided_and_why()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Approve);
        Assert.True((await Desk(bench).DecideAsync(held, DecisionKind.Reject, "boss@inside.example", "wrong list", CancellationToken.None)).Done);
        var note = Assert.Single(await bench.Store.LeaseAsync(DeliveryState.Ready, 10, "test", TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal("me@inside.example", Assert.Single(note.Recipients).Address);
        Assert.Contains("wrong list", Mime.MimeMessage.Parse(note.Submission.Body.Inline).Root.Children[0].ReadText().Text);
        Assert.All(await bench.FatesAsync(held.Submission), f => Assert.Equal(Outcome.Refused, f.Outcome));
    }

    private static DecisionDesk Desk(Workbench bench) => new(bench.Store, () => bench.Live.Current, new NoteDesk(), TimeProvider.System, local: true);

    private static async Task<HeldDelivery> HoldAsync(Workbench bench, PolicyAction action, TimeSpan? time = null)
    {
        var delivery = await bench.AcceptAsync(Mail, "a@a.example", "b@b.example", "boss@inside.example");
        var record = new InspectionRecord
        {
            Subject = "x",
            PolicyVersion = "0",
            PolicyText = "",
            Findings = [new Finding { Rule = RuleNames.VisibleRecipients, Severity = Severity.High, Summary = new Summary("x", "x"), Recipients = ["a@a.example", "b@b.example"] }],
            Plans =
            [
                new DeliveryPlan
                {
                    Recipients = [0, 1, 2],
                    State = action == PolicyAction.Hold ? DeliveryState.Held : DeliveryState.Approval,
                    Copy = CopyKind.Original,
                    Action = action,
                    Rules = [RuleNames.VisibleRecipients],
                    NotBefore = action == PolicyAction.Hold && time is { } wait ? TimeProvider.System.GetUtcNow() + wait : null,
                    Terms = new ApprovalTerms(1, time, time is null ? AtDeadline.Wait : AtDeadline.Return, []),
                },
            ],
        };
        await bench.Store.RecordInspectionAsync(delivery.Lease!, record, TimeSpan.FromMinutes(1), CancellationToken.None);
        return Assert.Single(await bench.Store.HeldAsync(CancellationToken.None));
    }
}
