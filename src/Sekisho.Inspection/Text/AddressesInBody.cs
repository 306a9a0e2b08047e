namespace Sekisho.Inspection;

/// <summary>Outside people's addresses in the text: a pasted list, a header that fell into the body, a merge gone wrong.</summary>
public sealed class AddressesInBody : IHistoryInspector
{
    private const int Several = 5;
    private const int Many = 100;
    private const int QuotedWorthNoting = 20;

    /// <summary>More than this are a list, however far apart they stand.</summary>
    private const int Strewn = 14;

    /// <inheritdoc/>
    public string Rule => RuleNames.AddressesInBody;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var foreign = context.Analysis.Foreign(cancel);
        var count = foreign.All.Count;
        if (count == 0 && foreign.Quoted <= QuotedWorthNoting)
        {
            yield break;
        }

        var recent = context.Analysis.Recent(cancel);
        var together = count is >= Several and <= Strewn ? foreign.Together($"{context.Facts.OwnText}\n{context.Facts.QuotedText}") : count;
        var staged = count > 0 && context.Analysis.Outside.Count == 1 && !context.Analysis.IsReply;
        yield return new Finding
        {
            Rule = Rule,
            Severity = count >= Many ? Severity.Critical : together >= Several ? Severity.High : Severity.Info,
            Summary = Say(foreign, context.Analysis.Outside.Count),
            Evidence = Wording.Some(foreign.All.Select(a => a.Key), count),
            Recipients = count > 0 ? context.Analysis.KeysOf(foreign.Concerned) : context.Analysis.AllKeys,
            Persons = count,
            Measures = new Dictionary<string, long>
            {
                ["addresses"] = count,
                ["organisations"] = foreign.Organisations,
                ["together"] = together,
                ["quoted"] = foreign.Quoted,
                ["run-addresses"] = recent?.RunForeignAddresses ?? count,
                ["run-messages"] = recent?.RunMessages ?? 0,
                ["staged"] = staged ? 1 : 0,
            },
        };
    }

    private static Summary Say(ForeignAddresses foreign, int recipients)
    {
        var count = foreign.All.Count;
        if (count == 0)
        {
            return new Summary(
                $"The quoted thread shows {Wording.Number(foreign.Quoted)} outside people's addresses.",
                $"引用部分に社外の{Wording.Number(foreign.Quoted)}人のメールアドレスが含まれています。");
        }

        var n = Wording.Number(count);
        return new Summary(
            $"The text shows {(count == 1 ? "an outside person's address" : $"{n} outside people's addresses")} to "
            + $"{Wording.Count(recipients, "recipient", "recipients")}. Is that meant?",
            $"本文に社外の{n}人のメールアドレスが書かれており、{Wording.Number(recipients)}人の宛先に見えてしまいます。このまま送ってよいですか？");
    }
}
