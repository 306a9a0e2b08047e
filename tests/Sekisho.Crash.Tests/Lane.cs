using System.Net;
using Sekisho.Rig;

namespace Sekisho.Crash.Tests;

/// <summary>One data directory that is killed over and over: the gateway on it, what is behind it, and what its clients know.</summary>
internal sealed class Lane : IAsyncDisposable
{
    private readonly Temp _temp = new("kill");
    private readonly SmtpSink? _sink;
    private readonly IPEndPoint _observe = new(IPAddress.Loopback, Postfix.FreePort());
    private readonly Random _random;
    private readonly Workload _workload;

    /// <summary>A fresh directory.</summary>
    /// <param name="number">Seeds what happens.</param>
    /// <param name="relay">False: copies go to the outbox.</param>
    public Lane(int number, bool relay)
    {
        _random = new Random(20260406 + number);
        _workload = new Workload($"lane{number}");
        if (relay)
        {
            _sink = new SmtpSink { Answer = _ => Misbehave() };
        }
    }

    public Ledger Ledger { get; } = new();

    public string Data => _temp["data"];

    public int Kills { get; private set; }

    /// <summary>Deaths by failpoint.</summary>
    public Dictionary<string, int> Hit { get; } = new(StringComparer.Ordinal);

    /// <summary>Set once the lane has come to rest.</summary>
    public Reconciliation Result { get; private set; } = new();

    /// <summary>Starts, loads, dies; what happens in between depends on where it is to die.</summary>
    /// <param name="failpoint">Null: killed from outside at any instant.</param>
    public async Task CycleAsync(string? failpoint)
    {
        if (failpoint is not null && (failpoint.StartsWith("hold.", StringComparison.Ordinal) || failpoint is "store.decide.in-tx" or "store.stop.in-tx" or "store.forget.in-tx"))
        {
            await CommandCycleAsync(failpoint);
            return;
        }

        var purges = failpoint?.StartsWith("store.purge.", StringComparison.Ordinal) == true;
        if (purges)
        {
            await OldMail.PutAsync(Data);
        }

        var at = purges || failpoint is "store.reclaim.in-tx" or "store.learn.in-tx" ? 1 : _random.Next(4) switch { 0 or 1 => 1, 2 => _random.Next(1, 5), _ => _random.Next(1, 25) };
        var (gateway, failure) = await GatewayProcess.TryStartAsync(Start(failpoint is null ? null : $"{failpoint}=kill@{at}"));
        if (gateway is null)
        {
            Assert.True(failpoint is not null && failure!.StartsWith("ended with 137", StringComparison.Ordinal), $"did not start again: {failure}");
            Count(failpoint);
            return;
        }

        await using (gateway)
        {
            var load = Ledger.SendAsync(gateway.Smtp, _workload, connections: 4, each: 8);
            switch (failpoint)
            {
                case null:
                    await Task.Delay(_random.Next(250));
                    break;
                case "store.return.in-tx":
                    await Task.Delay(_random.Next(20, 150));
                    gateway.Signal(Signals.Terminate); // what is leased goes back when it drains
                    await DiesAsync(gateway, 3000);
                    break;
                case "store.learn.in-tx":
                    await Ledger.ObserveAsync(_observe, _workload);
                    await DiesAsync(gateway, 1000);
                    break;
                default:
                    // The load ends by itself; some failpoints lie behind it (a retry). Then it dies all the same.
                    await load;
                    await DiesAsync(gateway, 300);
                    break;
            }

            Count(gateway.HasExited ? failpoint : null);
            await gateway.KillAsync();
            await load;
        }
    }

