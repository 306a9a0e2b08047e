using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Mail to many outside recipients from somebody not meant to send such, and mail under a foreign name by a signed-in user.</summary>
public sealed class SenderNotAuthorised : IInspector
{
    /// <inheritdoc/>
    public string Rule => RuleNames.SenderNotAuthorised;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var outside = context.Analysis.Outside.Count;
        var settings = context.Settings;
        var sender = context.Facts.Sender;
        if (settings.MassMailers.Count > 0 && outside >= settings.MassMailFrom && !AddressMatch.Any(settings.MassMailers, sender))
        {
            var name = Wording.Safe(sender?.Key ?? "<>");
            yield return Make(context, outside, 0, [$"MAIL FROM: <{name}>"], new Summary(
                $"{name} is not among those who may send mail to {Wording.Number(settings.MassMailFrom)} or more outside recipients; this one goes to {Wording.Number(outside)}.",
                $"{name} は社外{Wording.Number(settings.MassMailFrom)}人以上への一斉送信を許可されていません（今回は{Wording.Number(outside)}人）。"));
        }

        if (ForeignName(context) is { } foreign)
        {
            yield return Make(context, outside, 1, [$"user: {context.Input.User}", $"From: {foreign.Key}"], new Summary(
                $"{context.Input.User} is signed in but sends as {foreign.Key}, an address outside the organisation.",
                $"{context.Input.User} としてログインしていますが、差出人が社外のアドレス {foreign.Key} になっています。"));
        }
    }

    /// <summary>
    /// The author or envelope sender that is neither the signed-in user nor of the organisation. Only where the user is himself an address inside: a
    /// service account named otherwise says nothing, and without known domains nobody can tell.
    /// </summary>
    private static EmailAddress? ForeignName(InspectionContext context)
    {
        if (!context.Organisation.HasDomains || !EmailAddress.TryParse(context.Input.User, out var user) || !context.Organisation.IsInside(user))
        {
            return null;
        }

        EmailAddress?[] names = [context.Facts.Author, context.Facts.Sender];
        return Array.Find(names, n => n is not null && !n.Equals(user) && !context.Organisation.IsInside(n));
    }

    private static Finding Make(InspectionContext context, int outside, int foreign, IReadOnlyList<string> evidence, Summary summary) => new()
    {
        Rule = RuleNames.SenderNotAuthorised,
        Severity = foreign == 0 ? Severity.High : Severity.Medium,
        Summary = summary with { En = Wording.Safe(summary.En), Ja = Wording.Safe(summary.Ja) },
        Evidence = evidence,
        Recipients = context.Analysis.AllKeys,
        Measures = new Dictionary<string, long> { ["recipients"] = outside, ["foreign-name"] = foreign },
    };
}
