namespace Sekisho.Storage.Tests.Contract;

/// <summary>One holder at a time, by owner and fence; nothing is lost when he dies.</summary>
public abstract class Leasing<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    private async Task<Delivery> ReadyAsync(string owner = "a", int recipients = 1)
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time, recipients), owner);
        return Assert.Single(await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, [.. Enumerable.Range(0, recipients)]))));
    }

    [Fact]
    public async Task What_somebody_holds_nobody_else_gets()
    {
        await Store.AcceptAsync(Mail.New(Time), "a");
        Assert.Empty(await Store.LeaseAsync(DeliveryState.Inspecting, "b"));
    }

    [Fact]
    public async Task An_expired_lease_goes_to_the_next_and_the_old_one_is_worth_nothing()
    {
        var first = await Store.AcceptAsync(Mail.New(Time), "a");
        Time.Advance(Mail.Minute);
        var second = Assert.Single(await Store.LeaseAsync(DeliveryState.Inspecting, "b"));
        var record = Mail.Record(Mail.Plan(DeliveryState.Ready, 0));

        Assert.Equal(new Lease(first.Id, "b", 2), second.Lease);
        Assert.Null(await Store.RecordInspectionAsync(first.Lease!, record, Mail.Minute, None));
        Assert.False(await Store.RenewAsync(first.Lease!, Mail.Minute, None));
        await Store.ReturnAsync(first.Lease!, None);
        Assert.Single(await Store.InspectAsync(second, record));
    }

    [Fact]
    public async Task The_same_owner_with_an_old_fence_is_refused_too()
    {
        var first = await Store.AcceptAsync(Mail.New(Time), "a");
        Time.Advance(Mail.Minute);
        await Store.LeaseAsync(DeliveryState.Inspecting, "a");

        Assert.Null(await Store.RecordInspectionAsync(first.Lease!, Mail.Record(Mail.Plan(DeliveryState.Ready, 0)), Mail.Minute, None));
    }

    [Fact]
    public async Task A_lease_that_ran_out_but_was_not_taken_still_counts()
    {
        var ready = await ReadyAsync();
        Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await Store.EndAsync(ready, Outcome.Delivered));
    }

    [Fact]
    public async Task A_renewed_lease_lasts_longer()
    {
        var ready = await ReadyAsync();
        Assert.True(await Store.RenewAsync(ready.Lease!, TimeSpan.FromHours(1), None));
        Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty(await Store.LeaseAsync(DeliveryState.Ready, "b"));
    }

    [Fact]
    public async Task Two_who_ask_at_once_never_get_the_same()
    {
        for (var i = 0; i < 60; i++)
        {
            await Store.AcceptAsync(Mail.New(Time), null, default, None);
        }

        var other = await OpenAsync();
        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? Store : other).LeaseAsync(DeliveryState.Inspecting, "owner" + i, max: 7)));

        var ids = taken.SelectMany(deliveries => deliveries).Select(delivery => delivery.Id).ToList();
        Assert.Equal(60, ids.Count);
        Assert.Equal(60, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_oldest_comes_first_and_no_more_than_asked()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var submission = Mail.New(Time);
            ids.Add(submission.Id);
            await Store.AcceptAsync(submission, null, default, None);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        var leased = await Store.LeaseAsync(DeliveryState.Inspecting, max: 3);
        Assert.Equal(ids.Take(3), leased.Select(delivery => delivery.Submission.Id));
    }

    [Fact]
    public async Task An_attempt_left_open_by_a_dead_owner_is_a_possible_duplicate()
    {
        var dead = await ReadyAsync("dead", recipients: 2);
        Time.Advance(Mail.Minute);

        var again = Assert.Single(await Store.LeaseAsync(DeliveryState.Ready, "b"));
        Assert.Equal((true, 2), (again.PossibleDuplicate, again.Attempts));
        Assert.False(await Store.EndAsync(dead, Outcome.Delivered));
        Assert.True(await Store.EndAsync(again, Outcome.Delivered));

        var detail = await DetailAsync(dead.Submission.Id);
        Assert.All(detail.Recipients, recipient => Assert.True(recipient.PossibleDuplicate));
        Assert.Equal(["accepted", "inspected", "unknown", "late-result", "delivered"], detail.Events.Select(one => one.Kind));
        Assert.Equal(2, (await Store.CountsAsync(None)).PossibleDuplicates);
    }

    [Fact]
    public async Task An_inspection_cut_short_is_no_duplicate()
    {
        await Store.AcceptAsync(Mail.New(Time), "dead");
        Time.Advance(Mail.Minute);
        var again = Assert.Single(await Store.LeaseAsync(DeliveryState.Inspecting, "b"));
        Assert.False(again.PossibleDuplicate);
        Assert.Equal(0, again.Attempts);
    }

    [Fact]
    public async Task At_the_start_everything_others_held_is_put_back_at_once()
    {
        await Store.AcceptAsync(Mail.New(Time), "old");
        var sent = await ReadyAsync("old");
        var own = await Store.AcceptAsync(Mail.New(Time), "new");
        await RestartAsync();

        Assert.Equal(2, await Store.ReclaimAsync("new", None));

        Assert.Single(await Store.LeaseAsync(DeliveryState.Inspecting, "new"));
        var again = Assert.Single(await Store.LeaseAsync(DeliveryState.Ready, "new"));
        Assert.Equal((sent.Id, true), (again.Id, again.PossibleDuplicate));
        Assert.True(await Store.RenewAsync(own.Lease!, Mail.Minute, None));
        Assert.False(await Store.EndAsync(sent, Outcome.Delivered));
    }

    [Fact]
    public async Task What_is_given_back_unused_leaves_no_attempt()
    {
        var ready = await ReadyAsync();
        await Store.ReturnAsync(ready.Lease!, None);

        var again = Assert.Single(await Store.LeaseAsync(DeliveryState.Ready, "b"));
        Assert.Equal((1, false), (again.Attempts, again.PossibleDuplicate));
    }

    [Fact]
    public async Task What_is_given_back_before_its_retry_time_is_due_at_once_again()
    {
        var inspecting = await Store.AcceptAsync(Mail.New(Time), "a");
        await Store.ReturnAsync(inspecting.Lease!, None);
        Assert.Single(await Store.LeaseAsync(DeliveryState.Inspecting, "b"));
    }

    [Theory]
    [InlineData(DeliveryState.Held)]
    [InlineData(DeliveryState.Approval)]
    [InlineData(DeliveryState.Refused)]
    [InlineData(DeliveryState.Done)]
    public async Task What_waits_for_a_person_cannot_be_leased(DeliveryState state)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.LeaseAsync(state));
    }

    [Fact]
    public async Task The_next_due_moment_is_the_earliest_of_retries_and_timers()
    {
        Assert.Null(await Store.NextDueAsync(None));
        await Store.HoldAsync(Mail.New(Time), until: Time.Now + TimeSpan.FromMinutes(30));
        Assert.Equal(Time.Now + TimeSpan.FromMinutes(30), await Store.NextDueAsync(None));

        var accepted = await Store.AcceptAsync(Mail.New(Time));
        Assert.Empty(await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0) with { NotBefore = Time.Now + Mail.Minute })));
        Assert.Equal(Time.Now + Mail.Minute, await Store.NextDueAsync(None));
    }
}
