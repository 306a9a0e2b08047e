namespace Sekisho.Architecture.Tests;

/// <summary>What is pure stays pure: reading, inspecting and judging a mail touch neither disk, network nor clock, so that the same engine serves the gateway, the archive audit and the replay.</summary>
public sealed class PurityTests
{
    private static readonly string[] s_clock =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.TimeProvider.get_System", "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
    ];

    private static readonly string[] s_disk =
    [
        "System.IO.File.", "System.IO.FileInfo.", "System.IO.Directory.", "System.IO.DirectoryInfo.", "System.IO.FileStream.", "System.IO.RandomAccess.", "System.IO.FileSystemWatcher.",
        "System.IO.MemoryMappedFiles.",
    ];

    private static readonly string[] s_network = ["System.Net.Sockets.", "System.Net.Http.", "System.Net.Dns.", "System.Net.Security.", "Microsoft.AspNetCore."];

    private static readonly string[] s_process = ["System.Diagnostics.Process.", "System.Environment.GetEnvironmentVariable"];

    [Theory]
    [InlineData("Sekisho.Mime")]
    [InlineData("Sekisho.Inspection")]
    [InlineData("Sekisho.Policy")]
    public void Reading_inspecting_and_judging_touch_nothing_outside(string room)
    {
        string[] banned = [.. s_disk, .. s_network, .. s_process, .. s_clock];
        var uses = Assembly.Open(room).Uses.Where(u => banned.Any(b => u.Used.StartsWith(b, StringComparison.Ordinal)));

        // The one door: reading the configuration file an administrator wrote, and the file a secret lies in.
        string[] readers = ["Sekisho.Policy.ConfigFile", "Sekisho.Policy.ConfigText"];
        uses = uses.Where(u => !(readers.Contains(u.Caller) && (u.Used is "System.IO.File.Exists" or "System.IO.File.OpenRead" or "System.IO.File.ReadLines")));
        Assert.Empty(uses.Select(u => $"{u.Caller} uses {u.Used}"));
    }

    [Fact]
    public void The_grammar_knows_no_sockets_no_disk_and_no_clock()
    {
        string[] banned = [.. s_disk, "System.Net.Sockets.", "System.Net.Http.", "System.Net.Dns.", "Microsoft.AspNetCore.", .. s_process, .. s_clock];
        var uses = Assembly.Open("Sekisho.Smtp").Uses.Where(u => banned.Any(b => u.Used.StartsWith(b, StringComparison.Ordinal)));
        Assert.Empty(uses.Select(u => $"{u.Caller} uses {u.Used}"));
    }

    [Theory]
    [InlineData("Sekisho.Storage")]
    [InlineData("Sekisho.Gateway")]
    [InlineData("Sekisho.Console")]
    public void Time_comes_in_as_a_provider(string room)
    {
        var uses = Assembly.Open(room).Uses.Where(u => s_clock.Contains(u.Used));
        Assert.Empty(uses.Select(u => $"{u.Caller} uses {u.Used}"));
    }

    [Fact]
    public void The_store_does_not_talk_to_the_network()
    {
        var uses = Assembly.Open("Sekisho.Storage").Uses.Where(u => s_network.Any(b => u.Used.StartsWith(b, StringComparison.Ordinal)));
        Assert.Empty(uses.Select(u => $"{u.Caller} uses {u.Used}"));
    }

    [Fact]
    public void The_scan_itself_sees_what_it_looks_for()
    {
        // Guards the guards: storage does use the disk, so a scan that finds nothing there is blind.
        Assert.Contains(Assembly.Open("Sekisho.Storage").Uses, u => s_disk.Any(b => u.Used.StartsWith(b, StringComparison.Ordinal)));
    }
}
