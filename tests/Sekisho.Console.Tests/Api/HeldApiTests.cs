using System.Net;
using System.Text.Json;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.Api;

public sealed class HeldApiTests
{
    private const string Sender = "me@inside.example";
    private const string Approver = "boss@inside.example";

    private const string NeedsApproval = """
        organization:
          domains: [inside.example]
          approvers: [boss@inside.example]
        policy:
          - name: all-approve
            when: { finding: visible-recipients }
            then: approve
        """;

    [Fact]
    public async Task TheSenderReleasesWhatHeSaw()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        var mail = await rig.SendHeldAsync("Offer");
        var key = await keys.ClientAsync(Sender, "read", "decide");
        var row = Assert.Single((await key.JsonAsync("/api/held")).GetProperty("items").EnumerateArray());
        Assert.Equal(("Offer", mail, "hold"), (row.GetProperty("subject").GetString(), row.GetProperty("mail").GetString(), row.GetProperty("action").GetString()));
        Assert.Equal(["release", "release-individually", "cancel"], row.GetProperty("may").EnumerateArray().Select(m => m.GetString()));
        var part = await PartAsync(key, mail);
        Assert.Equal(["a@one.example", "b@two.example"], part.GetProperty("recipients").EnumerateArray().Select(r => r.GetString()));
        var decided = await (await DecideAsync(key, part, "release-individually")).OkAsync();
        Assert.Equal("done", decided.GetProperty("result").GetString());
        await ConsoleRig.UntilAsync(() => Task.FromResult(Directory.Exists(rig.Outbox) && Directory.GetFiles(rig.Outbox, "*.json").Length >= 2));
        // A second time it says what happened already.
        await (await DecideAsync(key, part, "cancel")).ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task ADecisionOnOtherBytesThanThoseSeenDecidesNothing()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        var mail = await rig.SendHeldAsync();
        var key = await keys.ClientAsync(Sender, "decide");
        var id = (await PartAsync(key, mail)).GetProperty("id").GetInt64();
        await (await key.PostAsync($"/api/held/{id}/decide", Answers.Body(new { kind = "release", digest = new string('0', 64) }))).ProblemAsync(HttpStatusCode.Conflict);
        Assert.Single(await rig.Store.HeldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task AKeyThatMayOnlyReadDecidesNothing()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        var mail = await rig.SendHeldAsync();
        var part = await PartAsync(await keys.ClientAsync(Sender, "read"), mail);
        Assert.Empty(part.GetProperty("may").EnumerateArray());
        await (await DecideAsync(await keys.ClientAsync(Sender, "read", "check", "metrics"), part, "release")).ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Single(await rig.Store.HeldAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("release")]
    [InlineData("release-individually")]
    [InlineData("approve")]
    public async Task TheSenderNeverSendsWhatAwaitsApproval(string kind)
    {
        await using var rig = await ConsoleRig.StartAsync(NeedsApproval);
        var keys = new Keys(rig);
        var mail = await rig.SendHeldAsync();
        var key = await keys.ClientAsync(Sender, "decide");
        var part = await PartAsync(key, mail);
        Assert.Equal(["cancel"], part.GetProperty("may").EnumerateArray().Select(m => m.GetString()));
        var answer = await DecideAsync(key, part, kind);
        Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.Conflict]);
        Assert.Single(await rig.Store.HeldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task TheApproverApproves()
    {
        await using var rig = await ConsoleRig.StartAsync(NeedsApproval);
        var keys = new Keys(rig);
        var mail = await rig.SendHeldAsync();
        var key = await keys.ClientAsync(Approver, "decide");
        var part = await PartAsync(key, mail);
        Assert.Equal(["approve", "reject"], part.GetProperty("may").EnumerateArray().Select(m => m.GetString()));
        Assert.Equal(1, part.GetProperty("approval").GetProperty("needed").GetInt32());
        await (await DecideAsync(key, part, "reject")).ProblemAsync(HttpStatusCode.BadRequest);
        await (await DecideAsync(key, part, "approve")).OkAsync();
        Assert.Empty(await rig.Store.HeldAsync(CancellationToken.None));
    }

    [Fact]
    public async Task WhatHeMayNotSeeIsNotThere()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        var mail = await rig.SendHeldAsync();
        var held = Assert.Single(await rig.Store.HeldAsync(CancellationToken.None));
        var stranger = await keys.ClientAsync("other@inside.example", "read", "decide");
        Assert.Empty((await stranger.JsonAsync("/api/held")).GetProperty("items").EnumerateArray());
        var theirs = await (await stranger.GetAsync($"/api/held/{mail}")).ProblemAsync(HttpStatusCode.NotFound);
        var nobodys = await (await stranger.GetAsync($"/api/held/{new string('0', 26)}")).ProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(nobodys.GetProperty("detail").GetString(), theirs.GetProperty("detail").GetString());
        await (await stranger.GetAsync($"/api/mail/{mail}")).ProblemAsync(HttpStatusCode.NotFound);
        await (await stranger.GetAsync($"/api/mail/{mail}/original")).ProblemAsync(HttpStatusCode.NotFound);
        await (await stranger.PostAsync($"/api/held/{held.Id}/decide", Answers.Body(new { kind = "release", digest = held.DecisionDigest }))).ProblemAsync(HttpStatusCode.NotFound);
        // The beginning of a name is not its name.
        await (await (await keys.ClientAsync(Sender, "read")).GetAsync($"/api/mail/{mail[..10]}")).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task PagesOfWaitingMailHoldEachOnce()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        for (var i = 0; i < 5; i++)
        {
            await rig.SendHeldAsync($"Offer {(char)('a' + i)} of spring");
        }

        var key = await keys.ClientAsync(Sender, "read");
        var subjects = new List<string?>();
        string? next = "";
        for (var page = 0; next is not null && page < 10; page++)
        {
            var answer = await key.JsonAsync($"/api/held?max=2&after={next}");
            subjects.AddRange(answer.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("subject").GetString()));
            next = answer.TryGetProperty("next", out var more) ? more.GetString() : null;
        }

