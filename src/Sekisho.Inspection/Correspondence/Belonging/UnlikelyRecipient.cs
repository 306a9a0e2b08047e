namespace Sekisho.Inspection;

/// <summary>An outside recipient who does not belong on the mail, by all that is known of who writes with whom and by what the text says: a learned score with an alarm budget.</summary>
public sealed class UnlikelyRecipient : IHistoryInspector
{
    /// <summary>Alarms per 1,000 mails up to which a finding is worth noting.</summary>
    private const int Noted = 20;

    /// <summary>Up to which it is worth asking.</summary>
    private const int Asked = 3;

    /// <summary>The sender's mails before which nobody's absence means anything.</summary>
    private const int Settled = 50;

    /// <inheritdoc/>
    public string Rule => RuleNames.UnlikelyRecipient;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        if (context.Analysis.Outside.Count == 0 || !MayHaveCompany(context) || BelongingMail.Of(context, cancel) is not [var first, ..] parts || first.View.SenderMails < Settled)
        {
            yield break;
        }

        var model = BelongingModel.Shipped;
        var outside = context.Analysis.Outside.Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        outside.ExceptWith(context.Analysis.OwnAddresses(cancel));
        if (outside.Count == 0 || !HasCompany(context, outside))
        {
            // Not scored at all: the curve is of mails that can be weighed, so that its rarest are rare among those.
            yield break;
        }

        var judged = new List<(BelongingMail Mail, BelongingPerson Person, double Figure)>();
        foreach (var part in parts)
        {
            cancel.ThrowIfCancellationRequested();
            var figures = model.Figures(part, outside);
            for (var i = 0; i < figures.Length; i++)
            {
                if (outside.Contains(part.People[i].Key))
                {
                    judged.Add((part, part.People[i], figures[i]));
                }
            }
        }

        judged = [.. judged.OrderByDescending(j => j.Figure).ThenBy(j => j.Person.Key, StringComparer.Ordinal)];
        var score = judged.Count == 0 ? 0 : model.ScoreOf(judged[0].Figure);
        context.Scores[Rule] = score;
        var budget = new AlarmBudget(context, Rule, strict: false);
        var alarms = score == 0 ? AlarmBudget.Every : budget.AlarmsAt(score);
        if (alarms > Noted)
        {
            yield break;
        }

        var worst = judged[0];
        var reason = UnlikelyReason.Of(worst.Mail, worst.Person, context.Correspondence);
        var strange = judged.Where(j => model.ScoreOf(j.Figure) is > 0 and var one && budget.AlarmsAt(one) <= Noted).Select(j => j.Person.Key).ToList();
        yield return new Finding
        {
            Rule = Rule,
            Severity = alarms <= Asked ? Severity.Medium : Severity.Low,
            Summary = reason.Say(worst.Person.Key, worst.Mail.Total),
            Evidence = [.. reason.Evidence(worst.Person.Key), .. Wording.Some(strange.Skip(1).Select(k => $"also: {k}"), strange.Count - 1, 8)],
            Recipients = strange,
            Measures = new Dictionary<string, long> { ["score"] = score, ["alarms"] = alarms, ["mails"] = first.View.SenderMails },
        };
    }

    /// <summary>False where, whatever is known of them, nobody could be out of place.</summary>
    internal static bool MayHaveCompany(InspectionContext context) => context.Analysis.Outside.Count > 1 || HasColleague(context);

    /// <summary>True where anybody could be out of place: beside the sender, himself elsewhere included, at least two get the mail.</summary>
    private static bool HasCompany(InspectionContext context, HashSet<string> outside)
        => outside.Count > 1 || HasColleague(context);

    private static bool HasColleague(InspectionContext context) => context.Facts.Recipients.Any(r => r.Inside && !context.Facts.AuthorKeys.Contains(r.Key));
}
