using Sekisho.Inspection;

namespace Sekisho.Policy;

/// <summary>The rules in force: the shipped ones, extended and overridden by name by the local ones. Pure and immutable.</summary>
public sealed class PolicySet
{
    /// <summary>The shipped policy alone.</summary>
    public static PolicySet Shipped => throw new NotImplementedException();

    /// <summary>Digest of the rules (hex, 16 characters).</summary>
    public string Version => throw new NotImplementedException();

    /// <summary>The rules as YAML, stored with the version so that a decision can be replayed (law 6).</summary>
    public string CanonicalText => throw new NotImplementedException();

    /// <summary>Words and lists the inspectors need.</summary>
    public RuleSettings Settings => throw new NotImplementedException();

    /// <summary>Findings to verdicts, one a recipient. A finding no rule names: <c>hold</c> when its severity is high or critical, else a note.</summary>
    public PolicyDecision Decide(InspectionResult inspection, InspectionInput input) => throw new NotImplementedException();
}
