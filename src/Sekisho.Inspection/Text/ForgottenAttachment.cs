namespace Sekisho.Inspection;

/// <summary>The author says that something is attached, and nothing is. Only his own words count: quotes, signature and disclaimer are left out.</summary>
public sealed class ForgottenAttachment : IInspector
{
    /// <inheritdoc/>
    public string Rule => RuleNames.ForgottenAttachment;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var facts = context.Facts;
        if (!AttachmentWords.MayHold(facts.OwnText) || CarriesAnything(facts))
        {
            yield break;
        }

        var said = AttachmentWords.In(OwnWords.Of(facts.OwnText), cancel);
        if (said.Count == 0)
        {
            yield break;
        }

        yield return new Finding
        {
            Rule = Rule,
            Severity = Severity.Low,
            Summary = new Summary("The text says that something is attached, but there is no attachment.", "本文に添付とありますが、添付ファイルがありません。"),
            Evidence = Wording.Some(said, said.Count, most: 3),
            Recipients = context.Analysis.AllKeys,
            Measures = new Dictionary<string, long> { ["mentions"] = said.Count },
        };
    }

    /// <summary>Anything a reader may take for the attachment: a file, a picture in the text, an invitation, an embedded mail.</summary>
    private static bool CarriesAnything(MessageFacts facts)
        => facts.HasAttachment || facts.Files.Count > 0 || facts.Message.Entities().Any(e =>
            (e.IsAttachment && e.MediaType is not ("application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-signature" or "application/pgp-keys"))
            || e.MediaType.StartsWith("message/", StringComparison.Ordinal) || e.IsTnef || MessageTextReader.IsCalendar(e));
}
