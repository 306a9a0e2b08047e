using System.Collections.Frozen;
using Sekisho.Inspection;

namespace Sekisho.Policy;

/// <summary>
/// Applies the rules to one message. Linear in recipients times rules that concern them; a finding's recipients are put into a set once,
/// so 16,280 recipients cost 16,280 steps a rule.
/// </summary>
internal sealed class RuleMatcher
{
    /// <summary>Stands among the matched rules when a finding that no rule names made mail wait.</summary>
    public const string UnnamedFinding = "unnamed-finding";

    private readonly PolicySet _policy;
    private readonly RuleCauses[] _rules;
    private readonly bool _needsFinding;
    private readonly FrozenSet<string> _named;

    public RuleMatcher(PolicySet policy)
    {
        _policy = policy;
        _rules = [.. policy.Rules.Where(r => r.Enabled).Select(r => new RuleCauses(r))];
        _needsFinding = _rules.All(r => r.NeedsFinding);

        // A rule that is switched off still names its finding: who switched it off has decided, and must not get the fallback instead.
        var named = policy.Rules.SelectMany(r => r.When.Findings).ToHashSet(StringComparer.Ordinal);
        if (policy.Rules.Any(r => r.When.Keywords.Count > 0 || r.Unless is { Keywords.Count: > 0 }))
        {
            named.Add(RuleNames.Keyword);
        }

        if (policy.Rules.Any(r => r.When.Attachments.Count > 0 || r.Unless is { Attachments.Count: > 0 }))
        {
            named.Add(RuleNames.AttachmentName);
        }

        _named = named.ToFrozenSet(StringComparer.Ordinal);
    }

    public PolicyDecision Decide(InspectionResult inspection, InspectionInput input, PeopleDirectory people)
    {
        // Most mail: nothing was found, and no rule is about mail as such.
        if (inspection.Findings.Count == 0 && _needsFinding)
        {
            var recipients = inspection.Facts.Recipients;
            var delivered = new Verdict[recipients.Count];
            for (var i = 0; i < delivered.Length; i++)
            {
                delivered[i] = Verdict(recipients[i], outcome: null, asked: null);
            }

            return new(delivered, _policy.Version, false, []);
        }

        var message = new MessageView(inspection, input);
        var outcomes = new Outcome?[message.Recipients.Count];
        var matched = new List<string>();
        var tell = false;
        var asked = new ApproversAsked(_policy, people, inspection, input);
        foreach (var rule in _rules)
        {
            if (Apply(rule, message, outcomes))
            {
                matched.Add(rule.Rule.Name);
                tell |= rule.Rule.TellsSender;
            }
        }

        foreach (var finding in message.Findings)
        {
            if (finding.Value.Severity >= Severity.High && !_named.Contains(finding.Value.Rule) && Hold(finding, message, outcomes))
            {
                tell = true;
                if (!matched.Contains(UnnamedFinding))
                {
                    matched.Add(UnnamedFinding);
                }
            }
        }

        var verdicts = new Verdict[outcomes.Length];
        for (var i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = Verdict(message.Recipients[i], outcomes[i], asked);
        }

        return new(verdicts, _policy.Version, tell, matched);
    }

    private static bool Apply(RuleCauses rule, MessageView message, Outcome?[] outcomes)
    {
        if (!rule.NeedsFinding)
        {
            return message.Holds(rule.Rule.When, rule.Lists) && Apply(rule, null, message, Exception(rule, message), outcomes);
        }

        var held = false;
        PolicyConditions? unless = null;
        var applied = false;
        foreach (var finding in message.Findings)
        {
            if (rule.Is(finding.Value))
            {
                // What concerns the message is asked of it once, and not at all where nothing was found that the rule is about.
                if (!held)
                {
                    if (!message.Holds(rule.Rule.When, rule.Lists))
                    {
                        return false;
                    }

                    (held, unless) = (true, Exception(rule, message));
                }

                applied |= Apply(rule, finding, message, unless, outcomes);
            }
        }

        return applied;
    }

