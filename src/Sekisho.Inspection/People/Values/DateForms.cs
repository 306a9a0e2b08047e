using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>Dates as people write them, western and 和暦.</summary>
internal static class DateForms
{
    private static readonly (string Name, int Base)[] _eras =
        [("明治", 1867), ("大正", 1911), ("昭和", 1925), ("平成", 1988), ("令和", 2018), ("M", 1867), ("T", 1911), ("S", 1925), ("H", 1988), ("R", 2018), ("明", 1867), ("大", 1911), ("昭", 1925), ("平", 1988), ("令", 2018)];

    private static readonly SearchValues<char> _time = SearchValues.Create("0123456789:.TZ+- ");

    private static readonly string[] _months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>
    /// Reads a whole folded text as a date: 1985/4/1, 1985-04-01 (a time behind it is left out), 1985年4月1日, S60.4.1, 昭和60年4月1日, 令和元年5月1日,
    /// 4/1/1985, Apr 1, 1985, 1 April 1985, and 19850401 where <paramref name="bare"/> is set. False for no date, or one before 1868.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> text, bool bare, out int year, out int month, out int day)
    {
        year = month = day = 0;
        if (text.Length is < 6 or > 40)
        {
            return false;
        }

        if (text.Length == 8 && CheckDigits.AllDigits(text))
        {
            (year, month, day) = (int.Parse(text[..4]), int.Parse(text[4..6]), int.Parse(text[6..]));
            return bare && IsDate(year, month, day);
        }

        var era = 0;
        var rest = text;
        foreach (var (name, start) in _eras)
        {
            if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[name.Length..].TrimStart(" .");
                era = start;
                break;
            }
        }

        Span<int> parts = stackalloc int[3];
        if (era > 0 && rest.StartsWith("元"))
        {
            parts[0] = 1;
            rest = rest[1..];
            if (!Separator(ref rest) || !Numbers(rest, parts[1..], out var end) || !OnlyTime(rest[end..]))
            {
                return false;
            }
        }
        else if (!Numbers(rest, parts, out var end))
        {
            return era == 0 && Named(text, out year, out month, out day);
        }
        else if (!OnlyTime(rest[end..]))
        {
            return false;
        }

        (year, month, day) = (parts[0], parts[1], parts[2]);
        if (era > 0)
        {
            year += era;
            return parts[0] is >= 1 and <= 64 && IsDate(year, month, day);
        }

        if (year < 100 && day > 1000)
        {
            // Month first as in the United States, day first elsewhere; either is a date.
            (year, month, day) = month > 12 ? (parts[2], parts[0], parts[1]) : parts[0] > 12 ? (parts[2], parts[1], parts[0]) : (parts[2], parts[0], parts[1]);
        }

        return IsDate(year, month, day);
    }

    /// <summary>True for a day of the calendar from 1868 on.</summary>
    public static bool IsDate(int year, int month, int day)
        => year is >= 1868 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static bool Numbers(ReadOnlySpan<char> text, Span<int> parts, out int end)
    {
        end = 0;
        var start = text.Length;
        for (var i = 0; i < parts.Length; i++)
        {
            text = text.TrimStart(' ');
            var size = 0;
            while (size < text.Length && size < 5 && ValueText.IsDigit(text[size]))
            {
                parts[i] = (parts[i] * 10) + ValueText.Digit(text[size++]);
            }

            if (size is 0 or > 4)
            {
                return false;
            }

            text = text[size..];
            if (i < parts.Length - 1 && !Separator(ref text))
            {
                return false;
            }
        }

        end = start - text.Length;
        return true;
    }

    private static bool Separator(ref ReadOnlySpan<char> text)
    {
        text = text.TrimStart(' ');
        if (text.Length == 0 || text[0] is not ('/' or '-' or '.' or '年' or '月' or '／' or '．'))
        {
            return false;
        }

        text = text[1..];
        return true;
    }

    /// <summary>Nothing behind the date but 日, 生(まれ), the day of the week, an age or a time.</summary>
    private static bool OnlyTime(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(' ');
        if (text.StartsWith("日"))
        {
            text = text[1..].TrimStart(' ');
        }

        if (text.StartsWith("生まれ") || text.StartsWith("生れ"))
        {
            text = text[(text.IndexOf('れ') + 1)..];
        }
        else if (text.StartsWith("生"))
        {
            text = text[1..];
        }

        text = text.Trim(' ');
        return text.Length == 0 || (text[0] is '(' && text[^1] == ')' && text.Length <= 8) || (text[0] is 'T' or >= '0' and <= '9' && text.Contains(':') && !text.ContainsAnyExcept(_time));
    }

    private static bool Named(ReadOnlySpan<char> text, out int year, out int month, out int day)
    {
        year = month = day = 0;
        Span<Range> words = stackalloc Range[5];
        var count = text.SplitAny(words, " ,.-", StringSplitOptions.RemoveEmptyEntries);
        if (count != 3)
        {
            return false;
        }

        for (var i = 0; i < 3; i++)
        {
            var word = text[words[i]];
            if (char.IsAsciiLetter(word[0]))
            {
                for (var m = 0; m < 12 && word.Length >= 3; m++)
                {
                    month = word[..3].Equals(_months[m], StringComparison.OrdinalIgnoreCase) && word.Length <= 9 ? m + 1 : month;
                }
            }
            else
            {
                var digits = word.TrimEnd("sthndr");
                if (!CheckDigits.AllDigits(digits) || digits.Length is 3 or > 4)
                {
                    return false;
                }

                (year, day) = digits.Length == 4 ? (int.Parse(digits), day) : (year, int.Parse(digits));
            }
        }

        return IsDate(year, month, day);
    }
}
