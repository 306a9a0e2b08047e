using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>The figures of a span of time, from what the follower has added up.</summary>
internal static class FigureReader
{
    /// <summary>The upper ends, in seconds, that waiting times are sorted into.</summary>
    public static readonly int[] Bounds = [10, 30, 60, 300, 900, 3600, 4 * 3600, 24 * 3600, 3 * 24 * 3600];

    private static readonly Query s_hours = new("SELECT hour, received, individual, held, approval, refused, delivered, failed FROM hour WHERE hour >= ? AND hour < ?");

    private static readonly Query s_rules = new("""
        SELECT r.name, sum(found), sum(stopped), sum(overruled), sum(individually), sum(cancelled), sum(approved), sum(rejected), sum(waiting)
        FROM rule_hour h JOIN rule r ON r.k = h.rule WHERE h.hour >= ? AND h.hour < ? GROUP BY h.rule HAVING sum(found) > 0 OR sum(stopped) > 0
        """);

    private static readonly Query s_decisions = new("""
        SELECT kind, by, waited FROM decision WHERE at >= ? AND at < ? AND kind IN ('release', 'release-individually', 'cancel', 'approve', 'vote', 'reject')
        """);

    public static Figures Read(SqliteDatabase index, DateTimeOffset from, DateTimeOffset until, long behind)
    {
        var (start, end) = (from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        var (first, last) = (start / FigureChanges.Hour, (end + FigureChanges.Hour - 1) / FigureChanges.Hour);
        var hours = new HourFigures[Math.Max(0, last - first)];
        for (var i = 0; i < hours.Length; i++)
        {
            hours[i] = new HourFigures(DateTimeOffset.FromUnixTimeMilliseconds((first + i) * FigureChanges.Hour), 0, 0, 0, 0, 0, 0, 0);
        }

        var rows = index[s_hours].Add(first).Add(last);
        while (rows.Step())
        {
            var i = rows.Int64(0) - first;
            hours[i] = new HourFigures(hours[i].Hour, rows.Int64(1), rows.Int64(2), rows.Int64(3), rows.Int64(4), rows.Int64(5), rows.Int64(6), rows.Int64(7));
        }

        var (waiting, approvers) = Decisions(index, start, end);
        return new Figures(hours, Rules(index, first, last), waiting, approvers, behind);
    }

    private static List<RuleFigures> Rules(SqliteDatabase index, long first, long last)
    {
        var rules = new List<RuleFigures>();
        var rows = index[s_rules].Add(first).Add(last);
        while (rows.Step())
        {
            rules.Add(new RuleFigures(rows.Text(0), rows.Int64(1), rows.Int64(2), rows.Int64(3), rows.Int64(4), rows.Int64(5), rows.Int64(6), rows.Int64(7), rows.Int64(8)));
        }

        rules.Sort((left, right) => right.Stopped != left.Stopped ? right.Stopped.CompareTo(left.Stopped) : string.CompareOrdinal(left.Rule, right.Rule));
        return rules;
    }

    private static (WaitingFigures Waiting, List<ApproverFigures> Approvers) Decisions(SqliteDatabase index, long start, long end)
    {
        var waits = new List<double>();
        var approvers = new Dictionary<string, (long Approved, long Rejected, List<double> Waits)>(StringComparer.OrdinalIgnoreCase);
        var rows = index[s_decisions].Add(start).Add(end);
        while (rows.Step())
        {
            var kind = rows.Text(0);
            double? waited = rows.NullableInt64(2) is { } milliseconds ? milliseconds / 1000.0 : null;
            if (waited is { } seconds && kind != "vote")
            {
                waits.Add(seconds);
            }

            if (kind is "approve" or "vote" or "reject")
            {
                var by = rows.Text(1);
                var habit = approvers.TryGetValue(by, out var known) ? known : (0, 0, []);
                if (waited is { } took)
                {
                    habit.Waits.Add(took);
                }

                approvers[by] = (habit.Approved + (kind == "reject" ? 0 : 1), habit.Rejected + (kind == "reject" ? 1 : 0), habit.Waits);
            }
        }

        return (Waiting(waits), [.. approvers
            .Select(one => new ApproverFigures(one.Key, one.Value.Approved, one.Value.Rejected, Median(one.Value.Waits), one.Value.Waits.Count(seconds => seconds <= 10)))
            .OrderByDescending(one => one.Approved + one.Rejected).ThenBy(one => one.Approver, StringComparer.Ordinal)]);
    }

    private static WaitingFigures Waiting(List<double> waits)
    {
        var counts = new long[Bounds.Length];
        foreach (var wait in waits)
        {
            for (var i = 0; i < Bounds.Length; i++)
            {
                counts[i] += wait <= Bounds[i] ? 1 : 0;
            }
        }

        return new WaitingFigures([.. Bounds.Zip(counts)], waits.Count - counts[^1], Median(waits));
    }

    private static double Median(List<double> values)
    {
        if (values.Count == 0)
        {
            return 0;
        }

        values.Sort();
        var half = values.Count / 2;
        return values.Count % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
