using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sekisho.Audit.Report;

/// <summary>Incidents as a table for a spreadsheet: RFC 4180, UTF-8 with the mark by which Excel knows it.</summary>
public static class ReportCsv
{
    private const string Head = "date,sender,subject,verdict,severity,rules,exposed,organisations,listed by count,recipients,recipient count,reason,message-id,place";

    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");

    /// <summary>One row an incident, in the order given.</summary>
    public static void Write(IEnumerable<AuditIncident> incidents, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 64 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        writer.WriteLine(Head);
        foreach (var incident in incidents)
        {
            string[] cells =
            [
                incident.Date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
                incident.Sender,
                incident.Subject,
                incident.Verdict.ToString().ToLowerInvariant(),
                incident.Severity.ToString().ToLowerInvariant(),
                string.Join(' ', incident.Findings.Select(f => f.Rule).Distinct(StringComparer.Ordinal)),
                incident.Exposed.ToString(CultureInfo.InvariantCulture),
                incident.Organisations.ToString(CultureInfo.InvariantCulture),
                incident.ByCount ? "yes" : "no",
                string.Join(' ', incident.Recipients),
                incident.RecipientCount.ToString(CultureInfo.InvariantCulture),
                incident.Findings.Count > 0 ? incident.Findings[0].Summary.En : "",
                incident.MessageId,
                incident.Place,
            ];
            writer.WriteLine(string.Join(',', cells.Select(Cell)));
        }
    }

    /// <summary>
    /// A cell, quoted where it must be. What a spreadsheet would take for a formula gets an apostrophe before it: senders and subjects are strangers' text, and a formula of theirs would run on the
    /// desk of whoever opens the table.
    /// </summary>
    internal static string Cell(string text)
    {
        var start = text.AsSpan().TrimStart();
        var risky = (text.Length > 0 && text[0] is '\t' or '\r' or '\n') || (start.Length > 0 && start[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠');
        var safe = risky ? "'" + text : text;
        return safe.AsSpan().ContainsAny(s_quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
