using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Hold;

/// <summary>What the rules say to somebody who wants to decide.</summary>
/// <param name="Objection">Why not, in one sentence; null when he may.</param>
/// <param name="For">The approver he stands in for, or null when he decides as himself.</param>
public sealed record Standing(Summary? Objection, string? For = null)
{
    /// <summary>True when he may.</summary>
    public bool May => Objection is null;
}

/// <summary>
/// Who may decide what (law 4). Pure: the rules in one place for the command line, the console and links in mails. Nobody approves what he sent,
/// handed in or wrote, in whatever capacity: not as approver, not for another, not as administrator.
/// </summary>
public static class Entitlement
{
    /// <summary>Whoever runs the command line on the gateway's own machine and names nobody: he could read the store itself.</summary>
    public const string LocalAdministrator = "administrator";

    /// <summary>The rule's own timer.</summary>
    public const string Timer = "timer";

    /// <summary>Null when <paramref name="by"/> may decide so; else why not, in one sentence.</summary>
    /// <param name="config">Users, approvers, deputies and domains.</param>
    /// <param name="held">What waits.</param>
    /// <param name="submitter">The authenticated user who handed the mail in, or null.</param>
    /// <param name="by">A mail address, or <see cref="LocalAdministrator"/>.</param>
    /// <param name="kind">The decision.</param>
    public static string? Objection(EffectiveConfig config, HeldDelivery held, string? submitter, string by, DecisionKind kind)
        => Judge(config, held with { Submitter = submitter ?? held.Submitter }, by, kind, standsFor: null).Objection?.En;

    /// <summary>What <paramref name="by"/> could do with it now, in the order pages offer it.</summary>
    public static IReadOnlyList<DecisionKind> Choices(EffectiveConfig config, HeldDelivery held, string by)
    {
        DecisionKind[] kinds = held.Action switch
        {
            PolicyAction.Hold => [DecisionKind.ReleaseIndividually, DecisionKind.Release, DecisionKind.Cancel],
            PolicyAction.Approve => [DecisionKind.Approve, DecisionKind.Reject, DecisionKind.Cancel],
            _ => [DecisionKind.Cancel],
        };
        return [.. kinds.Where(kind => Judge(config, held, by, kind, standsFor: null).May)];
    }

    /// <summary>Whether <paramref name="by"/> may decide so, and for whom.</summary>
    /// <param name="standsFor">The approver he says he stands in for, or null: found out.</param>
    public static Standing Judge(EffectiveConfig config, HeldDelivery held, string by, DecisionKind kind, string? standsFor)
    {
        switch (kind)
        {
            case DecisionKind.Approve or DecisionKind.Reject:
                return Approving(config, held, by, standsFor);
            case DecisionKind.TimerRelease or DecisionKind.DeadlineReturn or DecisionKind.DeadlineEscalate:
                return by == Timer ? new(Objection: null) : new(DeskWords.OnlyTime);
            case DecisionKind.Cancel when held.Action == PolicyAction.Refuse && !IsAdministrator(config, by, held.Sender):
                return new(DeskWords.OnlyAdministrator);
            case DecisionKind.Release or DecisionKind.ReleaseIndividually or DecisionKind.Cancel when IsSender(held, by) || IsAdministrator(config, by, held.Sender):
                return new(Objection: null);
            default:
                return new(DeskWords.NeitherSenderNorAdministrator(by));
        }
    }

    /// <summary>
    /// Who may approve it, himself or through a deputy: those the rules named; where these are fewer than are needed, the organisation's approvers too, then
    /// the administrators; after its time was over also those it was passed on to. Without those whose own mail it is. Empty only where the
    /// house has named nobody at all: then any colleague may.
    /// </summary>
    public static IReadOnlyList<string> ApproversOf(EffectiveConfig config, HeldDelivery held)
    {
        var found = new List<string>();
        foreach (var circle in Circles(config, held))
        {
            if (found.Count >= held.Terms.Needed)
            {
                break;
            }

            Add(circle);
        }

        if (held.Escalated)
        {
            Add(held.Terms.EscalateTo.Count > 0 ? held.Terms.EscalateTo : config.With("administrator").Where(a => config.Has(a, "administrator", held.Sender)));
        }

        return found;

        void Add(IEnumerable<string> people) => found.AddRange([.. people.Where(a => !IsOwn(held, a) && !found.Exists(f => Same(f, a)))]);
    }

    /// <summary>Who stands in for an approver of this mail today. One step: a deputy's deputy is none, and neither is one whom those named whose own mail it is.</summary>
    public static IEnumerable<Deputy> DeputiesOf(EffectiveConfig config, HeldDelivery held, string approver)
    {
        if (config.Deputies.Count == 0)
        {
            return [];
        }

        var today = config.Today;
        return config.Deputies.Where(d => Same(d.Approver, approver) && d.From <= today && today <= d.Until && !IsOwn(held, d.Substitute) && !IsOwn(held, d.Approver) && !IsOwn(held, d.By));
    }

