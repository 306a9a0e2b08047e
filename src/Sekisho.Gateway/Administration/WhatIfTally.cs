using Sekisho.Policy;

namespace Sekisho.Gateway.Administration;

/// <summary>Counts what two policies make of one mail after another.</summary>
internal sealed class WhatIfTally(EffectiveConfig before, EffectiveConfig after)
{
    private readonly PolicySet _before = before.Config.Policy;
    private readonly PolicySet _after = after.Config.Policy;
    private readonly Dictionary<string, (long Newly, long NoLonger, long Otherwise)> _rules = new(StringComparer.Ordinal);
    private readonly List<WhatIfMail> _newly = [];
    private readonly List<WhatIfMail> _noLonger = [];
    private readonly List<WhatIfMail> _otherwise = [];
    private long _mails;
    private long _stoppedBefore;
    private long _stoppedAfter;
    private long _newlyCount;
    private long _noLongerCount;
    private long _otherwiseCount;
    private long _bodiless;
    private long _notJudged;

    /// <summary>Mails so far.</summary>
    public long Read => _mails + _notJudged;

    public void Bodiless() => _bodiless++;

    public void NotJudged() => _notJudged++;

    public void Judged(string submission, PolicyDecision now, PolicyDecision then)
    {
        _mails++;
        var (was, would) = (Gravest(now), Gravest(then));
        var (stopped, stops) = (was >= PolicyAction.Hold, would >= PolicyAction.Hold);
        _stoppedBefore += stopped ? 1 : 0;
        _stoppedAfter += stops ? 1 : 0;
        if (stopped == stops && Same(now, then))
        {
            return;
        }

        var rules = Causes(now, then, stopped, stops);
        var mail = new WhatIfMail(submission, was, would, rules);
        foreach (var rule in rules)
        {
            var (newly, noLonger, otherwise) = _rules.GetValueOrDefault(rule);
            _rules[rule] = stopped == stops ? (newly, noLonger, otherwise + 1) : stops ? (newly + 1, noLonger, otherwise) : (newly, noLonger + 1, otherwise);
        }

        Keep(stopped == stops ? _otherwise : stops ? _newly : _noLonger, mail);
        _ = stopped == stops ? _otherwiseCount++ : stops ? _newlyCount++ : _noLongerCount++;
    }

    public WhatIfResult Result(DateTimeOffset from, DateTimeOffset until) => new()
    {
        From = from,
        Until = until,
        PolicyBefore = _before.Version,
        PolicyAfter = _after.Version,
        Mails = _mails,
        StoppedBefore = _stoppedBefore,
        StoppedAfter = _stoppedAfter,
        Newly = _newlyCount,
        NoLonger = _noLongerCount,
        Otherwise = _otherwiseCount,
        Rules = [.. _rules.Select(r => new WhatIfRule(r.Key, r.Value.Newly, r.Value.NoLonger, r.Value.Otherwise)).OrderByDescending(r => r.Newly + r.NoLonger + r.Otherwise).ThenBy(r => r.Rule, StringComparer.Ordinal)],
        NewlyMails = [.. _newly],
        NoLongerMails = [.. _noLonger],
        OtherwiseMails = [.. _otherwise],
        Bodiless = _bodiless,
        NotJudged = _notJudged,
    };

    // The newest are the ones somebody still remembers; mail is read oldest first.
    private static void Keep(List<WhatIfMail> mails, WhatIfMail mail)
    {
        if (mails.Count == WhatIfResult.Spelled)
        {
            mails.RemoveAt(0);
        }

        mails.Add(mail);
    }

    private static PolicyAction Gravest(PolicyDecision decision) => decision.Verdicts.Count == 0 ? PolicyAction.Deliver : decision.Verdicts.Max(v => v.Action);

    private static bool Same(PolicyDecision a, PolicyDecision b) => a.Verdicts.Zip(b.Verdicts).All(p =>
        p.First.Action == p.Second.Action && p.First.Wait == p.Second.Wait && p.First.ReleaseAfter == p.Second.ReleaseAfter && p.First.Approvers.SequenceEqual(p.Second.Approvers, StringComparer.OrdinalIgnoreCase));

    /// <summary>Rules of the policy that say something else of this mail than before; where none can be named, the findings behind the verdict.</summary>
    private List<string> Causes(PolicyDecision now, PolicyDecision then, bool stopped, bool stops)
    {
        var names = now.MatchedRules.Union(then.MatchedRules, StringComparer.Ordinal).Where(name => Says(_before, now, name) != Says(_after, then, name)).ToList();
        if (stopped != stops)
        {
            names = [.. names.Where(name => (stops ? Says(_after, then, name) : Says(_before, now, name)) >= PolicyAction.Hold)];
        }

        return names.Count > 0 ? names : [.. (stops ? then : now).Verdicts.SelectMany(v => v.Rules).Distinct(StringComparer.Ordinal).Take(5)];
    }

    private static PolicyAction? Says(PolicySet policy, PolicyDecision decision, string name) => decision.MatchedRules.Contains(name) ? policy.Rules.FirstOrDefault(r => r.Name == name)?.Then ?? PolicyAction.Hold : null;
}
