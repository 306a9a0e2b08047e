using Sekisho.Inspection;

namespace Sekisho.Policy;

/// <summary>One rule of the policy: when its conditions hold for a recipient, that is what happens to him. Immutable.</summary>
public sealed record PolicyRule
{
    /// <summary>Lower-case letters, digits and hyphens; unique in a policy.</summary>
    public required string Name { get; init; }

    /// <summary>What must hold.</summary>
    public required PolicyConditions When { get; init; }

    /// <summary>What must not hold, or null.</summary>
    public PolicyConditions? Unless { get; init; }

    /// <summary>What happens.</summary>
    public required PolicyAction Then { get; init; }

    /// <summary>With deliver and individual: the copy waits this long first.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>With hold: released by the timer after this; null = never.</summary>
    public TimeSpan? ReleaseAfter { get; init; }

    /// <summary>With approve: who may decide (addresses, <c>superior</c>, <c>group:NAME</c>); empty = the organisation's approvers.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>With approve: on what conditions; what it leaves open, the organisation says.</summary>
    public ApprovalSettings Approval { get; init; } = ApprovalSettings.None;

    /// <summary>What has not left of the sender's run waits too.</summary>
    public bool StopRun { get; init; }

    /// <summary>The sender gets a note. Null: for everything above deliver.</summary>
    public bool? TellSender { get; init; }

    /// <summary>Every inside recipient waits too. As shipped they get the mail at once, since they spot errors first; only one whom a finding names is stopped.</summary>
    public bool Inside { get; init; }

    /// <summary>False: switched off. Its finding still counts as known to the policy, so it does not fall back to hold.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>A sentence of the organisation's own for the note, or null.</summary>
    public Summary? Note { get; init; }

    /// <summary>True when the sender is told of it.</summary>
    public bool TellsSender => TellSender ?? Then != PolicyAction.Deliver;
}

/// <summary>Conditions of a rule; all that are given must hold.</summary>
public sealed record PolicyConditions
{
    /// <summary>Inspectors whose findings count (any of them); empty = none asked for.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>The finding's measures; one it does not carry counts as 0, <c>alarms</c> as every mail: what nobody weighed keeps no budget.</summary>
    public IReadOnlyList<KeyValuePair<string, Comparison>> Measures { get; init; } = [];

    /// <summary>The finding's severity, as the number of <see cref="Inspection.Severity"/>.</summary>
    public Comparison? Severity { get; init; }

    /// <summary>Persons whose data the finding shows.</summary>
    public Comparison? Persons { get; init; }

    /// <summary>Another finding that must concern the same recipient; null = none asked for. Holds findings and what is asked of them, nothing else.</summary>
    public PolicyConditions? With { get; init; }

    /// <summary>Envelope sender; empty = anybody.</summary>
    public IReadOnlyList<AddressPattern> Sender { get; init; } = [];

    /// <summary>Recipients the rule is for; empty = all.</summary>
    public IReadOnlyList<AddressPattern> Recipient { get; init; } = [];

    /// <summary>Outside recipients of the envelope.</summary>
    public Comparison? Recipients { get; init; }

    /// <summary>Words one of which stands in the mail; empty = none asked for.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Words count in the subject.</summary>
    public bool InSubject { get; init; } = true;

    /// <summary>Words count in the text.</summary>
    public bool InBody { get; init; } = true;

    /// <summary>Patterns of file names one of which fits a file of the mail; empty = none asked for.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>True when something about a finding itself is asked.</summary>
    public bool TestsFinding => Measures.Count > 0 || Severity is not null || Persons is not null;

    /// <summary>True when the finding's severity, persons and measures pass.</summary>
    public bool Holds(Finding finding)
    {
        if (Severity?.Holds((long)finding.Severity) == false || Persons?.Holds(finding.Persons ?? 0) == false)
        {
            return false;
        }

        foreach (var (name, comparison) in Measures)
        {
            if (!comparison.Holds(finding.Measures.GetValueOrDefault(name, Vocabulary.Unsaid(name))))
            {
                return false;
            }
        }

        return true;
    }
}
