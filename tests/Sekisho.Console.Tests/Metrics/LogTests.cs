using System.Text.Json;
using Sekisho.Gateway.Telemetry;
using Sekisho.Pages.Tests.Api;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Policy;

namespace Sekisho.Pages.Tests.Metrics;

public sealed class LogTests
{
    private const string Sender = "me@inside.example";

    [Fact]
    public async Task ProgramsReadWhatHappenedALineEachWithoutPersonalData()
    {
        var lines = await RunAsync("json");
        var events = lines.Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.All(events, e => Assert.True(e.GetProperty("at").GetDateTimeOffset() > DateTimeOffset.UnixEpoch));
        var byKind = events.ToLookup(e => e.GetProperty("event").GetString());
        var accepted = Assert.Single(byKind["accepted"]);
        Assert.Equal(2, accepted.GetProperty("recipients").GetInt32());
        var submission = accepted.GetProperty("submission").GetString();
        Assert.Equal(2, Assert.Single(byKind["judged"]).GetProperty("hold").GetInt32());
        Assert.Equal(("Release", "Done"), (Assert.Single(byKind["decided"]).GetProperty("kind").GetString(), byKind["decided"].First().GetProperty("result").GetString()));
        Assert.Contains(byKind["attempted"], e => e.GetProperty("submission").GetString() == submission && e.GetProperty("delivered").GetInt32() == 2);
        Assert.Contains(byKind["said"], e => e.GetProperty("message").GetString() == "refused ‹address› politely");
    }

    [Fact]
    public async Task PeopleReadSentencesAlone()
    {
        var line = Assert.Single(await RunAsync("text"));
        Assert.EndsWith("Z refused ‹address› politely", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("550 5.1.1 <a.b+c@one.example>: no such user", "550 5.1.1 <‹address›>: no such user")]
    [InlineData("to a@one.example, b@two.example", "to ‹address›, ‹address›")]
    [InlineData("山田@例え.example です", "‹address› です")]
    [InlineData("\"quoted name\"@one.example failed", "‹address› failed")]
    [InlineData("12 @ 3", "12 @ 3")]
    public void WhatLooksLikeAnAddressIsTakenOut(string line, string masked) => Assert.Equal(masked, LogWriter.Mask(line));

    private static async Task<List<string>> RunAsync(string format)
    {
        var log = new StringWriter();
        await using (var rig = await ConsoleRig.StartAsync($"organization:\n  domains: [inside.example]\nlog: {format}\n", log: TextWriter.Synchronized(log)))
        {
            var mail = await rig.SendHeldAsync("Confidential offer");
            var key = await new Keys(rig).ClientAsync(Sender, "decide");
            var part = (await key.JsonAsync($"/api/held/{mail}")).GetProperty("waiting")[0];
            await (await key.PostAsync($"/api/held/{part.GetProperty("id")}/decide", Answers.Body(new { kind = "release", digest = part.GetProperty("digest").GetString() }))).OkAsync();
            await ConsoleRig.UntilAsync(async () => (await rig.Store.CountsAsync(CancellationToken.None)).Delivered >= 2);
            rig.Gateway.Say($"refused {Sender} politely");
        }

        var text = log.ToString();
        foreach (var personal in (string[])[Sender, "a@one.example", "b@two.example", "one.example", "offer"])
        {
            Assert.DoesNotContain(personal, text, StringComparison.OrdinalIgnoreCase);
        }

        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
