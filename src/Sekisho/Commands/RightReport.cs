using Sekisho.Incidents;

namespace Sekisho.Program.Commands;

/// <summary>What became of ordinary mail, as tables and as JSON.</summary>
internal static class RightReport
{
    /// <summary>For JSON.</summary>
    public static RightView View(IReadOnlyList<RightOutcome> outcomes) => new(outcomes.Count, outcomes.Count(o => o.Passed),
        [.. outcomes.GroupBy(o => o.Case.Family).Select(g => new RightFamilyView(g.Key, g.Count(), g.Sum(o => o.Case.Messages.Count), g.Count(o => o.Passed)))],
        [.. outcomes.Where(o => !o.Passed).Select(o => new RightStoppedView(o.Case.Id, o.Case.Mirrors, o.Rules, o.Actions, o.Why))]);

    /// <summary>A line a family, then those that were stopped with the rules, then the total.</summary>
    public static void Write(IReadOnlyList<RightOutcome> outcomes)
    {
        var view = View(outcomes);
        var table = new IncidentTable("=ordinary mail", ">messages", "result");
        foreach (var family in view.Families)
        {
            table.Add(family.Family, $"{family.Messages:N0}", $"{family.Passed} of {family.Cases} passed untouched");
        }

        table.Write();
        Console.Out.WriteLine();
        if (view.Stopped.Count > 0)
        {
            var stopped = new IncidentTable("=stopped", "what the gateway did", "rules", "why");
            foreach (var one in view.Stopped)
            {
                stopped.Add(one.Id, string.Join(", ", one.Actions.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Value:N0} {a.Key}")), string.Join(", ", one.Rules), string.Join(" ", one.Why));
            }

            stopped.Write();
            Console.Out.WriteLine();
        }

        WriteTotal(outcomes);
    }

    /// <summary>The total in one line; nothing where nothing was sent.</summary>
    public static void WriteTotal(IReadOnlyList<RightOutcome> outcomes)
    {
        if (outcomes.Count > 0)
        {
            var stopped = outcomes.Where(o => !o.Passed).Select(o => o.Case.Id).ToList();
            Console.Out.WriteLine($"ordinary mail: {outcomes.Count - stopped.Count} of {outcomes.Count} cases passed untouched ({outcomes.Sum(o => o.Case.Messages.Count):N0} messages)"
                + (stopped.Count > 0 ? $"; stopped: {string.Join(", ", stopped)}" : ""));
        }
    }
}
