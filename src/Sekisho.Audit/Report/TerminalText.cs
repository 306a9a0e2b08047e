using System.Globalization;
using System.Text;

namespace Sekisho.Audit.Report;

/// <summary>Text in columns of a terminal, where a Japanese letter takes two and a mark that sits on another takes none.</summary>
internal static class TerminalText
{
    // What must not begin a line (closing marks, small letters, the long-vowel sign) hangs on to the line before.
    private const string NeverFirst = "、。，．・：；？！）］｝〉》」』】〕”’ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…‥,.)]}:;?!";
    private const string NeverLast = "（［｛〈《「『【〔“‘([{";

    /// <summary>Columns it takes.</summary>
    public static int Width(string text) => text.EnumerateRunes().Sum(Width);

    /// <summary>Cut to so many columns, with an ellipsis.</summary>
    public static string Cut(string text, int width)
    {
        if (Width(text) <= width)
        {
            return text;
        }

        var cut = new StringBuilder();
        var used = 1;
        foreach (var rune in text.EnumerateRunes())
        {
            used += Width(rune);
            if (used > width)
            {
                break;
            }

            cut.Append(rune.ToString());
        }

        return cut.ToString().TrimEnd() + "…";
    }

    /// <summary>Filled with blanks to so many columns, the text at the left.</summary>
    public static string Left(string text, int width) => text + new string(' ', Math.Max(0, width - Width(text)));

    /// <summary>The same with the text at the right.</summary>
    public static string Right(string text, int width) => new string(' ', Math.Max(0, width - Width(text))) + text;

    /// <summary>Lines of at most so many columns: broken at blanks, between Japanese letters, and inside of what is longer than a line (an address, a path).</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        var used = 0;
        foreach (var piece in Pieces(text))
        {
            var wide = Width(piece.TrimEnd());
            if (used > 0 && used + wide > width)
            {
                yield return line.ToString().TrimEnd();
                line.Clear();
                used = 0;
            }

            foreach (var rune in piece.EnumerateRunes())
            {
                if (used > 0 && used + Width(rune) > width && rune.Value != ' ')
                {
                    yield return line.ToString().TrimEnd();
                    line.Clear();
                    used = 0;
                }

                line.Append(rune.ToString());
                used += Width(rune);
            }
        }

        if (line.Length > 0)
        {
            yield return line.ToString().TrimEnd();
        }
    }

    // What stays together: a word with the blanks behind it, or one wide letter with the marks that belong to it.
    private static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        var last = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            var mayBreak = last.Value == ' ' || IsWide(last) || IsWide(rune);
            if (piece.Length > 0 && mayBreak && rune.Value != ' ' && !NeverFirst.Contains(rune.ToString(), StringComparison.Ordinal) && !NeverLast.Contains(last.ToString(), StringComparison.Ordinal))
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(rune.ToString());
            last = rune;
        }

        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }

    private static int Width(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control => 0,
        _ => IsWide(rune) ? 2 : 1,
    };

    // East Asian Wide and Fullwidth of UAX #11, in whole blocks.
    private static bool IsWide(Rune rune) => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xA960 and <= 0xA97F)
        or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F680 and <= 0x1F6FF) or (>= 0x1F900 and <= 0x1F9FF) or (>= 0x20000 and <= 0x3FFFD);
}
