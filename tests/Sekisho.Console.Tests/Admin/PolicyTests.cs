using System.Net;
using System.Text.Json;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.Admin;

/// <summary>The policy changed from the console: seen before it holds, recorded, never over somebody else's change.</summary>
public sealed class PolicyTests
{
    private const string Text = "/admin/policy/text";
    private const string Effect = "/admin/policy/what-if";
    private const string Domains = "organization:\n  domains: [inside.example]\n";

    private static async Task<string> DigestAsync(HttpClient client) => Between(await client.GetStringAsync(Text), "name=\"BaseDigest\" value=\"", "\"");

    private static string Between(string html, string before, string after)
    {
        var at = html.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return html[at..html.IndexOf(after, at, StringComparison.Ordinal)];
    }

    private static async Task DraftAsync(HttpClient client, string text)
    {
        var answer = await ConsoleRig.PostAsync(client, Text, Text, ("Text", text), ("BaseDigest", await DigestAsync(client)), ("what", "look"));
        Assert.Equal(Effect, answer.Headers.Location?.OriginalString);
    }

    private static async Task<string> LookAsync(HttpClient client)
    {
        await ConsoleRig.PostAsync(client, Effect, Effect, ("what", "look"), ("days", "30"));
        var html = "";
        await ConsoleRig.UntilAsync(async () => (html = await client.GetStringAsync(Effect)).Contains("Interruptions per 1,000", StringComparison.Ordinal));
        return html;
    }

    private static async Task<HttpResponseMessage> ActivateAsync(HttpClient client, params (string, string)[] more)
        => await ConsoleRig.PostAsync(client, Effect, Effect, [("what", "activate"), ("seen", Between(await client.GetStringAsync(Effect), "name=\"seen\" value=\"", "\"")), .. more]);

    [Fact]
    public async Task A_change_is_looked_at_put_in_force_and_rolled_back()
    {
        await using var rig = await ConsoleRig.StartAsync();
        await rig.SendHeldAsync();
        var quiet = await rig.SendAsync("me@inside.example", ["a@one.example"], "From: me@inside.example\nTo: a@one.example\nSubject: Secret plan\n\nx\n");
        var boss = rig.As("boss@inside.example", "administrator");

        await DraftAsync(boss, Domains + "policy:\n  - name: strangers-few\n    then: deliver\n  - name: plans\n    when: { keyword: [secret] }\n    then: hold\n");
        var effect = await LookAsync(boss);
        Assert.Contains("Would have stopped 1 more", effect, StringComparison.Ordinal);
        Assert.Contains("Would no longer have stopped 1", effect, StringComparison.Ordinal);
        Assert.Contains($"/mail/{quiet}", effect, StringComparison.Ordinal);

        var done = await ActivateAsync(boss, ("note", "as agreed"));
        Assert.Equal("/admin/policy/what-if?done=2", done.Headers.Location?.OriginalString);
        Assert.Contains(rig.Gateway.Config.Config.Policy.Rules, r => r.Name == "plans");
        Assert.Contains("name: plans", await File.ReadAllTextAsync(rig.ConfigFile), StringComparison.Ordinal);

        var history = await boss.GetStringAsync("/admin/policy/history");
        Assert.Contains("as agreed", history, StringComparison.Ordinal);
        Assert.Contains("found in the file", history, StringComparison.Ordinal);
        var back = await ConsoleRig.PostAsync(boss, "/admin/policy/history", "/admin/policy/history", ("number", "1"));
        Assert.Equal(Effect, back.Headers.Location?.OriginalString);
        await LookAsync(boss);
        await ActivateAsync(boss);
        Assert.DoesNotContain(rig.Gateway.Config.Config.Policy.Rules, r => r.Name == "plans");
        Assert.Equal("organization:\n  domains: [inside.example]\n", await File.ReadAllTextAsync(rig.ConfigFile));

        var events = await rig.Store.EventsAsync(new() { Kind = "policy-activated" }, CancellationToken.None);
        Assert.Equal(["boss@inside.example", "boss@inside.example", "file"], events.Lines.Select(l => l.Event.By));
        Assert.Null((await rig.Store.VerifyAuditAsync(null, CancellationToken.None)).BrokenAt);
    }

    [Fact]
    public async Task Nothing_is_put_in_force_unseen_unless_somebody_says_so_and_that_is_recorded()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var boss = rig.As("boss@inside.example", "administrator");
        await DraftAsync(boss, Domains + "undo: 7s\n");
        Assert.Equal(HttpStatusCode.Conflict, (await ActivateAsync(boss)).StatusCode);
        Assert.Equal(TimeSpan.Zero, rig.Gateway.Config.Config.Undo);

