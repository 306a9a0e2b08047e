using System.Globalization;
using Sekisho.Inspection;
using Sekisho.Pages.Shell;
using static Sekisho.Audit.Report.ReportFigures;

namespace Sekisho.Audit.Report;

/// <summary>The top of the page: what was looked at, what was found, what it would have cost, and the gravest in a sentence each.</summary>
internal static class PageSummary
{
    private const int Worst = 5;

    public static void Write(PageWriter page, AuditReport report)
    {
        var first = report.Policies[0];
        page.Raw("<h1>").Both("Audit of past mail", "過去メールの監査").Raw("</h1>\n<p class=\"lead\">").Both(ReportWords.Both(t => $"{t.Of(ReportWords.Period(report))}{t[". ", "。"]}{t.Of(ReportWords.Incidents(first))}{t[".", "。"]}")).Raw("</p>\n");
        Contents(page, report);
        page.Raw("<ul class=\"bignumbers\">");
        Big(page, Number(report.Messages), "mails read", "読んだメール");
        Big(page, Number(report.Outside), "of them went outside", "うち社外宛て");
        Big(page, Number(Stopped(first)), "would not have left as they were", "そのままでは送られなかったはず", Stopped(first) > 0);
        Big(page, Number(MostShown(first)), "most people shown by one mail", "1通で見えた最多の人数");
        Big(page, PerThousand(first.Interrupted, report.Outside), "interruptions per 1,000 mails to outside", "社外宛て1,000通あたりの中断");
        Big(page, Number(report.Broken), "could not be read", "読めなかったもの", report.Broken > 0);
        page.Raw("</ul>\n").Raw("<p class=\"note\">").Both("This page names people and quotes subjects. Keep it as you keep the mail itself.", "このページには個人名や件名が含まれます。元のメールと同じように保管してください。").Raw("</p>\n");
        if (first.Incidents.Count == 0)
        {
            return;
        }

        page.Section("gravest", "The gravest", "もっとも重大なもの").Raw("<ol class=\"worst\">\n");
        foreach (var (incident, i) in first.Incidents.Take(Worst).Select((n, i) => (n, i)))
        {
            page.Raw("<li>");
            Sentence(page, incident);
            page.Raw($" <a href=\"#incident-{i + 1}\">").Both("Evidence", "根拠を見る").Raw("</a></li>\n");
        }

        page.Raw("</ol>\n").EndSection();
    }

    /// <summary>An incident in a sentence; its subject is in a language of its own.</summary>
    public static void Sentence(PageWriter page, AuditIncident incident)
    {
        page.Raw(Day(incident.Date)).Raw(" ").Both(ReportWords.Deed(incident)).Raw(" — ");
        if (Shown.Text(incident.Subject).Length > 0)
        {
            page.Raw("<strong lang=\"\">").Foreign(incident.Subject, 80).Raw("</strong>");
        }
        else
        {
            page.Raw("<strong>").Both("no subject", "件名なし").Raw("</strong>");
        }

        page.Raw(" <span class=\"quiet\">(").Both(ReportWords.Rules(incident)).Raw(")</span>");
    }

    /// <summary>A day as the mail's author had it.</summary>
    public static string Day(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"<time datetime=\"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{at:yyyy-MM-dd}</time>");

    private static void Contents(PageWriter page, AuditReport report)
    {
        page.Raw("<nav aria-labelledby=\"contents\"><h2 class=\"unseen\" id=\"contents\">").Both("Contents", "目次").Raw("</h2><ul class=\"contents\">");
        Link("past", "Past incidents", "過去の事案");
        Link("cost", "What the policy would have cost", "運用した場合の負担");
        if (report.MostExposed.Count > 0)
        {
            Link("exposed", "Most exposed people", "多く見られた人");
        }

        if (report.Policies.Count > 1)
        {
            Link("comparison", "The policies compared", "ポリシーの比較");
        }

        if (report.Broken > 0)
        {
            Link("unread", "What could not be read", "読めなかったもの");
        }

        Link("judged", "How it was judged", "判定の方法");
        Link("unknown", "What is not known", "分からないこと");
        page.Raw("</ul></nav>\n");

        void Link(string id, string english, string japanese) => page.Raw($"<li><a href=\"#{id}\">").Both(english, japanese).Raw("</a></li>");
    }

    private static void Big(PageWriter page, string figure, string english, string japanese, bool concern = false)
        => page.Raw(concern ? "<li class=\"concern\"><strong>" : "<li><strong>").Text(figure).Raw("</strong> ").Both(english, japanese).Raw("</li>");
}
