namespace Sekisho.Storage.Tests.Contract;

/// <summary>What attempts bring, recipient by recipient.</summary>
public abstract class Attempting<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    private async Task<Delivery> ReadyAsync(int recipients)
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time, recipients));
        return Assert.Single(await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, [.. Enumerable.Range(0, recipients)]))));
    }

    [Theory]
    [InlineData(Outcome.Delivered, "delivered")]
    [InlineData(Outcome.Bounced, "bounced")]
    [InlineData(Outcome.Expired, "expired")]
    [InlineData(Outcome.Cancelled, "cancelled")]
    [InlineData(Outcome.Refused, "refused")]
    public async Task A_final_outcome_ends_the_delivery(Outcome outcome, string kind)
    {
        var ready = await ReadyAsync(2);
        Assert.True(await Store.EndAsync(ready, outcome));

        var detail = await DetailAsync(ready.Submission.Id);
        Assert.All(detail.Recipients, recipient => Assert.Equal((DeliveryState.Done, outcome), (recipient.State, recipient.Outcome)));
        Assert.Equal(kind, detail.Events[^1].Kind);
        Assert.False(await Store.EndAsync(ready, Outcome.Bounced));
    }

    [Fact]
    public async Task A_lost_reply_is_tried_again_and_said()
    {
        var ready = await ReadyAsync(1);
        await Store.EndAsync(ready, Outcome.Unknown, Time.Now);

        var again = Assert.Single(await Store.LeaseAsync(DeliveryState.Ready));
        Assert.True(again.PossibleDuplicate);
        await Store.EndAsync(again, Outcome.Delivered);
        var fate = Assert.Single((await DetailAsync(ready.Submission.Id)).Recipients);
        Assert.Equal((Outcome.Delivered, true, 2), (fate.Outcome, fate.PossibleDuplicate, fate.Attempts));
        Assert.Equal(1, (await Store.CountsAsync(None)).PossibleDuplicates);
    }

    [Fact]
    public async Task A_recipient_the_attempt_says_nothing_of_stays_pending()
    {
        var ready = await ReadyAsync(2);
        await Store.EndAttemptAsync(ready.Lease!, [new(0, Outcome.Delivered, "250 ok")], Time.Now, [], None);
        Assert.Equal(1, Assert.Single(Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)).Recipients).Ordinal);
    }

    [Fact]
    public async Task An_outcome_is_never_overwritten_nor_another_deliverys_recipient_touched()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time, recipients: 3));
        var ready = await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0, 2), Mail.Plan(DeliveryState.Ready, 1)));
        await Store.EndAttemptAsync(ready[0].Lease!, [new(0, Outcome.Delivered, "250 ok"), new(1, Outcome.Delivered, "not mine"), new(2, Outcome.Pending, "451")], Time.Now, [], None);
        var again = Assert.Single(await Store.LeaseAsync(DeliveryState.Ready));
        await Store.EndAttemptAsync(again.Lease!, [new(0, Outcome.Bounced, "too late"), new(2, Outcome.Bounced, "550 no")], Time.Now, [], None);

        var fates = (await DetailAsync(accepted.Submission.Id)).Recipients;
        Assert.Equal([Outcome.Delivered, Outcome.Pending, Outcome.Bounced], fates.Select(fate => fate.Outcome));
        Assert.Equal(["250 ok", null, "550 no"], fates.Select(fate => fate.LastReply));
        var counts = await Store.CountsAsync(None);
        Assert.Equal((1, 1), (counts.Delivered, counts.Bounced));
    }

    [Fact]
    public async Task Reports_are_accepted_with_the_end_of_the_attempt_or_not_at_all()
    {
        var ready = await ReadyAsync(1);
        var report = Mail.New(Time, from: "", origin: SubmissionOrigin.Gateway) with { About = ready.Submission.Id };
        Assert.True(await Store.EndAttemptAsync(ready.Lease!, ready.Results(Outcome.Bounced, "550 no"), Time.Now, [report], None));
        Assert.Equal(report.Id, Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)).Submission.Id);

        Assert.False(await Store.EndAttemptAsync(ready.Lease!, ready.Results(Outcome.Bounced), Time.Now, [Mail.New(Time, origin: SubmissionOrigin.Gateway)], None));
        Assert.Equal(2, (await Store.CountsAsync(None)).Submissions);
    }

    [Fact]
    public async Task Different_outcomes_are_one_event_that_names_each()
    {
        var ready = await ReadyAsync(2);
        await Store.EndAttemptAsync(ready.Lease!, [new(0, Outcome.Delivered, "250 ok"), new(1, Outcome.Bounced, "550 \"no\"")], Time.Now, [], None);
        var last = (await DetailAsync(ready.Submission.Id)).Events[^1];
        Assert.Equal("attempt", last.Kind);
        using var detail = System.Text.Json.JsonDocument.Parse(last.DetailJson);
        Assert.Equal("550 \"no\"", detail.RootElement.GetProperty("results")[1][2].GetString());
    }
}