        await ActivateAsync(boss, ("unseen", "yes"));
        Assert.Equal(TimeSpan.FromSeconds(7), rig.Gateway.Config.Config.Undo);
        Assert.Single((await rig.Store.EventsAsync(new() { Kind = "policy-activated-unseen" }, CancellationToken.None)).Lines);
    }

    [Fact]
    public async Task A_look_holds_for_exactly_the_text_it_was_about()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var boss = rig.As("boss@inside.example", "administrator");
        await DraftAsync(boss, Domains + "undo: 7s\n");
        await LookAsync(boss);
        await DraftAsync(boss, Domains + "undo: 8s\n");
        Assert.Equal(HttpStatusCode.Conflict, (await ActivateAsync(boss)).StatusCode);
        Assert.Equal(TimeSpan.Zero, rig.Gateway.Config.Config.Undo);
    }

    [Fact]
    public async Task Of_two_administrators_the_second_sees_the_conflict()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var (one, two) = (rig.As("one@inside.example", "administrator"), rig.As("two@inside.example", "administrator"));
        await DraftAsync(one, Domains + "undo: 1s\n");
        await DraftAsync(two, Domains + "undo: 2s\n");
        await LookAsync(two);
        var page = await two.GetStringAsync(Effect);
        await ActivateAsync(one, ("unseen", "yes"));

        var late = await two.PostAsync(Effect, new FormUrlEncodedContent([new("what", "activate"), new("unseen", "yes"), new("seen", Between(page, "name=\"seen\" value=\"", "\"")), new("__RequestVerificationToken", Between(page, "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"", "\""))]));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("Somebody changed the file", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), rig.Gateway.Config.Config.Undo);

        await ConsoleRig.PostAsync(two, Effect, Effect, ("what", "rebase"));
        await ActivateAsync(two, ("unseen", "yes"));
        Assert.Equal(TimeSpan.FromSeconds(2), rig.Gateway.Config.Config.Undo);
    }

    [Fact]
    public async Task A_change_by_hand_is_never_overwritten()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var boss = rig.As("boss@inside.example", "administrator");
        await DraftAsync(boss, Domains + "undo: 7s\n");
        await File.WriteAllTextAsync(rig.ConfigFile, Domains + "undo: 3s # by hand\n");
        Assert.Equal(HttpStatusCode.BadRequest, (await ConsoleRig.PostAsync(boss, Effect, Effect, ("what", "activate"), ("unseen", "yes"), ("__RequestVerificationToken", "x"))).StatusCode);
        var page = await boss.GetStringAsync(Effect);
        Assert.Contains("Somebody changed the file", page, StringComparison.Ordinal);
        Assert.Contains("- undo: 3s # by hand", page, StringComparison.Ordinal);
        Assert.Contains("by hand", await File.ReadAllTextAsync(rig.ConfigFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_open_can_neither_be_seen_nor_set()
    {
        await using var rig = await ConsoleRig.StartAsync(Domains + "users:\n  - address: scanner@inside.example\n    password-hash: $pbkdf2-sha256$600000$m3yYyVZ7l0q0T3o2sYpJ1A==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
        var boss = rig.As("boss@inside.example", "administrator");
        Assert.DoesNotContain("pbkdf2", await boss.GetStringAsync(Text), StringComparison.Ordinal);
        var answer = await ConsoleRig.PostAsync(boss, Text, "/admin/policy/validate", ("text", "tools:\n  bsdtar: /tmp/evil\n"));
        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement[0];
        Assert.Equal(1, error.GetProperty("line").GetInt32());

        var saved = await ConsoleRig.PostAsync(boss, Text, Text, ("Text", Domains + "tools:\n  bsdtar: /tmp/evil\n"), ("BaseDigest", await DigestAsync(boss)), ("what", "save"));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Contains("cannot be set from here", await saved.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await ConsoleRig.PostAsync(boss, Text, Effect, ("what", "activate"), ("unseen", "yes"));
        Assert.DoesNotContain("evil", await File.ReadAllTextAsync(rig.ConfigFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checking_a_text_without_the_forgery_token_is_refused()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var boss = rig.As("boss@inside.example", "administrator");
        Assert.Equal(HttpStatusCode.BadRequest, (await boss.PostAsync("/admin/policy/validate", new FormUrlEncodedContent([new("text", "undo: 5s")]))).StatusCode);
    }
}
