namespace Sekisho.Inspection;

/// <summary>Payment card numbers in the text or the files of a mail that goes outside.</summary>
public sealed class CardNumber : IInspector
{
    /// <inheritdoc/>
    public string Rule => RuleNames.CardNumber;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var cards = SecretEvidence.Of(context, DataKinds.CardNumber, cancel);
        if (cards.Count == 0)
        {
            yield break;
        }

        var (en, ja) = SecretEvidence.Where(cards);
        yield return new Finding
        {
            Rule = Rule,
            Severity = Severity.Critical,
            Summary = new Summary($"There {(cards.Count == 1 ? "is" : "are")} {Wording.Count(cards.Count, "card number", "card numbers")} in {en}.", $"{ja}にカード番号が{Wording.Number(cards.Count)}件含まれています。"),
            Evidence = SecretEvidence.Lines(cards),
            Recipients = context.Analysis.AllKeys,
            Measures = new Dictionary<string, long> { ["cards"] = cards.Count },
        };
    }
}
