using System.Diagnostics;
using System.Text.Json;
using Sekisho.Incidents;
using Sekisho.Rig;

namespace Sekisho.Incidents.Tests;

/// <summary>The real command against real gateways.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task One_incident_of_each_kind_is_stopped_and_each_person_still_gets_his_copy()
    {
        string[] ids =
        [
            "2007-01-12-mitsui-bussan-futures", "2021-10-26-aist", "2005-07-11-jec", "2007-01-18-unitika-tsusho", "2005-08-16-dot-commodity",
            "2005-11-28-chubu-electric-newsletter", "2006-08-09-ys-table", "2007-01-16-cybertrust", "2005-08-15-tepco-shinagawa", "2006-05-26-fm-shiga",
        ];
        var (exit, results, _) = await ReplayAsync(ids);
        Assert.Equal(ids, results.Select(r => r.GetProperty("id").GetString()));
        Assert.All(results, r =>
        {
            Assert.True(r.GetProperty("stopped").GetBoolean(), r.ToString());
            Assert.Equal(0, r.GetProperty("exposed").GetInt64());
            Assert.Equal(0, r.GetProperty("strays").GetInt64());
            Assert.Equal(0, r.GetProperty("forbidden").GetInt64());
            Assert.Equal(0, r.GetProperty("missing").GetInt64());
            Assert.Equal(0, r.GetProperty("altered").GetInt64());
        });
        var individual = results.Sum(r => r.GetProperty("actions").TryGetProperty("individual", out var n) ? n.GetInt64() : 0);
        Assert.Equal(individual, results.Sum(r => r.GetProperty("delivered").GetInt64()));
        Assert.True(individual > 326 + 170);
        Assert.Equal(0, exit);
    }

    [Fact]
    public async Task Files_of_every_kind_are_held_whoever_would_have_got_them()
    {
        // The second goes to more recipients than one SMTP transaction takes.
        string[] ids = ["2006-12-15-kodansha", "2006-12-08-trenders", "2005-10-21-alphacommo", "2007-01-10-chiba-univ-hospital", "2021-01-27-kyushu-electric-td", "2006-04-28-chubu-electric-internal"];
        var (exit, results, _) = await ReplayAsync(ids);
        Assert.All(results, r =>
        {
            Assert.True(r.GetProperty("stopped").GetBoolean(), r.ToString());
            Assert.Equal("now", r.GetProperty("expected").GetString());
            Assert.Equal(0, r.GetProperty("exposed").GetInt64());
            Assert.Equal(0, r.GetProperty("forbidden").GetInt64());
            Assert.Equal(0, r.GetProperty("missing").GetInt64());
        });
        Assert.All(results.Take(5), r => Assert.Superset(new HashSet<string?> { "xlsx", "xls", "csv, Shift_JIS", "docx", "pdf", "zip in zip" },
            r.GetProperty("variants").EnumerateArray().Select(v => v.GetProperty("name").GetString()).ToHashSet()));
        Assert.Equal(0, exit);
    }

    [Fact]
    public async Task Ordinary_mail_passes_a_real_gateway_byte_for_byte()
    {
        var run = await RunAsync("replay", "--right", "--json");
        Assert.True(run.Output.Length > 0, run.Errors);
        var view = JsonDocument.Parse(run.Output).RootElement;
        var cases = view.GetProperty("cases").GetInt32();
        Assert.Equal(RightDoing.Cases.Count, cases);
        Assert.True(cases - view.GetProperty("passed").GetInt32() <= RightDoing.Tolerated, view.GetProperty("stopped").ToString());
        Assert.Equal(cases - view.GetProperty("passed").GetInt32(), view.GetProperty("stopped").GetArrayLength());
        Assert.Equal(RightDoing.Cases.Sum(c => c.Messages.Count), view.GetProperty("families").EnumerateArray().Sum(f => f.GetProperty("messages").GetInt32()));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task What_a_policy_stops_of_ordinary_mail_is_named_with_its_rule()
    {
        using var temp = new Temp("replay");
        await File.WriteAllTextAsync(temp["sekisho.yaml"], "policy:\n  - name: no-minutes\n    when: { keyword: [議事録], in: subject }\n    then: hold\n");
        await using var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = temp["data"], Config = temp["sekisho.yaml"] });
        var run = await RunAsync("replay", "--right", "--smtp", gateway.Smtp.ToString(), "--data", temp["data"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Matches("minutes\\t8\\t1 of 8 passed untouched", run.Output);
        Assert.Contains("minutes-01", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_gateway_is_replayed_against_and_its_outbox_left_alone()
    {
        using var temp = new Temp("replay");
        await using var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = temp["data"] });
        var (exit, results, _) = await ReplayAsync("2006-03-06-gonzo-rosso", "--smtp", gateway.Smtp.ToString(), "--data", temp["data"]);
        Assert.Equal(0, exit);
        var result = Assert.Single(results);
        Assert.True(result.GetProperty("stopped").GetBoolean());
        Assert.Equal(52, result.GetProperty("delivered").GetInt64());
        Assert.True(Directory.GetFiles(temp["data/outbox"], "*.eml").Length >= 52);
    }

    [Fact]
    public async Task Nothing_is_replayed_against_a_gateway_that_does_not_keep_its_mail()
    {
        using var temp = new Temp("replay");
        await using var gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = temp["data"], Relay = new(System.Net.IPAddress.Loopback, 9) });
        var run = await RunAsync("replay", "2006-03-06-gonzo-rosso", "--smtp", gateway.Smtp.ToString(), "--data", temp["data"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("has a relay", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("did you mean 2006-06-12-sega-toys?", "sega-tois")]
    [InlineData("fits 3 incidents", "mitsui")]
    [InlineData("belong together", "sega-toys", "--smtp", "127.0.0.1:2525")]
    [InlineData("takes no incidents", "--right", "sega-toys")]
    [InlineData("'nonsense' is not HOST:PORT", "sega-toys", "--smtp", "nonsense", "--data", "/")]
    [InlineData("no directory '/no/such/place'", "sega-toys", "--smtp", "127.0.0.1:1", "--data", "/no/such/place")]
    [InlineData("no gateway answers at 127.0.0.1:1", "sega-toys", "--smtp", "127.0.0.1:1", "--data", "/tmp")]
    public async Task Bad_input_gets_one_line_that_says_why(string why, params string[] arguments)
    {
        var run = await RunAsync(["replay", .. arguments]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(why, Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(Signals.Terminate)]
    public async Task An_interrupted_replay_leaves_neither_gateway_nor_files(int signal)
    {
        using var temp = new Temp("replay");
        var start = new ProcessStartInfo(Tree.Program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("replay");
        start.ArgumentList.Add("2006-06-12-sega-toys");
        start.Environment["TMPDIR"] = temp.Path;
        using var replay = Process.Start(start)!;
        while (!replay.HasExited && Directory.GetFiles(temp.Path, "gateway.json", SearchOption.AllDirectories).Length == 0)
        {
            await Task.Delay(50);
        }

        var gateway = Process.GetProcessById(JsonDocument.Parse(await File.ReadAllTextAsync(Directory.GetFiles(temp.Path, "gateway.json", SearchOption.AllDirectories)[0]))
            .RootElement.GetProperty("pid").GetInt32());
        Signals.Send(replay.Id, signal);
        await replay.WaitForExitAsync();
        Assert.Equal(130, replay.ExitCode);
        Assert.True(gateway.HasExited);
        Assert.Empty(Directory.GetDirectories(temp.Path, "sekisho-replay-*"));
    }

    [Fact]
    public async Task The_carrier_with_a_fault_is_caught_by_the_seal_and_the_whole_catalogue_shows_what_must_be_stopped()
    {
        Assert.SkipUnless(Tree.Long, "the whole catalogue takes minutes: SEKISHO_LONG=1");
        var (exit, results, errors) = await ReplayAsync();
        Assert.True(exit == 0, errors);
        Assert.Equal(108, results.Count);
        Assert.All(results, r => Assert.Equal(0, r.GetProperty("missing").GetInt64()));
        Assert.All(results, r => Assert.True(r.GetProperty("stopped").GetBoolean(), r.ToString()));
        var misrouted = Assert.Single(results, r => r.GetProperty("id").GetString() == "2007-01-16-hokuden-it");
        Assert.Equal(24_000, misrouted.GetProperty("messages").GetInt32());
        Assert.True(misrouted.GetProperty("sealed").GetInt64() > 1_000);
    }

    private static async Task<(int Exit, List<JsonElement> Results, string Errors)> ReplayAsync(params string[] arguments)
    {
        var run = await RunAsync(["replay", "--json", .. arguments]);
        Assert.True(run.Output.Length > 0, run.Errors);
        return (run.ExitCode, [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()], run.Errors);
    }

    // Without the rig's two minutes: the whole catalogue takes longer.
    private static async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Tree.Program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ProgramResult(process.ExitCode, await output, await errors);
    }
}
