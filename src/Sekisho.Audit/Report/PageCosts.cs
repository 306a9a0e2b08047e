using System.Globalization;
using Sekisho.Inspection;
using Sekisho.Pages.Charts;
using Sekisho.Pages.Shell;
using Sekisho.Policy;
using static Sekisho.Audit.Report.ReportFigures;

namespace Sekisho.Audit.Report;

/// <summary>What the policy would have cost: interruptions in all, by month, by rule and by sender. Charts are drawn once a language; tables stand once.</summary>
internal static class PageCosts
{
    private const int MostMonths = 60;
    private const int RulesDrawn = 5;

    // The same thing has the same colour and pattern as on the console's dashboard.
    private static readonly (PolicyAction Action, int Ink)[] s_stopping = [(PolicyAction.Individual, 3), (PolicyAction.Hold, 1), (PolicyAction.Approve, 4), (PolicyAction.Refuse, 2)];

    public static void Write(PageWriter page, AuditReport report)
    {
        var policy = report.Policies[0];
        page.Section("cost", "What the policy would have cost", "運用した場合の負担", newSheet: true).Raw("<p class=\"lead\">").Both(ReportWords.Interruptions(report, policy)).Raw("</p>\n");
        Verdicts(page, policy);
        var drawn = Drawn(policy.ByMonth, MostMonths);
        var stopped = drawn.Any(m => s_stopping.Any(s => Count(m.ByVerdict, s.Action) > 0));
        if (stopped)
        {
            page.Raw("<div class=\"figures\">\n");
            Figure(page, t => ByVerdict(drawn, t), BarChart.Stacked);
            if (policy.ByRule.Any(r => r.Interrupted > 0))
            {
                Figure(page, t => ByRule(policy, t), BarChart.Lying);
                Figure(page, t => RulesByMonth(policy, drawn, t), BarChart.Stacked);
            }

            page.Raw("</div>\n");
            if (drawn.Count < policy.ByMonth.Count)
            {
                page.Paragraph($"The charts show {drawn[0].Month:yyyy-MM} to {drawn[^1].Month:yyyy-MM}; the table of months has all.", $"グラフは{drawn[0].Month:yyyy-MM}から{drawn[^1].Month:yyyy-MM}までです。すべての月は表にあります。", "quiet small");
            }
        }

        Rules(page, policy);
        Months(page, policy);
        Senders(page, policy);
        page.EndSection();
    }

    private static void Verdicts(PageWriter page, PolicyOutcome policy)
    {
        page.Raw("<dl class=\"facts\">");
        foreach (var action in Enum.GetValues<PolicyAction>())
        {
            var n = Count(policy.ByVerdict, action);
            page.Raw("<dt>").Badge(Badges.Parts(action)).Raw("</dt><dd>").Number(n).Raw(" ").Raw("<span class=\"quiet\">").Both(Meaning(action)).Raw("</span></dd>");
        }

        page.Raw("</dl>\n");
    }

    private static Summary Meaning(PolicyAction action) => action switch
    {
        PolicyAction.Deliver => new("left as they were", "そのまま送られたもの"),
        PolicyAction.Individual => new("would have become one mail to each outside recipient; nobody is interrupted", "社外の宛先ごとに1通ずつに分けて送られたはずのもの。中断はありません"),
        PolicyAction.Hold => new("would have waited for the sender to look again", "送信者の再確認を待ったはずのもの"),
        PolicyAction.Approve => new("would have waited for somebody else to approve", "ほかの人の承認を待ったはずのもの"),
        _ => new("would not have been sent", "送られなかったはずのもの"),
    };

    private static void Figure(PageWriter page, Func<Tongue, ChartData> data, Func<ChartData, string> draw)
    {
        foreach (var japanese in new[] { false, true })
        {
            using var text = new StringWriter();
            var tongue = new Tongue(japanese);
            ChartFigure.Of(data(tongue), draw).WriteTo(text, System.Text.Encodings.Web.HtmlEncoder.Default);
            page.Raw($"<div lang=\"{tongue.Code}\">").Raw(text.ToString()).Raw("</div>\n");
        }
    }

    private static ChartData ByVerdict(IReadOnlyList<MonthOutcome> months, Tongue tongue)
    {
        var series = s_stopping.Where(s => months.Any(m => Count(m.ByVerdict, s.Action) > 0))
            .Select(s => new Series(tongue.Of(ReportWords.Word(s.Action)), [.. months.Select(m => Count(m.ByVerdict, s.Action))], s.Ink)).ToList();
        var highest = months.MaxBy(Interrupted)!;
        return new($"verdicts-{tongue.Code}", tongue["Mails stopped or split, by month", "止めたか個別に分けたメール（月別）"], tongue["Month", "月"], Labels(months), series, tongue,
            tongue[$"Most interruptions in {highest.Month:yyyy-MM}: {Number(Interrupted(highest))}.", $"中断が最も多い月は{highest.Month:yyyy-MM}の{Number(Interrupted(highest))}通です。"]);
    }

    private static ChartData ByRule(PolicyOutcome policy, Tongue tongue)
    {
        var rules = policy.ByRule.Where(r => r.Interrupted > 0).Take(10).ToList();
        return new($"rules-{tongue.Code}", tongue["Interrupted mails, by rule", "中断したメール（規則別）"], tongue["Rule", "規則"], [.. rules.Select(r => RuleTitles.Of(r.Rule, tongue))],
            [
                new(tongue["it alone", "この規則だけで中断"], [.. rules.Select(r => Math.Min(r.Alone, r.Interrupted))], 0),
                new(tongue["with others", "ほかの規則とともに中断"], [.. rules.Select(r => Math.Max(0, r.Interrupted - r.Alone))], 1),
            ], tongue, tongue[$"The noisiest: {RuleTitles.Of(rules[0].Rule, tongue)}.", $"最も多いのは「{RuleTitles.Of(rules[0].Rule, tongue)}」です。"]);
    }

