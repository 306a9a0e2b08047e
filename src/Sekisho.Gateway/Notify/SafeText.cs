using System.Globalization;
using System.Text;

namespace Sekisho.Gateway.Notify;

/// <summary>
/// Makes foreign text (subjects, names, addresses, a peer's words) safe to show in one line: what could break a line, hide itself or turn the
/// reading direction is shown as U+FFFD, so that it is seen and does nothing.
/// </summary>
internal static class SafeText
{
    /// <summary>One line of at most <paramref name="most"/> UTF-16 units, cut with an ellipsis between characters.</summary>
    public static string Line(string? text, int most = 200)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = new StringBuilder(Math.Min(text.Length, most) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes gives U+FFFD for half a surrogate pair.
            var shown = rune.Value is '\t' or '\r' or '\n' ? new Rune(' ') : IsHarmful(rune) ? Rune.ReplacementChar : rune;
            if (safe.Length + shown.Utf16SequenceLength > most)
            {
                return safe.ToString().TrimEnd() + "…";
            }

            // Line breaks and runs of blanks become one blank.
            if (shown.Value != ' ' || (safe.Length > 0 && safe[^1] != ' '))
            {
                safe.Append(shown.ToString());
            }
        }

        return safe.ToString().TrimEnd();
    }

    /// <summary>The same in printable ASCII, for fields of a delivery report that allow nothing else.</summary>
    public static string AsciiLine(string? text, int most = 900) => string.Concat(Line(text, most).Select(c => c is >= ' ' and <= '~' ? c : '?'));

    /// <summary>Letters, digits and hyphens: what may stand behind a command somebody copies into a shell.</summary>
    public static string Word(string text) => string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-'));

    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned => true,

        // Format characters turn the direction or hide text; the joiners alone are part of ordinary writing (Persian, emoji).
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
        _ => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0,
    };
}
