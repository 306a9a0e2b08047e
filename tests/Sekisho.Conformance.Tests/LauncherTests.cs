using Sekisho.Rig;

namespace Sekisho.Conformance.Tests;

/// <summary>The commands of the README, as a newcomer types them.</summary>
public sealed class LauncherTests
{
    [Fact]
    public async Task The_launcher_at_the_root_builds_and_runs()
    {
        var result = (await Programs.RunAsync(Path.Combine(Tree.Root, "sekisho"), ["--help"], folder: Path.GetTempPath())).Succeeded();
        Assert.Contains("serve", result.Output, StringComparison.Ordinal);
        Assert.Contains("held", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_none_ends_with_2_and_one_line_why()
    {
        var result = await Programs.SekishoAsync("check", Path.Combine(Path.GetTempPath(), "no-such-file.eml"));
        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task Check_judges_a_file_without_a_gateway()
    {
        using var temp = new Temp("check");
        string[] people = [.. Enumerable.Range(1, 12).Select(i => $"person{i}@company{i}.example")];
        await File.WriteAllBytesAsync(temp["mail.eml"], Samples.Plain(string.Join(",\r\n ", people)));
        var result = await Programs.SekishoAsync("check", temp["mail.eml"], "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("\"individual\"", result.Output, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(temp["mail.eml"], Samples.Plain("sato@partner.example.net"));
        Assert.Equal(0, (await Programs.SekishoAsync("check", temp["mail.eml"], "--json")).ExitCode);
    }
}
