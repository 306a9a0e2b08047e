using System.Net;
using System.Net.Http.Headers;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.Api;

public sealed class KeyTests
{
    private const string Sender = "me@inside.example";

    [Fact]
    public async Task WithoutAGoodKeyTheApiSaysWhatIsMissing()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var problem = await (await rig.Browser().GetAsync("/api/held")).ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("header Authorization", problem.GetProperty("where").GetString());
        Assert.Contains("sekisho_", problem.GetProperty("todo").GetString(), StringComparison.Ordinal);
        foreach (var wrong in (string[])["sekisho_unknown", "unknown", "sekisho_" + new string('a', 5000)])
        {
            var client = rig.Browser();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", wrong);
            var answer = await client.GetAsync("/api/me");
            await answer.ProblemAsync(HttpStatusCode.Unauthorized);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task AKeyActsAsItsOwnerWithinItsScopes()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        await keys.AccountAsync("boss@inside.example", "administrator");
        var me = await (await keys.ClientAsync("boss@inside.example", "read")).JsonAsync("/api/me");
        Assert.Equal("boss@inside.example", me.GetProperty("address").GetString());
        Assert.Equal("administrator", me.GetProperty("roles")[0].GetString());
        Assert.Equal("read", me.GetProperty("scopes")[0].GetString());
        // A scope the key has not, and a right its owner has not.
        await (await (await keys.ClientAsync("boss@inside.example", "check")).GetAsync("/api/held")).ProblemAsync(HttpStatusCode.Forbidden);
        await (await (await keys.ClientAsync("boss@inside.example", "decide")).GetAsync("/api/mail")).ProblemAsync(HttpStatusCode.Forbidden);
        await (await (await keys.ClientAsync(Sender, "read", "decide", "metrics")).GetAsync("/api/audit")).ProblemAsync(HttpStatusCode.Forbidden);
        await (await (await keys.ClientAsync(Sender, "read", "decide", "metrics")).GetAsync("/api/figures")).ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task AKeyOfADisabledOwnerOpensNothing()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        await keys.AccountAsync("boss@inside.example", "administrator");
        var client = await keys.ClientAsync("boss@inside.example", "read");
        await client.JsonAsync("/api/me");
        await keys.AccountAsync("boss@inside.example", "administrator", disabled: true);
        await (await client.GetAsync("/api/me")).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task AKeyOpensNoPage()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        await keys.AccountAsync("boss@inside.example", "administrator");
        // A page acts by form; a key for reading must not get there.
        var answer = await (await keys.ClientAsync("boss@inside.example", "read", "decide", "check", "metrics")).GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/sign-in", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrowserSessionMayLookButNotAct()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var id = await rig.SendHeldAsync();
        var browser = rig.As(Sender);
        var held = await browser.JsonAsync($"/api/held/{id}");
        var part = held.GetProperty("waiting")[0];
        await (await browser.PostAsync($"/api/held/{part.GetProperty("id")}/decide", Answers.Body(new { kind = "release", digest = part.GetProperty("digest").GetString() }))).ProblemAsync(HttpStatusCode.Forbidden);
        await (await browser.PostAsync("/api/check", Answers.Body(new { from = Sender, to = new[] { "a@one.example" } }))).ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Single(await rig.Store.HeldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task WhoAsksTooOftenIsToldWhenToComeBack()
    {
        await using var rig = await ConsoleRig.StartAsync("organization:\n  domains: [inside.example]\napi:\n  rate: 3\n");
        var keys = new Keys(rig);
        var client = await keys.ClientAsync(Sender, "read");
        for (var i = 0; i < 3; i++)
        {
            await client.JsonAsync("/api/me");
        }

        var refused = await client.GetAsync("/api/me");
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        // Another key has its own bucket.
        await (await keys.ClientAsync(Sender, "read")).JsonAsync("/api/me");
    }

    [Fact]
    public async Task ARouteThatDoesNotExistIsAProblemToo()
    {
        await using var rig = await ConsoleRig.StartAsync();
        await (await rig.Browser().GetAsync("/api/nothing")).ProblemAsync(HttpStatusCode.NotFound);
    }
}
