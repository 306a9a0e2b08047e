using Sekisho.Rig;

namespace Sekisho.Crash.Tests;

/// <summary>Laws 1, 2, 3, 4 and 8 against a process that dies: at every named failpoint and at random instants, under load, in front of a server that defers, vanishes and loses replies.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task No_kill_loses_or_misdirects_what_was_accepted()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("SEKISHO_KILLS"), out var wanted) ? wanted : Tree.Long ? 5000 : 300;
        var names = FailpointNames.All;
        Assert.True(names.Count >= 10, "the failpoints were not found in the source");

        // Two lanes at once, each on its own data directory: one in front of a server, one that writes to its outbox.
        await using var relay = new Lane(0, relay: true);
        await using var outbox = new Lane(1, relay: false);
        await Task.WhenAll(
            Task.Run(() => RunAsync(relay, kills / 2, [.. names.Where(n => !n.StartsWith("outbox.", StringComparison.Ordinal))])),
            Task.Run(() => RunAsync(outbox, kills / 2, names)));
        Lane[] lanes = [relay, outbox];
        Console.WriteLine($"figure crash: {lanes.Sum(l => l.Kills)} kills, {lanes.Sum(l => l.Hit.Values.Sum())} of them at {names.Count} named failpoints; {lanes.Sum(l => l.Result.Acknowledged)} mails acknowledged, "
            + $"{lanes.Sum(l => l.Result.Delivered)} copies delivered, {lanes.Sum(l => l.Result.Waiting)} waiting; {lanes.Sum(l => l.Result.Lost.Count)} lost, {lanes.Sum(l => l.Result.Wrong.Count)} wrong, "
            + $"{lanes.Sum(l => l.Result.Duplicates)} duplicates, {lanes.Sum(l => l.Result.Unrecorded.Count)} of them unrecorded");
        Assert.All(lanes, l => l.Result.AssertLaws());
        Assert.Empty(names.Except(lanes.SelectMany(l => l.Hit.Keys)));
        Assert.True(lanes.Sum(l => l.Kills) >= kills);
    }

    private static async Task RunAsync(Lane lane, int kills, IReadOnlyList<string> names)
    {
        for (var cycle = 0; lane.Kills < kills && cycle < kills * 3; cycle++)
        {
            // Every name in turn; every eighth time it is killed from outside, at any instant.
            await lane.CycleAsync(cycle % 8 == 7 ? null : names[(cycle - (cycle / 8)) % names.Count]);
        }

        await lane.SettleAsync();
    }
}
