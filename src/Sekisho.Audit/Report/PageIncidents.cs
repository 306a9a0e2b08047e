using System.Globalization;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Pages.Shell;
using static Sekisho.Audit.Report.ReportFigures;

namespace Sekisho.Audit.Report;

/// <summary>Every listed incident, gravest first: a row each, its evidence folded below what happened. The evidence of the gravest is given; of the others, where the mail stands.</summary>
internal static class PageIncidents
{
    /// <summary>Incidents with their evidence at most, and characters that may take together: the page must open on a phone.</summary>
    private const int MostDetailed = 1000;
    private const long DetailBudget = 4_000_000;
    private const int MostConcerned = 50;

    public static void Write(PageWriter page, AuditReport report)
    {
        var policy = report.Policies[0];
        page.Section("past", "Past incidents", "過去の事案", newSheet: true);
        if (policy.Incidents.Count == 0)
        {
            page.Raw("<p class=\"note ok\">").Both(ReportWords.Incidents(policy)).Raw("</p>\n").EndSection();
            return;
        }

        page.Paragraph("Mails that the policy would not have let go as they were, gravest first. Not every one is a leak: of some the sender would merely have been asked. Open a line to see its evidence.",
            "ポリシーがそのまま送らせなかったはずのメールを、重大なものから順に並べています。すべてが漏えいとは限りません。送信者に確認するだけのものもあります。行を開くと根拠が見られます。");
        var left = policy.IncidentCount - policy.Incidents.Count;
        if (left > 0)
        {
            page.Raw("<p class=\"note warn\">").Both($"The gravest {Number(policy.Incidents.Count)} of {Number(policy.IncidentCount)} are listed here; {Number(left)} less grave ones are left out of this page; --json and --csv give all.",
                $"全{Number(policy.IncidentCount)}件のうち重大な{Number(policy.Incidents.Count)}件を載せています。より軽い{Number(left)}件はこのページにはありません（--json と --csv にはすべてあります）。").Raw("</p>\n");
        }

        var inside = Inside(report.Domains);
        page.Begin(PageTable.Incidents, new("Gravest first", "重大な順"));
        var detailed = 0;
        long spent = 0;
        foreach (var (incident, i) in policy.Incidents.Select((n, i) => (n, i)))
        {
            var evidence = i < MostDetailed && spent < DetailBudget;
            spent += Row(page, incident, i + 1, evidence, inside);
            detailed += evidence ? 1 : 0;
        }

        page.EndTable(PageTable.Incidents, policy.Incidents.Count);
        if (detailed < policy.Incidents.Count)
        {
            page.Paragraph($"The evidence of the gravest {Number(detailed)} is in this page; of the others it says where the mail stands.", $"重大な{Number(detailed)}件は根拠まで載せています。ほかは、メールの場所だけを示しています。", "quiet small");
        }

        page.EndSection();
    }

