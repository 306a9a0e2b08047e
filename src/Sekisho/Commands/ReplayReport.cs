using Sekisho.Incidents;
using Spectre.Console;

namespace Sekisho.Program.Commands;

/// <summary>A replay's results as rows, and its progress while it runs.</summary>
internal static class ReplayReport
{
    /// <summary>One row an incident, in the order asked for.</summary>
    public static List<ReplayView> Views(IReadOnlyList<Reenactment> scripts, IReadOnlyList<ReplayVariant> variants)
    {
        var byId = variants.ToLookup(v => v.Incident.Id, StringComparer.Ordinal);
        return [.. scripts.Select(script =>
        {
            var incident = script.Incident;
            var rule = StoppingRules.RuleThatStops(incident);
            var all = byId[incident.Id].ToList();
            return new ReplayView
            {
                Id = incident.Id,
                Mechanism = incident.Mechanism,
                Messages = all.Sum(v => v.Messages),
                Recipients = all.Sum(v => v.Recipients),
                Actions = all.SelectMany(v => v.Actions).GroupBy(a => a.Key).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(a => a.Value)),
                Exposed = all.Max(v => v.Exposed),
                Stopped = all.TrueForAll(v => v.Stopped),
                Delivered = all.Sum(v => v.Delivered),
                Missing = all.Sum(v => v.Missing),
                Strays = all.Sum(v => (long)v.Strays),
                Sealed = all.Sum(v => v.Sealed),
                Altered = all.Sum(v => (long)v.Altered),
                Forbidden = all.Sum(v => (long)v.Forbidden),
                Rules = rule.Rules,
                Expected = IncidentsJson.Name(rule.Standing),
                Later = rule.Later,
                Variants = [.. all.Select(v => new ReplayVariantView(v.Script.Name, v.Messages, v.Recipients, v.Exposed, v.Stopped))],
            };
        })];
    }

    /// <summary>The table, what is still to come, and the total.</summary>
    public static void Write(IReadOnlyList<ReplayView> views)
    {
        var table = new IncidentTable("=id", ">messages", ">recipients", "what the gateway did", ">exposed", "result");
        foreach (var view in views)
        {
            table.Add(view.Id, $"{view.Messages:N0}", $"{view.Recipients:N0}",
                string.Join(", ", view.Actions.Select(a => $"{a.Value:N0} {a.Key}")), $"{view.Exposed:N0}", Result(view));
        }

        table.Write();
        var stopped = views.Count(v => v.Stopped);
        var expected = views.Count(v => v.Expected == "now");
        var failed = views.Where(v => v.Expected == "now" && !v.Stopped).Select(v => v.Id).ToList();
        var copies = views.Sum(v => v.Delivered);
        var missing = views.Sum(v => v.Missing);
        Console.Out.WriteLine();
        Console.Out.WriteLine($"{stopped} of {views.Count} stopped");
        if (expected > 0)
        {
            Console.Out.WriteLine($"of the {expected} that today's rules must stop: {expected - failed.Count} stopped" + (failed.Count > 0 ? $"; NOT: {string.Join(", ", failed)}" : ""));
        }

        if (copies + missing > 0)
        {
            Console.Out.WriteLine($"individual copies that reached their person: {copies:N0}; copies that should have arrived and did not: {missing:N0}");
        }

        if (views.Sum(v => v.Sealed) is > 0 and var saved)
        {
            Console.Out.WriteLine($"misrouted on purpose and caught by the seal before sending: {saved:N0}");
        }
    }

    /// <summary>A bar on standard error once it takes longer than two seconds; nothing where that is no terminal.</summary>
    public static async Task ShowProgressAsync(Task work, ReplayProgress progress)
    {
        if (Console.IsErrorRedirected || await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(2))) == work)
        {
            await Task.WhenAny(work);
            return;
        }

        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await screen.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(progress.Stage, maxValue: Math.Max(1, progress.Total));
                while (!work.IsCompleted)
                {
                    bar.Description = progress.Stage;
                    bar.MaxValue = Math.Max(1, progress.Total);
                    bar.Value = Math.Min(Interlocked.Read(ref progress.Sent), bar.MaxValue);
                    await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(200)));
                }
            });
    }

    private static string Result(ReplayView view) => (view.Stopped, view.Expected) switch
    {
        (true, _) when view.Missing > 0 => $"stopped, but {view.Missing:N0} copies did not arrive",
        (true, _) => "stopped",
        (false, "now") when view.Exposed + view.Strays + view.Forbidden == 0 => "NOT PROVEN: the fault did not strike",
        (false, "now") => "NOT STOPPED",
        (false, _) when view.Variants.Any(v => v.Stopped) =>
            $"partly ({string.Join(", ", view.Variants.Where(v => v.Stopped).Select(v => v.Name))}); not yet: {string.Join(", ", view.Later)}",
        (false, _) => $"not yet: {string.Join(", ", view.Later)}",
    };
}
