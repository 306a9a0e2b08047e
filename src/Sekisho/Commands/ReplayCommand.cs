using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Sekisho.Incidents;
using Sekisho.Storage;
using Spectre.Console;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho replay</c>: the catalogue as mail, at the size each incident really had, and what of it got out.</summary>
public static class ReplayCommand
{
    private static readonly Argument<string[]> s_ids = new("id")
    {
        Description = "Incidents to re-enact (their ids, or enough of them); all of them without any.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> s_smtp = new("--smtp")
    {
        Description = "Replay against this gateway instead of one started for the purpose. It must run without a relay; needs --data.",
        HelpName = "HOST:PORT",
    };

    private static readonly Option<string?> s_data = new("--data") { Description = "The data directory of the gateway named with --smtp, whose outbox is read.", HelpName = "DIR" };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON for programs." };

    private static readonly Option<bool> s_right = new("--right")
    {
        Description = "Send ordinary mail instead (the same mails done right, newsletters, price lists): all of it must pass untouched.",
    };

    private static readonly Option<bool> s_keep = new("--keep") { Description = "Keep the own gateway's directory with its outbox, and print where it is." };

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var command = new Command("replay",
            "Re-enacts real mail leaks over SMTP, at the size each one had, and counts whose address or data reached anybody else.\n"
            + "Without --smtp it starts a gateway of its own on a temporary directory; nothing leaves the machine either way.\n\n"
            + "  sekisho replay                                    the whole catalogue; takes a few minutes\n"
            + "  sekisho replay sega-toys 2007-01-12-mitsui-bussan-futures\n"
            + "  sekisho replay --smtp 127.0.0.1:2525 --data ./data\n"
            + "  sekisho replay --right                            is ordinary mail left alone?\n\n"
            + "Exit code: 0 when everything that today's rules must stop was stopped and every copy that was to arrive arrived unaltered, 1 otherwise, 2 for bad input.");
        command.Arguments.Add(s_ids);
        command.Options.Add(s_smtp);
        command.Options.Add(s_data);
        command.Options.Add(s_json);
        command.Options.Add(s_right);
        command.Options.Add(s_keep);
        command.SetAction((result, cancel) => RunAsync(result, cancel));
        return command;
    }

    // An interrupted replay leaves neither a gateway nor a directory behind.
    private static async Task<int> RunAsync(ParseResult result, CancellationToken outer)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(outer);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await ReplayAsync(result, stop.Token);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> ReplayAsync(ParseResult result, CancellationToken cancel)
    {
        var incidents = new List<Incident>();
        foreach (var id in result.GetValue(s_ids) ?? [])
        {
            if (IncidentsCommand.Resolve(id) is not { } incident)
            {
                return 2;
            }

            incidents.Add(incident);
        }

        if (incidents.Count == 0)
        {
            incidents.AddRange(Catalogue.Embedded.Incidents);
        }

        var smtp = result.GetValue(s_smtp);
        var data = result.GetValue(s_data);
        if ((smtp is null) != (data is null))
        {
            return Bad("--smtp and --data belong together: the gateway, and the data directory its outbox is in");
        }

        if (data is not null && !Directory.Exists(data))
        {
            return Bad($"there is no directory '{data}'");
        }

        (string Host, int Port)? named = null;
        if (smtp is not null)
        {
            var colon = smtp.LastIndexOf(':');
            if (colon < 1 || !int.TryParse(smtp.AsSpan(colon + 1), out var port) || port is < 1 or > IPEndPoint.MaxPort)
            {
                return Bad($"'{smtp}' is not HOST:PORT");
            }

            named = (smtp[..colon].Trim('[', ']'), port);
        }

        if (result.GetValue(s_right))
        {
            return incidents.Count < Catalogue.Embedded.Incidents.Count ? Bad("--right has its own mails; it takes no incidents") : await RightAsync(named, data, result, cancel);
        }

        List<Reenactment> scripts = [.. incidents.Distinct().Select(Reenactment.For)];
        var progress = new ReplayProgress();
        var whole = named is null && scripts.Count == Catalogue.Embedded.Incidents.Count;
        IReadOnlyList<RightOutcome> right = [];
        var work = Task.Run(() => named is { } gateway
            ? AgainstAsync(gateway.Host, gateway.Port, data!, scripts, progress, cancel)
            : AgainstOwnAsync(scripts, progress, result.GetValue(s_keep), whole ? outcomes => right = outcomes : null, cancel), CancellationToken.None);
        try
        {
            await ReplayReport.ShowProgressAsync(work, progress);
            var variants = await work;
            var views = ReplayReport.Views(scripts, variants);
            if (result.GetValue(s_json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(views, IncidentsJson.Readable.ListReplayView));
            }
            else
            {
                ReplayReport.Write(views);
                RightReport.WriteTotal(right);
            }

            return views.All(v => v.Missing == 0 && v.Strays == 0 && v.Altered == 0 && (v.Stopped || v.Expected != "now")) ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Console.Error.WriteLine("sekisho: interrupted");
            return 130;
        }
        catch (Exception e) when (e is ReplayException or StoreException)
        {
            return Bad(e.Message);
        }
    }

