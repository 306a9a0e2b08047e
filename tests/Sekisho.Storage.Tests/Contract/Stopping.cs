using Sekisho.Policy;

namespace Sekisho.Storage.Tests.Contract;

/// <summary>The kill switch: a stopped sender's mail waits, at once and from now on.</summary>
public abstract class Stopping<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    private const string Sender = "sender@example.com";

    private async Task<Delivery> LaterAsync(string from = Sender)
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time, from: from));
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0) with { NotBefore = Time.Now + Mail.Minute }));
        return accepted;
    }

    [Fact]
    public async Task What_has_not_left_is_halted_whatever_the_case_of_the_address()
    {
        var mine = await LaterAsync();
        var other = await LaterAsync("colleague@example.com");

        Assert.Equal(1, await Store.StopAsync("SENDER@Example.COM", "admin", None));

        var held = Assert.Single(await Store.HeldAsync(None));
        Assert.Equal((mine.Id, true, PolicyAction.Hold), (held.Id, held.Stopped, held.Action));
        Assert.Equal(["accepted", "inspected", "halted"], await EventsAsync(mine.Submission.Id));
        Time.Advance(Mail.Minute);
        Assert.Equal(other.Id, Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)).Id);
    }

    [Fact]
    public async Task What_he_sends_from_now_on_waits()
    {
        await Store.StopAsync(Sender, "admin", None);
        var accepted = await Store.AcceptAsync(Mail.New(Time, from: "Sender@EXAMPLE.com"));
        Assert.Empty(await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0))));
        Assert.True(Assert.Single(await Store.HeldAsync(None)).Stopped);
        Assert.Equal(["accepted", "inspected", "held"], await EventsAsync(accepted.Submission.Id));
    }

    [Fact]
    public async Task The_gateways_own_mail_is_not_his()
    {
        await Store.StopAsync("", "admin", None);
        await Store.AcceptAsync(Mail.New(Time, from: "", origin: SubmissionOrigin.Gateway), null, default, None);
        Assert.Equal(0, await Store.StopAsync("", "admin", None));
        Assert.Single(await Store.LeaseAsync(DeliveryState.Ready));
    }

    [Fact]
    public async Task What_is_under_way_is_halted_when_it_comes_back()
    {
        var returned = Assert.Single(await Store.InspectAsync(await Store.AcceptAsync(Mail.New(Time)), Mail.Record(Mail.Plan(DeliveryState.Ready, 0))));
        var deferred = Assert.Single(await Store.InspectAsync(await Store.AcceptAsync(Mail.New(Time)), Mail.Record(Mail.Plan(DeliveryState.Ready, 0))));
        var delivered = Assert.Single(await Store.InspectAsync(await Store.AcceptAsync(Mail.New(Time)), Mail.Record(Mail.Plan(DeliveryState.Ready, 0))));
        Assert.Equal(0, await Store.StopAsync(Sender, "admin", None));

        await Store.ReturnAsync(returned.Lease!, None);
        await Store.EndAsync(deferred, Outcome.Pending, Time.Now);
        await Store.EndAsync(delivered, Outcome.Delivered);

        Assert.Equal(new[] { returned.Id, deferred.Id }.Order(), (await Store.HeldAsync(None)).Select(one => one.Id).Order());
        Assert.Empty(await Store.LeaseAsync(DeliveryState.Ready));
    }

    [Fact]
    public async Task What_a_dead_gateway_had_under_way_is_halted_too()
    {
        var ready = Assert.Single(await Store.InspectAsync(await Store.AcceptAsync(Mail.New(Time)), Mail.Record(Mail.Plan(DeliveryState.Ready, 0))));
        await Store.StopAsync(Sender, "admin", None);
        await Store.ReclaimAsync("b", None);
        Assert.Equal(ready.Id, Assert.Single(await Store.HeldAsync(None)).Id);
    }

    [Fact]
    public async Task An_expired_lease_of_a_stopped_sender_is_halted_not_taken()
    {
        var ready = Assert.Single(await Store.InspectAsync(await Store.AcceptAsync(Mail.New(Time)), Mail.Record(Mail.Plan(DeliveryState.Ready, 0))));
        await Store.StopAsync(Sender, "admin", None);
        Time.Advance(Mail.Minute);
        Assert.Empty(await Store.LeaseAsync(DeliveryState.Ready, "b"));
        Assert.Equal(ready.Id, Assert.Single(await Store.HeldAsync(None)).Id);
    }

    [Fact]
    public async Task A_held_mails_timer_does_not_let_it_go_while_its_sender_is_stopped()
    {
        await Store.HoldAsync(Mail.New(Time), until: Time.Now + Mail.Minute);
        await Store.StopAsync(Sender, "admin", None);
        await Store.HoldAsync(Mail.New(Time), until: Time.Now + Mail.Minute);
        Time.Advance(Mail.Minute);
        Assert.Empty(await Store.DueTimersAsync(10, None));
        Assert.Null(await Store.NextDueAsync(None));
        Assert.All(await Store.HeldAsync(None), held => Assert.True(held.Stopped));
    }

    [Fact]
    public async Task What_awaits_approval_still_does()
    {
        await Store.HoldAsync(Mail.New(Time), DeliveryState.Approval);
        await Store.StopAsync(Sender, "admin", None);
        await Store.HoldAsync(Mail.New(Time), DeliveryState.Approval);
        Assert.All(await Store.HeldAsync(None), held => Assert.Equal(PolicyAction.Approve, held.Action));
    }

    [Fact]
    public async Task Lifted_what_was_halted_stays_until_decided_and_new_mail_flows()
    {
        var halted = await LaterAsync();
        await Store.StopAsync(Sender, "admin", None);
        Assert.Equal(Sender, Assert.Single(await Store.StopsAsync(None)).Sender);

        Assert.True(await Store.LiftStopAsync(Sender.ToUpperInvariant(), "admin", None));
        Assert.False(await Store.LiftStopAsync(Sender, "admin", None));
        Assert.Empty(await Store.StopsAsync(None));
        Assert.Equal(halted.Id, Assert.Single(await Store.HeldAsync(None)).Id);
        Assert.Single(await Store.InspectAsync(await Store.AcceptAsync(Mail.New(Time)), Mail.Record(Mail.Plan(DeliveryState.Ready, 0))));
    }

    [Fact]
    public async Task What_a_person_lets_go_during_a_stop_goes_even_after_a_retry()
    {
        await LaterAsync();
        await Store.StopAsync(Sender, "admin", None);
        Time.Advance(Mail.Minute);
        await Store.DecideAsync((await Store.HeldAsync(None)).Single().Decide(DecisionKind.Release));

        var delivery = Assert.Single(await Store.LeaseAsync(DeliveryState.Ready));
        await Store.EndAsync(delivery, Outcome.Pending, Time.Now);
        Assert.Single(await Store.LeaseAsync(DeliveryState.Ready));
    }

    [Fact]
    public async Task A_stop_given_after_a_release_halts_that_too()
    {
        var held = await Store.HoldAsync(Mail.New(Time));
        await Store.DecideAsync(held.Decide(DecisionKind.Release));
        Assert.Equal(1, await Store.StopAsync(Sender, "admin", None));
        Assert.Empty(await Store.LeaseAsync(DeliveryState.Ready));
        Assert.Equal(held.Id, Assert.Single(await Store.HeldAsync(None)).Id);
    }
}
