using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sekisho.Inspection;
using Sekisho.Rig;
using Sekisho.Storage;

namespace Sekisho.Audit.Tests.Run;

/// <summary>The real program, killed and asked wrongly.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly Temp _temp = new("audit-program");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Killed_at_any_point_it_goes_on_and_ends_with_the_same_report()
    {
        await WriteMboxAsync(_temp["sent.mbox"], Tree.Long ? 40_000 : 6_000);
        var expected = Report((await AuditAsync("undisturbed", "--save-every", "0")).Succeeded());
        var (kills, resumed) = (0, 0);
        var dice = new Random(3);
        while (true)
        {
            using var process = Start("killed");
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            if (kills < (Tree.Long ? 200 : 12) && await SavedAsync(process, saves: dice.Next(1, 4)))
            {
                await Task.Delay(dice.Next(0, 40), TestContext.Current.CancellationToken);
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
                resumed += (await errors).Contains("going on after", StringComparison.Ordinal) ? 1 : 0;
                kills++;
                continue;
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
            Assert.Equal(expected, Report(new ProgramResult(0, await output, await errors)));
            Assert.True(kills > 0, "it was never killed while it had something to go on from");
            Assert.True(resumed > 0 || kills == 1, "no run went on from where the one before was killed");
            Assert.False(Directory.Exists(_temp["killed"]));
            return;
        }
    }

    [Fact]
    public async Task A_second_run_on_the_same_state_is_refused()
    {
        await WriteMboxAsync(_temp["sent.mbox"], 6_000);
        using var first = Start("shared");
        var errors = first.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = first.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(await SavedAsync(first, saves: 1));
        Signals.Send(first.Id, 19);
        var second = await AuditAsync("shared");
        Signals.Send(first.Id, 18);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("another audit is at work", second.Errors, StringComparison.Ordinal);
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, true), (first.ExitCode, (await output).Contains("\"messages\": 6000", StringComparison.Ordinal)));
        await errors;
    }

    [Fact]
    public async Task Interrupted_it_says_how_to_go_on()
    {
        await WriteMboxAsync(_temp["sent.mbox"], 6_000);
        using var process = Start("interrupted");
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(await SavedAsync(process, saves: 1));
        Signals.Send(process.Id, 2);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("the same command goes on from here", await errors, StringComparison.Ordinal);
        var rest = (await AuditAsync("interrupted")).Succeeded();
        Assert.Contains("going on after", rest.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_wrongly_is_told_before_any_work()
    {
        await WriteMboxAsync(_temp["sent.mbox"], 3);
        Directory.CreateDirectory(_temp["empty"]);
        string[][] wrong =
        [
            [_temp["nowhere.mbox"]],
            [_temp["empty"]],
            [_temp["sent.mbox"], "--html", _temp["no/such/folder.html"]],
            [_temp["sent.mbox"], "--csv", _temp["empty"]],
            [_temp["sent.mbox"], "--policy", _temp["nowhere.yaml"]],
            [_temp["sent.mbox"], "--inside", "not a domain"],
            [_temp["sent.mbox"], "--jobs", "0"],
            [_temp["sent.mbox"], "--again"],
            [_temp["sent.mbox"], "--learn", "--data", _temp["empty"]],
            [],
        ];
        foreach (var arguments in wrong)
        {
            var result = await Programs.SekishoAsync(["audit", .. arguments, "--state", _temp["state"]]);
            Assert.True(result.ExitCode == 2 && result.Errors.Contains("sekisho: ", StringComparison.Ordinal) && result.Output.Length == 0, $"{string.Join(' ', arguments)}: {result.ExitCode} {result.Errors}");
        }
    }

    [Fact]
    public async Task Reports_are_written_where_they_were_asked_for()
    {
        await WriteMboxAsync(_temp["sent.mbox"], 40);
        var result = (await AuditAsync("reports", "--html", _temp["report.html"], "--csv", _temp["report.csv"])).Succeeded();
        Assert.Contains("counts as inside", result.Errors, StringComparison.Ordinal);
        var incidents = JsonNode.Parse(result.Output)!["incidents"]!.AsArray().Count;
        Assert.True(incidents > 0);
        Assert.Equal(incidents + 1, (await File.ReadAllLinesAsync(_temp["report.csv"], TestContext.Current.CancellationToken)).Length);
        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(_temp["report.html"], TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Directory.GetFiles(_temp.Path, ".*"));
        var summary = (await Programs.SekishoAsync("audit", _temp["sent.mbox"], "--state", _temp["reports"], "--language", "ja")).Succeeded();
        Assert.Contains("過去メールの監査", summary.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_learns_an_archive_once()
    {
        await WriteMboxAsync(_temp["sent.mbox"], 200);
        Directory.CreateDirectory(_temp["data"]);
        await using (await SqliteStore.OpenAsync(_temp["data"], TimeProvider.System, TestContext.Current.CancellationToken))
        {
            // A gateway that was started once.
        }

        string[] learn = ["--learn", "--data", _temp["data"]];
        Assert.DoesNotContain("was learnt", (await AuditAsync("learn", learn)).Succeeded().Errors, StringComparison.Ordinal);
        var once = await MailsAsync();
        Assert.True(once > 100);
        Assert.Contains("was learnt from on", (await AuditAsync("learn", learn)).Succeeded().Errors, StringComparison.Ordinal);
        Assert.Equal(once, await MailsAsync());
        (await AuditAsync("learn", [.. learn, "--again"])).Succeeded();
        Assert.Equal(2 * once, await MailsAsync());

        async Task<long> MailsAsync()
        {
            await using var store = await SqliteStore.OpenAsync(_temp["data"], TimeProvider.System, TestContext.Current.CancellationToken);
            return (await store.LookAsync(new CorrespondenceQuestion("staff1@one.example", [], DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken)).Mails;
        }
    }

    private static string Report(ProgramResult result)
    {
        var json = JsonNode.Parse(result.Output)!.AsObject();
        Assert.True(json.Remove("seconds") && json.Remove("peakBytes"));
        return json.ToJsonString();
    }

    private Task<ProgramResult> AuditAsync(string state, params string[] more) => Programs.SekishoAsync(["audit", _temp["sent.mbox"], "--json", "--state", _temp[state], .. more]);

    private Process Start(string state)
    {
        var info = new ProcessStartInfo(Tree.Program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["audit", _temp["sent.mbox"], "--json", "--state", _temp[state], "--save-every", "0"])
        {
            info.ArgumentList.Add(argument);
        }

        return Process.Start(info)!;
    }

    /// <summary>Waits until the process saved so often; false when it ended before.</summary>
    private async Task<bool> SavedAsync(Process process, int saves)
    {
        var folder = process.StartInfo.ArgumentList[4];
        var checkpoint = Path.Combine(folder, "checkpoint");
        var seen = Stamp();
        while (!process.HasExited)
        {
            if (Stamp() is var now && now != seen)
            {
                seen = now;
                if (--saves == 0)
                {
                    return true;
                }
            }

            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        return false;

        DateTime Stamp() => File.Exists(checkpoint) ? File.GetLastWriteTimeUtc(checkpoint) : default;
    }

    /// <summary>Sent mail of a small firm, as a Unix program keeps it.</summary>
    private static async Task WriteMboxAsync(string path, int mails)
    {
        var dice = new Random(11);
        var text = new StringBuilder();
        var at = new DateTimeOffset(2020, 1, 6, 9, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < mails; i++)
        {
            at += TimeSpan.FromMinutes(dice.Next(1, 240));
            var first = dice.Next(1, 200);
            text.Append(CultureInfo.InvariantCulture, $"From staff{i % 9}@one.example {at:ddd MMM dd HH:mm:ss yyyy}\nMessage-ID: <m{i}@one.example>\nDate: {at:ddd, dd MMM yyyy HH:mm:ss} +0000\n")
                .Append(CultureInfo.InvariantCulture, $"From: staff{i % 9}@one.example\nTo: {MailPile.Firms(first, first + (dice.Next(6) == 0 ? dice.Next(1, 14) : 0))}\nSubject: Matter {dice.Next(900)}\n\n")
                .Append(CultureInfo.InvariantCulture, $"Dear colleague,\n\nabout number {dice.Next(500)}: it will arrive on day {dice.Next(28)}.\n\nRegards\n\n");
        }

        await File.WriteAllTextAsync(path, text.ToString(), TestContext.Current.CancellationToken);
    }
}
