namespace Sekisho.Inspection;

/// <summary>The person greeted is none of those who get the mail; and runs of merged mails whose names belong to other rows.</summary>
public sealed class GreetingMismatch : IHistoryInspector
{
    /// <summary>Greetings that fit after which a run is taken to be right, and what cannot be checked in it no longer waits.</summary>
    private const int Trusted = 3;

    /// <summary>What stands in a merged letter and not in one from person to person: the recipient's number in somebody's files.</summary>
    private static readonly string[] _marks =
        ["会員番号", "会員no", "お客様番号", "お客さま番号", "顧客番号", "登録番号", "受付番号", "契約番号", "注文番号", "応募番号", "受験番号", "患者番号", "id:", "パスワード", "customer no", "member no", "account no",
        "membership number", "customer number", "account number", "order number"];

    /// <inheritdoc/>
    public string Rule => RuleNames.GreetingMismatch;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var check = context.Analysis.Greeting(cancel);
        if (!check.Greets || context.Analysis.Recent(cancel) is not { } recent)
        {
            yield break;
        }

        var differs = check.Fit == NameFit.Differs;
        var single = context.Analysis.Outside.Count == 1 && !context.Analysis.IsReply;
        var (fit, differ) = (recent.RunGreetingsFit, recent.RunGreetingsDiffer);

        // One in four of those that can be checked: a list has its odd couple with one address, a shifted one has hardly a name that fits.
        var wrongRun = single && recent.RunMessages > 0 && differ > 0 && differ * 4 >= fit + differ;
        var inWrongRun = wrongRun && (check.Fit == NameFit.Unknown || (!differs && differ > fit));
        var unproven = recent.RunMessages > 0 ? check.Fit == NameFit.Unknown || !check.Sure || wrongRun : check.Fit == NameFit.Unknown && IsMerged(context, check);
        var staged = single && !differs && !inWrongRun && unproven && !(fit >= Trusted && differ == 0);
        if (!differs && !inWrongRun && !staged)
        {
            yield break;
        }

        var oddOne = differs && fit > 6;
        var first = check.Greetings.Persons[0];
        var shown = Wording.Safe(Mask(first));
        yield return new Finding
        {
            Rule = Rule,
            Severity = differs && !oddOne ? Severity.High : inWrongRun ? Severity.High : oddOne ? Severity.Low : Severity.Info,
            Summary = differs ? Say(shown, context.Analysis.Outside[0].Key, context.Analysis.Outside.Count) : inWrongRun
                ? new Summary("Other mails of this run greet people who are not their recipients. Is this one the recipient's own?",
                    "この一連のメールでは、宛名と宛先が別の方になっています。このメールは宛先ご本人のものですか？")
                : new Summary("One of a run of mails to one person each; whether the name in it is the recipient's cannot be told from the address.",
                    "一通ずつ宛名の入った一連のメールです。宛名が宛先の方のものかどうか、アドレスからは分かりません。"),
            Evidence = [$"greeting: {shown}", .. Wording.Some(context.Analysis.AllKeys.Select(k => $"to: {k}"), context.Analysis.AllKeys.Count, 10)],
            Recipients = context.Analysis.AllKeys,
            Measures = new Dictionary<string, long>
            {
                ["greeted"] = differs && !oddOne ? 1 : 0,
                ["run"] = wrongRun && (differs || inWrongRun) && !oddOne ? differ : 0,
                ["staged"] = staged ? 1 : 0,
            },
        };
    }

    /// <summary>鈴木** 様: enough to see whom the writer meant, without the whole name in notes and logs.</summary>
    internal static string Mask(Greeted greeted) => greeted.Given.Length == 0 ? greeted.Surname : greeted.Latin ? $"{greeted.Given[0]}*** {greeted.Surname}" : $"{greeted.Surname}**";

    private static Summary Say(string name, string to, int recipients)
    {
        var key = Wording.Safe(to);
        return recipients == 1
            ? new Summary($"The mail greets {name}, but goes to {key}. Is that the right recipient?", $"宛名は「{name}」様ですが、宛先は {key} です。宛先に間違いはありませんか？")
            : new Summary($"The mail greets {name}, but none of the {Wording.Number(recipients)} outside recipients is called so. Are they the right ones?",
                $"宛名は「{name}」様ですが、社外の{Wording.Number(recipients)}人の宛先に該当する方がいません。宛先に間違いはありませんか？");
    }

    /// <summary>The very first of a run can be told by its form only: a bare address, and a customer's number near the top.</summary>
    private static bool IsMerged(InspectionContext context, GreetingCheck check)
    {
        if (context.Facts.Visible.Any(v => v.DisplayName.Length > 0 && !v.DisplayName.Contains('@', StringComparison.Ordinal)))
        {
            return false;
        }

        var top = TextFolding.ForSearch(string.Join('\n', check.Greetings.Lines) + "\n" + context.Facts.OwnText[..Math.Min(context.Facts.OwnText.Length, 2_000)]);
        return Array.Exists(_marks, m => top.Contains(m, StringComparison.Ordinal));
    }
}