    /// <summary>Comes to rest with a server that takes everything, and compares.</summary>
    public async Task SettleAsync()
    {
        if (_sink is not null)
        {
            _sink.Answer = _ => SinkAnswer.Take;
        }

        await using (var last = await GatewayProcess.StartAsync(Start(null)))
        {
            await Quiet.WaitAsync(Data);
            Assert.Equal(0, await last.StopAsync());
        }

        Assert.Empty(_sink?.Violations ?? []);
        IReadOnlyCollection<SunkMessage> sunk = _sink?.Messages ?? [.. Outbox.Read(Data).Select((c, i) => new SunkMessage(i, c.From, c.From, c.To, c.Data, true))];
        Result = await Reconciliation.RunAsync(Ledger, sunk, Data);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sink is not null)
        {
            await _sink.DisposeAsync();
        }

        _temp.Dispose();
    }

    /// <summary>Kills the command line in the middle of a decision, a stop order or a forgetting, beside a running gateway; then decides again, and it must take effect once.</summary>
    private async Task CommandCycleAsync(string failpoint)
    {
        await using var gateway = await GatewayProcess.StartAsync(Start(null));
        await Ledger.SendAsync(gateway.Smtp, _workload, connections: 2, each: 2, w => w.Next(MailKind.Held));
        string[] command;
        if (failpoint == "store.stop.in-tx")
        {
            command = ["stop", "--sender", "halted@corp.example", "--data", Data];
        }
        else if (failpoint == "store.forget.in-tx")
        {
            command = ["correspondence", "forget", "@nowhere.example", "--yes", "--data", Data];
        }
        else
        {
            if (await Quiet.FirstHeldAsync(Data) is not { } held)
            {
                return;
            }

            var cancels = _random.Next(2) == 0;
            Ledger.Decided(held.Submission, cancels);
            command = cancels
                ? ["held", "cancel", held.Id.ToString(), "--data", Data, "--as", Workload.Sender]
                : ["held", "release", held.Id.ToString(), "--individually", "--data", Data, "--as", Workload.Sender];
        }

        var armed = new Dictionary<string, string>(StringComparer.Ordinal) { ["SEKISHO_FAILPOINT"] = $"{failpoint}=kill@1" };
        var died = await Programs.RunAsync(Tree.Program, command, environment: armed);
        if (died.ExitCode == 137)
        {
            Count(failpoint);
        }

        // Done or not done, never half: the second time it either takes effect or was already decided.
        Assert.NotEqual(2, (await Programs.SekishoAsync(command)).ExitCode);
        await gateway.KillAsync();
        Count(null);
    }

    private GatewayStart Start(string? failpoint)
    {
        var relay = _sink is null ? "" : $"relay:\n  host: {_sink.Address}\n  retry-first: 1s\n  retry-max: 1s\n";
        Directory.CreateDirectory(_temp.Path);
        File.WriteAllText(_temp["sekisho.yaml"],
            $"organization:\n  domains: [corp.example]\nlisten:\n  - smtp: 127.0.0.1:0\n  - smtp: {_observe}\n    mode: observe\nconsole: 127.0.0.1:0\nlimits:\n  free-space: 1MB\n{relay}");
        var start = new GatewayStart { Data = Data, Config = _temp["sekisho.yaml"], PassAddresses = false };
        return failpoint is null ? start : start with { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SEKISHO_FAILPOINT"] = failpoint } };
    }

    private static async Task DiesAsync(GatewayProcess gateway, int milliseconds)
    {
        using var patience = new CancellationTokenSource(milliseconds);
        try
        {
            await gateway.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Not this time: the failpoint was not passed often enough. It is killed from outside.
        }
    }

    private SinkAnswer Misbehave()
    {
        lock (_random)
        {
            return _random.Next(100) switch
            {
                < 20 => SinkAnswer.Defer,
                < 23 => SinkAnswer.TakeAndVanish,
                < 26 => SinkAnswer.Vanish,
                _ => SinkAnswer.Take,
            };
        }
    }

    private void Count(string? failpoint)
    {
        Kills++;
        if (failpoint is not null)
        {
            Hit[failpoint] = Hit.GetValueOrDefault(failpoint) + 1;
        }
    }
}
