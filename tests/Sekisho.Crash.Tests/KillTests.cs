using Sekisho.Rig;
using Sekisho.Storage;

namespace Sekisho.Crash.Tests;

/// <summary>Laws 1, 2, 3, 4 and 8 against a process that dies: at every named failpoint and at random instants, under load, in front of a server that defers, vanishes and loses replies.</summary>
public sealed class KillTests
{
    /// <summary>Retries soon, or a run would take hours; everything else as shipped.</summary>
    internal static string Config(SmtpSink sink) => $"""
        organization:
          domains: [corp.example]
        relay:
          host: {sink.Address}
          retry-first: 1s
          retry-max: 1s
        """;

    [Fact]
    public async Task No_kill_loses_or_misdirects_what_was_accepted()
    {
        var kills = Tree.Long ? 5000 : 300;
        var names = Named();
        // Two lanes, each with its own data directory: a start is mostly waiting for the compiler's one thread.
        var lanes = await Task.WhenAll(Enumerable.Range(0, 2).Select(lane => Task.Run(() => LaneAsync(lane, kills / 2, names))));
        Console.WriteLine($"figure crash: {lanes.Sum(l => l.Kills)} kills ({lanes.Sum(l => l.ByFailpoint)} at failpoints, {names.Count} of them named), "
            + $"{lanes.Sum(l => l.Result.Acknowledged)} mails acknowledged, {lanes.Sum(l => l.Result.Delivered)} copies in the sink, {lanes.Sum(l => l.Result.Waiting)} waiting, "
            + $"{lanes.Sum(l => l.Result.Lost.Count)} lost, {lanes.Sum(l => l.Result.Wrong.Count)} wrong, {lanes.Sum(l => l.Result.Duplicates)} duplicates, {lanes.Sum(l => l.Result.Unrecorded.Count)} of them unrecorded");
        var missed = names.Except(lanes.SelectMany(l => l.Hit)).ToList();
        Assert.All(lanes, l => l.Result.AssertLaws());
        Assert.True(missed.Count == 0, $"never died at: {string.Join(", ", missed)}");
        Assert.True(lanes.Sum(l => l.Kills) >= kills);
    }

    private static IReadOnlyList<string> Named() => [.. (IEnumerable<string>)(typeof(Failpoints).GetProperty("Names")!.GetValue(null)!)];

    private static async Task<Lane> LaneAsync(int number, int kills, IReadOnlyList<string> names)
    {
        using var temp = new Temp("kill");
        var config = temp["sekisho.yaml"];
        var data = temp["data"];
        await using var sink = new SmtpSink();
        await File.WriteAllTextAsync(config, Config(sink));
        var random = new Random(20260406 + number);
        sink.Answer = _ => Misbehave(random);
        var ledger = new Ledger();
        var workload = new Workload($"lane{number}");
        var lane = new Lane();
        for (var cycle = 0; lane.Kills < kills && cycle < kills * 3; cycle++)
        {
            // Every name in turn, at its first passing and at later ones; every eighth kill comes from outside at any instant.
            var name = cycle % 8 == 7 ? null : names[(cycle + (number * names.Count / 2)) % names.Count];
            await CycleAsync(lane, new GatewayStart { Data = data, Config = config }, name, ledger, workload, random);
        }

        sink.Answer = _ => SinkAnswer.Take;
        await using (var last = await GatewayProcess.StartAsync(new GatewayStart { Data = data, Config = config }))
        {
            await QuietAsync(data);
            Assert.Equal(0, await last.StopAsync());
        }

        Assert.Empty(sink.Violations);
        lane.Result = await Reconciliation.RunAsync(ledger, sink.Messages, data);
        return lane;
    }

    private static async Task CycleAsync(Lane lane, GatewayStart start, string? failpoint, Ledger ledger, Workload workload, Random random)
    {
        var at = random.Next(4) switch { 0 or 1 => 1, 2 => random.Next(1, 5), _ => random.Next(1, 25) };
        if (failpoint is not null)
        {
            start = start with { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SEKISHO_FAILPOINT"] = $"{failpoint}=kill@{at}" } };
        }

        var (gateway, failure) = await GatewayProcess.TryStartAsync(start);
        if (gateway is null)
        {
            Assert.True(failpoint is not null && failure!.StartsWith("ended with 137", StringComparison.Ordinal), $"did not start again: {failure}");
            lane.Count(failpoint);
            return;
        }

        await using (gateway)
        {
            var load = ledger.SendAsync(gateway.Smtp, workload, connections: 4, each: 8);
            if (failpoint is null)
            {
                await Task.Delay(random.Next(250));
            }
            else
            {
                // The load ends by itself; some failpoints lie behind it (retries, timers). Then it dies all the same.
                await load;
                using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
                try
                {
                    await gateway.WaitForExitAsync(patience.Token);
                }
                catch (OperationCanceledException)
                {
                }
            }

            lane.Count(gateway.HasExited ? failpoint : null);
            await gateway.KillAsync();
            await load;
        }
    }

    /// <summary>Waits until nothing is on its way any more.</summary>
    internal static async Task QuietAsync(string data)
    {
        await using var store = await SqliteStore.OpenAsync(data, TimeProvider.System, CancellationToken.None);
        StoreCounts counts = null!;
        for (var i = 0; i < 1200; i++)
        {
            counts = await store.CountsAsync(CancellationToken.None);
            if (counts.Inspecting == 0 && counts.Ready == 0)
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"still on its way: {counts}");
    }

    private static SinkAnswer Misbehave(Random random)
    {
        lock (random)
        {
            return random.Next(100) switch
            {
                < 20 => SinkAnswer.Defer,
                < 23 => SinkAnswer.TakeAndVanish,
                < 26 => SinkAnswer.Vanish,
                _ => SinkAnswer.Take,
            };
        }
    }

    private sealed class Lane
    {
        public int Kills { get; private set; }

        public int ByFailpoint { get; private set; }

        public HashSet<string> Hit { get; } = new(StringComparer.Ordinal);

        public Reconciliation Result { get; set; } = null!; // set once the lane has come to rest

        public void Count(string? failpoint)
        {
            Kills++;
            if (failpoint is not null)
            {
                ByFailpoint++;
                Hit.Add(failpoint);
            }
        }
    }
}
