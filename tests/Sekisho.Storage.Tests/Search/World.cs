using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Storage.Tests.Search;

/// <summary>
/// Random mail and what people do with it, through the store's public methods, and beside it what the figures must be, kept in the plainest way. Everything
/// follows from the seed.
/// </summary>
internal sealed class World(IStore store, ManualTime time, int seed)
{
    private static readonly string[] s_words = ["見積", "請求書", "ＡＢＣ", "abc", "Invoice", "re:", "の", "会議", "100%", "a_b", "'quoted'", "重要"];
    private static readonly string[] s_rules = [RuleNames.VisibleRecipients, RuleNames.PersonalData, RuleNames.Malware, "a-rule-of-the-house"];
    private static readonly string[] s_people = ["approver@house.example", "Chef@house.example", "auditor@house.example"];

    private readonly Random _random = new(seed);

    public List<string> Ids { get; } = [];

    public List<double> Waits { get; } = [];

    public List<(string By, bool Approved, double Seconds)> Approvals { get; } = [];

    private readonly Dictionary<(string Id, string Rule), HashSet<RuleCount>> _fates = [];

    public string Word() => s_words[_random.Next(s_words.Length)];

    public string Rule() => s_rules[_random.Next(s_rules.Length)];

    public string Sender() => $"{"abc"[_random.Next(3)]}{_random.Next(4)}@{(_random.Next(2) == 0 ? "House" : "dep.house")}.example";

    public int Next(int below) => _random.Next(below);

    /// <summary>Something happens.</summary>
    public async Task StepAsync()
    {
        time.Advance(TimeSpan.FromSeconds(_random.Next(1, 1500)));
        switch (_random.Next(10))
        {
            case < 4:
                await ArriveAsync();
                break;
            case < 7:
                await DecideAsync();
                break;
            case < 9:
                await AttemptAsync();
                break;
            default:
                await store.AppendAuditAsync("config-changed", "admin@house.example", "{}", CancellationToken.None);
                break;
        }
    }

    /// <summary>The counts of each rule over all mail, what waits now included.</summary>
    public async Task<Dictionary<(string Rule, RuleCount What), long>> RulesAsync()
    {
        var fates = _fates.ToDictionary(one => one.Key, one => one.Value.ToHashSet());
        foreach (var held in await store.HeldAsync(CancellationToken.None))
        {
            foreach (var rule in held.Rules)
            {
                fates[(held.Submission, rule)].Add(RuleCount.Waiting);
            }
        }

        return fates.SelectMany(one => one.Value.Select(what => (one.Key.Rule, what))).GroupBy(one => one).ToDictionary(group => group.Key, group => (long)group.Count());
    }

    private async Task ArriveAsync()
    {
        var own = _random.Next(8) == 0;
        var mail = Mail.New(time, from: own ? "" : Sender(), origin: own ? SubmissionOrigin.Gateway : SubmissionOrigin.Smtp) with
        {
            Recipients = [.. Enumerable.Range(0, _random.Next(20) == 0 ? 120 : _random.Next(1, 5)).Select(i => new StoredRecipient(i, $"{"xyz"[_random.Next(3)]}{_random.Next(300)}@Out{_random.Next(3)}.example", null, null))],
            Subject = own ? "own " + Word() : "",
        };
        Ids.Add(mail.Id);
        if (own)
        {
            await store.AcceptAsync(mail, null, default, CancellationToken.None);
            return;
        }

        var delivery = await store.AcceptAsync(mail);
        if (_random.Next(10) > 0)
        {
            await store.InspectAsync(delivery, Inspection(mail));
        }
    }

    private InspectionRecord Inspection(NewSubmission mail)
    {
        var plans = new List<DeliveryPlan>();
        var found = Enumerable.Range(0, _random.Next(3)).Select(_ => Rule()).Distinct(StringComparer.Ordinal).ToList();
        for (var i = 0; i < mail.Recipients.Count;)
        {
            var count = Math.Min(_random.Next(1, 4), mail.Recipients.Count - i);
            var state = found.Count == 0 ? DeliveryState.Ready : (DeliveryState)(1 + _random.Next(4));
            plans.Add(Mail.Plan(state, [.. Enumerable.Range(i, count)]) with { Rules = state == DeliveryState.Ready ? [] : [found[_random.Next(found.Count)]] });
            i += count;
        }

        foreach (var rule in found)
        {
            Note(mail.Id, rule, RuleCount.Found);
        }

        foreach (var rule in plans.SelectMany(plan => plan.Rules))
        {
            Note(mail.Id, rule, RuleCount.Stopped);
        }

        return Mail.Record([.. plans]) with
        {
            Subject = string.Join(' ', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Word())),
            Findings = [.. found.Select(rule => Mail.Finding(rule))],
        };
    }

    private async Task DecideAsync()
    {
        var all = await store.HeldAsync(CancellationToken.None);
        if (all.Count == 0)
        {
            return;
        }

        var held = all[_random.Next(all.Count)];
        var (kind, what) = held.Action switch
        {
            PolicyAction.Hold => _random.Next(3) switch
            {
                0 => (DecisionKind.Release, RuleCount.Overruled),
                1 => (DecisionKind.ReleaseIndividually, RuleCount.Individually),
                _ => (DecisionKind.Cancel, RuleCount.Cancelled),
            },
            PolicyAction.Approve => _random.Next(3) == 0 ? (DecisionKind.Reject, RuleCount.Rejected) : (DecisionKind.Approve, RuleCount.Approved),
            _ => (DecisionKind.Cancel, RuleCount.Cancelled),
        };
        var by = s_people[_random.Next(s_people.Length)];
        var individually = kind == DecisionKind.ReleaseIndividually ? held.Ordinals.Take(_random.Next(1, held.Ordinals.Count + 1)).ToList() : [];
        var done = await store.DecideAsync(held.Decide(kind) with { By = by, Individually = individually });
        Assert.Equal(DecisionResult.Done, done);
        foreach (var rule in held.Rules)
        {
            Note(held.Submission, rule, what);
        }

        var seconds = (time.Now - held.Since).TotalSeconds;
        Waits.Add(seconds);
        if (kind is DecisionKind.Approve or DecisionKind.Reject)
        {
            Approvals.Add((by, kind == DecisionKind.Approve, seconds));
        }
    }

    private async Task AttemptAsync()
    {
        foreach (var delivery in await store.LeaseAsync(DeliveryState.Ready, max: 5))
        {
            await store.EndAsync(delivery, (Outcome)(_random.Next(6) switch { 0 => Outcome.Bounced, 1 => Outcome.Expired, 2 => Outcome.Pending, _ => Outcome.Delivered }), time.Now);
        }
    }

    private void Note(string id, string rule, RuleCount what)
    {
        if (!_fates.TryGetValue((id, rule), out var fate))
        {
            _fates[(id, rule)] = fate = [];
        }

        fate.Add(what);
    }
}

internal enum RuleCount
{
    Found,
    Stopped,
    Overruled,
    Individually,
    Cancelled,
    Approved,
    Rejected,
    Waiting,
}
