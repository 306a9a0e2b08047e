using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.Api;

public sealed partial class PageTests
{
    private const string Sender = "me@inside.example";

    [Fact]
    public async Task WhatThePageSaysToTypeWorks()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed");
        await using var rig = await ConsoleRig.StartAsync();
        var keys = new Keys(rig);
        var mail = await rig.SendHeldAsync();
        var held = Assert.Single(await rig.Store.HeldAsync(CancellationToken.None));
        var examples = Example().Matches(await File.ReadAllTextAsync(Path.Combine(Root(), "docs/api.md"))).Select(m => m.Groups[1].Value).ToList();
        Assert.True(examples.Count >= 7);
        var answers = new List<JsonElement>();
        foreach (var example in examples)
        {
            var text = await RunAsync(example, new()
            {
                ["URL"] = rig.Http.OriginalString.TrimEnd('/'),
                ["KEY"] = await keys.KeyAsync(Sender, "check", "read", "decide"),
                ["MAIL"] = mail,
                ["DELIVERY"] = $"{held.Id}",
                ["DIGEST"] = held.DecisionDigest,
            });
            var answer = JsonDocument.Parse(text).RootElement;
            Assert.False(answer.TryGetProperty("status", out _), $"{example}\n{text}");
            answers.Add(answer);
        }

        Assert.Contains(answers, a => a.TryGetProperty("verdicts", out var v) && v[0].GetProperty("action").GetString() == "hold");
        Assert.Contains(answers, a => a.TryGetProperty("result", out var r) && r.GetString() == "done");
        Assert.Empty(await rig.Store.HeldAsync(CancellationToken.None));
    }

    private static async Task<string> RunAsync(string script, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text;
    }

    /// <summary>The folder everything is in.</summary>
    internal static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Sekisho.slnx")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("the tests do not lie in the source tree");
        }

        return at;
    }

    [GeneratedRegex("<!-- run -->\n```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
