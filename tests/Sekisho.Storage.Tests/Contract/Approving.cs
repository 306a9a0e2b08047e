using Sekisho.Policy;

namespace Sekisho.Storage.Tests.Contract;

/// <summary>Several approvers, corrected recipients, deadlines: nothing of it lets go what nobody decided on.</summary>
public abstract class Approving<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    private static ApprovalTerms Two => new(2, Within: null, AtDeadline.Wait, []);

    [Fact]
    public async Task Two_approvers_are_needed_where_two_are_asked_for()
    {
        var held = await AwaitAsync(Two);
        Assert.Equal(DecisionResult.Counted, await Store.DecideAsync(Approve(held, "boss@example.com") with { Notes = [Mail.New(Time, from: "", origin: SubmissionOrigin.Gateway)] }));
        var shown = Assert.Single(await Store.HeldAsync(None));
        Assert.Equal("boss@example.com", Assert.Single(shown.Votes).By);
        Assert.Equal(held.DecisionDigest, shown.DecisionDigest);
        Assert.Empty(await Store.LeaseAsync(DeliveryState.Ready));

        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(Approve(held, "legal@example.com")));
        Assert.Single(await Store.LeaseAsync(DeliveryState.Ready));
        Assert.Equal(["approval-counted", "decided"], (await EventsAsync(held.Submission)).TakeLast(2));
    }

    [Theory]
    [InlineData("boss@example.com", null, "Boss@example.com", null)]
    [InlineData("boss@example.com", null, "deputy@example.com", "boss@example.com")]
    [InlineData("deputy@example.com", "boss@example.com", "boss@example.com", null)]
    [InlineData("deputy@example.com", "boss@example.com", "deputy@example.com", "legal@example.com")]
    [InlineData("deputy@example.com", "boss@example.com", "deputy@example.com", null)]
    [InlineData("deputy@example.com", "boss@example.com", "other@example.com", "boss@example.com")]
    public async Task One_pair_of_eyes_and_one_approver_count_once(string first, string? firstFor, string second, string? secondFor)
    {
        var held = await AwaitAsync(Two);
        Assert.Equal(DecisionResult.Counted, await Store.DecideAsync(Approve(held, first) with { For = firstFor }));
        Assert.Equal(DecisionResult.AlreadyDecided, await Store.DecideAsync(Approve(held, second) with { For = secondFor }));
        Assert.Single(Assert.Single(await Store.HeldAsync(None)).Votes);
        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(Approve(held, "third@example.com")));
    }

    [Fact]
    public async Task One_rejection_suffices()
    {
        var held = await AwaitAsync(Two);
        await Store.DecideAsync(Approve(held, "boss@example.com"));
        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(held.Decide(DecisionKind.Reject) with { By = "legal@example.com" }));
        Assert.Empty(await Store.HeldAsync(None));
    }

    [Fact]
    public async Task A_change_voids_the_approvals_given_before()
    {
        var held = await AwaitAsync(Two, recipients: 3);
        await Store.DecideAsync(Approve(held, "boss@example.com"));
        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(held.Decide(DecisionKind.Cancel) with { Waiting = [0, 2] }));

        var changed = Assert.Single(await Store.HeldAsync(None));
        Assert.Equal([0, 2], changed.Ordinals);
        Assert.Empty(changed.Votes);
        Assert.NotEqual(held.DecisionDigest, changed.DecisionDigest);
        Assert.Equal(DecisionResult.Counted, await Store.DecideAsync(Approve(changed, "legal@example.com")));
        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(Approve(changed, "boss@example.com")));
    }

    [Fact]
    public async Task An_approver_who_strikes_somebody_off_is_the_first_to_approve_the_rest()
    {
        var held = await AwaitAsync(Two, recipients: 2);
        await Store.DecideAsync(Approve(held, "boss@example.com"));
        Assert.Equal(DecisionResult.Counted, await Store.DecideAsync(Approve(held, "legal@example.com") with { Removed = [1] }));
        var changed = Assert.Single(await Store.HeldAsync(None));
        Assert.Equal("legal@example.com", Assert.Single(changed.Votes).By);
        Assert.Equal(DecisionResult.DigestChanged, await Store.DecideAsync(Approve(held, "third@example.com")));
        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(Approve(changed, "boss@example.com")));
        Assert.Equal([Outcome.Pending, Outcome.Cancelled], (await DetailAsync(held.Submission)).Recipients.Select(fate => fate.Outcome));
    }

    [Fact]
    public async Task Who_is_struck_off_gets_nothing_and_the_others_go()
    {
        var held = await Store.HoldAsync(Mail.New(Time, recipients: 4));
        Assert.Equal([0, 1, 2, 3], held.Ordinals);
        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(held.Decide(DecisionKind.Release) with { Removed = [1, 3] }));
        Assert.Equal([0, 2], Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)).Recipients.Select(recipient => recipient.Ordinal));
        Assert.Equal([Outcome.Pending, Outcome.Cancelled, Outcome.Pending, Outcome.Cancelled], (await DetailAsync(held.Submission)).Recipients.Select(fate => fate.Outcome));
        Assert.Equal(["person1@example.net", "person3@example.net"], await Store.RemovedAsync(held.Submission, None));
        Assert.Equal(2, (await Store.CountsAsync(None)).Cancelled);
    }

    [Fact]
    public async Task Who_stands_in_the_envelope_twice_is_not_struck_off_by_half()
    {
        var mail = Mail.New(Time, recipients: 3);
        var held = await Store.HoldAsync(mail with { Recipients = [mail.Recipients[0], mail.Recipients[1], mail.Recipients[2] with { Address = "PERSON0@example.net" }] });
        await Store.DecideAsync(held.Decide(DecisionKind.Release) with { Removed = [1, 2] });
        Assert.Equal(["person1@example.net"], await Store.RemovedAsync(held.Submission, None));
    }

    [Fact]
    public async Task Who_waits_on_waits_as_before_in_a_delivery_of_his_own()
    {
        var terms = new ApprovalTerms(3, TimeSpan.FromHours(2), AtDeadline.Escalate, ["top@example.com"]);
        var held = await AwaitAsync(terms, recipients: 3);
        Time.Advance(Mail.Minute);
        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(held.Decide(DecisionKind.Cancel) with { Waiting = [1] }));

        var rest = Assert.Single(await Store.HeldAsync(None));
        Assert.NotEqual(held.Id, rest.Id);
        Assert.Equal([1], rest.Ordinals);
        Assert.Equal((held.Since, held.Deadline, held.Action), (rest.Since, rest.Deadline, rest.Action));
        Assert.Equal(held.Approvers, rest.Approvers);
        Assert.Equal((3, TimeSpan.FromHours(2), AtDeadline.Escalate, "top@example.com"), (rest.Terms.Needed, rest.Terms.Within, rest.Terms.Then, Assert.Single(rest.Terms.EscalateTo)));
        Assert.Equal(DecisionResult.DigestChanged, await Store.DecideAsync(rest.Decide(DecisionKind.Cancel) with { DecisionDigest = held.DecisionDigest }));
    }

    [Fact]
    public async Task Some_go_now_and_one_waits_with_his_timer()
    {
        var held = await Store.HoldAsync(Mail.New(Time, recipients: 3), until: Time.Now + Mail.Minute);
        await Store.DecideAsync(held.Decide(DecisionKind.ReleaseIndividually) with { Individually = [2], Waiting = [0] });
        Assert.Equal([1, 2], (await Store.LeaseAsync(DeliveryState.Ready)).SelectMany(one => one.Recipients).Select(recipient => recipient.Ordinal).Order());
        var rest = Assert.Single(await Store.HeldAsync(None));
        Assert.Equal(held.Until, rest.Until);
        Time.Advance(Mail.Minute * 2);
        Assert.Equal(rest.Id, Assert.Single(await Store.DueTimersAsync(10, None)).Id);
    }

    [Theory]
    [InlineData(new[] { 0, 0 }, new int[0])]
    [InlineData(new[] { 7 }, new int[0])]
    [InlineData(new[] { 0 }, new[] { 0 })]
    [InlineData(new[] { 0 }, new[] { 1 })]
    [InlineData(new int[0], new[] { 0, 1 })]
    public async Task Corrections_name_the_deliverys_own_recipients_once_and_leave_somebody(int[] removed, int[] waiting)
    {
        var held = await Store.HoldAsync(Mail.New(Time, recipients: 2));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.DecideAsync(held.Decide(DecisionKind.Release) with { Removed = removed, Waiting = waiting }));
        Assert.Equal(held.DecisionDigest, Assert.Single(await Store.HeldAsync(None)).DecisionDigest);
        Assert.Empty(await Store.RemovedAsync(held.Submission, None));
    }

    [Theory]
    [InlineData(AtDeadline.Return, DecisionKind.DeadlineReturn)]
    [InlineData(AtDeadline.Escalate, DecisionKind.DeadlineEscalate)]
    public async Task When_the_time_is_over_it_is_returned_or_passed_on_and_never_released(AtDeadline then, DecisionKind kind)
    {
        var other = kind == DecisionKind.DeadlineReturn ? DecisionKind.DeadlineEscalate : DecisionKind.DeadlineReturn;
        var held = await AwaitAsync(new ApprovalTerms(1, TimeSpan.FromHours(1), then, []));
        Assert.Equal(Time.Now + TimeSpan.FromHours(1), held.Deadline);
        Assert.Equal(held.Deadline, await Store.NextDueAsync(None));
        Assert.Empty(await Store.DueDeadlinesAsync(10, None));
        Assert.Equal(DecisionResult.NotAllowed, await Store.DecideAsync(held.Decide(kind)));

        Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(held.Id, Assert.Single(await Store.DueDeadlinesAsync(10, None)).Id);
        Assert.Equal(DecisionResult.NotAllowed, await Store.DecideAsync(held.Decide(other)));
        Assert.Equal(DecisionResult.NotAllowed, await Store.DecideAsync(held.Decide(DecisionKind.TimerRelease)));
        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(held.Decide(kind)));
        Assert.Empty(await Store.DueDeadlinesAsync(10, None));
        Assert.Null(await Store.NextDueAsync(None));
        Assert.Empty(await Store.LeaseAsync(DeliveryState.Ready));
        if (then == AtDeadline.Return)
        {
            Assert.Equal(Outcome.Refused, Assert.Single((await DetailAsync(held.Submission)).Recipients).Outcome);
        }
        else
        {
            Assert.True(Assert.Single(await Store.HeldAsync(None)).Escalated);
            Assert.Equal(DecisionResult.NotAllowed, await Store.DecideAsync(held.Decide(kind)));
            Assert.Equal(DecisionResult.Done, await Store.DecideAsync(Approve(held, "boss@example.com")));
        }
    }

    [Fact]
    public async Task Time_corrects_no_recipients()
    {
        var held = await Store.HoldAsync(Mail.New(Time, recipients: 2), until: Time.Now);
        var waits = await AwaitAsync(new ApprovalTerms(1, TimeSpan.FromHours(1), AtDeadline.Return, []), recipients: 2);
        Time.Advance(TimeSpan.FromHours(2));
        foreach (var decision in new[] { held.Decide(DecisionKind.TimerRelease), waits.Decide(DecisionKind.DeadlineReturn) })
        {
            Assert.Equal(DecisionResult.NotAllowed, await Store.DecideAsync(decision with { Removed = [1] }));
            Assert.Equal(DecisionResult.NotAllowed, await Store.DecideAsync(decision with { Waiting = [0] }));
            Assert.Equal(DecisionResult.Done, await Store.DecideAsync(decision));
        }
    }

    [Fact]
    public async Task A_deadline_that_only_waits_calls_nobody()
    {
        var held = await AwaitAsync(new ApprovalTerms(1, TimeSpan.FromHours(1), AtDeadline.Wait, []));
        Time.Advance(TimeSpan.FromHours(2));
        Assert.Empty(await Store.DueDeadlinesAsync(10, None));
        Assert.Equal(DecisionResult.NotAllowed, await Store.DecideAsync(held.Decide(DecisionKind.DeadlineReturn)));
    }

    [Fact]
    public async Task Who_wrote_and_who_handed_it_in_is_shown_to_who_decides()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time) with { User = "user@example.com" });
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Approval, 0)) with { Authors = ["author@example.com"] });
        var held = await Store.FindHeldAsync(accepted.Id, None);
        Assert.Equal("user@example.com", held!.Submitter);
        Assert.Equal(["author@example.com"], held.Authors);
        Assert.Null((await Store.HoldAsync(Mail.New(Time))).Authors);
        Assert.Null(await Store.FindHeldAsync(4711, None));
    }

    [Fact]
    public async Task What_waits_out_its_undo_window_is_found_until_somebody_begins()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time, recipients: 2));
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0, 1) with { NotBefore = Time.Now + Mail.Minute }));
        var held = await Store.FindHeldAsync(accepted.Id, None);
        Assert.Equal((PolicyAction.Deliver, Time.Now + Mail.Minute), (held!.Action, held.Until));
        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(held.Decide(DecisionKind.Cancel) with { Waiting = [1] }));
        Time.Advance(Mail.Minute * 2);
        Assert.Null(await Store.FindHeldAsync(accepted.Id, None));
        Assert.Equal([1], Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)).Recipients.Select(recipient => recipient.Ordinal));
    }

    [Fact]
    public async Task What_somebody_is_sending_cannot_be_taken_back_though_the_clock_was_set_back_into_its_undo_window()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time));
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Ready, 0) with { NotBefore = Time.Now + Mail.Minute }));
        var held = await Store.FindHeldAsync(accepted.Id, None);
        Time.Advance(Mail.Minute * 2);
        Assert.Single(await Store.LeaseAsync(DeliveryState.Ready));
        Time.Advance(Mail.Minute * -2);
        Assert.Equal(DecisionResult.AlreadyDecided, await Store.DecideAsync(held!.Decide(DecisionKind.Cancel)));
    }

    [Fact]
    public async Task Deputies_stand_in_from_a_day_until_a_day_or_until_ended()
    {
        var today = new DateOnly(2030, 5, 10);
        var changes = 0;
        Store.Deputies.Changed += () => changes++;
        var id = await Store.Deputies.AddDeputyAsync(new Deputy(0, "boss@example.com", "deputy@example.com", today, today.AddDays(2), "boss@example.com"), None);
        await Store.Deputies.AddDeputyAsync(new Deputy(0, "old@example.com", "deputy@example.com", today.AddDays(-9), today.AddDays(-1), "admin@example.com"), None);
        Assert.Equal(new Deputy(id, "boss@example.com", "deputy@example.com", today, today.AddDays(2), "boss@example.com"), Assert.Single(await Store.Deputies.DeputiesAsync(today, None)));
        Assert.Single(Store.Deputies.DeputiesNow(today.AddDays(2)));
        Assert.Empty(await Store.Deputies.DeputiesAsync(today.AddDays(3), None));

        var store = await RestartAsync();
        Assert.True(await store.Deputies.RemoveDeputyAsync(id, "boss@example.com", None));
        Assert.False(await store.Deputies.RemoveDeputyAsync(id, "boss@example.com", None));
        Assert.Empty(await store.Deputies.DeputiesAsync(today, None));
        Assert.NotEqual(id, await store.Deputies.AddDeputyAsync(new Deputy(0, "boss@example.com", "deputy@example.com", today, today, "boss@example.com"), None));
        Assert.Equal(2, changes);
        Assert.Null((await store.VerifyAuditAsync(null, None)).BrokenAt);
    }

    [Theory]
    [InlineData("boss@example.com", "Boss@example.com", 0)]
    [InlineData("boss@example.com", "deputy@example.com", -1)]
    [InlineData("boss@example.com", "", 0)]
    public async Task A_deputy_is_somebody_else_for_some_days(string approver, string substitute, int days)
    {
        var from = new DateOnly(2030, 5, 10);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.Deputies.AddDeputyAsync(new Deputy(0, approver, substitute, from, from.AddDays(days), "x"), None));
    }

    private static Decision Approve(HeldDelivery held, string by) => held.Decide(DecisionKind.Approve) with { By = by };

    private async Task<HeldDelivery> AwaitAsync(ApprovalTerms terms, int recipients = 1)
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time, recipients));
        var plan = Mail.Plan(DeliveryState.Approval, [.. Enumerable.Range(0, recipients)]) with { Approvers = ["boss@example.com", "legal@example.com"], Terms = terms };
        await Store.InspectAsync(accepted, Mail.Record(plan));
        return (await Store.HeldAsync(None)).Single(held => held.Submission == accepted.Submission.Id);
    }
}
