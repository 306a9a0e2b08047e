namespace Sekisho.Inspection;

/// <summary>
/// What asking at a score would cost, in interruptions per 1,000 mails: counted on the organisation's own mail, and on the shipped reference while too little of it is known. The history is asked
/// only by a rule that has a finding.
/// </summary>
/// <param name="context">The mail.</param>
/// <param name="rule">The rule that gave the score.</param>
/// <param name="strict">
/// True where no more may be asked about than a budget allows, also when like mails come in a row: what was within a budget before uses it up. False for a rule whose curve holds a part of the mail
/// only, and keeps below its budget by that.
/// </param>
internal sealed class AlarmBudget(InspectionContext context, string rule, bool strict = true)
{
    /// <summary>What is said where nothing can be told: that every mail would be asked about.</summary>
    public const int Every = 1000;

    /// <summary>Budgets above which nobody counts what is left of them.</summary>
    private const int MostCounted = 100;

    private ScoreCurve? _own;
    private ScoreCurve? _spent;

    /// <summary>Interruptions per 1,000 mails if every mail that scores as high were asked about, up to <see cref="Every"/>.</summary>
    public int AlarmsAt(int score)
    {
        _own ??= context.Correspondence.Curve(rule);
        var alarms = _own.AlarmsPerThousand(score) ?? ReferenceCurves.Of(rule).AlarmsPerThousand(score) ?? Every;
        return strict && alarms <= MostCounted ? NotUsedUp(alarms) : alarms;
    }

    /// <summary>
    /// The least budget from <paramref name="alarms"/> on of which something is left. Mails of one score that come all at once (a list that is written to every day) are rare by the curve of a long time,
    /// until they have made up for it.
    /// </summary>
    private int NotUsedUp(int alarms)
    {
        var name = ScoreCurve.SpentName(rule);
        _spent ??= context.Correspondence.Curve(name);
        var mails = Math.Max(_own!.Mails + 1, ScoreCurve.Enough);
        var spent = _spent.Mails - _spent.From(alarms);
        for (; alarms <= MostCounted; alarms++)
        {
            spent += _spent.Bins[alarms];
            if ((spent + 1) * 1000 <= alarms * mails)
            {
                // Bins are of ten: each budget has its own.
                context.Scores[name] = Math.Min(context.Scores.GetValueOrDefault(name, int.MaxValue), alarms * 10);
                return alarms;
            }
        }

        return alarms;
    }
}
