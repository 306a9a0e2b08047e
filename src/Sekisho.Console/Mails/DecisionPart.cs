using Sekisho.Gateway;
using Sekisho.Gateway.Hold;
using Sekisho.Inspection;
using Sekisho.Pages.Access;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Mails;

/// <summary>One waiting part of a mail as its page shows it: why, who would see what, and what the visitor may do.</summary>
public sealed record DecisionPart
{
    /// <summary>Recipients that stand on the page with a choice each; of more, addresses are typed in.</summary>
    public const int MostChoices = 200;

    public required HeldDelivery Held { get; init; }

    /// <summary>The findings that stopped it, gravest first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    public required Audience Audience { get; init; }

    /// <summary>What the visitor may decide, the most helpful first.</summary>
    public required IReadOnlyList<DecisionKind> Choices { get; init; }

    /// <summary>A real case of the same mistake, or null.</summary>
    public Summary? RealCase { get; init; }

    /// <summary>Approvers an administrator may act for, since he is none of them himself.</summary>
    public IReadOnlyList<string> ActsFor { get; init; } = [];

    /// <summary>Who must decide where the visitor cannot.</summary>
    public IReadOnlyList<string> Deciders { get; init; } = [];

    /// <summary>It only waits out its undo window.</summary>
    public bool IsLeaving => Held.Action < PolicyAction.Hold;

    /// <summary>The recipients would see each other's addresses.</summary>
    public bool ShowsAddresses => Held.Rules.Contains(RuleNames.VisibleRecipients);

    /// <summary>The gravest finding says why, in one sentence; without one, what holds it says so.</summary>
    public Summary Reason => Findings.Count > 0 ? Findings[0].Summary
        : Held.Stopped ? new("All mail of this sender is stopped until an administrator lifts the stop.", "この送信者のメールは、管理者が解除するまで止められています。")
        : IsLeaving ? new("This mail is about to leave. It can still be taken back.", "このメールはまもなく送信されます。今なら取りやめられます。")
        : Held.Action == PolicyAction.Approve ? new("The organisation's rules ask for a second pair of eyes.", "組織の規則により、ほかの人の承認が必要です。")
        : new("The organisation's rules ask for a second look.", "組織の規則により、送信前の確認が必要です。");

    /// <summary>Puts it together for one visitor.</summary>
    public static DecisionPart Of(HeldDelivery held, string mailFrom, EffectiveConfig config, Visitor visitor)
    {
        var findings = held.Findings.Where(f => held.Rules.Contains(f.Rule)).OrderByDescending(f => f.Severity).ToList();
        var organisation = config.Organisation.ForSender(mailFrom);
        var choices = visitor.TokenScopes is { } scopes && !scopes.Contains("decide") ? [] : Choose(config, held, visitor.Address);
        return new DecisionPart
        {
            Held = held,
            Findings = findings,
            Audience = Audience.Of(held.Recipients.Select((address, i) => (i < held.Ordinals.Count ? held.Ordinals[i] : i, address)), organisation, Audience.StrangersIn(findings), LookalikeAddress.For(config)),
            Choices = choices,
            RealCase = findings.Select(f => RealCases.For(f.Rule)).FirstOrDefault(c => c is not null),
            ActsFor = choices.Contains(DecisionKind.Approve) && !IsAsked(config, held, visitor) ? Entitlement.ApproversOf(config, held) : [],
            Deciders = held.Action == PolicyAction.Approve ? Entitlement.ApproversOf(config, held) : held.Action == PolicyAction.Hold ? [held.Sender] : [.. config.With("administrator")],
        };
    }

    /// <summary>True for one who is asked to approve, not merely able to as an administrator.</summary>
    public static bool IsAsked(EffectiveConfig config, HeldDelivery held, Visitor visitor)
        => held.Action == PolicyAction.Approve && Entitlement.Judge(config, held, visitor.Address, DecisionKind.Approve, standsFor: null).May
            && (!Entitlement.IsAdministrator(config, visitor.Address) || Entitlement.ApproversOf(config, held).Any(a => IsOrStandsInFor(config, held, visitor.Address, a)));

    private static bool IsOrStandsInFor(EffectiveConfig config, HeldDelivery held, string person, string approver)
        => string.Equals(person, approver, StringComparison.OrdinalIgnoreCase)
            || Entitlement.DeputiesOf(config, held, approver).Any(d => string.Equals(d.Substitute, person, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<DecisionKind> Choose(EffectiveConfig config, HeldDelivery held, string by)
    {
        // Whoever has given his word already is not asked for it again.
        var spoke = held.Votes.Any(v => string.Equals(v.By, by, StringComparison.OrdinalIgnoreCase) && v.DecisionDigest == held.DecisionDigest);
        IReadOnlyList<DecisionKind> kinds = [.. Entitlement.Choices(config, held, by).Where(k => k != DecisionKind.Approve || !spoke)];

        // Alone only makes sense where several would get it; where nothing is wrong with that, together comes first.
        return held.Rules.Contains(RuleNames.VisibleRecipients) ? kinds
            : [.. kinds.Where(k => k != DecisionKind.ReleaseIndividually || held.Recipients.Count > 1).OrderBy(k => k == DecisionKind.ReleaseIndividually ? 1 : k == DecisionKind.Release ? 0 : 2)];
    }
}
