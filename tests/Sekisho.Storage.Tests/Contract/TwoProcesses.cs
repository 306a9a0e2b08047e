namespace Sekisho.Storage.Tests.Contract;

/// <summary>The command line beside a running gateway: two stores open on one place.</summary>
public abstract class TwoProcesses<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    [Fact]
    public async Task Held_mail_is_seen_and_decided_from_beside()
    {
        var beside = await OpenAsync();
        var held = await Store.HoldAsync(Mail.New(Time));

        var seen = Assert.Single(await beside.HeldAsync(None));
        Assert.Equal(held.DecisionDigest, seen.DecisionDigest);
        Assert.Equal(DecisionResult.Done, await beside.DecideAsync(seen.Decide(DecisionKind.Release)));
        Assert.Equal(held.Id, Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)).Id);
    }

    [Fact]
    public async Task The_change_counter_moves_when_another_wrote_and_only_then()
    {
        var beside = await OpenAsync();
        await Store.AcceptAsync(Mail.New(Time));
        var before = await Store.ChangeCounterAsync(None);

        await Store.AcceptAsync(Mail.New(Time));
        await Store.LeaseAsync(DeliveryState.Ready);
        Assert.Equal(before, await Store.ChangeCounterAsync(None));

        await beside.LeaseAsync(DeliveryState.Ready);
        Assert.Equal(before, await Store.ChangeCounterAsync(None));
        await beside.StopAsync("sender@example.com", "admin", None);
        Assert.NotEqual(before, await Store.ChangeCounterAsync(None));
    }

    [Fact]
    public async Task Both_write_at_once_and_nothing_is_lost()
    {
        var beside = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => (i % 2 == 0 ? Store : beside).AcceptAsync(Mail.New(Time), null, default, None))));
        Assert.Equal(400, (await beside.CountsAsync(None)).Submissions);
        Assert.Equal((400, null), ((await Store.VerifyAuditAsync(null, None)).Events, (await Store.VerifyAuditAsync(null, None)).BrokenAt));
    }

    [Fact]
    public async Task One_closing_leaves_the_other_alone()
    {
        var beside = await OpenAsync();
        await beside.AcceptAsync(Mail.New(Time));
        await beside.DisposeAsync();
        await Store.AcceptAsync(Mail.New(Time));
        Assert.Equal(2, (await Store.CountsAsync(None)).Submissions);
    }
}
