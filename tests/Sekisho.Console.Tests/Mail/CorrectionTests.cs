using System.Net;
using System.Text.RegularExpressions;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Mail;

/// <summary>Correcting recipients, taking back in the undo window, and an administrator in an absent approver's place.</summary>
public sealed partial class CorrectionTests
{
    private const string Me = "me@inside.example";

    [Fact]
    public async Task Who_is_struck_off_gets_nothing_and_the_others_get_it()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var me = rig.As(Me);
        await Outbox.PressAsync(me, $"/held/{id}", "release-individually", (await ChoiceOf(me, id, "b@two.example"), "remove"));
        var copies = await Outbox.UntilAsync(rig, id, 1);
        Assert.Equal(["a@one.example"], Assert.Single(copies).To);
        var detail = await rig.Store.FindSubmissionAsync(id, CancellationToken.None);
        Assert.Equal(Outcome.Cancelled, detail!.Recipients.Single(r => r.Address == "b@two.example").Outcome);
        Assert.Empty(await rig.Store.HeldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Who_is_kept_waiting_waits_on_while_the_others_get_it()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var me = rig.As(Me);
        await Outbox.PressAsync(me, $"/held/{id}", "release-individually", (await ChoiceOf(me, id, "b@two.example"), "wait"));
        Assert.Equal(["a@one.example"], Assert.Single(await Outbox.UntilAsync(rig, id, 1)).To);
        Assert.Equal(["b@two.example"], Assert.Single(await rig.Store.HeldAsync(CancellationToken.None)).Recipients);
        var html = await me.GetStringAsync($"/held/{id}");
        Assert.Contains("Sent to each individually", html, StringComparison.Ordinal);
        Assert.Contains("b@two.example", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_everybody_struck_off_nothing_is_decided()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var me = rig.As(Me);
        var answer = await Outbox.PressAsync(me, $"/held/{id}", "release", (await ChoiceOf(me, id, "a@one.example"), "remove"), (await ChoiceOf(me, id, "b@two.example"), "remove"));
        Assert.False(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.OK);
        Assert.Single(await rig.Store.HeldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Within_the_undo_window_it_can_be_taken_back()
    {
        await using var rig = await ConsoleRig.StartAsync("organization:\n  domains: [inside.example]\nundo: 1h\n");
        var id = await rig.SendAsync(Me, ["a@one.example"], $"From: {Me}\nTo: a@one.example\nSubject: Late thought\n\nHello\n");
        var me = rig.As(Me);
        Assert.Contains("about to leave", await me.GetStringAsync($"/held/{id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await rig.As("you@inside.example").GetAsync($"/held/{id}")).StatusCode);
        await Outbox.PressAsync(me, $"/held/{id}", "cancel");
        Assert.Contains("Not sent: taken back", await me.GetStringAsync($"/held/{id}"), StringComparison.Ordinal);
        Assert.Empty(Outbox.Of(rig, id));
    }

    [Fact]
    public async Task An_administrator_says_in_whose_place_he_approves_and_it_is_recorded()
    {
        await using var rig = await ConsoleRig.StartAsync(DecisionPageTests.ApprovalYaml.Replace("policy:", "  - address: root@inside.example\n    roles: [administrator]\npolicy:", StringComparison.Ordinal));
        var id = await rig.SendAsync(Me, ["a@one.example"], DecisionPageTests.ToApprove());
        var root = rig.As("root@inside.example", "administrator");
        Assert.Contains("In whose place do you decide?", await root.GetStringAsync($"/held/{id}"), StringComparison.Ordinal);
        await Outbox.PressAsync(root, $"/held/{id}", "approve", ("actFor", "boss@inside.example"));
        await Outbox.UntilAsync(rig, id, 1);
        Assert.Contains("root@inside.example for boss@inside.example", await rig.As(Me).GetStringAsync($"/mail/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejection_without_a_reason_is_refused()
    {
        await using var rig = await ConsoleRig.StartAsync(DecisionPageTests.ApprovalYaml);
        var id = await rig.SendAsync(Me, ["a@one.example"], DecisionPageTests.ToApprove());
        var answer = await Outbox.PressAsync(rig.As("boss@inside.example", "approver"), $"/held/{id}", "reject", ("reason", "  "));
        Assert.False(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.OK);
        Assert.Equal(PolicyAction.Approve, Assert.Single(await rig.Store.HeldAsync(CancellationToken.None)).Action);
    }

    /// <summary>Name of the choice that stands beside an address.</summary>
    private static async Task<string> ChoiceOf(HttpClient client, string id, string address)
        => Choice().Matches(await client.GetStringAsync($"/held/{id}")).First(m => m.Groups[1].Value == address).Groups[2].Value;

    [GeneratedRegex("<legend>([^<]+)</legend>\\s*<label class=\"check\"><input type=\"radio\" name=\"(to-[0-9]+)\"")]
    private static partial Regex Choice();
}