    private static ChartData RulesByMonth(PolicyOutcome policy, IReadOnlyList<MonthOutcome> months, Tongue tongue)
    {
        var noisy = policy.ByRule.Where(r => r.Interrupted > 0).ToList();
        var alone = noisy.Take(noisy.Count > ChartData.Inks ? RulesDrawn : ChartData.Inks).ToList();
        var series = alone.Select((r, ink) => new Series(RuleTitles.Of(r.Rule, tongue), [.. months.Select(m => m.ByRule.TryGetValue(r.Rule, out var n) ? n : 0)], ink)).ToList();
        if (noisy.Count > alone.Count)
        {
            var shown = alone.Select(r => r.Rule).ToHashSet(StringComparer.Ordinal);
            series.Add(new(tongue["other rules", "ほかの規則"], [.. months.Select(m => m.ByRule.Where(r => !shown.Contains(r.Key)).Sum(r => r.Value))], ChartData.Inks - 1));
        }

        return new($"rulemonths-{tongue.Code}", tongue["Interruptions by rule and month (a mail counts for each of its rules)", "中断（規則別・月別。複数の規則に当たるメールは、それぞれに数えます）"], tongue["Month", "月"], Labels(months), series, tongue);
    }

    private static string[] Labels(IReadOnlyList<MonthOutcome> months) => [.. months.Select(m => m.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture))];

    private static void Rules(PageWriter page, PolicyOutcome policy)
    {
        if (policy.ByRule.Count == 0)
        {
            return;
        }

        page.Raw("<h3>").Both("Rules", "規則別").Raw("</h3>").Begin(PageTable.Rules, new("Noisiest first. “It alone”: mails no other rule would have interrupted.", "多い順。「単独での中断」は、ほかの規則では中断しなかったメールです。"));
        foreach (var (rule, i) in policy.ByRule.Select((r, i) => (r, i)))
        {
            var meaning = ReportWords.Both(t => RuleMeanings.Of(rule.Rule, t));
            page.Raw($"<tr{PageTable.Rules.Rest(i)}><th scope=\"row\">").Both(ReportWords.Rule(rule.Rule)).Raw(" <code class=\"small quiet\">").Foreign(rule.Rule, 60).Raw("</code>");
            if (meaning.En.Length > 0)
            {
                page.Raw("<span class=\"meaning\">").Both(meaning).Raw("</span>");
            }

            page.Raw("</th>").NumberCell(rule.Findings).NumberCell(rule.Interrupted).NumberCell(Share(rule.Interrupted, policy.Interrupted)).NumberCell(rule.Alone).Raw("</tr>\n");
        }

        page.EndTable(PageTable.Rules, policy.ByRule.Count);
    }

    private static void Months(PageWriter page, PolicyOutcome policy)
    {
        // A wrong date makes a long row of empty months; those say nothing.
        var months = policy.ByMonth.Where(m => m.Outside > 0).ToList();
        if (months.Count == 0)
        {
            return;
        }

        page.Raw("<h3>").Both("Months", "月別").Raw("</h3>").BeginFolded("Month by month", "月ごとの一覧", months.Count, 12).Begin(PageTable.Months, new("Mails to outside by the gravest verdict of their recipients. Months without such mail are left out.", "社外宛てのメール（宛先のうち最も重い判定で数えています）。該当するメールのない月は省いています。"));
        foreach (var (month, i) in months.Select((m, i) => (m, i)))
        {
            page.Raw($"<tr{PageTable.Months.Rest(i)}><th scope=\"row\">").Raw(month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture)).Raw("</th>").NumberCell(month.Outside).NumberCell(Interrupted(month)).NumberCell(PerThousand(Interrupted(month), month.Outside))
                .NumberCell(Count(month.ByVerdict, PolicyAction.Hold)).NumberCell(Count(month.ByVerdict, PolicyAction.Approve)).NumberCell(Count(month.ByVerdict, PolicyAction.Refuse)).NumberCell(Count(month.ByVerdict, PolicyAction.Individual)).Raw("</tr>\n");
        }

        page.EndTable(PageTable.Months, months.Count).EndFolded();
    }

    private static void Senders(PageWriter page, PolicyOutcome policy)
    {
        var senders = policy.BySender.Where(s => s.Interrupted > 0).ToList();
        if (senders.Count == 0)
        {
            return;
        }

        page.Raw("<h3>").Both("Senders", "送信者別").Raw("</h3>").Begin(PageTable.Senders, new("Most interrupted first; who is not in it was never interrupted. Whoever is interrupted often stops reading: look at his or her mails before the policy is enforced.", "中断の多い順。載っていない人の中断はありません。何度も止められる人は確認を読まなくなります。運用を始める前に、その人のメールを見てください。"));
        foreach (var (sender, i) in senders.Select((s, i) => (s, i)))
        {
            page.Raw($"<tr{PageTable.Senders.Rest(i)}><th scope=\"row\">").Both(ReportWords.Sender(sender.Sender)).Raw("</th>").NumberCell(sender.Outside).NumberCell(sender.Interrupted).NumberCell(PerThousand(sender.Interrupted, sender.Outside)).Raw("</tr>\n");
        }

        page.EndTable(PageTable.Senders, senders.Count);
    }
}
