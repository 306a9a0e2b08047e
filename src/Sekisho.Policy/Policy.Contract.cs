using Sekisho.Inspection;

namespace Sekisho.Policy;

/// <summary>What happens to one recipient, in order of gravity; the gravest finding wins.</summary>
public enum PolicyAction
{
    Deliver,
    Individual,
    Hold,
    Approve,
    Refuse,
}

/// <summary>What the policy says of one recipient.</summary>
/// <param name="Recipient">The envelope recipient as given.</param>
/// <param name="Action">The gravest action of all rules that matched.</param>
/// <param name="Rules">Finding rule names that led to an action above deliver, gravest first, distinct.</param>
/// <param name="Wait">With deliver and individual: how long the copy waits first (undo window, staging); zero = at once.</param>
/// <param name="ReleaseAfter">With hold: released by the timer after this; null = never.</param>
/// <param name="Approvers">With approve: addresses; empty = the administrators.</param>
/// <param name="StopRun">The sender's run is to be stopped: what has not left of it waits too.</param>
public sealed record Verdict(string Recipient, PolicyAction Action, IReadOnlyList<string> Rules, TimeSpan Wait, TimeSpan? ReleaseAfter, IReadOnlyList<string> Approvers, bool StopRun)
{
    /// <summary>Of <see cref="Rules"/>, those any of which alone would have meant hold or graver.</summary>
    public IReadOnlyList<string> InterruptedBy { get; init; } = [];

    /// <summary>With approve: on what conditions; who it escalates to stands there resolved, like the approvers.</summary>
    public ApprovalConditions Approval { get; init; } = ApprovalConditions.One;
}

/// <summary>The verdicts of one message and who is told.</summary>
/// <param name="Verdicts">One an envelope recipient, in the envelope's order.</param>
/// <param name="PolicyVersion">Digest of the rules that decided (hex, 16 characters).</param>
/// <param name="TellSender">True when the sender gets a note.</param>
/// <param name="MatchedRules">Names of the policy rules that matched, in order.</param>
public sealed record PolicyDecision(IReadOnlyList<Verdict> Verdicts, string PolicyVersion, bool TellSender, IReadOnlyList<string> MatchedRules);
