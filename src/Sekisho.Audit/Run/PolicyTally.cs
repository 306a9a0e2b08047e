using System.Runtime.InteropServices;
using Sekisho.Audit.Report;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Audit.Run;

/// <summary>What one policy would have done, counted mail by mail; saved and read back with the state of a run.</summary>
internal sealed class PolicyTally
{
    private const int MostSenders = 1000;

    /// <summary>Months without mail are shown up to this span; beyond it a broken date lies far off and only months with mail are.</summary>
    private const int MostMonths = 1200;

    private static readonly int s_actions = Enum.GetValues<PolicyAction>().Length;

    private readonly long[] _byVerdict = new long[s_actions];
    private readonly Dictionary<string, RuleCounts> _rules = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, MonthCounts> _months = [];
    private readonly Dictionary<string, (long Outside, long Interrupted)> _senders = new(StringComparer.Ordinal);
    private long _interrupted;
    private long _interruptedInside;

    /// <summary>Counts one mail.</summary>
    public void Add(JudgedMail mail)
    {
        var findings = mail.Result.Findings;
        for (var i = 0; i < findings.Count; i++)
        {
            RuleOf(findings[i].Rule).Findings += IsFirst(findings, i) ? 1 : 0;
        }

        foreach (var rule in mail.InterruptedBy)
        {
            var counts = RuleOf(rule);
            counts.Interrupted++;
            counts.Alone += mail.InterruptedBy.Count == 1 ? 1 : 0;
        }

        if (!mail.GoesOutside)
        {
            _interruptedInside += mail.Interrupted ? 1 : 0;
            return;
        }

        _byVerdict[(int)mail.Verdict]++;
        _interrupted += mail.Interrupted ? 1 : 0;
        ref var sender = ref CollectionsMarshal.GetValueRefOrAddDefault(_senders, mail.Sender, out _);
        sender = (sender.Outside + 1, sender.Interrupted + (mail.Interrupted ? 1 : 0));
        var at = mail.Where.At.UtcDateTime;
        var key = (at.Year * 12) + at.Month - 1;
        if (!_months.TryGetValue(key, out var month))
        {
            _months[key] = month = new MonthCounts();
        }

        month.Outside++;
        month.ByVerdict[(int)mail.Verdict]++;
        foreach (var rule in mail.InterruptedBy)
        {
            month.ByRule[rule] = month.ByRule.GetValueOrDefault(rule) + 1;
        }
    }

    /// <summary>The outcome without its incidents.</summary>
    public PolicyOutcome Outcome(AuditPolicy policy, IReadOnlyList<AuditIncident> incidents, long incidentCount) => new()
    {
        Name = policy.Name,
        Version = policy.Policy.Version,
        Interrupted = _interrupted,
        InterruptedInside = _interruptedInside,
        ByVerdict = Verdicts(_byVerdict),
        ByRule = [.. _rules.Select(r => new RuleOutcome(r.Key, r.Value.Findings, r.Value.Interrupted, r.Value.Alone))
            .OrderByDescending(r => r.Interrupted).ThenByDescending(r => r.Findings).ThenBy(r => r.Rule, StringComparer.Ordinal)],
        ByMonth = Months(),
        BySender = [.. _senders.Select(s => new SenderOutcome(s.Key, s.Value.Outside, s.Value.Interrupted))
            .OrderByDescending(s => s.Interrupted).ThenByDescending(s => s.Outside).ThenBy(s => s.Sender, StringComparer.Ordinal).Take(MostSenders)],
        Incidents = incidents,
        IncidentCount = incidentCount,
    };

    public void Save(BinaryWriter writer)
    {
        writer.Write(_interrupted);
        writer.Write(_interruptedInside);
        writer.Write(_byVerdict);
        writer.WriteAll(_rules, (w, k) => w.Write(k), (w, v) =>
        {
            w.Write(v.Findings);
            w.Write(v.Interrupted);
            w.Write(v.Alone);
        });
        writer.WriteAll(_months, (w, k) => w.Write(k), (w, v) =>
        {
            w.Write(v.Outside);
            w.Write(v.ByVerdict);
            w.WriteAll(v.ByRule, (x, k) => x.Write(k), (x, n) => x.Write(n));
        });
        writer.WriteAll(_senders, (w, k) => w.Write(k), (w, v) =>
        {
            w.Write(v.Outside);
            w.Write(v.Interrupted);
        });
    }

    public void Load(BinaryReader reader)
    {
        _interrupted = reader.ReadInt64();
        _interruptedInside = reader.ReadInt64();
        reader.ReadInto(_byVerdict);
        reader.ReadAll(_rules, r => r.ReadString(), r => new RuleCounts { Findings = r.ReadInt64(), Interrupted = r.ReadInt64(), Alone = r.ReadInt64() });
        reader.ReadAll(_months, r => r.ReadInt32(), r =>
        {
            var month = new MonthCounts { Outside = r.ReadInt64() };
            r.ReadInto(month.ByVerdict);
            r.ReadAll(month.ByRule, x => x.ReadString(), x => x.ReadInt64());
            return month;
        });
        reader.ReadAll(_senders, r => r.ReadString(), r => (r.ReadInt64(), r.ReadInt64()));
    }

    private List<MonthOutcome> Months()
    {
        if (_months.Count == 0)
        {
            return [];
        }

        var (first, last) = (_months.Keys.First(), _months.Keys.Last());
        var shown = last - first < MostMonths ? Enumerable.Range(first, last - first + 1) : _months.Keys;
        return [.. shown.Select(key =>
        {
            var month = _months.GetValueOrDefault(key) ?? new MonthCounts();
            return new MonthOutcome(new DateOnly(key / 12, (key % 12) + 1, 1), month.Outside, Verdicts(month.ByVerdict), new SortedDictionary<string, long>(month.ByRule, StringComparer.Ordinal));
        })];
    }

    private static Dictionary<PolicyAction, long> Verdicts(long[] counts) => Enum.GetValues<PolicyAction>().ToDictionary(a => a, a => counts[(int)a]);

    /// <summary>A rule with several findings counts once a mail.</summary>
    private static bool IsFirst(IReadOnlyList<Finding> findings, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (findings[i].Rule == findings[index].Rule)
            {
                return false;
            }
        }

        return true;
    }

    private RuleCounts RuleOf(string rule)
    {
        if (!_rules.TryGetValue(rule, out var counts))
        {
            _rules[rule] = counts = new RuleCounts();
        }

        return counts;
    }

    private sealed class RuleCounts
    {
        public long Findings { get; set; }

        public long Interrupted { get; set; }

        public long Alone { get; set; }
    }

    private sealed class MonthCounts
    {
        public long Outside { get; set; }

        public long[] ByVerdict { get; } = new long[s_actions];

        public Dictionary<string, long> ByRule { get; } = new(StringComparer.Ordinal);
    }
}
