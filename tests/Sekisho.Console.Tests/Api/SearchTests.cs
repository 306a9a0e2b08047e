using System.Net;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.Api;

public sealed class SearchTests
{
    private const string Sender = "me@inside.example";

    [Fact]
    public async Task EverybodyFindsWhatHisRolesReach()
    {
        await using var rig = await ConsoleRig.StartAsync("organization:\n  domains: [inside.example, branch.example]\n");
        var keys = new Keys(rig);
        await keys.AccountAsync("audit@inside.example", "auditor");
        await keys.AccountAsync("branch-audit@branch.example", "auditor", reach: "@branch.example");
        await rig.SendHeldAsync("Ours");
        await rig.SendHeldAsync("Theirs", "you@branch.example");
        await rig.Index.CatchUpAsync(null, CancellationToken.None);
        Assert.Equal(["Ours"], await SubjectsAsync(keys, Sender));
        Assert.Equal(["Theirs", "Ours"], await SubjectsAsync(keys, "audit@inside.example"));
        Assert.Equal(["Theirs"], await SubjectsAsync(keys, "branch-audit@branch.example"));
        Assert.Equal(["Theirs"], await SubjectsAsync(keys, "audit@inside.example", "sender=you@"));
        Assert.Equal([], await SubjectsAsync(keys, "audit@inside.example", "state=delivered"));
    }

    [Fact]
    public async Task WhoReachesAPartDoesNotReadTheRestOutOfSums()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        await keys.AccountAsync("audit@inside.example", "auditor");
        await keys.AccountAsync("part@inside.example", "auditor", reach: "@branch.example");
        await rig.SendHeldAsync();
        await rig.Index.CatchUpAsync(null, CancellationToken.None);
        var all = await keys.ClientAsync("audit@inside.example", "read");
        Assert.Contains("accepted", (await all.JsonAsync("/api/audit?max=200")).GetProperty("items").EnumerateArray().Select(e => e.GetProperty("kind").GetString()));
        Assert.Equal(1, (await all.JsonAsync("/api/figures")).GetProperty("hours").EnumerateArray().Sum(h => h.GetProperty("received").GetInt64()));
        var part = await keys.ClientAsync("part@inside.example", "read");
        await (await part.GetAsync("/api/audit")).ProblemAsync(HttpStatusCode.Forbidden);
        await (await part.GetAsync("/api/figures")).ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/api/mail?max=201", "query max")]
    [InlineData("/api/mail?max=-1", "query max")]
    [InlineData("/api/mail?state=lost", "query state")]
    [InlineData("/api/mail?from=yesterday", "query from")]
    [InlineData("/api/mail?after=nonsense", "query after")]
    [InlineData("/api/audit?before=x", "query before")]
    [InlineData("/api/figures?from=2020-01-01", "query from")]
    [InlineData("/api/held?after=x", "query after")]
    public async Task WhatIsNotUnderstoodIsSaid(string path, string where)
    {
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        await keys.AccountAsync("audit@inside.example", "auditor");
        var answer = await (await keys.ClientAsync("audit@inside.example", "read")).GetAsync(path);
        Assert.Equal(where, (await answer.ProblemAsync(HttpStatusCode.BadRequest)).GetProperty("where").GetString());
    }

    private static async Task<IEnumerable<string?>> SubjectsAsync(Keys keys, string who, string query = "")
        => (await (await keys.ClientAsync(who, "read")).JsonAsync($"/api/mail?{query}")).GetProperty("items").EnumerateArray().Select(m => m.GetProperty("subject").GetString()).ToList();
}
