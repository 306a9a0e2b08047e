namespace Sekisho.Storage.Tests.Contract;

/// <summary>Correspondence as gatherings.</summary>
public abstract class Remembering<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    [Fact]
    public async Task Those_seen_together_share_a_gathering_and_others_do_not()
    {
        await Store.LearnAsync([Mail.Learnt(Time.Now, "a@example.net", "b@example.net")], None);
        await Store.LearnAsync([Mail.Learnt(Time.Now, "b@example.net", "c@example.org")], None);

        var known = await Store.GatheringsOfAsync(["a@example.net", "b@example.net", "c@example.org", "stranger@example.org"], None);

        Assert.Equal(3, known.Count);
        Assert.Single(known["a@example.net"].Intersect(known["b@example.net"]));
        Assert.Single(known["b@example.net"].Intersect(known["c@example.org"]));
        Assert.Empty(known["a@example.net"].Intersect(known["c@example.org"]));
    }

    [Fact]
    public async Task The_same_set_in_any_order_is_the_same_gathering()
    {
        await Store.LearnAsync([Mail.Learnt(Time.Now, "a@example.net", "b@example.net")], None);
        await Store.LearnAsync([Mail.Learnt(Time.Now + Mail.Minute, "b@example.net", "a@example.net", "b@example.net")], None);
        Assert.Single((await Store.GatheringsOfAsync(["a@example.net"], None))["a@example.net"]);
        Assert.Equal(1, (await Store.CountsAsync(None)).Gatherings);
    }

    [Fact]
    public async Task Nobody_is_no_gathering()
    {
        await Store.LearnAsync([], None);
        Assert.Equal(0, (await Store.CountsAsync(None)).Gatherings);
        Assert.Empty(await Store.GatheringsOfAsync([], None));
    }

    [Fact]
    public async Task An_inspection_teaches_its_gathering()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0)) with { Learnt = Mail.Learnt(Time.Now, "a@example.net", "b@example.net") });
        Assert.Equal(2, (await Store.GatheringsOfAsync(["a@example.net", "b@example.net"], None)).Count);
    }

    private async Task<Delivery> WaitingAsync()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0) with { NotBefore = Time.Now + Mail.Minute }) with { Learnt = Mail.Learnt(Time.Now, "a@example.net", "b@example.net") });
        Assert.Empty(await Store.GatheringsOfAsync(["a@example.net", "b@example.net"], None));
        return accepted;
    }

    [Fact]
    public async Task What_waits_before_it_leaves_teaches_when_it_does_and_once()
    {
        await WaitingAsync();
        Time.Advance(Mail.Minute);
        var due = Assert.Single(await Store.LeaseAsync(DeliveryState.Ready));
        await Store.EndAsync(due, Outcome.Pending, Time.Now);
        Assert.Empty(await Store.GatheringsOfAsync(["a@example.net", "b@example.net"], None));
        await Store.EndAsync(Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)), Outcome.Delivered);
        Assert.Equal(2, (await Store.GatheringsOfAsync(["a@example.net", "b@example.net"], None)).Count);
        Assert.Equal(1, (await Store.ShowAddressAsync("a@example.net", None))?.Mails);
    }

    [Fact]
    public async Task What_was_taken_back_in_time_teaches_nothing()
    {
        var held = await Store.FindHeldAsync((await WaitingAsync()).Id, None);
        Assert.NotNull(held);
        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(held.Decide(DecisionKind.Cancel)));
        Time.Advance(Mail.Minute);
        Assert.Empty(await Store.LeaseAsync(DeliveryState.Ready));
        Assert.Empty(await Store.GatheringsOfAsync(["a@example.net", "b@example.net"], None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_colleagues_get_at_once_teaches_nothing_of_those_whose_copy_can_be_taken_back(bool takenBack)
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time, 2));
        var plans = Mail.Record(Mail.Plan(DeliveryState.Ready, 0), Mail.Plan(DeliveryState.Ready, 1) with { NotBefore = Time.Now + Mail.Minute });
        var atOnce = Assert.Single(await Store.InspectAsync(accepted, plans with { Learnt = Mail.Learnt(Time.Now, "a@example.net", "b@example.net") }));
        await Store.EndAsync(atOnce, Outcome.Delivered);
        Assert.Empty(await Store.GatheringsOfAsync(["a@example.net", "b@example.net"], None));

        Time.Advance(takenBack ? Mail.Minute / 2 : Mail.Minute);
        if (takenBack)
        {
            var waiting = await Store.FindHeldAsync(atOnce.Id + 1, None);
            Assert.Equal(DecisionResult.Done, await Store.DecideAsync(waiting!.Decide(DecisionKind.Cancel)));
        }
        else
        {
            await Store.EndAsync(Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)), Outcome.Delivered);
        }

        Assert.Equal(takenBack ? 0 : 2, (await Store.GatheringsOfAsync(["a@example.net", "b@example.net"], None)).Count);
    }

    [Theory]
    [InlineData("a@example.net", true)]
    [InlineData("@example.net", true)]
    [InlineData("@net", true)]
    [InlineData("aa@example.net", false)]
    [InlineData("@ample.net", false)]
    public async Task Who_was_forgotten_is_not_brought_back_by_mail_that_waited_meanwhile(string forgotten, bool gone)
    {
        await WaitingAsync();
        await Store.ForgetAsync(forgotten, "admin", None);
        Time.Advance(Mail.Minute);
        await Store.EndAsync(Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)), Outcome.Delivered);
        Assert.Equal(gone, await Store.ShowAddressAsync("a@example.net", None) is null);
    }

    [Fact]
    public async Task What_a_stopped_sender_wrote_teaches_nothing_until_it_is_let_go()
    {
        await Store.StopAsync("sender@example.com", "admin", None);
        var accepted = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0)) with { Learnt = Mail.Learnt(Time.Now, "a@example.net", "b@example.net") });
        Assert.Empty(await Store.GatheringsOfAsync(["a@example.net", "b@example.net"], None));
        var held = Assert.Single(await Store.HeldAsync(None));
        await Store.DecideAsync(held.Decide(DecisionKind.Release) with { Learnt = Mail.Learnt(Time.Now, "a@example.net", "b@example.net") });
        Assert.Equal(2, (await Store.GatheringsOfAsync(["a@example.net", "b@example.net"], None)).Count);
    }

    [Fact]
    public async Task Sixteen_thousand_at_once_are_learnt_and_asked_in_one_go()
    {
        string[] keys = [.. Enumerable.Range(0, 16_280).Select(i => $"member{i}@example.net")];
        await Store.LearnAsync([Mail.Learnt(Time.Now, keys)], None);
        var known = await Store.GatheringsOfAsync(keys, None);
        Assert.Equal(keys.Length, known.Count);
        Assert.Single(known.Values.SelectMany(ids => ids).Distinct());
    }
}
