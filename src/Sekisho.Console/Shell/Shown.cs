using System.Globalization;
using System.Text;

namespace Sekisho.Pages.Shell;

/// <summary>
/// Foreign text (subjects, names, file names, evidence, reasons, a peer's words) made fit to be looked at: what hides itself, turns the reading direction or breaks
/// the line stands there as a mark like <c>‹U+202E›</c>. Encoding for HTML stays Razor's.
/// </summary>
public static class Shown
{
    /// <summary>One line of at most <paramref name="max"/> UTF-16 units, then an ellipsis; runs of blanks and line breaks become one blank.</summary>
    public static string Text(string? text, int max = 200)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = new StringBuilder(Math.Min(text.Length, max) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is ' ' or '\t' or '\r' or '\n' or 0x85 or 0x2028 or 0x2029)
            {
                if (safe.Length > 0 && safe[^1] != ' ')
                {
                    safe.Append(' ');
                }
            }
            else
            {
                Append(safe, rune);
            }

            if (safe.Length > max)
            {
                return Cut(safe, max);
            }
        }

        return safe.ToString().TrimEnd();
    }

    /// <summary>The same with line breaks and tabs left in, for what is shown in a <c>pre</c>.</summary>
    public static string Lines(string? text, int max)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = new StringBuilder(Math.Min(text.Length, max) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t')
            {
                safe.Append((char)rune.Value);
            }
            else if (rune.Value is 0x85 or 0x2028 or 0x2029)
            {
                safe.Append('\n');
            }
            else if (rune.Value != '\r')
            {
                Append(safe, rune);
            }

            if (safe.Length > max)
            {
                return Cut(safe, max);
            }
        }

        return safe.ToString();
    }

    /// <summary>A sentence of ours that may quote foreign words: as it is, unless something in it hides.</summary>
    public static string Plain(string sentence) => HidesSomething(sentence) ? Lines(sentence, 4000) : sentence;

    /// <summary>True where something in it would deceive the eye: a control, direction or invisible character.</summary>
    public static bool HidesSomething(string text) => text.EnumerateRunes().Any(IsHidden);

    private static void Append(StringBuilder safe, Rune rune)
    {
        if (IsHidden(rune))
        {
            safe.Append(CultureInfo.InvariantCulture, $"‹U+{rune.Value:X4}›");
        }
        else
        {
            safe.Append(rune.ToString());
        }
    }

    private static string Cut(StringBuilder safe, int max)
    {
        var end = char.IsHighSurrogate(safe[max - 1]) ? max - 1 : max;
        return safe.ToString(0, end).TrimEnd() + "…";
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => rune.Value is not ('\t' or '\r' or '\n'),

        // The joiners alone are part of ordinary writing (emoji, Persian), but inside an address or a name they hide a difference: they are shown too.
        UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse => true,
        _ => rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 or 0x2800,
    };
}
