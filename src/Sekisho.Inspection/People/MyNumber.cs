namespace Sekisho.Inspection;

/// <summary>Individual Numbers of Japan (個人番号) in the text or the files of a mail that goes outside.</summary>
public sealed class MyNumber : IInspector
{
    /// <inheritdoc/>
    public string Rule => RuleNames.MyNumber;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var numbers = SecretEvidence.Of(context, DataKinds.MyNumber, cancel);
        if (numbers.Count == 0)
        {
            yield break;
        }

        var (en, ja) = SecretEvidence.Where(numbers);
        yield return new Finding
        {
            Rule = Rule,
            Severity = Severity.Critical,
            Summary = new Summary($"There {(numbers.Count == 1 ? "is" : "are")} {Wording.Count(numbers.Count, "Individual Number (My Number)", "Individual Numbers (My Number)")} in {en}.",
                $"{ja}にマイナンバー（個人番号）が{Wording.Number(numbers.Count)}件含まれています。"),
            Evidence = SecretEvidence.Lines(numbers),
            Recipients = context.Analysis.AllKeys,
            Measures = new Dictionary<string, long> { ["numbers"] = numbers.Count },
        };
    }
}
