using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Law4;

/// <summary>What <c>sekisho held</c> can be told beside the decision itself, typed into the real program.</summary>
public sealed class HeldCommandTests
{
    private const string Me = "me@inside.example";
    private const string Boss = "boss@inside.example";
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task Who_is_removed_gets_nothing_and_who_is_kept_waits_on()
    {
        await using var court = await Court.OpenAsync();
        var held = await court.NewAsync(Waiting.Held);
        var (code, output, _) = await RunAsync(court, "release", held, Me, "--remove", "B@two.example", "--keep", "c@three.example");
        Assert.Equal(0, code);
        Assert.Contains("1 recipient, 1 removed, 1 still waiting", output, StringComparison.Ordinal);
        Assert.Equal(["c@three.example"], (await WaitingOf(court, held))!.Recipients);
        Assert.Equal(["b@two.example"], await court.Rig.Store.RemovedAsync(held.Submission, s_none));
    }

    [Fact]
    public async Task Taken_back_for_one_alone_the_others_wait_on_and_a_mistyped_address_takes_back_nothing()
    {
        await using var court = await Court.OpenAsync();
        var held = await court.NewAsync(Waiting.Approval);
        var before = await court.FateAsync(held);
        var (code, _, errors) = await RunAsync(court, "cancel", held, Me, "--only", "a@one.example", "x@one.example");
        Assert.Equal(1, code);
        Assert.Contains("x@one.example is not among its recipients", errors, StringComparison.Ordinal);
        Assert.Equal(before, await court.FateAsync(held));

        Assert.Equal(0, (await RunAsync(court, "cancel", held, Me, "--only", "A@one.example")).Code);
        var rest = (await WaitingOf(court, held))!;
        Assert.Equal((PolicyAction.Approve, "b@two.example c@three.example"), (rest.Action, string.Join(' ', rest.Recipients)));
        Assert.Equal(Outcome.Cancelled, (await court.Rig.Store.FindSubmissionAsync(held.Submission, s_none))!.Recipients.Single(r => r.Address == "a@one.example").Outcome);
    }

    [Fact]
    public async Task A_deputy_says_for_whom_and_nobody_else_can_say_so()
    {
        await using var court = await Court.OpenAsync();
        var held = await court.NewAsync(Waiting.Approval);
        foreach (var (by, standsFor) in new[] { ("colleague@inside.example", Boss), ("deputy@inside.example", Me), ("late@inside.example", Boss), (Me, Boss) })
        {
            Assert.Equal(1, (await RunAsync(court, "approve", held, by, "--for", standsFor)).Code);
        }

        Assert.Equal(0, (await RunAsync(court, "approve", held, "deputy@inside.example", "--for", Boss)).Code);
        var decided = (await court.Rig.Store.FindSubmissionAsync(held.Submission, s_none))!.Events.Last(e => e.Kind == "decided");
        Assert.Equal("deputy@inside.example", decided.By);
        Assert.Contains($"\"for\":\"{Boss}\"", decided.DetailJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turning_down_needs_a_reason_which_is_recorded_and_a_digest_of_something_else_decides_nothing()
    {
        await using var court = await Court.OpenAsync();
        var held = await court.NewAsync(Waiting.Approval);
        var before = await court.FateAsync(held);
        Assert.NotEqual(0, (await RunAsync(court, "reject", held, Boss)).Code);
        Assert.Equal(1, (await RunAsync(court, "reject", held, Boss, "--reason", " ")).Code);
        var (code, _, errors) = await RunAsync(court, "reject", held, Boss, "--reason", "no", "--digest", new string('0', 64));
        Assert.Equal(1, code);
        Assert.Contains("it changed since it was shown", errors, StringComparison.Ordinal);
        Assert.Equal(before, await court.FateAsync(held));

        Assert.Equal(0, (await RunAsync(court, "reject", held, Boss, "--reason", "宛先が違います", "--digest", held.DecisionDigest)).Code);
        Assert.Null(await WaitingOf(court, held));
        Assert.Contains("宛先が違います", (await court.Rig.Store.FindSubmissionAsync(held.Submission, s_none))!.Events.Last(e => e.Kind == "decided").DetailJson, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Output, string Errors)> RunAsync(Court court, string decision, HeldDelivery held, string by, params string[] options)
        => Doors.RunAsync(court, [decision, held.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), "--as", by, .. options]);

    private static async Task<HeldDelivery?> WaitingOf(Court court, HeldDelivery held)
        => (await court.Rig.Store.HeldAsync(s_none)).SingleOrDefault(h => h.Submission == held.Submission);
}
