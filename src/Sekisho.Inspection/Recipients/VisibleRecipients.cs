namespace Sekisho.Inspection;

/// <summary>Outside recipients who would see each other's addresses in To and Cc although they have nothing to do with one another.</summary>
public sealed class VisibleRecipients : IHistoryInspector
{
    private const int ManyGroups = 10;

    /// <inheritdoc/>
    public string Rule => RuleNames.VisibleRecipients;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var view = context.Analysis.HeaderStrangers(cancel);
        var score = Mishap.Score(view);

        // Of a young history the curve would learn for good that strangers are everywhere.
        var settled = context.Analysis.Correspondence(cancel).Mails >= Mishap.KnowsItsPeople;
        if (settled)
        {
            context.Scores[Rule] = score;
        }

        if (!view.Shows)
        {
            yield break;
        }

        var shown = context.Analysis.VisibleOutside;
        yield return new Finding
        {
            Rule = Rule,
            Severity = view.Groups >= ManyGroups ? Severity.Critical : Mishap.IsLikely(view) ? Severity.High : Severity.Low,
            Summary = Mishap.IsLikely(view) ? Say(view) : SayPlausible(view),
            Evidence = Wording.Some(shown.Select(a => $"{a.Field}: {a.Address.Key}"), shown.Count),
            Recipients = context.Analysis.KeysOf(view.Viewers),
            Persons = view.Addresses,
            Measures = new Dictionary<string, long>
            {
                ["groups"] = view.Groups,
                ["addresses"] = view.Addresses,
                ["organisations"] = view.Organisations,
                ["score"] = score,
                ["alarms"] = settled ? new AlarmBudget(context, Rule).AlarmsAt(score) : AlarmBudget.Every,
            },
        };
    }

    private static Summary SayPlausible(StrangerView view) => new(
        $"{Wording.Number(view.Addresses)} people see each other's addresses, some of them for the first time.",
        $"社外の{Wording.Number(view.Addresses)}人に、互いのメールアドレスが見えます（初めての組み合わせを含みます）。");

    private static Summary Say(StrangerView view)
    {
        var n = Wording.Number(view.Addresses);
        if (view.VisibleGroups < 2)
        {
            var viewers = view.Viewers.Count;
            return new Summary(
                $"{Wording.Count(viewers, "recipient", "recipients")} would see the {(view.Addresses == 1 ? "address of an outside person" : $"addresses of {n} outside people")} "
                + $"{(viewers == 1 ? "he or she does" : "they do")} not know. Send one mail to each instead?",
                $"宛先の{Wording.Number(viewers)}人に、面識のない社外の{n}人のメールアドレスが見えてしまいます。1通ずつ個別に送りますか？");
        }

        return view.Organisations < view.Addresses
            ? new Summary(
                $"{n} people from {Wording.Count(view.Organisations, "organisation", "organisations")} would see each other's addresses. Send one mail to each instead?",
                $"{Wording.Number(view.Organisations)}の組織の{n}人に、お互いのメールアドレスが見えてしまいます。1通ずつ個別に送りますか？")
            : new Summary(
                $"{n} people who do not know each other would see each other's addresses. Send one mail to each instead?",
                $"お互いに面識のない{n}人に、互いのメールアドレスが見えてしまいます。1通ずつ個別に送りますか？");
    }
}
