namespace Sekisho.Inspection;

/// <summary>Values as they are compared: width, hyphens and half-width kana folded, outer blanks gone.</summary>
internal static class ValueText
{
    /// <summary>Longest value looked at; what is longer is text.</summary>
    public const int MaxValue = 300;

    // Half-width katakana U+FF66 to U+FF9D in order.
    private const string Katakana = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

    /// <summary>True for any of the signs people write between groups of digits for a hyphen.</summary>
    public static bool IsHyphen(char c) => c is '-' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' or '\uFF0D' or '\u30FC' or '\uFF70' or '\u2500';

    /// <summary>ASCII or full-width digit.</summary>
    public static bool IsDigit(char c) => (uint)(c - '0') <= 9 || (uint)(c - '０') <= 9;

    /// <summary>0 to 9 of an ASCII or full-width digit.</summary>
    public static int Digit(char c) => c & 0xF;

    /// <summary>True for a Chinese character, with the marks that stand for one (々, 〆, ヶ is kana).</summary>
    public static bool IsKanji(char c) => c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF' or '々' or '〆' or >= '\uF900' and <= '\uFAFF';

    /// <summary>True for a surrogate half: rare Chinese characters (𠮷) are written with two.</summary>
    public static bool IsHan(char c) => IsKanji(c) || char.IsSurrogate(c);

    public static bool IsHiragana(char c) => c is >= '\u3041' and <= '\u3096' or 'ゝ' or 'ゞ';

    /// <summary>Full-width katakana, the long mark included.</summary>
    public static bool IsKatakana(char c) => c is >= '\u30A1' and <= '\u30FA' or 'ー' or 'ヽ' or 'ヾ';

    public static bool IsKana(char c) => IsHiragana(c) || IsKatakana(c);

    /// <summary>
    /// Folds width (ASCII and kana) and blanks; outer blanks go, inner runs become one space. A hyphen variant becomes <c>-</c> beside a digit. Writes at most
    /// <paramref name="into"/>'s length and returns how much; a text too long is cut.
    /// </summary>
    public static int Fold(ReadOnlySpan<char> text, Span<char> into)
    {
        var length = 0;
        var blank = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is > ' ' and < '\u007F' && length + 1 < into.Length)
            {
                if (blank)
                {
                    into[length++] = ' ';
                    blank = false;
                }

                into[length++] = c;
                continue;
            }

            c = TextFolding.FoldWidth(c);
            if (c <= ' ')
            {
                blank = length > 0;
                continue;
            }

            if (blank)
            {
                if (length == into.Length)
                {
                    break;
                }

                into[length++] = ' ';
                blank = false;
            }

            if (c > '\u007F')
            {
                if (IsHyphen(c) && length > 0 && (IsDigit(into[length - 1]) || into[length - 1] == ')'))
                {
                    c = '-';
                }
                else if (c is >= '\uFF66' and <= '\uFF9D')
                {
                    c = Katakana[c - '\uFF66'];
                }
                else if (c is '\uFF9E' or '\uFF9F' && length > 0 && Voiced(into[length - 1], c == '\uFF9F') is var voiced and not '\0')
                {
                    into[length - 1] = voiced;
                    continue;
                }
                else if (TextFolding.IsInvisible(c))
                {
                    continue;
                }
            }

            if (length == into.Length)
            {
                break;
            }

            into[length++] = c;
        }

        return length;
    }

    /// <summary>The digits alone, ASCII; returns how many. Cut at <paramref name="into"/>'s length.</summary>
    public static int Digits(ReadOnlySpan<char> text, Span<char> into)
    {
        var length = 0;
        foreach (var c in text)
        {
            if (IsDigit(c) && length < into.Length)
            {
                into[length++] = (char)('0' + Digit(c));
            }
        }

        return length;
    }

    /// <summary>The digits alone as a string.</summary>
    public static string Digits(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[64];
        return digits[..Digits(text, digits)].ToString();
    }

    private static char Voiced(char kana, bool half)
    {
        if (half)
        {
            return kana is >= 'ハ' and <= 'ホ' && (kana - 'ハ') % 3 == 0 ? (char)(kana + 2) : '\0';
        }

        return kana == 'ウ' ? 'ヴ' : "カキクケコサシスセソタチツテトハヒフヘホ".Contains(kana) ? (char)(kana + 1) : '\0';
    }
}
