namespace Sekisho.Inspection;

/// <summary>An outside recipient who is probably a slip for somebody known, or imitates him.</summary>
public sealed class LookalikeRecipient : IHistoryInspector
{
    private static readonly (AlikeKind Kind, string Measure)[] _measures =
    [
        (AlikeKind.Freemail, "freemail"), (AlikeKind.Homoglyph, "homoglyph"), (AlikeKind.Domain, "domain"), (AlikeKind.Tld, "tld"), (AlikeKind.Local, "local"), (AlikeKind.Name, "name"), (AlikeKind.Renamed, "renamed"),
    ];

    /// <inheritdoc/>
    public string Rule => RuleNames.LookalikeRecipient;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        context.Scores[Rule] = 0;
        var found = context.Analysis.LookalikesFound(cancel);
        if (found.Count == 0)
        {
            yield break;
        }

        var budget = new AlarmBudget(context, Rule);
        context.Scores[Rule] = LookalikeScore.Of(found);

        // What speaks for itself waits; what may well be right must not wait with it.
        foreach (var group in found.GroupBy(l => l.Strong).OrderByDescending(g => g.Key))
        {
            var some = group.OrderByDescending(l => l.ImitatesUs).ThenBy(l => l.Kind == AlikeKind.Renamed).ThenByDescending(l => l.RivalMails).ThenBy(l => l.Typed.Key, StringComparer.Ordinal).ToList();
            var measures = _measures.ToDictionary(m => m.Measure, m => (long)some.Count(l => l.Kind == m.Kind), StringComparer.Ordinal);
            measures["imitates-us"] = some.Count(l => l.ImitatesUs);
            measures["distance"] = some.Min(l => l.Distance);
            measures["rival-mails"] = some.Max(l => l.RivalMails);
            measures["known"] = some.Max(l => l.Known);
            var score = LookalikeScore.Of(some);
            measures["score"] = score;
            measures["alarms"] = budget.AlarmsAt(score);
            yield return new Finding
            {
                Rule = Rule,
                Severity = group.Key ? Severity.High : some.TrueForAll(l => l.Kind == AlikeKind.Renamed) ? Severity.Info : Severity.Low,
                Summary = LookalikeWording.Say(some),
                Evidence = Wording.Some(some.Select(LookalikeWording.Line), some.Count),
                Recipients = some.TrueForAll(l => l.InEnvelope) ? context.Analysis.KeysOf(some.Select(l => l.Typed.Key).ToHashSet(StringComparer.Ordinal)) : context.Analysis.AllKeys,
                Measures = measures,
            };
        }
    }
}