    private static PolicyConditions? Exception(RuleCauses rule, MessageView message)
        => rule.Rule.Unless is { } unless && message.Holds(unless, rule.ListsUnless) ? unless : null;

    private static bool Apply(RuleCauses causes, MessageView.SeenFinding? cause, MessageView message, PolicyConditions? unless, Outcome?[] outcomes)
    {
        var (rule, when) = (causes.Rule, causes.Rule.When);
        var applied = false;
        for (var i = 0; i < message.Recipients.Count; i++)
        {
            var recipient = message.Recipients[i];
            if (Concerns(rule, cause, recipient) && Matches(when.Recipient, recipient) && message.HasWith(when.With, recipient) && (unless is null || !Excepted(unless, cause, recipient, message)))
            {
                (outcomes[i] ??= new()).Add(rule, cause?.Value.Rule ?? rule.Name);
                applied = true;
            }
        }

        return applied;
    }

    // Inside recipients get their mail at once, unless the rule says otherwise or the finding is about them: a list inside that fans out.
    private static bool Concerns(PolicyRule rule, MessageView.SeenFinding? cause, EnvelopeRecipient recipient)
        => (rule.Inside && recipient.Inside) || (cause?.Concerns(recipient) ?? !recipient.Inside);

    private static bool Excepted(PolicyConditions unless, MessageView.SeenFinding? cause, EnvelopeRecipient recipient, MessageView message)
    {
        if (!Matches(unless.Recipient, recipient) || !message.HasWith(unless.With, recipient))
        {
            return false;
        }

        return unless.Findings.Count > 0
            ? message.Findings.Any(f => unless.Findings.Contains(f.Value.Rule) && unless.Holds(f.Value) && f.Concerns(recipient))
            : !unless.TestsFinding || (cause is not null && unless.Holds(cause.Value));
    }

