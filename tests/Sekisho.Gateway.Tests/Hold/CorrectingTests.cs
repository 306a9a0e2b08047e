using Sekisho.Gateway.Hold;
using Sekisho.Gateway.Notify;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Tests.Hold;

/// <summary>Correcting the recipients at the desk, several approvers, deadlines, and who gets which note.</summary>
public sealed class CorrectingTests
{
    private const string Me = "me@inside.example";
    private const string Mail = "From: me@inside.example\r\nTo: a@a.example, b@b.example, boss@inside.example\r\nSubject: x\r\n\r\nhello\r\n";

    [Fact]
    public async Task Some_are_struck_off_some_wait_and_the_others_go()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Hold);
        var answer = await Desk(bench).DecideAsync(
            new DecisionRequest(held.Id, DecisionKind.ReleaseIndividually, Me, held.DecisionDigest) { Remove = ["B@b.example"], KeepWaiting = ["a@a.example"] }, CancellationToken.None);
        Assert.True(answer.Done, answer.Message);
        Assert.Contains("1 recipient, 1 removed, 1 still waiting", answer.Told.En);
        Assert.Contains("外した宛先 1 件、引き続き待つ宛先 1 件", answer.Told.Ja);
        Assert.Equal("boss@inside.example", Assert.Single(Assert.Single(await bench.Store.LeaseAsync(DeliveryState.Ready, 9, "t", TimeSpan.FromMinutes(1), CancellationToken.None)).Recipients).Address);
        Assert.Equal(["a@a.example"], Assert.Single(await bench.Store.HeldAsync(CancellationToken.None)).Recipients);
        Assert.Equal(["b@b.example"], await bench.Store.RemovedAsync(held.Submission, CancellationToken.None));
    }

    [Fact]
    public async Task Who_was_struck_off_is_not_taught_to_know_the_others()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Hold);
        Assert.True((await Desk(bench).DecideAsync(new DecisionRequest(held.Id, DecisionKind.Release, Me, held.DecisionDigest) { Remove = ["b@b.example"] }, CancellationToken.None)).Done);
        var known = await bench.Store.GatheringsOfAsync(["a@a.example", "b@b.example"], CancellationToken.None);
        Assert.Empty(known.GetValueOrDefault("b@b.example") ?? []);
        Assert.NotEmpty(known["a@a.example"]);
    }

    [Theory]
    [InlineData(DecisionKind.Release, "x@x.example", "", "not among")]
    [InlineData(DecisionKind.Release, "a@a.example", "a@a.example", "not among")]
    [InlineData(DecisionKind.Release, "a@a.example b@b.example boss@inside.example", "", "nobody would be left")]
    [InlineData(DecisionKind.Release, "a@a.example", "b@b.example boss@inside.example", "nobody would be left")]
    [InlineData(DecisionKind.Cancel, "a@a.example", "", "struck off what is sent")]
    public async Task What_does_not_fit_is_said_and_changes_nothing(DecisionKind kind, string remove, string keep, string words)
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Hold);
        var answer = await Desk(bench).DecideAsync(new DecisionRequest(held.Id, kind, Me, held.DecisionDigest)
        {
            Remove = remove.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            KeepWaiting = keep.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        }, CancellationToken.None);
        Assert.Equal(DecisionResult.NotAllowed, answer.Result);
        Assert.Contains(words, answer.Told.En);
        Assert.NotEqual(answer.Told.En, answer.Told.Ja);
        Assert.Equal(held.DecisionDigest, Assert.Single(await bench.Store.HeldAsync(CancellationToken.None)).DecisionDigest);
    }

    [Fact]
    public async Task Turning_down_needs_a_reason_of_bounded_length()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Approve);
        foreach (var reason in new[] { null, "", "  \n", new string('x', DecisionRequest.MaxReason + 1) })
        {
            Assert.Equal(DecisionResult.NotAllowed, (await Desk(bench).DecideAsync(new DecisionRequest(held.Id, DecisionKind.Reject, "boss@inside.example", held.DecisionDigest) { Reason = reason }, CancellationToken.None)).Result);
        }

        Assert.True((await Desk(bench).DecideAsync(new DecisionRequest(held.Id, DecisionKind.Reject, "boss@inside.example", held.DecisionDigest) { Reason = "理由" }, CancellationToken.None)).Done);
    }

    [Fact]
    public async Task Two_approve_and_each_hears_how_many_are_missing_and_who_came_before()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Approve, new ApprovalTerms(2, null, AtDeadline.Wait, []));
        var desk = Desk(bench);
        Task<DeskAnswer> Approve(string by) => desk.DecideAsync(new DecisionRequest(held.Id, DecisionKind.Approve, by, held.DecisionDigest), CancellationToken.None);
        var first = await Approve("boss@inside.example");
        Assert.Equal((true, DecisionResult.Counted, "approved; 1 more approval is needed"), (first.Done, first.Result, first.Told.En));
        var again = await Approve("boss@inside.example");
        Assert.Equal((false, DecisionResult.AlreadyDecided), (again.Done, again.Result));
        Assert.Contains("counted already", again.Told.En);
        Assert.Equal(DecisionResult.Done, (await Approve("legal@inside.example")).Result);
        var late = await Approve("boss@inside.example");
        Assert.Equal(DecisionResult.AlreadyDecided, late.Result);
        Assert.Contains("approved by legal@inside.example", late.Told.En);
        Assert.Contains("legal@inside.example", late.Told.Ja);
    }

    [Fact]
    public async Task Each_approver_and_deputy_is_asked_by_a_link_of_his_own_and_the_sender_by_his()
    {
        await using var bench = await Workbench.CreateAsync();
        var today = bench.Live.Current.Today;
        var config = bench.Live.Current.With([new Deputy(1, "boss@inside.example", "deputy@inside.example", today, today, "boss@inside.example")]);
        var signer = new LinkSigner(new byte[32]);
        var delivery = await bench.AcceptAsync(Mail, "a@a.example");
        var verdict = new Verdict("a@a.example", PolicyAction.Approve, ["keyword"], TimeSpan.Zero, null, ["boss@inside.example", Me, "legal@inside.example"], false);
        var now = TimeProvider.System.GetUtcNow();
        var notes = new NoteDesk { Signer = signer, ConsoleAddress = "http://127.0.0.1:8025" }.Stopped(config, delivery.Submission, [], new InspectionResult([], new MessageFacts { Message = null!, Recipients = [] }, null), new PolicyDecision([verdict], "0", true, []), now);

        Assert.Equal([Me, "boss@inside.example", "legal@inside.example", "deputy@inside.example"], notes.Select(n => Assert.Single(n.Recipients).Address));
        foreach (var note in notes)
        {
            var text = Mime.MimeMessage.Parse(note.Body.Inline).Root.Children[0].ReadText().Text;
            var link = text.Split('\n').First(line => line.Contains("/d/", StringComparison.Ordinal)).Trim();
            Assert.StartsWith("http://127.0.0.1:8025/d/", link);
            var read = signer.Read(link[(link.LastIndexOf('/') + 1)..])!;
            Assert.Equal((delivery.Submission.Id, note.Recipients[0].Address), (read.Submission, read.Address));
            Assert.InRange(read.Expires, now.AddDays(6), now.AddDays(8));
        }
    }

    [Theory]
    [InlineData(AtDeadline.Return, "me@inside.example", "期限までに承認されず")]
    [InlineData(AtDeadline.Escalate, "head@inside.example", "先に依頼した方が期限までに決めませんでした")]
    public async Task When_the_time_is_over_the_right_one_hears_of_it(AtDeadline then, string who, string words)
    {
        await using var bench = await Workbench.CreateAsync();
        await HoldAsync(bench, PolicyAction.Approve, new ApprovalTerms(1, TimeSpan.FromMilliseconds(1), then, ["head@inside.example"]));
        HeldDelivery? due = null;
        await Workbench.UntilAsync(async () => await bench.Store.DueDeadlinesAsync(1, CancellationToken.None) is [var one] && (due = one) is not null);
        Assert.True((await Desk(bench).TimeIsUpAsync(due!, CancellationToken.None)).Done);
        var notes = await bench.Store.LeaseAsync(DeliveryState.Ready, 9, "t", TimeSpan.FromMinutes(1), CancellationToken.None);
        var note = Assert.Single(notes, n => n.Recipients[0].Address == who);
        Assert.Contains(words, Mime.MimeMessage.Parse(note.Submission.Body.Inline).Root.Children[0].ReadText().Text);
        Assert.All(notes, n => Assert.Equal(SubmissionOrigin.Gateway, n.Submission.Origin));
    }

    [Fact]
    public async Task Behind_a_door_nobody_is_the_machines_own_administrator_or_a_timer()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Approve);
        var desk = new DecisionDesk(bench.Store, () => bench.Live.Current, new NoteDesk(), TimeProvider.System);
        foreach (var (by, kind) in new[] { (Entitlement.LocalAdministrator, DecisionKind.Approve), (Entitlement.Timer, DecisionKind.TimerRelease), (Entitlement.Timer, DecisionKind.DeadlineReturn) })
        {
            Assert.Equal(DecisionResult.NotAllowed, (await desk.DecideAsync(new DecisionRequest(held.Id, kind, by, held.DecisionDigest), CancellationToken.None)).Result);
        }
    }

    [Fact]
    public async Task A_deputy_of_the_store_counts_at_the_desk_at_once_and_is_recorded()
    {
        await using var bench = await Workbench.CreateAsync();
        var held = await HoldAsync(bench, PolicyAction.Approve);
        var today = bench.Live.Current.Today;
        await bench.Store.Deputies.AddDeputyAsync(new Deputy(0, "boss@inside.example", "deputy@inside.example", today, today, "boss@inside.example"), CancellationToken.None);
        Assert.True((await Desk(bench).DecideAsync(new DecisionRequest(held.Id, DecisionKind.Approve, "deputy@inside.example", held.DecisionDigest), CancellationToken.None)).Done);
        var decided = (await bench.Store.FindSubmissionAsync(held.Submission, CancellationToken.None))!.Events.Last(e => e.Kind == "decided");
        Assert.Equal("deputy@inside.example", decided.By);
        Assert.Contains("\"for\":\"boss@inside.example\"", decided.DetailJson);
    }

    private static DecisionDesk Desk(Workbench bench) => new(bench.Store, () => bench.Live.Current, new NoteDesk(), TimeProvider.System);

    private static async Task<HeldDelivery> HoldAsync(Workbench bench, PolicyAction action, ApprovalTerms? terms = null)
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
                    Approvers = action == PolicyAction.Approve ? ["boss@inside.example", "legal@inside.example"] : [],
                    Terms = terms ?? ApprovalTerms.One,
                },
            ],
        };
        await bench.Store.RecordInspectionAsync(delivery.Lease!, record, TimeSpan.FromMinutes(1), CancellationToken.None);
        return Assert.Single(await bench.Store.HeldAsync(CancellationToken.None));
    }
}
