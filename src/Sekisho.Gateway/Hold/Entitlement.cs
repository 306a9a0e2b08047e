using Sekisho.Mime;
using Sekisho.Storage;

namespace Sekisho.Gateway.Hold;

/// <summary>Who may decide what (law 4). Pure: the rules in one place for the command line, the console and links in mails.</summary>
public static class Entitlement
{
    /// <summary>Whoever runs the command line on the gateway's own machine and names nobody: he could read the store itself.</summary>
    public const string LocalAdministrator = "administrator";

    /// <summary>The rule's own timer.</summary>
    public const string Timer = "timer";

    /// <summary>Null when <paramref name="by"/> may decide so; else why not, in one sentence.</summary>
    /// <param name="config">Users, approvers and domains.</param>
    /// <param name="held">What waits.</param>
    /// <param name="submitter">The authenticated user who handed the mail in, or null.</param>
    /// <param name="by">A mail address, or <see cref="LocalAdministrator"/>.</param>
    /// <param name="kind">The decision.</param>
    public static string? Objection(EffectiveConfig config, HeldDelivery held, string? submitter, string by, DecisionKind kind)
    {
        var isSender = Same(by, held.Sender) || (submitter is not null && Same(by, submitter));
        var isAdministrator = IsAdministrator(config, by);
        return kind switch
        {
            DecisionKind.Approve or DecisionKind.Reject when isSender
                => "the sender cannot decide on his own mail; it waits for somebody else (he can cancel it)",
            DecisionKind.Approve or DecisionKind.Reject when isAdministrator || IsApprover(config, held, by) => null,
            DecisionKind.Approve or DecisionKind.Reject => $"{by} is not an approver of this mail",
            DecisionKind.Cancel when held.Action == Policy.PolicyAction.Refuse && !isAdministrator => "only an administrator can remove refused mail",
            DecisionKind.Release or DecisionKind.ReleaseIndividually or DecisionKind.Cancel when isSender || isAdministrator => null,
            DecisionKind.TimerRelease when by == Timer => null,
            _ => $"{by} is neither the sender nor an administrator",
        };
    }

    /// <summary>True for the local administrator and users with that role.</summary>
    public static bool IsAdministrator(EffectiveConfig config, string by) => by == LocalAdministrator || HasRole(config, by, "administrator");

    private static bool IsApprover(EffectiveConfig config, HeldDelivery held, string by)
    {
        if (held.Approvers.Count > 0)
        {
            return held.Approvers.Any(a => Same(a, by));
        }

        var named = config.Config.Approvers.Any(a => Same(a, by)) || HasRole(config, by, "approver");
        if (named)
        {
            return true;
        }

        // A house that has named nobody yet: any colleague may be the second pair of eyes, an outsider never.
        var nobodyNamed = config.Config.Approvers.Count == 0 && !config.With("approver").Any() && !config.With("administrator").Any();
        return nobodyNamed && EmailAddress.TryParse(by, out var address) && config.Organisation.ForSender(held.Sender).IsInside(address);
    }

    private static bool HasRole(EffectiveConfig config, string by, string role) => config.RolesOf(by).Contains(role);

    private static bool Same(string a, string b)
        => EmailAddress.TryParse(a, out var first) && EmailAddress.TryParse(b, out var second) ? first.Equals(second) : string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