    /// <summary>True for the local administrator and users with that role.</summary>
    public static bool IsAdministrator(EffectiveConfig config, string by) => by == LocalAdministrator || config.RolesOf(by).Contains("administrator");

    /// <summary>True when it is his own mail: he sent it, handed it in, or stands as its author.</summary>
    public static bool IsOwn(HeldDelivery held, string person)
        => SamePerson(person, held.Sender) || (held.Submitter is { } user && SamePerson(person, user)) || (held.Authors?.Any(a => SamePerson(person, a)) ?? false);

    private static Standing Approving(EffectiveConfig config, HeldDelivery held, string by, string? standsFor)
    {
        if (IsOwn(held, by))
        {
            return new(DeskWords.OwnMail);
        }

        var approvers = ApproversOf(config, held);
        var administrator = IsAdministrator(config, by, held.Sender);
        if (standsFor is not null && !Same(standsFor, by))
        {
            if (IsOwn(held, standsFor))
            {
                return new(DeskWords.NobodyFor(standsFor));
            }

            var approver = approvers.FirstOrDefault(a => Same(a, standsFor));
            return approver is null ? new(DeskWords.NoApprover(standsFor))
                : administrator || IsDeputy(config, held, by, approver) ? new(Objection: null, approver)
                : new(DeskWords.NoDeputy(by, approver));
        }

        if (approvers.Any(a => Same(a, by)))
        {
            return new(Objection: null);
        }

        // Where several approvers made him their deputy, he stands in for one who has not spoken yet.
        var absent = approvers.Where(a => IsDeputy(config, held, by, a)).OrderBy(a => held.Votes.Any(v => Same(v.For ?? v.By, a))).FirstOrDefault();
        if (absent is not null)
        {
            return new(Objection: null, absent);
        }

        if (administrator)
        {
            return new(Objection: null, approvers.Count == 1 ? approvers[0] : null);
        }

        return approvers.Count == 0 && IsColleague(config, held, by) ? new(Objection: null) : new(DeskWords.NoApprover(by));
    }

    private static IEnumerable<IEnumerable<string>> Circles(EffectiveConfig config, HeldDelivery held)
    {
        yield return held.Approvers;
        string?[] senders = [held.Sender, held.Submitter, .. held.Authors ?? []];
        yield return ApproverNames.Resolve(config.Config.Approvers, config.Config.People, [.. senders.OfType<string>()]).Concat(config.With("approver").Where(a => config.Has(a, "approver", held.Sender)));
        yield return config.With("administrator").Where(a => config.Has(a, "administrator", held.Sender));
    }

    /// <summary>A house that has named nobody yet: any colleague may be the second pair of eyes, an outsider never.</summary>
    private static bool IsColleague(EffectiveConfig config, HeldDelivery held, string by)
        => held.Approvers.Count == 0 && config.Config.Approvers.Count == 0 && !config.With("approver").Any() && !config.With("administrator").Any()
            && EmailAddress.TryParse(by, out var address) && config.Organisation.ForSender(held.Sender).IsInside(address);

    private static bool IsDeputy(EffectiveConfig config, HeldDelivery held, string by, string approver) => DeputiesOf(config, held, approver).Any(d => Same(d.Substitute, by));

    /// <summary>True for the local administrator and for one whose role reaches the sender's mail.</summary>
    internal static bool IsAdministrator(EffectiveConfig config, string by, string sender) => by == LocalAdministrator || config.Has(by, "administrator", sender);

    private static bool IsSender(HeldDelivery held, string by) => Same(by, held.Sender) || (held.Submitter is { } user && Same(by, user));

    /// <summary>The same address. Names that are none (the local administrator) are nobody's address.</summary>
    internal static bool Same(string a, string b)
        => string.Equals(a, b, StringComparison.Ordinal) || (!EmailAddress.PlainlyDiffer(a, b)
            && (EmailAddress.TryParse(a, out var first) && EmailAddress.TryParse(b, out var second) ? first.Equals(second) : string.Equals(a, b, StringComparison.OrdinalIgnoreCase)));

    /// <summary>One person under one address or another with a tag (<c>taro+x@</c>): enough to keep him from his own mail, never to let him in.</summary>
    private static bool SamePerson(string a, string b) => Same(WithoutTag(a), WithoutTag(b));

    private static string WithoutTag(string address)
    {
        // "taro+x"@ in quotes is taro+x@ too.
        address = address.Contains('"', StringComparison.Ordinal) && EmailAddress.TryParse(address, out var parsed) ? parsed.Key : address;
        var (plus, at) = (address.IndexOf('+', StringComparison.Ordinal), address.LastIndexOf('@'));
        return plus > 0 && plus < at ? string.Concat(address.AsSpan(0, plus), address.AsSpan(at)) : address;
    }
}
