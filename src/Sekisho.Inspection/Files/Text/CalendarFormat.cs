using System.Text;

namespace Sekisho.Inspection;

/// <summary>iCalendar (RFC 5545): what people wrote and whom they invited, a line each.</summary>
internal sealed class CalendarFormat : IFileFormat
{
    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Calendar;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var source = FileText.Decode(file, into);
        var text = new StringBuilder();
        var count = 0;
        foreach (var line in new CardLines(source))
        {
            if ((++count & 0xFFF) == 0)
            {
                file.Cancel.ThrowIfCancellationRequested();
            }

            var one = CardLine.Read(line, null);
            switch (one.Name)
            {
                case "SUMMARY" or "DESCRIPTION" or "LOCATION" or "COMMENT" or "CONTACT" or "X-ALT-DESC" or "CATEGORIES" or "RESOURCES" or "URL" or "X-WR-CALNAME":
                    text.Append(one.Value).Append('\n');
                    break;
                case "ATTENDEE" or "ORGANIZER":
                    text.Append(CommonName(line)).Append(" <").Append(one.Value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? one.Value[7..] : one.Value).Append(">\n");
                    break;
                case "BEGIN" when text.Length > 0 && text[^1] == '\n':
                    text.Append('\n');
                    break;
                default:
                    break;
            }
        }

        into.AddText("", text.ToString());
    }

    private static string CommonName(string line)
    {
        var at = line.IndexOf("CN=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return "";
        }

        var rest = line.AsSpan(at + 3);
        if (rest.StartsWith('"'))
        {
            rest = rest[1..];
            var close = rest.IndexOf('"');
            return (close < 0 ? rest : rest[..close]).ToString();
        }

        var end = rest.IndexOfAny(';', ':');
        return (end < 0 ? rest : rest[..end]).ToString();
    }
}
