using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Law4;

/// <summary>
/// Law 4 in every combination: which door, who, what waits, which decision. The table in <see cref="People.May"/> says what must be; the program is asked,
/// and whatever it answers, the mail itself is looked at.
/// </summary>
public sealed class Law4Tests
{
    private static readonly string[] s_kinds = ["release", "release-individually", "cancel", "approve", "reject", "timer-release", "deadline-return", "deadline-escalate"];
    private static readonly Who[] s_own = [Who.Sender, Who.Submitter, Who.Author, Who.FieldSender, Who.TaggedSender];

    [Theory]
    [InlineData("desk")]
    [InlineData("page")]
    [InlineData("link")]
    [InlineData("api")]
    public async Task Through_this_door_everybody_may_what_the_table_says_and_nothing_else(string door)
    {
        await using var court = await Court.OpenAsync();
        var decide = new Doors(court).Of(door);
        var wrong = new List<string>();
        foreach (var armed in new[] { false, true })
        {
            foreach (var waiting in Enum.GetValues<Waiting>())
            {
                foreach (var who in Enum.GetValues<Who>())
                {
                    foreach (var kind in s_kinds)
                    {
                        wrong.AddRange(await TryAsync(court, decide, who, armed, waiting, kind));
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} cells of {door}: {string.Join('\n', wrong.Take(20))}");
    }

    /// <summary>A process each, so fewer of them: what must never be, and what must.</summary>
    [Fact]
    public async Task At_the_command_line_the_table_holds_too()
    {
        await using var court = await Court.OpenAsync();
        var decide = new Doors(court).Of("cli");
        var wrong = new List<string>();
        foreach (var (who, armed, waiting, kind) in new[]
        {
            (Who.Sender, true, Waiting.Approval, "approve"), (Who.Sender, false, Waiting.Approval, "release"), (Who.Submitter, true, Waiting.Approval, "approve"),
            (Who.Author, true, Waiting.Approval, "approve"), (Who.FieldSender, true, Waiting.Approval, "reject"), (Who.TaggedSender, false, Waiting.Approval, "approve"),
            (Who.DeputyOutOfDates, false, Waiting.Approval, "approve"), (Who.DeputyBySender, false, Waiting.Approval, "approve"), (Who.Colleague, false, Waiting.Held, "release"),
            (Who.Colleague, false, Waiting.Approval, "approve"), (Who.CallsHimselfTimer, false, Waiting.Approval, "approve"), (Who.Administrator, false, Waiting.Refused, "release"),
            (Who.Administrator, false, Waiting.Approval, "release-individually"), (Who.DeputyInDates, false, Waiting.Approval, "approve"), (Who.Sender, false, Waiting.Held, "release"),
            (Who.Sender, false, Waiting.Approval, "cancel"), (Who.Approver, false, Waiting.Approval, "reject"), (Who.Administrator, false, Waiting.Done, "cancel"),
        })
        {
            wrong.AddRange(await TryAsync(court, decide, who, armed, waiting, kind));
        }

        Assert.Empty(wrong);
    }

    /// <summary>The last door, asked without anybody having checked who asks: still nothing that awaits approval leaves as if its sender had released it.</summary>
    [Fact]
    public async Task The_store_itself_lets_nothing_go_that_does_not_fit()
    {
        await using var court = await Court.OpenAsync();
        var decide = new Doors(court).Of("store");
        foreach (var (waiting, may) in new[] { (Waiting.Held, "release release-individually cancel"), (Waiting.Approval, "approve reject cancel"), (Waiting.Refused, "cancel"), (Waiting.Done, "") })
        {
            foreach (var kind in s_kinds)
            {
                var held = await court.NewAsync(waiting);
                var before = await court.FateAsync(held);
                var expected = may.Split(' ').Contains(kind);
                Assert.True(expected == await decide(held, "me@inside.example", kind), $"{waiting} {kind}");
                Assert.True(expected != (before == await court.FateAsync(held)), $"{waiting} {kind}");
            }
        }
    }

    [Fact]
    public async Task No_timer_and_no_deadline_lets_go_what_awaits_approval()
    {
        await using var court = await Court.OpenAsync();
        var moment = TimeSpan.FromMilliseconds(1);
        var waits = await court.NewAsync(Waiting.Approval, terms: new ApprovalTerms(1, moment, AtDeadline.Wait, []));
        var returned = await court.NewAsync(Waiting.Approval, terms: new ApprovalTerms(1, moment, AtDeadline.Return, []));
        var passedOn = await court.NewAsync(Waiting.Approval, terms: new ApprovalTerms(1, moment, AtDeadline.Escalate, ["head@inside.example", "armed-me@inside.example"]));
        await Rig.ConsoleRig.UntilAsync(async () => await court.Rig.Store.FindHeldAsync(returned.Id, CancellationToken.None) is null
            && await court.Rig.Store.FindHeldAsync(passedOn.Id, CancellationToken.None) is { Escalated: true });

        Assert.NotNull(await court.Rig.Store.FindHeldAsync(waits.Id, CancellationToken.None));
        var outcomes = (await court.Rig.Store.FindSubmissionAsync(returned.Submission, CancellationToken.None))!.Recipients.Select(r => r.Outcome);
        Assert.All(outcomes, o => Assert.Equal(Outcome.Refused, o));
        Assert.Empty(Mail.Outbox.Of(court.Rig, waits.Submission).Concat(Mail.Outbox.Of(court.Rig, returned.Submission)).Concat(Mail.Outbox.Of(court.Rig, passedOn.Submission)));

        // Who it was passed on to may decide, its sender still may not.
        var desk = new Doors(court).Of("desk");
        Assert.False(await desk(passedOn, "me@inside.example", "approve"));
        Assert.False(await desk(passedOn, "colleague@inside.example", "approve"));
        Assert.True(await desk(passedOn, "head@inside.example", "approve"));
    }

    [Theory]
    [InlineData("desk")]
    [InlineData("page")]
    [InlineData("link")]
    [InlineData("api")]
    [InlineData("cli")]
    [InlineData("store")]
    public async Task Nobody_decides_on_other_bytes_than_he_saw(string door)
    {
        await using var court = await Court.OpenAsync();
        var decide = new Doors(court).Of(door);
        var store = court.Rig.Store;
        foreach (var (waiting, by, kind) in new[] { (Waiting.Held, "me@inside.example", "release"), (Waiting.Approval, "boss@inside.example", "approve"), (Waiting.Approval, "boss@inside.example", "reject") })
        {
            // Somebody struck a recipient off meanwhile, or let him wait apart.
            var seen = await court.NewAsync(waiting);
            await store.DecideAsync(new Decision(seen.Id, DecisionKind.Cancel, "court", seen.DecisionDigest, null, [], null, []) { Waiting = [0, 1] }, CancellationToken.None);
            var rest = (await store.HeldAsync(CancellationToken.None)).Single(h => h.Submission == seen.Submission);
            foreach (var stale in new[] { seen, rest with { DecisionDigest = seen.DecisionDigest } })
            {
                var before = await court.FateAsync(rest);
                Assert.False(await decide(stale, by, kind), $"{door} {kind}: recipients were struck off since");
                Assert.Equal(before, await court.FateAsync(rest));
            }

            // Another mail's digest, and none at all.
            var other = await court.NewAsync(waiting);
            foreach (var digest in new[] { seen.DecisionDigest, new string('0', 64) })
            {
                Assert.False(await decide(other with { DecisionDigest = digest }, by, kind), $"{door} {kind}: another digest");
            }

            // Decided meanwhile: by others, or by himself with a second click.
            Assert.True(await decide(other, by, kind), $"{door} {kind}: as he saw it");
            Assert.False(await decide(other, by, kind), $"{door} {kind}: the second click");
        }
    }

    [Theory]
    [InlineData("desk")]
    [InlineData("page")]
    [InlineData("link")]
    [InlineData("api")]
    public async Task Another_approval_in_between_changes_no_bytes_and_one_person_counts_once(string door)
    {
        await using var court = await Court.OpenAsync();
        var decide = new Doors(court).Of(door);
        var two = await court.NewAsync(Waiting.Approval, terms: new ApprovalTerms(2, null, AtDeadline.Wait, []));
        Assert.True(await decide(two, "boss@inside.example", "approve"));
        Assert.Single((await court.Rig.Store.FindHeldAsync(two.Id, CancellationToken.None))!.Votes);
        foreach (var again in new[] { "boss@inside.example", "deputy@inside.example", "me@inside.example" })
        {
            Assert.False(await decide(two, again, "approve"), again);
        }

        Assert.NotNull(await court.Rig.Store.FindHeldAsync(two.Id, CancellationToken.None));
        Assert.True(await decide(two, "admin@inside.example", "approve"));
        Assert.Null(await court.Rig.Store.FindHeldAsync(two.Id, CancellationToken.None));
    }

    /// <summary>The law's own sentence, whatever the table says: nobody whose own mail it is lets go what awaits approval.</summary>
    [Fact]
    public void The_table_itself_lets_no_sender_release_what_awaits_approval()
    {
        foreach (var who in s_own)
        {
            foreach (var armed in new[] { false, true })
            {
                Assert.DoesNotContain("approve", People.May(who, armed, Waiting.Approval), StringComparison.Ordinal);
                Assert.DoesNotContain("re", People.May(who, armed, Waiting.Approval), StringComparison.Ordinal);
            }
        }
    }

    private static async Task<IEnumerable<string>> TryAsync(Court court, Door decide, Who who, bool armed, Waiting waiting, string kind)
    {
        var held = await court.StandAsync(waiting, armed);
        var expected = People.May(who, armed, waiting).Split(' ').Contains(kind);
        var before = await court.FateAsync(held);
        var said = await decide(held, People.AddressOf(who, armed), kind);
        var moved = before != await court.FateAsync(held);
        return said == expected && moved == expected ? [] : [$"{who}{(armed ? " with every power" : "")}, {waiting}, {kind}: said {said}, moved {moved}, expected {expected}"];
    }
}
