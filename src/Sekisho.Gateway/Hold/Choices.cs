using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Hold;

/// <summary>What somebody may do with waiting mail: what a page offers as buttons and a program lists. The desk asks the same rules again when he does it.</summary>
public static class Choices
{
    private static readonly DecisionKind[] s_ofPeople =
        [DecisionKind.ReleaseIndividually, DecisionKind.Release, DecisionKind.Approve, DecisionKind.Reject, DecisionKind.Cancel];

    /// <summary>The kinds of decision open to <paramref name="by"/>; empty where others decide. What waits out its undo window can only be taken back.</summary>
    public static IReadOnlyList<DecisionKind> Of(EffectiveConfig config, HeldDelivery held, string by)
        => [.. s_ofPeople.Where(kind => (kind == DecisionKind.Cancel || held.Action >= PolicyAction.Hold)
            && DeskWords.Why(held, kind) is null && Entitlement.Objection(config, held, held.Submitter, by, kind) is null)];
}
