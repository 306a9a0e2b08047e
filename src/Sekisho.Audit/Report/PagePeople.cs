using System.Globalization;

namespace Sekisho.Audit.Report;

/// <summary>Those whose address or data strangers saw most often.</summary>
internal static class PagePeople
{
    public static void Write(PageWriter page, AuditReport report)
    {
        if (report.MostExposed.Count == 0)
        {
            return;
        }

        page.Section("exposed", "Most exposed people", "多く見られた人", newSheet: true)
            .Paragraph("Whose address or data were in the mails above, and how many recipients saw it who had nothing to do with him or her.", "上のメールでアドレスや情報が見えてしまった人と、それを見た面識のない宛先の人数です。")
            .Begin(PageTable.People, new(report.MostExposed.Count == 1 ? "1 person" : $"{ReportFigures.Number(report.MostExposed.Count)} people, most often shown first", $"{ReportFigures.Number(report.MostExposed.Count)}人（多い順）"));
        foreach (var (person, i) in report.MostExposed.Select((p, i) => (p, i)))
        {
            page.Raw($"<tr{PageTable.People.Rest(i)}><th scope=\"row\">").Foreign(person.Address).Raw("</th>").NumberCell(person.Mails).NumberCell(person.Viewers)
                .Raw(string.Create(CultureInfo.InvariantCulture, $"<td data-key=\"{person.LastAt.ToUnixTimeSeconds()}\">")).Raw(PageSummary.Day(person.LastAt)).Raw("</td></tr>\n");
        }

        page.EndTable(PageTable.People, report.MostExposed.Count).EndSection();
    }
}
