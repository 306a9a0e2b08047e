using Sekisho.Policy;

namespace Sekisho.Storage.Tests.Contract;

/// <summary>Law 4: held mail moves only by a decision that fits, bound to what was seen.</summary>
public abstract class Deciding<TPlace> : StoreContract<TPlace>
    where TPlace : IStorePlace, new()
{
    private static readonly Dictionary<char, DecisionKind> s_kinds = new()
    {
        ['R'] = DecisionKind.Release,
        ['I'] = DecisionKind.ReleaseIndividually,
        ['C'] = DecisionKind.Cancel,
        ['A'] = DecisionKind.Approve,
        ['J'] = DecisionKind.Reject,
        ['T'] = DecisionKind.TimerRelease,
        ['B'] = DecisionKind.DeadlineReturn,
        ['E'] = DecisionKind.DeadlineEscalate,
    };

    private static readonly Dictionary<char, DecisionResult> s_results = new()
    {
        ['+'] = DecisionResult.Done,
        ['n'] = DecisionResult.NotAllowed,
        ['d'] = DecisionResult.AlreadyDecided,
    };

    [Theory]
    [MemberData(nameof(DecisionTable.Rows), MemberType = typeof(DecisionTable))]
    public async Task Each_kind_of_decision_does_what_the_table_says(Situation situation, string row)
    {
        foreach (var cell in row.Split(' '))
        {
            var (kind, expected) = (s_kinds[cell[0]], s_results[cell[1]]);
            var delivery = await PrepareAsync(situation);
            var before = await FateAsync(delivery);
            var digest = DecisionDigest.Compute(delivery.Submission.Digest, delivery.Id, CopyKind.Original, ["person0@example.net"]);
            IReadOnlyList<int> individually = kind == DecisionKind.ReleaseIndividually ? [0] : [];

            var result = await Store.DecideAsync(new Decision(delivery.Id, kind, "somebody@example.com", digest, null, individually, null, []));

            Assert.True(expected == result, $"{situation} {kind}: {result}");
            var after = await FateAsync(delivery);
            if (result != DecisionResult.Done)
            {
                Assert.Equal(before, after);
                continue;
            }

            var refused = situation == Situation.Refused || kind == DecisionKind.Reject;
            Assert.Equal(
                kind is DecisionKind.Cancel or DecisionKind.Reject ? (DeliveryState.Done, refused ? Outcome.Refused : Outcome.Cancelled) : (DeliveryState.Ready, Outcome.Pending),
                (after.State, after.Outcome));
            Assert.Equal("decided", (await EventsAsync(delivery.Submission.Id)).Last());
        }
    }

    private async Task<RecipientDetail> FateAsync(Delivery delivery) => (await DetailAsync(delivery.Submission.Id)).Recipients[0];

    private async Task<Delivery> PrepareAsync(Situation situation)
    {
        var sender = $"{Guid.NewGuid():n}@example.com";
        var accepted = await Store.AcceptAsync(Mail.New(Time, from: sender));
        if (situation == Situation.Inspecting)
        {
            return accepted;
        }

        var (state, notBefore) = situation switch
        {
            Situation.InUndoWindow => (DeliveryState.Ready, Time.Now + Mail.Minute),
            Situation.HaltedByStop => (DeliveryState.Ready, Time.Now + Mail.Minute),
            Situation.Leased or Situation.WaitingForRetry or Situation.Delivered => (DeliveryState.Ready, (DateTimeOffset?)null),
            Situation.HeldWithTimerRunning => (DeliveryState.Held, Time.Now + Mail.Minute),
            Situation.HeldWithTimerOut or Situation.HeldWithTimerOutButStopped => (DeliveryState.Held, Time.Now),
            Situation.Approval or Situation.ApprovalOfStoppedSender => (DeliveryState.Approval, null),
            Situation.Refused => (DeliveryState.Refused, null),
            _ => (DeliveryState.Held, null),
        };
        var ready = await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(state, 0) with { NotBefore = notBefore }));
        switch (situation)
        {
            case Situation.WaitingForRetry:
                await Store.EndAsync(ready[0], Outcome.Pending, Time.Now + Mail.Minute);
                break;
            case Situation.Delivered:
                await Store.EndAsync(ready[0], Outcome.Delivered);
                break;
            case Situation.HeldWithTimerOutButStopped or Situation.HaltedByStop or Situation.ApprovalOfStoppedSender:
                await Store.StopAsync(sender, "admin", None);
                break;
            case Situation.Released or Situation.Cancelled:
                var held = (await Store.HeldAsync(None)).Single(one => one.Id == accepted.Id);
                await Store.DecideAsync(held.Decide(situation == Situation.Released ? DecisionKind.Release : DecisionKind.Cancel));
                break;
            default:
                break;
        }

        return accepted;
    }

    [Fact]
    public async Task There_must_be_something_to_decide()
    {
        Assert.Equal(DecisionResult.NotFound, await Store.DecideAsync(new Decision(4711, DecisionKind.Release, "x", "", null, [], null, [])));
    }

    [Fact]
    public async Task A_decision_on_something_else_is_void()
    {
        var held = await Store.HoldAsync(Mail.New(Time));
        Assert.Equal(DecisionResult.DigestChanged, await Store.DecideAsync(held.Decide(DecisionKind.Release) with { DecisionDigest = new string('0', 64) }));
        Assert.Equal(held.Id, Assert.Single(await Store.HeldAsync(None)).Id);
        Assert.DoesNotContain("decided", await EventsAsync(held.Submission));
    }

    [Fact]
    public async Task Of_two_who_decide_at_once_one_is_first()
    {
        var held = await Store.HoldAsync(Mail.New(Time));
        var other = await OpenAsync();
        var results = await Task.WhenAll(
            Store.DecideAsync(held.Decide(DecisionKind.Release)), other.DecideAsync(held.Decide(DecisionKind.Cancel)), Store.DecideAsync(held.Decide(DecisionKind.Cancel)));
        Assert.Equal(1, results.Count(result => result == DecisionResult.Done));
        Assert.Equal(2, results.Count(result => result == DecisionResult.AlreadyDecided));
    }

    [Fact]
    public async Task Sent_individually_the_named_ones_part_and_the_rest_stays_together()
    {
        var held = await Store.HoldAsync(Mail.New(Time, recipients: 4));
        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(held.Decide(DecisionKind.ReleaseIndividually) with { Individually = [3, 1] }));

        var ready = await Store.LeaseAsync(DeliveryState.Ready);
        Assert.Equal(["0,2 Original", "1 Individual", "3 Individual"], ready.Select(one => string.Join(',', one.Recipients.Select(recipient => recipient.Ordinal)) + " " + one.Copy).Order(StringComparer.Ordinal));
        Assert.All(ready, one => Assert.True(one.Released));
        Assert.Empty(await Store.HeldAsync(None));
    }

    [Fact]
    public async Task Sent_individually_to_all_nobody_stays()
    {
        var held = await Store.HoldAsync(Mail.New(Time, recipients: 3));
        await Store.DecideAsync(held.Decide(DecisionKind.ReleaseIndividually) with { Individually = [0, 1, 2] });
        var ready = await Store.LeaseAsync(DeliveryState.Ready);
        Assert.Equal(3, ready.Count);
        Assert.All(ready, one => Assert.Equal(CopyKind.Individual, one.Copy));
        Assert.Equal([0, 1, 2], ready.Select(one => Assert.Single(one.Recipients).Ordinal).Order());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 7)]
    [InlineData(-1, 1)]
    public async Task Individually_names_the_deliverys_own_recipients_once(int first, int second)
    {
        var held = await Store.HoldAsync(Mail.New(Time, recipients: 2));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.DecideAsync(held.Decide(DecisionKind.ReleaseIndividually) with { Individually = [first, second] }));
        Assert.Single(await Store.HeldAsync(None));
        Assert.DoesNotContain("decided", await EventsAsync(held.Submission));
    }

    [Fact]
    public async Task Each_group_of_one_submission_is_decided_by_itself()
    {
        var accepted = await Store.AcceptAsync(Mail.New(Time, recipients: 3));
        await Store.InspectAsync(accepted, Mail.Record(Mail.Plan(DeliveryState.Held, 0, 2), Mail.Plan(DeliveryState.Approval, 1)));
        var held = await Store.HeldAsync(None);
        await Store.DecideAsync(held.Single(one => one.Action == PolicyAction.Hold).Decide(DecisionKind.Cancel));

        var fates = (await DetailAsync(accepted.Submission.Id)).Recipients;
        Assert.Equal([Outcome.Cancelled, Outcome.Pending, Outcome.Cancelled], fates.Select(fate => fate.Outcome));
        Assert.Equal(PolicyAction.Approve, Assert.Single(await Store.HeldAsync(None)).Action);
        Assert.Equal(2, (await Store.CountsAsync(None)).Cancelled);
    }

    [Fact]
    public async Task Sent_as_it_is_its_people_know_each_other_from_then_on()
    {
        var held = await Store.HoldAsync(Mail.New(Time, recipients: 2));
        await Store.DecideAsync(held.Decide(DecisionKind.Release) with { Learnt = Mail.Learnt(Time.Now, "a@example.net", "b@example.net") });
        var known = await Store.GatheringsOfAsync(["a@example.net", "b@example.net"], None);
        Assert.Equal(Assert.Single(known["a@example.net"]), Assert.Single(known["b@example.net"]));
    }

    [Fact]
    public async Task Notes_go_out_with_the_decision()
    {
        var held = await Store.HoldAsync(Mail.New(Time));
        var note = Mail.New(Time, from: "", origin: SubmissionOrigin.Gateway);
        await Store.DecideAsync(held.Decide(DecisionKind.Cancel) with { Notes = [note] });
        Assert.Equal(note.Id, Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)).Submission.Id);
    }

    [Fact]
    public async Task Who_decided_what_and_why_is_in_the_trail()
    {
        var held = await Store.HoldAsync(Mail.New(Time), DeliveryState.Approval);
        await Store.DecideAsync(held.Decide(DecisionKind.Approve) with { By = "boss@example.com", Reason = "顧客の依頼" });
        var last = (await DetailAsync(held.Submission)).Events[^1];
        Assert.Equal(("decided", "boss@example.com", held.Id), (last.Kind, last.By, last.Delivery));
        Assert.Contains("顧客の依頼", last.DetailJson, StringComparison.Ordinal);
        Assert.Contains(held.DecisionDigest, last.DetailJson, StringComparison.Ordinal);
        Assert.Contains("\"approve\"", last.DetailJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timer_lets_go_only_what_has_run_out()
    {
        await Store.HoldAsync(Mail.New(Time), until: Time.Now + Mail.Minute);
        await Store.HoldAsync(Mail.New(Time), until: Time.Now + (Mail.Minute * 3));
        await Store.HoldAsync(Mail.New(Time));
        Assert.Empty(await Store.DueTimersAsync(10, None));
        Time.Advance(Mail.Minute * 2);

        var due = Assert.Single(await Store.DueTimersAsync(10, None));
        Assert.Equal(DecisionResult.Done, await Store.DecideAsync(due.Decide(DecisionKind.TimerRelease) with { By = "timer" }));
        Assert.True(Assert.Single(await Store.LeaseAsync(DeliveryState.Ready)).Released);
        Assert.Empty(await Store.DueTimersAsync(10, None));
        Assert.Equal(2, (await Store.HeldAsync(None)).Count);
    }
}

/// <summary>Where a delivery can stand when somebody decides.</summary>
public enum Situation
{
    Inspecting,
    InUndoWindow,
    Leased,
    WaitingForRetry,
    Held,
    HeldWithTimerRunning,
    HeldWithTimerOut,
    HeldWithTimerOutButStopped,
    HaltedByStop,
    Approval,
    ApprovalOfStoppedSender,
    Refused,
    Released,
    Delivered,
    Cancelled,
}

/// <summary>Law 4 as a table.</summary>
public static class DecisionTable
{
    /// <summary>The whole table: what each kind of decision does in each situation. R release, I individually, C cancel, A approve, J reject, T timer, B deadline returns, E deadline escalates; + done, n not allowed, d already decided.</summary>
    public static TheoryData<Situation, string> Rows => new()
    {
        { Situation.Inspecting, "Rn In Cn An Jn Tn Bn En" },
        { Situation.InUndoWindow, "Rd Id C+ Ad Jd Td Bd Ed" },
        { Situation.Leased, "Rd Id Cd Ad Jd Td Bd Ed" },
        { Situation.WaitingForRetry, "Rd Id Cd Ad Jd Td Bd Ed" },
        { Situation.Held, "R+ I+ C+ An Jn Tn Bn En" },
        { Situation.HeldWithTimerRunning, "R+ I+ C+ An Jn Tn Bn En" },
        { Situation.HeldWithTimerOut, "R+ I+ C+ An Jn T+ Bn En" },
        { Situation.HeldWithTimerOutButStopped, "R+ I+ C+ An Jn Tn Bn En" },
        { Situation.HaltedByStop, "R+ I+ C+ An Jn Tn Bn En" },
        { Situation.Approval, "Rn In C+ A+ J+ Tn Bn En" },
        { Situation.ApprovalOfStoppedSender, "Rn In C+ A+ J+ Tn Bn En" },
        { Situation.Refused, "Rn In C+ An Jn Tn Bn En" },
        { Situation.Released, "Rd Id Cd Ad Jd Td Bd Ed" },
        { Situation.Delivered, "Rd Id Cd Ad Jd Td Bd Ed" },
        { Situation.Cancelled, "Rd Id Cd Ad Jd Td Bd Ed" },
    };
}
