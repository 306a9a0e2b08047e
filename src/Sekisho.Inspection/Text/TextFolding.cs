using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>Makes spellings that look alike equal: full and half width, case, invisible characters. Kana are not folded into each other.</summary>
internal static class TextFolding
{
    /// <summary>Characters that take no room on the screen; put inside an address they hide it from a plain search, not from the reader.</summary>
    private static readonly SearchValues<char> _invisible = SearchValues.Create(InvisibleCharacters());

    // Half-width katakana U+FF61 to U+FF9F in order.
    private const string Katakana = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

    private const string Voiceable = "カキクケコサシスセソタチツテトハヒフヘホ";

    /// <summary>True for a character without width (soft hyphen, zero-width space and joiners, direction marks, variation selectors, controls).</summary>
    public static bool IsInvisible(char c) => _invisible.Contains(c);

    /// <summary>The text without invisible characters; the same string where there are none.</summary>
    public static string StripInvisible(string text)
    {
        var first = text.AsSpan().IndexOfAny(_invisible);
        if (first < 0)
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        kept.Append(text, 0, first);
        foreach (var c in text.AsSpan(first))
        {
            if (!_invisible.Contains(c))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    /// <summary>Full-width ASCII as ASCII; anything else unchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static char FoldWidth(char c) => c < '\u00A0' ? c : FoldWide(c);

    private static char FoldWide(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\uFE6B' => '@',
        '\u3000' or '\u00A0' => ' ',
        _ => c,
    };

    /// <summary>
    /// For comparing words: full-width ASCII and half-width katakana made normal, lower case, invisible characters gone, every run of blanks one
    /// space, and a line break between two East Asian characters gone, as it is a wrap and not a word's end.
    /// </summary>
    public static string ForSearch(string text)
    {
        // Folding never lengthens: what comes out of a character is one character or none, and a space stands for at least one blank.
        var rented = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            return new string(rented, 0, Fold(text, rented));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private static int Fold(string text, char[] into)
    {
        var length = 0;
        var blank = false;
        var newline = false;
        foreach (var raw in text)
        {
            if (raw is > ' ' and < '\u007F' && !blank)
            {
                into[length++] = raw is >= 'A' and <= 'Z' ? (char)(raw | ' ') : raw;
                continue;
            }

            var c = FoldWidth(raw);
            if (c <= ' ')
            {
                blank = true;
                newline |= c == '\n';
                continue;
            }

            if (c >= '\u00AD' && IsInvisible(c))
            {
                continue;
            }

            if (blank)
            {
                if (length > 0 && !(newline && c >= '\u2E80' && into[length - 1] >= '\u2E80'))
                {
                    into[length++] = ' ';
                }

                blank = newline = false;
            }

            if (c is >= '\uFF61' and <= '\uFF9F')
            {
                length = FoldKana(c, into, length);
            }
            else
            {
                into[length++] = char.ToLowerInvariant(c);
            }
        }

        return length;
    }

    private static int FoldKana(char c, char[] into, int length)
    {
        var last = length > 0 ? into[length - 1] : '\0';
        if (c == '\uFF9E' && Voiceable.Contains(last))
        {
            into[length - 1] = (char)(last + 1);
        }
        else if (c == '\uFF9E' && last == 'ウ')
        {
            into[length - 1] = 'ヴ';
        }
        else if (c == '\uFF9F' && last is >= 'ハ' and <= 'ホ' && (last - 'ハ') % 3 == 0)
        {
            into[length - 1] = (char)(last + 2);
        }
        else
        {
            into[length++] = Katakana[c - '\uFF61'];
        }

        return length;
    }

    private static string InvisibleCharacters()
    {
        var all = new StringBuilder("\u007F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180E\u3164\uFEFF\uFFA0");

        // Controls that neither break a line nor stand for a blank; UTF-16 read as ASCII has a NUL beside every letter, which clients leave out.
        AppendRange(all, '\0', '\b');
        AppendRange(all, '\u000E', '\u001F');
        AppendRange(all, '\uFFF9', '\uFFFB');
        AppendRange(all, '\u200B', '\u200F');
        AppendRange(all, '\u202A', '\u202E');
        AppendRange(all, '\u2060', '\u206F');
        AppendRange(all, '\uFE00', '\uFE0F');
        return all.ToString();
    }

    private static void AppendRange(StringBuilder all, char from, char to)
    {
        for (var c = from; c <= to; c++)
        {
            all.Append(c);
        }
    }
}
