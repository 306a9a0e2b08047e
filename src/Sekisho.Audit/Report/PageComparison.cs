using Sekisho.Inspection;
using Sekisho.Pages.Shell;
using Sekisho.Policy;
using static Sekisho.Audit.Report.ReportFigures;

namespace Sekisho.Audit.Report;

/// <summary>Several policies over the same mail: their figures side by side, and which mails only one of them would have stopped.</summary>
internal static class PageComparison
{
    private const int MostNamed = 20;

    public static void Write(PageWriter page, AuditReport report)
    {
        if (report.Policies.Count < 2)
        {
            return;
        }

        page.Section("comparison", "The policies compared", "ポリシーの比較", newSheet: true)
            .Raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"compared\"><table id=\"compared-policies\"><caption id=\"compared\">").Both("The same mail under each policy", "同じメールを各ポリシーで判定した結果").Raw("</caption><thead><tr><td></td>");
        foreach (var policy in report.Policies)
        {
            page.Raw("<th scope=\"col\" class=\"number\">").Foreign(policy.Name, 60).Raw("</th>");
        }

        page.Raw("</tr></thead><tbody>\n");
        Row(page, report, new("Interrupted mails to outside", "社外宛ての中断"), p => Number(p.Interrupted));
        Row(page, report, new("per 1,000", "千通あたり"), p => PerThousand(p.Interrupted, report.Outside));
        Row(page, report, new("Interrupted mails that stay inside", "社内だけのメールの中断"), p => Number(p.InterruptedInside));
        Row(page, report, new("Past incidents", "過去の事案"), p => Number(p.IncidentCount));
        foreach (var action in Enum.GetValues<PolicyAction>())
        {
            Row(page, report, new($"Verdict: {ReportWords.Word(action).En}", $"判定：{ReportWords.Word(action).Ja}"), p => Number(Count(p.ByVerdict, action)));
        }

        foreach (var rule in report.Policies.SelectMany(p => p.ByRule).Where(r => r.Interrupted > 0).OrderByDescending(r => r.Interrupted).ThenBy(r => r.Rule, StringComparer.Ordinal).Select(r => r.Rule).Distinct(StringComparer.Ordinal))
        {
            var title = ReportWords.Rule(rule);
            Row(page, report, new($"Interrupted by: {title.En}", $"中断：{title.Ja}"), p => Number(p.ByRule.FirstOrDefault(r => r.Rule == rule)?.Interrupted ?? 0));
        }

        page.Raw("</tbody></table></div>\n");
        foreach (var other in report.Policies.Skip(1))
        {
            Changes(page, report.Policies[0], other);
        }

        page.EndSection();
    }

    private static void Row(PageWriter page, AuditReport report, Summary label, Func<PolicyOutcome, string> value)
    {
        page.Raw("<tr><th scope=\"row\">").Both(label).Raw("</th>");
        foreach (var policy in report.Policies)
        {
            page.NumberCell(value(policy));
        }

        page.Raw("</tr>\n");
    }

    private static void Changes(PageWriter page, PolicyOutcome first, PolicyOutcome other)
    {
        var (onlyFirst, onlyOther, whole) = Difference(first, other);
        var (a, b) = (Shown.Text(first.Name, 60), Shown.Text(other.Name, 60));
        page.Raw("<h3>").Both($"What changes from {a} to {b}", $"{a} から {b} に変えると").Raw("</h3>\n");
        if (!whole)
        {
            page.Paragraph("Only the listed incidents of both could be compared.", "両方の一覧にある事案だけを比べています。", "quiet small");
        }

        if (onlyFirst.Count + onlyOther.Count == 0)
        {
            page.Paragraph("The same mails would have been stopped.", "止めるメールは同じです。");
            return;
        }

        Mails(page, onlyOther, new($"Would be stopped in addition: {Number(onlyOther.Count)}", $"新たに止めるメール：{Number(onlyOther.Count)}通"));
        Mails(page, onlyFirst, new($"Would no longer be stopped: {Number(onlyFirst.Count)}", $"止めなくなるメール：{Number(onlyFirst.Count)}通"));
    }

    private static void Mails(PageWriter page, IReadOnlyList<AuditIncident> mails, Summary title)
    {
        if (mails.Count == 0)
        {
            return;
        }

        page.Raw("<details class=\"printed\"><summary>").Both(title).Raw("</summary><ul class=\"plain\">\n");
        foreach (var mail in mails.Take(MostNamed))
        {
            page.Raw("<li>");
            PageSummary.Sentence(page, mail);
            page.Raw(" <code class=\"small\">").Foreign(mail.Place, 300).Raw("</code></li>\n");
        }

        if (mails.Count > MostNamed)
        {
            page.Raw("<li>").Both($"and {Number(mails.Count - MostNamed)} more", $"ほか{Number(mails.Count - MostNamed)}通").Raw("</li>");
        }

        page.Raw("</ul></details>\n");
    }
}
