namespace Sekisho.Inspection;

/// <summary>An outside person's address in the subject line.</summary>
public sealed class AddressesInSubject : IHistoryInspector
{
    /// <inheritdoc/>
    public string Rule => RuleNames.AddressesInSubject;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var found = context.Analysis.InSubject(cancel);
        if (found.All.Count == 0)
        {
            yield break;
        }

        var foreign = ForeignAddresses.Judge(context, found, cancel);
        var count = foreign.All.Count;
        if (count == 0)
        {
            yield break;
        }

        yield return new Finding
        {
            Rule = Rule,
            Severity = Severity.High,
            Summary = new Summary(
                $"The subject shows {(count == 1 ? "an outside person's address" : $"{Wording.Number(count)} outside people's addresses")}. Please take {(count == 1 ? "it" : "them")} out.",
                $"件名に社外の{Wording.Number(count)}人のメールアドレスが入っています。削除してから送ってください。"),
            Evidence = Wording.Some(foreign.All.Select(a => a.Key), count),
            Recipients = context.Analysis.KeysOf(foreign.Concerned),
            Persons = count,
            Measures = new Dictionary<string, long> { ["addresses"] = count },
        };
    }

    /// <summary>Every address in what a client may show as the subject.</summary>
    internal static AddressSet Read(MessageFacts facts, CancellationToken cancel)
    {
        var found = new AddressSet();
        foreach (var field in facts.Message.Headers)
        {
            // A client shows one of two Subject fields; nobody knows which.
            if (field.Is("Subject") || field.Is("Thread-Topic"))
            {
                var text = TextFolding.StripInvisible(field.Decoded);
                if (AddressScanner.MayHold(text))
                {
                    AddressScanner.Collect(text, found, cancel);
                }
            }
        }

        return found;
    }
}
