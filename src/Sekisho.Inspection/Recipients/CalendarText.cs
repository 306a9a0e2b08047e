using System.Text;

namespace Sekisho.Inspection;

/// <summary>Takes an iCalendar text apart (RFC 5545): the people it names, and the words a person reads.</summary>
internal static class CalendarText
{
    private static readonly string[] _people = ["ATTENDEE", "ORGANIZER", "X-MS-OLK-SENDER", "ATTENDEES"];
    private static readonly string[] _words = ["SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "X-ALT-DESC", "NOTE"];

    /// <summary>Identifiers and services, which are spelt like addresses.</summary>
    private static readonly string[] _machines = ["UID", "RELATED-TO", "RECURRENCE-ID", "URL", "SOURCE", "CONFERENCE", "ATTACH", "IMAGE"];

    /// <summary>The attendee and organiser lines, unfolded and percent-decoded, and the lines people read or in which an address may stand.</summary>
    public static (string People, string Words) Read(string text)
    {
        var people = new StringBuilder();
        var words = new StringBuilder();
        var line = new StringBuilder();
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            if (raw.Length > 0 && raw[0] is ' ' or '\t')
            {
                line.Append(raw[1..]);
                continue;
            }

            Take(line, people, words);
            line.Append(raw);
        }

        Take(line, people, words);
        return (people.ToString(), words.ToString());
    }

    private static void Take(StringBuilder line, StringBuilder people, StringBuilder words)
    {
        if (line.Length > 0)
        {
            var text = line.ToString();
            line.Clear();
            if (IsNamed(text, _people))
            {
                people.Append(text).Append('\n');
            }
            else if (IsNamed(text, _words) || (!IsNamed(text, _machines) && AddressScanner.MayHold(text)))
            {
                words.Append(text.Replace("\\n", "\n", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal)
                    .Replace("\\;", ";", StringComparison.Ordinal)).Append('\n');
            }
        }
    }

    private static bool IsNamed(string line, string[] names)
    {
        var end = line.AsSpan().IndexOfAny(';', ':');
        if (end <= 0)
        {
            return false;
        }

        // A group may stand in front: "item1.ATTENDEE".
        var name = line.AsSpan(0, end).Trim();
        name = name[(name.LastIndexOf('.') + 1)..];
        foreach (var known in names)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
