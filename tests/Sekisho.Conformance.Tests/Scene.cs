using System.Net;
using System.Text.Json;
using Sekisho.Rig;
using Sekisho.Storage;

namespace Sekisho.Conformance.Tests;

/// <summary>The real gateway on a temporary directory, with or without a server behind it.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private Scene(Temp temp) => Temp = temp;

    public Temp Temp { get; }

    public GatewayProcess Gateway { get; private set; } = null!;

    /// <summary>What is behind the gateway; null: the outbox.</summary>
    public SmtpSink? Sink { get; private init; }

    public string Data => Temp["data"];

    public string Config => Temp["sekisho.yaml"];

    public IPEndPoint Smtp => Gateway.Smtp;

    /// <summary>A gateway that writes to its outbox.</summary>
    public static async Task<Scene> OutboxAsync(string config = "")
    {
        var scene = new Scene(new Temp("peer"));
        await scene.StartAsync(config);
        return scene;
    }

    /// <summary>A gateway in front of a sink.</summary>
    public static async Task<Scene> RelayAsync(string config = "")
    {
        var scene = new Scene(new Temp("peer")) { Sink = new SmtpSink() };
        await scene.StartAsync($"{config}\nrelay:\n  host: {scene.Sink.Address}\n  retry-first: 1s\n  retry-max: 1s\n");
        return scene;
    }

    /// <summary>A gateway that listens where its configuration says.</summary>
    public static async Task<Scene> ConfiguredAsync(Func<Temp, Task<string>> config)
    {
        var temp = new Temp("peer");
        var scene = new Scene(temp);
        await scene.StartAsync(await config(temp), passAddresses: false);
        return scene;
    }

    /// <summary>What waits, as the command line tells it.</summary>
    public async Task<IReadOnlyList<JsonElement>> HeldAsync()
    {
        var result = (await Programs.SekishoAsync("held", "list", "--data", Data, "--json")).Succeeded();
        using var json = JsonDocument.Parse(result.Output);
        return [.. json.RootElement.EnumerateArray().Select(e => e.Clone())];
    }

    /// <summary>Waits until this many deliveries wait.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitForHeldAsync(int count)
    {
        // Asked of the store, not of the command line, which would start a process each time.
        await using var store = await SqliteStore.OpenAsync(Data, TimeProvider.System, CancellationToken.None);
        for (var i = 0; i < 600; i++)
        {
            if ((await store.HeldAsync(CancellationToken.None)).Count >= count)
            {
                return await HeldAsync();
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"fewer than {count} deliveries wait\n{Gateway.Errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }

        if (Sink is not null)
        {
            await Sink.DisposeAsync();
        }

        Temp.Dispose();
    }

    private async Task StartAsync(string config, bool passAddresses = true)
    {
        await File.WriteAllTextAsync(Config, config);
        Gateway = await GatewayProcess.StartAsync(new GatewayStart { Data = Data, Config = config.Length > 0 ? Config : null, PassAddresses = passAddresses });
    }
}
