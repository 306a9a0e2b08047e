using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Gateway;
using Sekisho.Gateway.Telemetry;
using Sekisho.Pages;
using Sekisho.Pages.Mails;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho serve</c>: the gateway and its console in one process.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(25);

    public static Command Create()
    {
        var config = CommandLine.ConfigOption();
        config.Description = "The configuration file; reloaded when it changes. Without it: sekisho.yaml in the data directory, where there is one.";
        var data = CommandLine.DataOption();
        var smtp = new Option<string?>("--smtp") { Description = "Take mail here instead of where the file says (port 0: any free one).", HelpName = "HOST:PORT" };
        var http = new Option<string?>("--http") { Description = "Console here instead of where the file says.", HelpName = "HOST:PORT" };
        var relay = new Option<string?>("--relay") { Description = "Send copies through this mail server. Without one nothing leaves the machine: copies are written to DIR/outbox.", HelpName = "HOST:PORT" };
        var command = new Command("serve", "Run the gateway: SMTP on 127.0.0.1:2525, console on http://127.0.0.1:8025, data in ./data. No file needed. SIGTERM drains and stops; SIGHUP reloads the configuration.")
        {
            config, data, smtp, http, relay,
        };
        command.SetAction((result, cancel) => CommandLine.RunAsync(() => ServeAsync(
            result.GetValue(config), result.GetResult(data) is { Implicit: false } ? result.GetValue(data) : null, Address(result.GetValue(smtp), "--smtp"), Address(result.GetValue(http), "--http"), Address(result.GetValue(relay), "--relay"), cancel)));
        return command;
    }

    private static HostPort? Address(string? text, string option)
        => text is null ? null : HostPort.TryParse(text, out var address) ? address : throw new UsageException($"{option} {text}: expected HOST:PORT, e.g. 127.0.0.1:2525");

    private static async Task<int> ServeAsync(string? configPath, string? dataOption, HostPort? smtp, HostPort? http, HostPort? relay, CancellationToken cancel)
    {
        // Without a file the one in the data directory holds, though it may not be there yet: the console makes it at the first activation.
        var own = configPath is null ? CommandLine.ConfigIn(dataOption ?? CommandLine.DefaultData) : null;
        var path = own ?? Path.GetFullPath(configPath!);
        SekishoConfig Adjust(SekishoConfig config) => config with
        {
            Listeners = smtp is null ? config.Listeners : [config.Listeners.FirstOrDefault(l => !l.Observe) is { } first ? first with { Address = smtp } : new ListenerConfig { Address = smtp }, .. config.Listeners.Where(l => l.Observe)],
            Console = http ?? config.Console,
            Relay = relay is null ? config.Relay : config.Relay with { Address = relay },
        };
        var config = Adjust(own is not null && !File.Exists(own) ? SekishoConfig.Default : CommandLine.LoadConfig(path, data: null));
        var data = dataOption ?? (own is null ? config.DataDirectory : null) ?? CommandLine.DefaultData;
        var log = new LogWriter(Console.Error, config.Log, TimeProvider.System);
        if (own is not null && File.Exists(own))
        {
            log.Say($"using the configuration {own}");
        }

        Directory.CreateDirectory(data);
        using var guard = Guard(data);
        var store = await SqliteStore.OpenAsync(data, TimeProvider.System, cancel).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var live = new LiveConfig(config, path, TimeProvider.System, log.Say, Adjust);
            var index = MailIndex.Open(data, TimeProvider.System, log.Say);
            await using var closing = index.ConfigureAwait(false);
            var gateway = new GatewayHost(store, live, data, TimeProvider.System, log.Say, RealCases.For, log.Tell);
            await using (gateway.ConfigureAwait(false))
            {
                return await RunAsync(gateway, index, live, config, data, own is null ? path : null).ConfigureAwait(false);
            }
        }
    }

    private static async Task<int> RunAsync(GatewayHost gateway, IMailIndex index, LiveConfig live, SekishoConfig config, string data, string? path)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = s_drain);
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(Endpoints.Resolve(config.Console));
            gateway.OpenDoors(kestrel);
        });
        builder.Services.AddConsole(gateway, index, data, TimeProvider.System);
        var app = builder.Build();
        await using (app.ConfigureAwait(false))
        {
            app.MapConsole();
            await gateway.StartAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                await app.StartAsync().ConfigureAwait(false);
            }
            catch (IOException e)
            {
                await gateway.StopAsync(s_drain).ConfigureAwait(false);
                throw new UsageException($"cannot listen: {e.Message}");
            }

            using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                live.Reload();
            });
            Announce(app, gateway, config, data, path, await Pages.SignIn.FirstRun.PathAsync(gateway, CancellationToken.None).ConfigureAwait(false));
            await app.WaitForShutdownAsync().ConfigureAwait(false);
            await gateway.StopAsync(s_drain).ConfigureAwait(false);
            return CommandLine.Ok;
        }
    }

    private static void Announce(WebApplication app, GatewayHost gateway, SekishoConfig config, string data, string? path, string? firstRun)
    {
        // Kestrel names what it listens on in the order it was told: the console first, then the doors.
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a.Replace("[::]", "[::1]", StringComparison.Ordinal))).ToList();
        var httpAt = $"{config.Console.Host}:{bound[0].Port}";
        gateway.ConsoleAddress = $"http://{httpAt}";
        var smtpAt = $"{config.Listeners[0].Address.Host}:{bound[1].Port}";
        new RunFile(Environment.ProcessId, smtpAt, httpAt, path, TimeProvider.System.GetUtcNow()).Write(data);
        if (config.Relay.Address is null)
        {
            gateway.Say($"no relay is configured: copies are written to {Path.Combine(Path.GetFullPath(data), "outbox")}");
        }

        if (config.Domains.Count == 0)
        {
            gateway.Say("organization.domains is not set: whatever domain a sender uses counts as inside; set it before relying on the checks");
        }

        foreach (var line in gateway.Missing())
        {
            gateway.Say(line);
        }

        if (firstRun is not null)
        {
            gateway.Say($"no account yet: open http://{httpAt}{firstRun} to create the administrator's (works once)");
        }

        Console.Out.WriteLine($"ready smtp={smtpAt} http={httpAt} data={Path.GetFullPath(data)}");
        Console.Out.Flush();
    }

    /// <summary>Two gateways on one embedded store would both deliver: the second is turned away.</summary>
    private static FileStream Guard(string data)
    {
        try
        {
            return new FileStream(Path.Combine(data, "gateway.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new UsageException($"{Path.GetFullPath(data)}: another gateway runs on this data directory");
        }
    }
}
