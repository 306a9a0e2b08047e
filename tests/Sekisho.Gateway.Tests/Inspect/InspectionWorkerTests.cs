using Sekisho.Gateway.Inspect;
using Sekisho.Gateway.Notify;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Tests.Inspect;

/// <summary>Law 7: whatever goes wrong while looking ends as a hold, never as a silent pass.</summary>
public sealed class InspectionWorkerTests
{
    private const string Mail = "From: me@inside.example\r\nTo: a@a.example, boss@inside.example\r\nSubject: x\r\n\r\nhello\r\n";

    [Fact]
    public async Task Nothing_found_means_deliver_as_one_copy()
    {
        await using var bench = await Workbench.CreateAsync();
        var ready = await LookAsync(bench, await bench.AcceptAsync(Mail, "a@a.example", "boss@inside.example"), new Nothing());
        Assert.Equal(2, Assert.Single(ready).Recipients.Count);
    }

    [Fact]
    public async Task A_rule_that_throws_holds_the_outside_copies_and_lets_colleagues_have_theirs()
    {
        await using var bench = await Workbench.CreateAsync();
        var ready = await LookAsync(bench, await bench.AcceptAsync(Mail, "a@a.example", "boss@inside.example"), new Throwing());
        Assert.Contains(ready, d => d.Recipients.Count == 1 && d.Recipients[0].Address == "boss@inside.example");
        AssertHeldAsUninspectable(await bench.Store.HeldAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rule_that_does_not_end_holds(bool watchesTheToken)
    {
        await using var bench = await Workbench.CreateAsync(c => c with { Limits = c.Limits with { InspectionTime = TimeSpan.FromMilliseconds(200) } });
        var hanging = new Hanging(watchesTheToken);
        await LookAsync(bench, await bench.AcceptAsync(Mail, "a@a.example"), hanging);
        AssertHeldAsUninspectable(await bench.Store.HeldAsync(CancellationToken.None));
        hanging.Release.Set();
    }

    [Fact]
    public async Task A_message_that_was_claimed_again_and_again_is_held_unseen()
    {
        await using var bench = await Workbench.CreateAsync();
        var delivery = await bench.AcceptAsync(Mail, "a@a.example");
        for (var i = 0; i < 3; i++)
        {
            await bench.Store.ReclaimAsync($"process {i}", CancellationToken.None);
            delivery = Assert.Single(await bench.Store.LeaseAsync(DeliveryState.Inspecting, 10, $"process {i}", TimeSpan.FromMinutes(5), CancellationToken.None));
        }

        await LookAsync(bench, delivery, new Nothing());
        AssertHeldAsUninspectable(await bench.Store.HeldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_sender_is_told_what_waits_and_how_to_decide()
    {
        await using var bench = await Workbench.CreateAsync();
        var delivery = await bench.AcceptAsync(Mail, "a@a.example");
        await LookAsync(bench, delivery, new Throwing());
        var note = Assert.Single(await bench.Store.LeaseAsync(DeliveryState.Ready, 10, "test", TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal("me@inside.example", Assert.Single(note.Recipients).Address);
        Assert.Equal(delivery.Submission.Id, note.Submission.About);
        var message = Mime.MimeMessage.Parse(note.Submission.Body.Inline);
        Assert.Contains($"sekisho held cancel {delivery.Submission.Id}", message.Root.Children[0].ReadText().Text);
    }

    [Fact]
    public async Task A_mail_without_its_attachment_goes_and_the_sender_is_told()
    {
        await using var bench = await Workbench.CreateAsync();
        var ready = await LookAsync(bench, await bench.AcceptAsync(Mail.Replace("hello", "Please find attached the minutes.", StringComparison.Ordinal), "a@a.example"), new ForgottenAttachment());
        Assert.Equal("a@a.example", Assert.Single(Assert.Single(ready).Recipients).Address);
        var note = Assert.Single(await bench.Store.LeaseAsync(DeliveryState.Ready, 10, "test", TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal("me@inside.example", Assert.Single(note.Recipients).Address);
        Assert.Contains("there is no attachment", Mime.MimeMessage.Parse(note.Submission.Body.Inline).Root.Children[0].ReadText().Text);
    }

    [Fact]
    public async Task A_program_gone_wrong_does_not_bury_its_owner_in_notes()
    {
        await using var bench = await Workbench.CreateAsync();
        var desk = new NoteDesk();
        for (var i = 0; i < 60; i++)
        {
            await LookAsync(bench, await bench.AcceptAsync(Mail, "a@a.example"), new Throwing(), desk);
        }

        Assert.Equal(60 + 20, (await bench.Store.CountsAsync(CancellationToken.None)).Submissions);
    }

    [Fact]
    public async Task Only_those_who_got_a_mail_are_taught_to_know_each_other()
    {
        await using var bench = await Workbench.CreateAsync();
        const string mail = "From: me@inside.example\r\nTo: a@a.example, b@b.example, c@c.example, boss@inside.example\r\nSubject: x\r\n\r\nhello\r\n";
        await LookAsync(bench, await bench.AcceptAsync(mail, "boss@inside.example"), new Nothing());
        await LookAsync(bench, await bench.AcceptAsync(mail, "a@a.example"), new Nothing());
        Assert.DoesNotContain("b@b.example", (await bench.Store.GatheringsOfAsync(["a@a.example", "b@b.example"], CancellationToken.None)).Keys);
        await LookAsync(bench, await bench.AcceptAsync(mail, "a@a.example", "b@b.example"), new Nothing());
        var known = await bench.Store.GatheringsOfAsync(["a@a.example", "b@b.example", "c@c.example"], CancellationToken.None);
        Assert.Single(known["a@a.example"].Intersect(known["b@b.example"]));
        Assert.Empty(known.GetValueOrDefault("c@c.example") ?? []);
    }

    [Fact]
    public async Task A_sender_outside_is_not_told()
    {
        await using var bench = await Workbench.CreateAsync();
        await LookAsync(bench, await bench.AcceptAsync(Mail, "forged@elsewhere.example", ["a@a.example"]), new Throwing());
        Assert.Equal(1, (await bench.Store.CountsAsync(CancellationToken.None)).Submissions);
    }

    private static void AssertHeldAsUninspectable(IReadOnlyList<HeldDelivery> held)
    {
        var one = Assert.Single(held);
        Assert.Equal(["a@a.example"], one.Recipients);
        Assert.Equal(PolicyAction.Hold, one.Action);
        Assert.Contains(RuleNames.Uninspectable, one.Rules);
    }

    private static async Task<IReadOnlyList<Delivery>> LookAsync(Workbench bench, Delivery delivery, IInspector rule, NoteDesk? desk = null)
    {
        var ready = new List<Delivery>();
        using var worker = new InspectionWorker(bench.Store, () => new InspectionEngine([rule]), new RecentMail(), bench.Live, desk ?? new NoteDesk(), TimeProvider.System, bench.Said.Add)
        {
            Ready = (deliveries, _) => ready.AddRange(deliveries),
        };
        using var stop = new CancellationTokenSource();
        var running = worker.RunAsync(stop.Token);
        worker.Enqueue(delivery);
        await Workbench.UntilAsync(() => Task.FromResult(worker.Waiting == 0));
        await stop.CancelAsync();
        await running;
        return ready;
    }

    private sealed class Nothing : IInspector
    {
        public string Rule => "nothing";

        public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel) => [];
    }

    private sealed class Throwing : IInspector
    {
        public string Rule => "throwing";

        public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel) => throw new InvalidOperationException("broken rule");
    }

    private sealed class Hanging(bool watches) : IInspector
    {
        public ManualResetEventSlim Release { get; } = new();

        public string Rule => "hanging";

        public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
        {
            Release.Wait(watches ? cancel : CancellationToken.None);
            return [];
        }
    }
}
