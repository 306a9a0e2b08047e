namespace Sekisho.Incidents;

/// <summary>Incidents of one kind: how many, and how many persons or addresses leaked in those with a figure (null when none has one).</summary>
public sealed record CatalogueGroup(string Name, int Incidents, int WithFigure, long? Exposed);

/// <summary>A spread of sizes. The median of an even number is the mean of the middle two.</summary>
public sealed record SizeSpread(int Count, long Total, int Min, double Median, int Max);

/// <summary>The catalogue in figures.</summary>
public sealed record CatalogueStatistics
{
    /// <summary>Incidents.</summary>
    public required int Incidents { get; init; }

    /// <summary>
    /// Persons or addresses leaked, over the incidents with a count. The smallest and the median are taken over the counts above zero:
    /// one incident spread a virus and leaked nobody.
    /// </summary>
    public required SizeSpread Exposed { get; init; }

    /// <summary>Recipients of the faulty mail, over the incidents with a count.</summary>
    public required SizeSpread Recipients { get; init; }

    /// <summary>By mechanism, the three of visible recipients as one.</summary>
    public required IReadOnlyList<CatalogueGroup> ByFamily { get; init; }

    /// <summary>By mechanism.</summary>
    public required IReadOnlyList<CatalogueGroup> ByMechanism { get; init; }

    /// <summary>By year.</summary>
    public required IReadOnlyList<CatalogueGroup> ByYear { get; init; }

    /// <summary>By sector.</summary>
    public required IReadOnlyList<CatalogueGroup> BySector { get; init; }

    /// <summary>By cause.</summary>
    public required IReadOnlyList<CatalogueGroup> ByCause { get; init; }

    internal static CatalogueStatistics Of(IReadOnlyList<Incident> incidents) => new()
    {
        Incidents = incidents.Count,
        Exposed = Spread([.. incidents.Where(i => i.Exposed is not null).Select(i => i.Exposed!.Value)]),
        Recipients = Spread([.. incidents.Where(i => i.Recipients is not null).Select(i => i.Recipients!.Value)]),
        ByFamily = Group(incidents, i => Mechanisms.Family(i.Mechanism)),
        ByMechanism = Group(incidents, i => i.Mechanism),
        ByYear = [.. Group(incidents, i => i.Year.ToString("D4", null)).OrderBy(g => g.Name, StringComparer.Ordinal)],
        BySector = Group(incidents, i => i.Sector),
        ByCause = Group(incidents, i => i.Cause),
    };

    private static List<CatalogueGroup> Group(IReadOnlyList<Incident> incidents, Func<Incident, string> by)
        => [.. incidents.GroupBy(by, StringComparer.Ordinal)
            .Select(g => new CatalogueGroup(g.Key, g.Count(), g.Count(i => i.Exposed is not null),
                g.Any(i => i.Exposed is not null) ? g.Sum(i => (long)(i.Exposed ?? 0)) : null))
            .OrderByDescending(g => g.Incidents)
            .ThenByDescending(g => g.Exposed ?? 0)
            .ThenBy(g => g.Name, StringComparer.Ordinal)];

    private static SizeSpread Spread(int[] values)
    {
        int[] positive = [.. values.Where(v => v > 0).Order()];
        if (positive.Length == 0)
        {
            return new SizeSpread(values.Length, 0, 0, 0, 0);
        }

        var middle = positive.Length / 2;
        var median = positive.Length % 2 == 1 ? positive[middle] : (positive[middle - 1] + positive[middle]) / 2.0;
        return new SizeSpread(values.Length, positive.Sum(v => (long)v), positive[0], median, positive[^1]);
    }
}
