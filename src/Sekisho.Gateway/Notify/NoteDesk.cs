using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Notify;

/// <summary>Decides who is told what, and hands the notes over as the gateway's own submissions. Nobody outside is ever told: an outside sender's address may be forged.</summary>
public sealed class NoteDesk(TimeProvider time)
{
    /// <summary>Notes that an inspection calls for.</summary>
    public IReadOnlyList<NewSubmission> Stopped(EffectiveConfig config, Submission submission, InspectionResult result, PolicyDecision decision, DateTimeOffset now) => [];

    /// <summary>Notes that a decision calls for.</summary>
    public IReadOnlyList<NewSubmission> Decided(EffectiveConfig config, HeldDelivery held, DecisionKind kind, string by, string? reason, DateTimeOffset now) => [];

    /// <summary>Delivery reports (RFC 3464) that an attempt's results call for.</summary>
    public IReadOnlyList<NewSubmission> Reports(EffectiveConfig config, Delivery delivery, IReadOnlyList<RecipientResult> results, DateTimeOffset now) => [];
}
