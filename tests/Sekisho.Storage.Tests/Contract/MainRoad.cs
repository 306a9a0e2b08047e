using Sekisho.Policy;

namespace Sekisho.Storage.Tests.Contract;

/// <summary>A mail's life: taken in, looked at, sent.</summary>
public abstract class MainRoad<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    [Fact]
    public async Task What_was_accepted_is_there_after_a_restart()
    {
        var submission = Mail.New(Time, recipients: 3) with { User = "alice", Ret = "HDRS", EnvelopeId = "e1", EightBit = true, SmtpUtf8 = true, About = "x", Subject = "s" };
        await Store.AcceptAsync(submission, null, default, None);
        await RestartAsync();

        var delivery = Assert.Single(await Store.LeaseAsync(DeliveryState.Inspecting));

        Assert.Equal(submission.Recipients, delivery.Recipients);
        Assert.Equal((submission.Id, submission.MailFrom, submission.Size, submission.Digest), (delivery.Submission.Id, delivery.Submission.MailFrom, delivery.Submission.Size, delivery.Submission.Digest));
        Assert.Equal(("alice", "HDRS", "e1", true, true, "x", "s"), (delivery.Submission.User, delivery.Submission.Ret, delivery.Submission.EnvelopeId, delivery.Submission.EightBit, delivery.Submission.SmtpUtf8, delivery.Submission.About, delivery.Submission.Subject));
        using var body = Store.Spool.Open(delivery.Submission.Body, delivery.Submission.Size);
        Assert.True(body.Bytes.Span.SequenceEqual(submission.Body.Inline.Span));
    }

    [Fact]
    public async Task A_mail_goes_from_accepted_to_delivered()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time));
        Assert.Equal(DeliveryState.Inspecting, accepted.State);
        Assert.Equal(new Lease(accepted.Id, "a", 1), accepted.Lease);

        var ready = Assert.Single(await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0))));
        Assert.Equal((DeliveryState.Ready, 1, "a"), (ready.State, ready.Attempts, ready.Lease!.Owner));
        Assert.True(RecipientSeal.Verify(ready.Submission, ready.Recipients[0]));

        Assert.True(await Store.EndAsync(ready, Outcome.Delivered));

        var detail = (await Store.FindSubmissionAsync(accepted.Submission.Id, None))!;
        var fate = Assert.Single(detail.Recipients);
        Assert.Equal((DeliveryState.Done, Outcome.Delivered, "250 ok", 1, PolicyAction.Deliver, false), (fate.State, fate.Outcome, fate.LastReply, fate.Attempts, fate.Action, fate.PossibleDuplicate));
        Assert.Equal(["accepted", "inspected", "delivered"], detail.Events.Select(one => one.Kind));
        Assert.Equal("subject", detail.Submission.Subject);
        Assert.Empty(await Store.LeaseAsync(DeliveryState.Ready));
        Assert.Null(await Store.NextDueAsync(None));
        var counts = await Store.CountsAsync(None);
        Assert.Equal((1, 0, 0, 1), (counts.Submissions, counts.Inspecting, counts.Ready, counts.Delivered));
    }

    [Fact]
    public async Task Plans_become_deliveries_of_their_own()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time, recipients: 5));
        var ready = await Store.InspectAsync(accepted, Mail.Record(
            Mail.Plan(DeliveryState.Held, 1, 3),
            Mail.Plan(DeliveryState.Ready, 4, 0),
            Mail.Plan(DeliveryState.Ready, 2) with { Copy = CopyKind.Individual }));

        Assert.Equal([[0, 4], [2]], ready.Select(delivery => delivery.Recipients.Select(recipient => recipient.Ordinal).ToArray()));
        Assert.Equal([CopyKind.Original, CopyKind.Individual], ready.Select(delivery => delivery.Copy));
        var held = Assert.Single(await Store.HeldAsync(None));
        Assert.Equal(["person1@example.net", "person3@example.net"], held.Recipients);
        Assert.Equal(3, ready.Select(delivery => delivery.Id).Append(held.Id).Distinct().Count());
        Assert.All(ready, delivery => Assert.All(delivery.Recipients, recipient => Assert.True(RecipientSeal.Verify(delivery.Submission, recipient))));
    }

    [Fact]
    public async Task A_deferred_recipient_is_tried_again_alone_and_not_before_its_time()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time, recipients: 3));
        var ready = Assert.Single(await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0, 1, 2))));
        var retryAt = Time.Now + TimeSpan.FromMinutes(5);
        await Store.EndAttemptAsync(ready.Lease!, [new(0, Outcome.Delivered, "250 ok"), new(1, Outcome.Pending, "451 later"), new(2, Outcome.Bounced, "550 no")], retryAt, [], None);

        Assert.Empty(await Store.LeaseAsync(DeliveryState.Ready));
        Assert.Equal(retryAt, await Store.NextDueAsync(None));
        Time.Advance(TimeSpan.FromMinutes(5));
        var again = Assert.Single(await Store.LeaseAsync(DeliveryState.Ready));
        Assert.Equal(1, Assert.Single(again.Recipients).Ordinal);
        Assert.Equal((2, false), (again.Attempts, again.PossibleDuplicate));
    }

    [Fact]
    public async Task Held_mail_leaves_by_a_decision_and_only_then()
    {
        var held = await Store.HoldAsync(Mail.New(Time, recipients: 2));
        Assert.Empty(await Store.LeaseAsync(DeliveryState.Ready));

        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(held.Decide(DecisionKind.Release)));

        var delivery = Assert.Single(await Store.LeaseAsync(DeliveryState.Ready));
        Assert.True(delivery.Released);
        Assert.Equal(held.Id, delivery.Id);
        Assert.Empty(await Store.HeldAsync(None));
        Assert.Equal(DecisionResult.AlreadyDecided, await Store.DecideAsync(held.Decide(DecisionKind.Release)));
    }

    [Fact]
    public async Task The_gateways_own_mail_needs_no_inspection()
    {
        var delivery = await Store.AcceptAsync(Mail.New(Time, from: "", origin: SubmissionOrigin.Gateway));

        Assert.Equal((DeliveryState.Ready, CopyKind.Original, 1), (delivery.State, delivery.Copy, delivery.Attempts));
        Assert.True(await Store.EndAsync(delivery, Outcome.Delivered));
        Assert.Equal(1, (await Store.CountsAsync(None)).Delivered);
    }
}
