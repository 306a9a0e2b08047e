using Sekisho.Policy;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>The changes of the figures in one batch, gathered and written at its end.</summary>
internal sealed class FigureChanges
{
    public const long Hour = 3_600_000;

    private static readonly Query s_hour = new("""
        INSERT INTO hour VALUES(?,?,?,?,?,?,?,?,?,?) ON CONFLICT(hour) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last),
          received = received + excluded.received, individual = individual + excluded.individual, held = held + excluded.held,
          approval = approval + excluded.approval, refused = refused + excluded.refused, delivered = delivered + excluded.delivered, failed = failed + excluded.failed
        """);

    private static readonly Query s_rule = new("""
        INSERT INTO rule_hour VALUES(?,?,?,?,?,?,?,?,?,?) ON CONFLICT(hour, rule) DO UPDATE SET found = found + excluded.found, stopped = stopped + excluded.stopped,
          overruled = overruled + excluded.overruled, individually = individually + excluded.individually, cancelled = cancelled + excluded.cancelled,
          approved = approved + excluded.approved, rejected = rejected + excluded.rejected, waiting = waiting + excluded.waiting
        """);

    private readonly Dictionary<long, (long First, long Last, long[] Counts)> _hours = [];
    private readonly Dictionary<(long Hour, long Rule), long[]> _rules = [];

    /// <summary>Takes off what a mail added before and adds what it adds now. The gateway's own mail is none of the figures; its hour is kept all the same, for searching by date.</summary>
    public void Change(SeenMail mail, Share? before, Share now)
    {
        var hour = mail.At / Hour;
        if (!_hours.TryGetValue(hour, out var known))
        {
            known = (mail.Number, mail.Number, new long[7]);
        }

        _hours[hour] = (Math.Min(known.First, mail.Number), Math.Max(known.Last, mail.Number), known.Counts);
        if (mail.Own)
        {
            return;
        }

        known.Counts[0] += before is null ? 1 : 0;
        Add(known.Counts, before ?? Share.Nothing, -1);
        Add(known.Counts, now, 1);
        foreach (var (rule, fate) in (before ?? Share.Nothing).Rules)
        {
            Add(hour, rule, fate, -1);
        }

        foreach (var (rule, fate) in now.Rules)
        {
            Add(hour, rule, fate, 1);
        }
    }

    public void Write(SqliteDatabase database)
    {
        foreach (var (hour, (first, last, counts)) in _hours)
        {
            var row = database[s_hour].Add(hour).Add(first).Add(last);
            foreach (var count in counts)
            {
                row.Add(count);
            }

            row.Run();
        }

        foreach (var ((hour, rule), counts) in _rules)
        {
            if (counts.AsSpan().IndexOfAnyExcept(0) < 0)
            {
                continue;
            }

            var row = database[s_rule].Add(hour).Add(rule);
            foreach (var count in counts)
            {
                row.Add(count);
            }

            row.Run();
        }
    }

    private static void Add(long[] counts, Share share, int by)
    {
        if (share.Inspected && share.Action > PolicyAction.Deliver)
        {
            counts[(int)share.Action] += by;
        }

        counts[5] += share.State == MailState.Delivered ? by : 0;
        counts[6] += share.State == MailState.Failed ? by : 0;
    }

    private void Add(long hour, long rule, RuleFate fate, int by)
    {
        if (!_rules.TryGetValue((hour, rule), out var counts))
        {
            _rules[(hour, rule)] = counts = new long[8];
        }

        for (var bit = 0; bit < 8; bit++)
        {
            counts[bit] += ((int)fate & (1 << bit)) != 0 ? by : 0;
        }
    }
}
