using Sekisho.Inspection;

namespace Sekisho.Policy;

/// <summary>
/// Applies the rules to one message. Linear in recipients times rules that concern them; a finding's recipients are put into a set once,
/// so 16,280 recipients cost 16,280 steps a rule.
/// </summary>
internal sealed class RuleMatcher(PolicySet policy)
{
    /// <summary>Stands among the matched rules when a finding that no rule names made mail wait.</summary>
    public const string UnnamedFinding = "unnamed-finding";

    public PolicyDecision Decide(InspectionResult inspection, InspectionInput input, PeopleDirectory people)
    {
        var message = new MessageView(inspection, input);
        var outcomes = new Outcome[message.Recipients.Count];
        var matched = new List<string>();
        var tell = false;
        var asked = new ApproversAsked(policy, people, [.. new[] { input.MailFrom, input.User, inspection.Facts.Author?.Key }.OfType<string>().Where(s => s.Length > 0)]);
        foreach (var rule in policy.Rules)
        {
            if (rule.Enabled && Apply(rule, message, outcomes))
            {
                matched.Add(rule.Name);
                tell |= rule.TellsSender;
            }
        }

        foreach (var finding in message.Findings)
        {
            if (finding.Value.Severity >= Severity.High && !IsNamed(finding.Value.Rule) && Hold(finding, message, outcomes))
            {
                tell = true;
                if (!matched.Contains(UnnamedFinding))
                {
                    matched.Add(UnnamedFinding);
                }
            }
        }

        return new([.. message.Recipients.Select((r, i) => Verdict(r, outcomes[i], asked))], policy.Version, tell, matched);
    }

    // A rule that is switched off still names its finding: who switched it off has decided, and must not get the fallback instead.
    private bool IsNamed(string finding)
        => policy.Rules.Any(r => r.When.Findings.Contains(finding) || (finding == RuleNames.Keyword && (r.When.Keywords.Count > 0 || r.Unless is { Keywords.Count: > 0 }))
            || (finding == RuleNames.AttachmentName && (r.When.Attachments.Count > 0 || r.Unless is { Attachments.Count: > 0 })));

    private static bool Apply(PolicyRule rule, MessageView message, Outcome[] outcomes)
    {
        var when = rule.When;
        if (!message.Holds(when, rule.Name, unless: false))
        {
            return false;
        }

        var unless = rule.Unless is not null && message.Holds(rule.Unless, rule.Name, unless: true) ? rule.Unless : null;
        var applied = false;
        foreach (var cause in Causes(when, rule.Name, message))
        {
            for (var i = 0; i < message.Recipients.Count; i++)
            {
                var recipient = message.Recipients[i];
                if (Concerns(rule, cause, recipient) && Matches(when.Recipient, recipient) && message.HasWith(when.With, recipient) && (unless is null || !Excepted(unless, cause, recipient, message)))
                {
                    (outcomes[i] ??= new()).Add(rule, cause?.Value.Rule ?? rule.Name);
                    applied = true;
                }
            }
        }

        return applied;
    }

    // Inside recipients get their mail at once, unless the rule says otherwise or the finding is about them: a list inside that fans out.
    private static bool Concerns(PolicyRule rule, MessageView.SeenFinding? cause, EnvelopeRecipient recipient)
        => (rule.Inside && recipient.Inside) || (cause?.Concerns(recipient) ?? !recipient.Inside);

    // The findings a rule is about, or one null for a rule about the mail as such.
    private static IEnumerable<MessageView.SeenFinding?> Causes(PolicyConditions when, string name, MessageView message)
    {
        if (when.Findings.Count > 0)
        {
            return message.Findings.Where(f => when.Findings.Contains(f.Value.Rule) && when.Holds(f.Value));
        }

        if (when.Keywords.Count > 0)
        {
            return message.KeywordFindings(Vocabulary.ListName(name, unless: false));
        }

        if (when.Attachments.Count > 0)
        {
            return message.FileNameFindings(Vocabulary.ListName(name, unless: false));
        }

        return new MessageView.SeenFinding?[] { null };
    }

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

    private static bool Hold(MessageView.SeenFinding finding, MessageView message, Outcome[] outcomes)
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

    private Verdict Verdict(EnvelopeRecipient recipient, Outcome? outcome, ApproversAsked asked)
    {
        var undo = recipient.Inside ? TimeSpan.Zero : policy.Undo;
        if (outcome is null)
        {
            return new(recipient.Given, PolicyAction.Deliver, [], undo, null, [], false);
        }

        var action = outcome.Action;
        return new(recipient.Given, action, outcome.Rules(),
            action <= PolicyAction.Individual ? outcome.Wait > undo ? outcome.Wait : undo : TimeSpan.Zero,
            action == PolicyAction.Hold ? outcome.ReleaseAfter : null,
            action == PolicyAction.Approve ? outcome.Approvers(asked) : [],
            outcome.StopRun)
        {
            InterruptedBy = action >= PolicyAction.Hold ? outcome.Rules(PolicyAction.Hold) : [],
            Approval = action == PolicyAction.Approve ? outcome.Approval(asked) : ApprovalConditions.One,
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
    private sealed class ApproversAsked(PolicySet policy, PeopleDirectory people, IReadOnlyList<string> senders)
    {
        private readonly Dictionary<PolicyRule, (IReadOnlyList<string> Approvers, ApprovalConditions Conditions)> _known = new(ReferenceEqualityComparer.Instance);

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

        private IReadOnlyList<string> Resolve(IReadOnlyList<string> names) => ApproverNames.Resolve(names, people, senders);
    }
}
