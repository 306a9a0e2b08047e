using Sekisho.Incidents;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Charts;

/// <summary>The catalogue's charts, over whatever part of it is looked at.</summary>
public static class CatalogueCharts
{
    private const int MaxGroups = 12;

    /// <summary>Cases a year, years without any included.</summary>
    public static ChartData ByYear(IReadOnlyList<Incident> incidents, Tongue tongue)
    {
        int[] years = incidents.Count == 0 ? [] : [.. Enumerable.Range(incidents.Min(i => i.Year), incidents.Max(i => i.Year) - incidents.Min(i => i.Year) + 1)];
        return Make("cases-by-year", tongue["Cases by year", "年別の件数"], tongue["Year", "年"], [.. years.Select(y => (y.ToString("D4", null), (long)incidents.Count(i => i.Year == y)))], tongue);
    }

    /// <summary>Cases by size class.</summary>
    public static ChartData BySize(IReadOnlyList<Incident> incidents, Tongue tongue)
        => Make("cases-by-size", tongue["Cases by persons exposed", "漏れた人数別の件数"], tongue["Persons", "人数"],
            [.. Enumerable.Range(-1, CaseWords.SizeClasses.Count + 2).Select(c => (CaseWords.SizeClassName(c, tongue), (long)incidents.Count(i => CaseWords.SizeClass(i) == c))).Where(c => c.Item2 > 0)], tongue);

    /// <summary>Cases by how they leaked.</summary>
    public static ChartData ByMechanism(IReadOnlyList<Incident> incidents, Tongue tongue)
        => Make("cases-by-mechanism", tongue["Cases by how it leaked", "経緯別の件数"], tongue["How it leaked", "経緯"], Group(incidents, i => CaseWords.Mechanism(i.Mechanism, tongue), tongue), tongue, ink: 1);

    /// <summary>Cases by sector, the commonest; the rest together.</summary>
    public static ChartData BySector(IReadOnlyList<Incident> incidents, Tongue tongue)
        => Make("cases-by-sector", tongue["Cases by sector", "業種別の件数"], tongue["Sector", "業種"], Group(incidents, i => CaseWords.Sector(i.Sector, tongue), tongue), tongue, ink: 3);

    private static List<(string Label, long Count)> Group(IReadOnlyList<Incident> incidents, Func<Incident, string> by, Tongue tongue)
    {
        var groups = incidents.GroupBy(by, StringComparer.Ordinal).Select(g => (Label: g.Key, Count: (long)g.Count())).OrderByDescending(g => g.Count).ThenBy(g => g.Label, StringComparer.Ordinal).ToList();
        return groups.Count <= MaxGroups ? groups : [.. groups.Take(MaxGroups - 1), (tongue["all others", "そのほか"], groups.Skip(MaxGroups - 1).Sum(g => g.Count))];
    }

    private static ChartData Make(string key, string title, string labelName, List<(string Label, long Count)> rows, Tongue tongue, int ink = 0)
    {
        var most = rows.Count == 0 ? default : rows.MaxBy(r => r.Count);
        return new ChartData(key, title, labelName, [.. rows.Select(r => r.Label)], [new Series(tongue["Cases", "件数"], [.. rows.Select(r => r.Count)], ink)], tongue,
            rows.Count == 0 ? "" : tongue[$"Most: {most.Label}, {most.Count}.", $"最多は{most.Label}の{most.Count}件。"]);
    }
}
