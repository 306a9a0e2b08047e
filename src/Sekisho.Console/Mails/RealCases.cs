using Sekisho.Incidents;
using Sekisho.Inspection;

namespace Sekisho.Pages.Mails;

/// <summary>For a decision and for a note to a sender: a real case of the same mistake, by year, sector and size, never by name.</summary>
public static class RealCases
{
    private static readonly Lazy<Dictionary<string, Summary>> s_byRule = new(() => Catalogue.Embedded.Incidents
        .Where(i => i.Exposed > 0 && StoppingRules.RuleThatStops(i).Standing == Standing.Now)
        .GroupBy(i => StoppingRules.RuleThatStops(i).Primary, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => Tell(g.OrderByDescending(i => i.Exposed).First()), StringComparer.Ordinal));

    /// <summary>The largest case that this rule stops, or null.</summary>
    public static Summary? For(string rule) => s_byRule.Value.GetValueOrDefault(rule);

    private static Summary Tell(Incident incident) => new($"{incident.Anonymous(japanese: false)}: {incident.SummaryEn}", $"{incident.Anonymous(japanese: true)}：{incident.SummaryJa}");
}
