namespace Sekisho.Inspection;

/// <summary>The same mail to the same person again within minutes, or two runs of one job that get in each other's way.</summary>
public sealed class DuplicateSend : IHistoryInspector
{
    /// <inheritdoc/>
    public string Rule => RuleNames.DuplicateSend;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        if (context.Analysis.Recent(cancel) is not { } recent)
        {
            yield break;
        }

        var again = recent.SameContentTo.Count;
        var crossed = recent.SameTemplateTo.Count;
        var staged = recent.RunMessages > 0 && context.Facts.HasAttachment && context.Analysis.Outside.Count == 1 && !context.Analysis.IsReply;
        if (again + crossed == 0 && !staged)
        {
            yield break;
        }

        // Once two runs have crossed, the next mail is as likely another customer's as the last: all recipients of the run's files are meant.
        var inCrossedRun = again + crossed == 0 && recent.RunCrossed;

        yield return new Finding
        {
            Rule = Rule,
            Severity = again + crossed > 0 || inCrossedRun ? Severity.High : Severity.Info,
            Summary = inCrossedRun
                ? new Summary(
                    "Somebody got two different files of this run within the last ten minutes. Is this one the recipient's own?",
                    "この一連のメールでは、10分以内に同じ人へ別々のファイルが送られています。このファイルは宛先ご本人のものですか？")
                : Say(again, crossed, recent.RunMessages),
            Evidence = Wording.Some(recent.SameContentTo.Concat(recent.SameTemplateTo), again + crossed),
            Recipients = again + crossed > 0
                ? context.Analysis.KeysOf(recent.SameContentTo.Concat(recent.SameTemplateTo).ToHashSet(StringComparer.Ordinal))
                : context.Analysis.AllKeys,
            Measures = new Dictionary<string, long>
            {
                ["recipients"] = again,
                ["conflicts"] = inCrossedRun ? context.Analysis.Outside.Count : crossed,
                ["staged"] = staged ? 1 : 0,
                ["run-messages"] = recent.RunMessages,
            },
        };
    }

    private static Summary Say(int again, int crossed, int before)
    {
        if (again > 0)
        {
            return new Summary(
                $"{Wording.Count(again, "recipient", "recipients")} got the same mail within the last ten minutes. Send it again?",
                $"{Wording.Number(again)}人の宛先に、10分以内に同じメールが送られています。もう一度送りますか？");
        }

        return crossed > 0
            ? new Summary(
                $"{Wording.Count(crossed, "recipient", "recipients")} got the same letter with another file within the last ten minutes. Is one of them somebody else's?",
                $"{Wording.Number(crossed)}人の宛先に、10分以内に同じ文面で別のファイルが送られています。ほかの方のファイルではありませんか？")
            : new Summary(
                $"One of a run of mails with a file each; {Wording.Count(before, "went", "went")} before it.",
                $"ファイル付きの一連のメールの{Wording.Number(before + 1)}通目です。");
    }
}