        Assert.Equal(5, subjects.Count);
        Assert.Equal(5, subjects.Distinct().Count());
    }

    [Theory]
    [InlineData("""{"kind":"explode","digest":"x"}""", "body $.kind")]
    [InlineData("""{"kind":"release"}""", "body $")]
    [InlineData("""{"kind":"release","digest":"x","digset":"y"}""", "body $.digset")]
    [InlineData("""[1]""", "body $")]
    [InlineData("""{"kind":""", "body $")]
    public async Task WhatIsWrongIsSaidWithItsPlace(string body, string where)
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        var answer = await (await keys.ClientAsync(Sender, "decide")).PostAsync("/api/held/1/decide", new StringContent(body, null, "application/json"));
        Assert.StartsWith(where, (await answer.ProblemAsync(HttpStatusCode.BadRequest)).GetProperty("where").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOriginalIsForThoseWhoMaySeeAllOfItAndLookingIsRecorded()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        await keys.AccountAsync("audit@inside.example", "auditor");
        var mail = await rig.SendHeldAsync("Offer");
        var answer = await (await keys.ClientAsync(Sender, "read")).GetAsync($"/api/mail/{mail}/original");
        Assert.Equal("message/rfc822", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Subject: Offer", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var auditor = await keys.ClientAsync("audit@inside.example", "read");
        var life = await auditor.JsonAsync($"/api/mail/{mail}");
        Assert.Equal("visible-recipients", life.GetProperty("findings")[0].GetProperty("rule").GetString());
        Assert.Equal(2, life.GetProperty("recipients").GetArrayLength());
        await (await auditor.GetAsync($"/api/mail/{mail}/original")).ProblemAsync(HttpStatusCode.Forbidden);
        var trail = await rig.Store.VerifyAuditAsync(null, CancellationToken.None);
        Assert.Null(trail.BrokenAt);
    }

    private static async Task<JsonElement> PartAsync(HttpClient key, string mail) => (await key.JsonAsync($"/api/held/{mail}")).GetProperty("waiting")[0];

    private static Task<HttpResponseMessage> DecideAsync(HttpClient key, JsonElement part, string kind)
        => key.PostAsync($"/api/held/{part.GetProperty("id")}/decide", Answers.Body(new { kind, digest = part.GetProperty("digest").GetString() }));
}