    // Returns the characters that the evidence took.
    private static long Row(PageWriter page, AuditIncident incident, int number, bool evidence, Func<string, bool>? inside)
    {
        page.Raw(string.Create(CultureInfo.InvariantCulture, $"<tbody id=\"incident-{number}\"{PageTable.Incidents.Rest(number - 1)}><tr><th scope=\"row\" class=\"number\">{number}</th><td data-key=\"{(int)incident.Severity}\">")).Badge(Badges.Parts(incident.Severity))
            .Raw(string.Create(CultureInfo.InvariantCulture, $"</td><td data-key=\"{incident.Date.ToUnixTimeSeconds()}\">")).Raw(PageSummary.Day(incident.Date)).Raw("</td><td>").Both(ReportWords.Sender(incident.Sender)).Raw("</td>")
            .NumberCell(incident.Exposed).NumberCell(incident.RecipientCount).NumberCell(incident.Organisations)
            .Raw(string.Create(CultureInfo.InvariantCulture, $"<td data-key=\"{(int)incident.Verdict}\">")).Badge(Badges.Parts(incident.Verdict))
            .Raw(string.Create(CultureInfo.InvariantCulture, $"</td></tr>\n<tr><td class=\"what\" colspan=\"{PageTable.Incidents.Columns.Count}\"><details><summary>"));
        if (Shown.Text(incident.Subject).Length > 0)
        {
            page.Raw("<span class=\"subject\" lang=\"\">").Foreign(incident.Subject, 160);
        }
        else
        {
            page.Raw("<span class=\"subject\">").Both("no subject", "件名なし");
        }

        page.Raw("</span> <span class=\"rules\">").Both(ReportWords.Rules(incident)).Raw("</span></summary>\n");
        var before = page.Length;
        if (evidence)
        {
            foreach (var finding in incident.Findings)
            {
                Finding(page, finding, incident);
            }
        }

        page.Raw("<dl class=\"facts\"><dt>").Both("Sent", "送信日時").Raw("</dt><dd>").Raw(incident.Date.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)).Raw("</dd><dt>Message-ID</dt><dd><code>")
            .Foreign(incident.MessageId.Length > 0 ? incident.MessageId : "–", 300).Raw("</code></dd><dt>").Both("In the archive", "アーカイブ内の場所").Raw("</dt><dd><code>").Foreign(incident.Place, 400).Raw("</code></dd></dl>\n");
        if (evidence)
        {
            Recipients(page, incident, inside);
        }

        var took = page.Length - before;
        page.Raw("</details></td></tr></tbody>\n");
        return took;
    }

    private static void Finding(PageWriter page, Finding finding, AuditIncident incident)
    {
        page.Raw("<div class=\"finding\"><p>").Badge(Badges.Parts(finding.Severity)).Raw(" <strong>").Both(ReportWords.Rule(finding.Rule)).Raw("</strong></p><p>")
            .Both("The sender would have been told: ", "送信者への表示：").Both(finding.Summary).Raw("</p>");
        if (finding.Evidence.Count > 0)
        {
            page.Raw("<pre class=\"evidence\" lang=\"\">").Text(Shown.Lines(string.Join('\n', finding.Evidence), 6000)).Raw("</pre>");
        }

        // Who it concerns is said where it is not everybody; the list of all stands below.
        if (finding.Recipients.Count > 0 && finding.Recipients.Count < incident.RecipientCount)
        {
            page.Raw("<p class=\"small\">").Both($"It concerns {Number(finding.Recipients.Count)} of the recipients: ", $"該当する宛先{Number(finding.Recipients.Count)}人：").Raw("<span class=\"evidence\">")
                .Text(string.Join(", ", finding.Recipients.Take(MostConcerned).Select(r => Shown.Text(r)))).Raw(finding.Recipients.Count > MostConcerned ? ", …" : "").Raw("</span></p>");
        }

        page.Raw("</div>\n");
    }

    private static void Recipients(PageWriter page, AuditIncident incident, Func<string, bool>? inside)
    {
        page.Raw("<p class=\"small\">").Both($"Recipients ({Number(incident.RecipientCount)})", $"宛先（{Number(incident.RecipientCount)}人）");
        if (inside is not null)
        {
            page.Raw(" <span class=\"quiet\">").Both("⇗ outside, ⌂ inside", "⇗ 社外、⌂ 社内").Raw("</span>");
        }

        page.Raw("</p><ul class=\"addresses\">");
        foreach (var recipient in incident.Recipients)
        {
            page.Raw(inside is null ? "<li>" : inside(recipient) ? "<li class=\"inside\">" : "<li class=\"outside\">").Foreign(recipient).Raw("</li>");
        }

        var more = incident.RecipientCount - incident.Recipients.Count;
        if (more > 0)
        {
            page.Raw("<li>").Both($"and {Number(more)} more", $"ほか{Number(more)}人").Raw("</li>");
        }

        page.Raw("</ul>\n");
    }

    // Null where the domains taken for inside cannot tell.
    private static Func<string, bool>? Inside(IReadOnlyList<string> domains)
    {
        try
        {
            var organisation = new Organisation(domains);
            return organisation.HasDomains ? address => EmailAddress.TryParse(address, out var parsed) && organisation.IsInside(parsed) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
