using Sekisho.Gateway;
using Sekisho.Gateway.Hold;
using Sekisho.Inspection;
using Sekisho.Storage;

namespace Sekisho.Pages.Access;

/// <summary>How much of one mail somebody may see.</summary>
public enum Sight
{
    /// <summary>Not even that it exists.</summary>
    None,

    /// <summary>Sender, recipients, subject, findings, timeline.</summary>
    Outline,

    /// <summary>Text, attachments, the original too.</summary>
    Full,
}

/// <summary>
/// Who may see how much of one mail; the only place that says so. The sender, whoever must decide it and the privacy officer see all of it; auditor and administrator its
/// outline, an administrator the whole of what waits, since he may have to decide it. Roles reach only as far as their scopes.
/// </summary>
public static class MailAccess
{
    /// <summary>How much he may see of it.</summary>
    /// <param name="held">What waits of it.</param>
    public static Sight Of(Visitor visitor, EffectiveConfig config, SubmissionDetail mail, IReadOnlyList<HeldDelivery> held)
    {
        var submission = mail.Submission;
        if (visitor.LinkedTo is { } linked && linked != submission.Id)
        {
            return Sight.None;
        }

        if (visitor.TokenScopes is { } scopes && !scopes.Contains("read") && !scopes.Contains("decide"))
        {
            return Sight.None;
        }

        if (submission.Origin == SubmissionOrigin.Gateway)
        {
            return visitor.Is("administrator") && visitor.Scopes.Count == 0 ? Sight.Outline : Sight.None;
        }

        var decides = held.Any(h => Entitlement.Objection(config, h, submission.User, visitor.Address, h.Action == Policy.PolicyAction.Approve ? DecisionKind.Approve : DecisionKind.Release) is null);
        if (IsOwn(visitor, submission) || (decides && (visitor.LinkedTo is not null || !visitor.Is("administrator") || Reaches(visitor, config, submission.MailFrom))))
        {
            return Sight.Full;
        }

        // Whoever was asked and comes second, or decided himself, may see how it ended.
        var took = visitor.LinkedTo is not null || mail.Events.Any(e => e.Kind is "decided" or "approval-counted" && Same(e.By, visitor.Address));
        if (visitor.LinkedTo is not null || !Reaches(visitor, config, submission.MailFrom))
        {
            return took ? Sight.Outline : Sight.None;
        }

        return took && !visitor.Is("privacy-officer") ? Sight.Outline : visitor.Is("privacy-officer") ? Sight.Full : visitor.Is("auditor") || visitor.Is("administrator") ? Sight.Outline : Sight.None;
    }

    /// <summary>True when he sent it himself.</summary>
    public static bool IsOwn(Visitor visitor, Submission submission)
        => Same(visitor.Address, submission.MailFrom) || (submission.User is { } user && Same(visitor.Address, user));

    /// <summary>True when what waits is his own: he sent it or handed it in.</summary>
    public static bool IsOwn(Visitor visitor, HeldDelivery held)
        => Same(visitor.Address, held.Sender) || (held.Submitter is { } user && Same(visitor.Address, user));

    /// <summary>True when his roles reach a sender's mail.</summary>
    public static bool Reaches(Visitor visitor, EffectiveConfig config, string sender)
        => visitor.Scopes.Count == 0 || visitor.Scopes.Any(scope => config.Reaches(scope, sender));

    private static bool Same(string a, string b)
        => !Mime.EmailAddress.PlainlyDiffer(a, b) && Mime.EmailAddress.TryParse(a, out var first) && Mime.EmailAddress.TryParse(b, out var second) && first.Equals(second);
}
