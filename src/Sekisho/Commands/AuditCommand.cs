using System.CommandLine;
using System.Runtime.InteropServices;
using Sekisho.Audit.Run;

namespace Sekisho.Program.Commands;

/// <summary><c>sekisho audit</c>: what would have been stopped in past mail, judged in date order with the history there was then.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Archives: mbox files, Maildirs, folders of .eml, and zip, tar, gz, xz of them.", Arity = ArgumentArity.OneOrMore };
        var policy = new Option<string[]>("--policy", "-p")
        {
            Description = "A policy to judge by: a configuration file, or 'shipped'. Given twice, both are counted side by side. Without it: that of --config, or the shipped one.",
            HelpName = "FILE|shipped",
        };
        var config = CommandLine.ConfigOption();
        var inside = new Option<string[]>("--inside", "-i")
        {
            Description = "A domain of the organisation (*.example.com: all below it). Without it: those of the configuration, or else the domain most of the mail was sent from.",
            HelpName = "DOMAIN",
        };
        var json = CommandLine.JsonOption();
        var html = new Option<string?>("--html") { Description = "Write the report as one page for a browser.", HelpName = "FILE" };
        var csv = new Option<string?>("--csv") { Description = "Write the incidents as a table for a spreadsheet.", HelpName = "FILE" };
        var learn = new Option<bool>("--learn") { Description = "Fill the history of the gateway whose data directory is --data with what this mail teaches. The gateway may be running." };
        var again = new Option<bool>("--again") { Description = "With --learn: learn even from an archive that was learnt from before." };
        var data = CommandLine.DataOption();
        var state = new Option<string?>("--state") { Description = "Where a run that is stopped keeps how far it came. Without it: a folder of the user's own, one for each set of paths.", HelpName = "DIR" };
        var fresh = new Option<bool>("--fresh") { Description = "Begin anew, even where an earlier run was stopped." };
        var jobs = new Option<int>("--jobs", "-j") { Description = "Mails read at the same time. Without it: one for each processor.", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "N" };
        var saveEvery = new Option<double>("--save-every") { Description = "Seconds between saves.", DefaultValueFactory = _ => 3, Hidden = true };
        var language = new Option<string?>("--language") { Description = "ja or en. Without it: that of the terminal.", HelpName = "ja|en" };
        var command = new Command("audit",
            "Judges past mail as the gateway would have, each mail with the history there was then, and shows what already went wrong and what every rule would cost in interruptions.\n"
            + "Nothing is changed in the archive, and nothing is sent. A run that is stopped goes on where it was when it is started again.\n\n"
            + "  sekisho audit ~/mail/Sent.mbox --html report.html\n"
            + "  sekisho audit takeout.zip /var/vmail --inside example.com --json\n"
            + "  sekisho audit archive/ --policy shipped --policy strict.yaml\n"
            + "  sekisho audit archive/ --learn --data ./data\n\n"
            + "Exit code: 0 when it ran to its end, whatever it found and however many messages were broken (they are counted and named); 1 when something stood in the way; 2 for bad input; "
            + "130 when it was interrupted.")
        {
            paths, policy, config, inside, json, html, csv, learn, again, data, state, fresh, jobs, language, saveEvery,
        };
        command.SetAction((result, cancel) => CommandLine.RunAsync(() => InterruptibleAsync(
            new AuditRequest
            {
                Paths = result.GetValue(paths)!,
                Policies = result.GetValue(policy) ?? [],
                Config = result.GetValue(config),
                Inside = result.GetValue(inside) ?? [],
                Json = result.GetValue(json),
                Html = result.GetValue(html),
                Csv = result.GetValue(csv),
                Learn = result.GetValue(learn),
                Again = result.GetValue(again),
                Data = result.GetResult(data) is { Implicit: false } || result.GetValue(learn) ? result.GetValue(data) : null,
                State = result.GetValue(state),
                Fresh = result.GetValue(fresh),
                Jobs = result.GetValue(jobs),
                Language = result.GetValue(language),
                SaveEvery = TimeSpan.FromSeconds(Math.Clamp(result.GetValue(saveEvery), 0, 3600)),
            },
            cancel)));
        return command;
    }

    /// <summary>Ctrl-C and a request to end are the same here: save how far it came, and go.</summary>
    private static async Task<int> InterruptibleAsync(AuditRequest request, CancellationToken outer)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(outer);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await new AuditWork(request, TimeProvider.System).RunAsync(stop.Token).ConfigureAwait(false);
        }
        catch (StateInUseException e)
        {
            await Console.Error.WriteLineAsync($"sekisho: {e.Message}").ConfigureAwait(false);
            return CommandLine.Failed;
        }

        void Stop(PosixSignalContext context)
        {
            // Who asks twice does not want to wait for the save.
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }
}

/// <summary>What was asked for on the command line.</summary>
internal sealed record AuditRequest
{
    public required IReadOnlyList<string> Paths { get; init; }

    public required IReadOnlyList<string> Policies { get; init; }

    public string? Config { get; init; }

    public required IReadOnlyList<string> Inside { get; init; }

    public bool Json { get; init; }

    public string? Html { get; init; }

    public string? Csv { get; init; }

    public bool Learn { get; init; }

    public bool Again { get; init; }

    public string? Data { get; init; }

    public string? State { get; init; }

    public bool Fresh { get; init; }

    public int Jobs { get; init; }

    public string? Language { get; init; }

    public TimeSpan SaveEvery { get; init; }
}
