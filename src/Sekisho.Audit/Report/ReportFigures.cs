using System.Globalization;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Audit.Report;

/// <summary>What is reckoned from a report's counts; the terminal and the page show the same because both ask here.</summary>
internal static class ReportFigures
{
    /// <summary>How many of the listed incidents have each gravity, gravest first, none left out that has any; and whether the list is all there is.</summary>
    public static (IReadOnlyList<(Severity Severity, long Count)> Counts, bool Whole) Gravity(PolicyOutcome policy)
        => ([.. policy.Incidents.Where(i => i.Verdict != PolicyAction.Deliver).GroupBy(i => i.Severity).OrderByDescending(g => g.Key).Select(g => (g.Key, (long)g.Count()))], policy.IncidentCount <= policy.Incidents.Count);

    /// <summary>Mails that would have left all the same, listed for the many outside addresses in sight.</summary>
    public static long LeftAnyway(PolicyOutcome policy) => policy.Incidents.Count(i => i.Verdict == PolicyAction.Deliver);

    /// <summary>Mails that would not have left as they were.</summary>
    public static long Stopped(PolicyOutcome policy) => policy.IncidentCount - LeftAnyway(policy);

    /// <summary>The most people shown by one mail; 0 where there is none.</summary>
    public static long MostShown(PolicyOutcome policy) => policy.Incidents.Count == 0 ? 0 : policy.Incidents.Max(i => i.Exposed);

    /// <summary>So many of a thousand: <c>4.0</c>, <c>0.05</c>; a dash where there is no mail.</summary>
    public static string PerThousand(long part, long whole)
    {
        if (whole <= 0)
        {
            return "–";
        }

        var rate = 1000.0 * part / whole;
        return rate switch
        {
            0 => "0",
            < 0.995 => rate.ToString("0.00", CultureInfo.InvariantCulture),
            < 99.95 => rate.ToString("0.0", CultureInfo.InvariantCulture),
            _ => rate.ToString("0", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A share in percent: <c>93 %</c>, <c>0.4 %</c>; a dash of nothing.</summary>
    public static string Share(long part, long whole)
    {
        if (whole <= 0)
        {
            return "–";
        }

        var share = 100.0 * part / whole;
        return share.ToString(share is > 0 and < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary><c>12,639</c>.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Bytes as people say them: <c>57.2 MB</c>.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        double value = bytes;
        var unit = 0;
        while (value >= 999.5 && unit < units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return value.ToString(unit > 0 && value < 99.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + units[unit];
    }

    /// <summary>Mails of a month by verdict: hold or graver.</summary>
    public static long Interrupted(MonthOutcome month) => Count(month.ByVerdict, PolicyAction.Hold) + Count(month.ByVerdict, PolicyAction.Approve) + Count(month.ByVerdict, PolicyAction.Refuse);

    /// <summary>Of a count by verdict, or 0.</summary>
    public static long Count(IReadOnlyDictionary<PolicyAction, long> byVerdict, PolicyAction action) => byVerdict.TryGetValue(action, out var n) ? n : 0;

    /// <summary>
    /// The months worth drawing. A few mails with an impossible date (1979, 2044) would press all others into a corner: at both ends months are left off while they hold less than half a percent of the mail
    /// together, then at most the latest <paramref name="most"/> stay.
    /// </summary>
    public static IReadOnlyList<MonthOutcome> Drawn(IReadOnlyList<MonthOutcome> months, int most)
    {
        var spare = months.Sum(m => m.Outside) / 200;
        var (first, end) = (0, months.Count);
        long left = 0;
        while (first < end && left + months[first].Outside <= spare)
        {
            left += months[first++].Outside;
        }

        long right = 0;
        while (end > first && right + months[end - 1].Outside <= spare)
        {
            right += months[--end].Outside;
        }

        first = Math.Max(first, end - most);
        return [.. months.Skip(first).Take(end - first)];
    }

    /// <summary>What only one of two policies would have stopped, of those listed; a mail is known by its place.</summary>
    public static (IReadOnlyList<AuditIncident> OnlyFirst, IReadOnlyList<AuditIncident> OnlySecond, bool Whole) Difference(PolicyOutcome first, PolicyOutcome second)
    {
        var (a, b) = (first.Incidents.Select(i => i.Place).ToHashSet(StringComparer.Ordinal), second.Incidents.Select(i => i.Place).ToHashSet(StringComparer.Ordinal));
        return ([.. first.Incidents.Where(i => !b.Contains(i.Place))], [.. second.Incidents.Where(i => !a.Contains(i.Place))], Gravity(first).Whole && Gravity(second).Whole);
    }
}