    private static bool Matches(IReadOnlyList<AddressPattern> patterns, EnvelopeRecipient recipient)
    {
        if (patterns.Count == 0)
        {
            return true;
        }

        foreach (var pattern in patterns)
        {
            if (pattern.Matches(recipient.Key))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Hold(MessageView.SeenFinding finding, MessageView message, Outcome?[] outcomes)
    {
        var applied = false;
        for (var i = 0; i < message.Recipients.Count; i++)
        {
            if (finding.Concerns(message.Recipients[i]))
            {
                (outcomes[i] ??= new()).Hold(finding.Value.Rule);
                applied = true;
            }
        }

        return applied;
    }

    private Verdict Verdict(EnvelopeRecipient recipient, Outcome? outcome, ApproversAsked? asked)
    {
        var undo = recipient.Inside ? TimeSpan.Zero : _policy.Undo;
        if (outcome is null)
        {
            return new(recipient.Given, PolicyAction.Deliver, [], undo, null, [], false);
        }

        var action = outcome.Action;
        return new(recipient.Given, action, outcome.Rules(),
            action <= PolicyAction.Individual ? outcome.Wait > undo ? outcome.Wait : undo : TimeSpan.Zero,
            action == PolicyAction.Hold ? outcome.ReleaseAfter : null,
            action == PolicyAction.Approve ? outcome.Approvers(asked!) : [],
            outcome.StopRun)
        {
            InterruptedBy = action >= PolicyAction.Hold ? outcome.Rules(PolicyAction.Hold) : [],
            Approval = action == PolicyAction.Approve ? outcome.Approval(asked!) : ApprovalConditions.One,
        };
    }

    /// <summary>What the rules say of one recipient so far.</summary>
    private sealed class Outcome
    {
        private readonly List<(PolicyAction Action, string Cause)> _causes = [];
        private readonly List<PolicyRule> _approvals = [];
        private bool _held;

        public PolicyAction Action { get; private set; }

        public TimeSpan Wait { get; private set; }

        public TimeSpan? ReleaseAfter { get; private set; }

        public bool StopRun { get; private set; }

        public void Add(PolicyRule rule, string cause)
        {
            Raise(rule.Then, cause);
            StopRun |= rule.StopRun;
            switch (rule.Then)
            {
                case PolicyAction.Deliver or PolicyAction.Individual:
                    Wait = rule.Wait > Wait ? rule.Wait : Wait;
                    break;
                case PolicyAction.Hold:
                    // Every hold has its say: the longest timer counts, and one without a timer waits for a person.
                    ReleaseAfter = !_held ? rule.ReleaseAfter : rule.ReleaseAfter is { } a && ReleaseAfter is { } b ? (a > b ? a : b) : null;
                    _held = true;
                    break;
                case PolicyAction.Approve:
                    _approvals.Add(rule);
                    break;
            }
        }

        public void Hold(string cause)
        {
            Raise(PolicyAction.Hold, cause);
            (ReleaseAfter, _held) = (null, true);
        }

        public IReadOnlyList<string> Rules(PolicyAction atLeast = PolicyAction.Individual)
            => [.. _causes.Where(c => c.Action >= atLeast).OrderByDescending(c => c.Action).Select(c => c.Cause).Distinct(StringComparer.Ordinal)];

        /// <summary>Who satisfies every rule that asks for approval; when nobody does, nobody in particular: the administrators.</summary>
        public IReadOnlyList<string> Approvers(ApproversAsked asked)
            => _approvals.Select(asked.ApproversOf).Aggregate((a, b) => [.. a.Intersect(b, StringComparer.OrdinalIgnoreCase)]);

        /// <summary>What satisfies every rule that asks for approval.</summary>
        public ApprovalConditions Approval(ApproversAsked asked) => ApprovalConditions.Strictest([.. _approvals.Select(asked.ConditionsOf)]);

        private void Raise(PolicyAction action, string cause)
        {
            Action = action > Action ? action : Action;
            if (action > PolicyAction.Deliver && !_causes.Contains((action, cause)))
            {
                _causes.Add((action, cause));
            }
        }
    }

    /// <summary>Whom the rules mean in this mail, asked once a rule whatever the number of recipients.</summary>
    private sealed class ApproversAsked(PolicySet policy, PeopleDirectory people, InspectionResult inspection, InspectionInput input)
    {
        private readonly Dictionary<PolicyRule, (IReadOnlyList<string> Approvers, ApprovalConditions Conditions)> _known = new(ReferenceEqualityComparer.Instance);

        private IReadOnlyList<string> Senders => field ??= [.. new[] { input.MailFrom, input.User, inspection.Facts.Author?.Key }.OfType<string>().Where(s => s.Length > 0)];

        public IReadOnlyList<string> ApproversOf(PolicyRule rule) => Of(rule).Approvers;

        public ApprovalConditions ConditionsOf(PolicyRule rule) => Of(rule).Conditions;

        private (IReadOnlyList<string> Approvers, ApprovalConditions Conditions) Of(PolicyRule rule)
        {
            if (!_known.TryGetValue(rule, out var found))
            {
                var settings = rule.Approval.Over(policy.DefaultApproval);
                var own = Resolve(rule.Approvers);

                // A superior nobody knows must not leave the mail with nobody: the organisation's approvers stand behind every rule.
                _known[rule] = found = (
                    own.Count > 0 ? own : Resolve(policy.DefaultApprovers),
                    new ApprovalConditions(settings.Needed ?? 1, settings.Deadline, settings.Then ?? DeadlineAction.Wait, Resolve(settings.EscalateTo ?? [])));
            }

            return found;
        }

        private IReadOnlyList<string> Resolve(IReadOnlyList<string> names) => ApproverNames.Resolve(names, people, Senders);
    }
}