    private static async Task<int> RightAsync((string Host, int Port)? named, string? data, ParseResult result, CancellationToken cancel)
    {
        var progress = new ReplayProgress { Stage = "sending ordinary mail" };
        var work = Task.Run(() => RunAsync(), CancellationToken.None);
        try
        {
            await ReplayReport.ShowProgressAsync(work, progress);
            var outcomes = await work;
            if (result.GetValue(s_json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(RightReport.View(outcomes), IncidentsJson.Readable.RightView));
            }
            else
            {
                RightReport.Write(outcomes);
            }

            return outcomes.Count(o => !o.Passed) <= RightDoing.Tolerated ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Console.Error.WriteLine("sekisho: interrupted");
            return 130;
        }
        catch (Exception e) when (e is ReplayException or StoreException)
        {
            return Bad(e.Message);
        }

        async Task<IReadOnlyList<RightOutcome>> RunAsync()
        {
            if (named is { } gateway)
            {
                await new ReplayRunner(gateway.Host, gateway.Port, data!, own: false, faulty: false, remove: false, progress).ProbeAsync(TimeProvider.System, cancel);
                return await new RightRunner(gateway.Host, gateway.Port, data!).RunAsync(RightDoing.Cases, cancel);
            }

            await using var own = await ReplayGateway.StartAsync(faulty: false, result.GetValue(s_keep), cancel);
            if (result.GetValue(s_keep))
            {
                Console.Error.WriteLine($"sekisho: the gateway's directory is {own.Data}");
            }

            return await new RightRunner(own.Smtp.Address.ToString(), own.Smtp.Port, own.Data).RunAsync(RightDoing.Cases, cancel);
        }
    }

    private static async Task<IReadOnlyList<ReplayVariant>> AgainstAsync(string host, int port, string data, List<Reenactment> scripts, ReplayProgress progress, CancellationToken cancel)
    {
        progress.Total = Units(scripts);
        var runner = new ReplayRunner(host, port, data, own: false, faulty: false, remove: false, progress);
        await runner.ProbeAsync(TimeProvider.System, cancel);
        return await runner.RunAsync(scripts, cancel);
    }

    // Where the carrier itself was at fault, a gateway with that fault is needed, and of it alone.
    private static async Task<IReadOnlyList<ReplayVariant>> AgainstOwnAsync(List<Reenactment> scripts, ReplayProgress progress, bool keep,
        Action<IReadOnlyList<RightOutcome>>? right, CancellationToken cancel)
    {
        progress.Total = Units(scripts);
        var variants = new List<ReplayVariant>();
        foreach (var group in scripts.GroupBy(s => s.NeedsFaultyGateway).OrderBy(g => g.Key))
        {
            progress.Stage = "starting a gateway";
            await using var gateway = await ReplayGateway.StartAsync(faulty: group.Key, keep, cancel);
            if (keep)
            {
                Console.Error.WriteLine($"sekisho: the gateway's directory is {gateway.Data}");
            }

            var runner = new ReplayRunner(gateway.Smtp.Address.ToString(), gateway.Smtp.Port, gateway.Data, own: true, faulty: group.Key, remove: !keep, progress);
            variants.AddRange(await runner.RunAsync([.. group], cancel));
            if (right is not null && !group.Key)
            {
                // Ordinary mail through the gateway that has just seen the whole catalogue.
                progress.Stage = "sending ordinary mail";
                right(await new RightRunner(gateway.Smtp.Address.ToString(), gateway.Smtp.Port, gateway.Data).RunAsync(RightDoing.Cases, cancel));
            }

            progress.Stage = "stopping the gateway";
        }

        return variants;
    }

    private static long Units(List<Reenactment> scripts) => scripts.Sum(s => s.Variants.Sum(v => v.Messages.Sum(ReplayProgress.Units)));

    private static int Bad(string why)
    {
        Console.Error.WriteLine($"sekisho: {why}");
        return 2;
    }
}
