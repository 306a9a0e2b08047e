using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>Postal addresses in running text, found by their numbers or by a postcode in front.</summary>
internal static class AddressReader
{
    private const int Back = 40;
    private const int Ahead = 120;

    private static readonly SearchValues<char> _stops = SearchValues.Create("\n\t、。,，;；|｜「」");
    private static readonly SearchValues<char> _units = SearchValues.Create("0123456789０１２３４５６７８９-－−‐丁目番地号の室階FＦ条");
    private static readonly SearchValues<char> _ends = SearchValues.Create("市区町村郡");
    private static readonly SearchValues<char> _prefectures = SearchValues.Create("県都府道");

    /// <summary>The address that follows a postcode; answers where to read on.</summary>
    public static int Behind(ReadOnlySpan<char> text, int at, int line, List<Hit> hits)
    {
        var start = at;
        while (start < text.Length && text[start] is ' ' or '\u3000' or ')' or '）' or ',' or '、')
        {
            start++;
        }

        var rest = text[start..Math.Min(text.Length, start + Ahead)];
        var end = rest.IndexOfAny(_stops);
        rest = end < 0 ? rest : rest[..end];
        if (rest.Length < 4 || !ValueText.IsHan(rest[0]) && !ValueText.IsKana(rest[0]))
        {
            return at;
        }

        var length = WithoutContacts(rest);
        Span<char> folded = stackalloc char[Ahead];
        var size = ValueText.Fold(rest[..length], folded);
        if (PostalAddresses.Judge(folded[..size]) != DataKinds.PostalAddress)
        {
            return at;
        }

        hits.Add(new Hit(DataKinds.PostalAddress, start, start + length, line));
        return start + length;
    }

    /// <summary>The address whose number stands from <paramref name="at"/> to <paramref name="end"/>, if it is one's; answers where to read on.</summary>
    public static int Around(ReadOnlySpan<char> text, int at, int end, int lineStart, int line, List<Hit> hits)
    {
        if (at > lineStart && (ValueText.IsHan(text[at - 1]) || ValueText.IsKana(text[at - 1]) || text[at - 1] is ' ' or '\u3000'))
        {
            var start = Start(text[Math.Max(lineStart, at - Back)..at], out var prefecture);
            if (start >= 0)
            {
                start += Math.Max(lineStart, at - Back);
                var stop = Stop(text, at, end);
                if (prefecture || IsNumbered(text[at..stop], text, stop))
                {
                    hits.Add(new Hit(DataKinds.PostalAddress, start, stop, line));
                    return stop;
                }
            }
        }

        if (end + 2 < text.Length && text[end] == ' ' && char.IsAsciiLetterUpper(text[end + 1]) && end - at <= 6)
        {
            return Western(text, at, end, line, hits);
        }

        return end;
    }

    private static int Western(ReadOnlySpan<char> text, int at, int end, int line, List<Hit> hits)
    {
        var rest = text[at..Math.Min(text.Length, at + Ahead)];
        var stop = rest.IndexOfAny('\n', '\t', ';');
        var whole = stop < 0 ? rest : rest[..stop];
        if (whole.Length < 8 || !PostalAddresses.HasStreet(whole))
        {
            return end;
        }

        if (!PostalAddresses.Western(whole) && stop > 0 && rest[stop] == '\n')
        {
            // The town often stands on the next line.
            var second = rest[(stop + 1)..].IndexOf('\n');
            whole = second < 0 ? rest : rest[..(stop + 1 + second)];
        }

        Span<char> folded = stackalloc char[Ahead];
        var size = ValueText.Fold(whole, folded);
        if (!PostalAddresses.Western(folded[..size]))
        {
            return end;
        }

        hits.Add(new Hit(DataKinds.PostalAddress, at, at + (stop < 0 ? whole.Length : Math.Min(stop, whole.Length)), line));
        return at + (stop < 0 ? whole.Length : Math.Min(stop, whole.Length));
    }

    /// <summary>Where an address begins in what stands before its number; -1 for none.</summary>
    private static int Start(ReadOnlySpan<char> front, out bool prefecture)
    {
        prefecture = false;
        var last = front.LastIndexOfAny(_stops);
        var from = last + 1;
        for (var i = from; i < front.Length; i++)
        {
            var next = front[i..].IndexOfAny(_prefectures);
            if (next < 0)
            {
                break;
            }

            i += next;
            foreach (var length in (ReadOnlySpan<int>)[4, 3])
            {
                if (i - length + 1 >= from && PostalAddresses.Prefecture(front[(i - length + 1)..]) == length)
                {
                    prefecture = true;
                    return i - length + 1;
                }
            }
        }

        var end = front[from..].IndexOfAny(_ends);
        if (end < 1)
        {
            return -1;
        }

        end += from;
        var begin = end;
        while (begin > from && end - begin < 6 && (ValueText.IsHan(front[begin - 1]) || ValueText.IsKana(front[begin - 1])))
        {
            begin--;
        }

        for (; begin < end; begin++)
        {
            if (PostalAddresses.Municipality(front[begin..], trusted: false) > 0)
            {
                return begin;
            }
        }

        return -1;
    }

    /// <summary>Behind the last number, unit or hyphen of the address.</summary>
    private static int Stop(ReadOnlySpan<char> text, int at, int end)
    {
        var rest = text[at..Math.Min(text.Length, at + Back)].IndexOfAnyExcept(_units);
        return Math.Max(end, rest < 0 ? Math.Min(text.Length, at + Back) : at + rest);
    }

    /// <summary>1-2-3, 1丁目, 12番地: a number in a village, not of its people.</summary>
    private static bool IsNumbered(ReadOnlySpan<char> number, ReadOnlySpan<char> text, int stop)
        => number.ContainsAny('-', '－', '−') || number.Contains("丁目", StringComparison.Ordinal) || number.Contains("番", StringComparison.Ordinal)
            || (stop < text.Length && text[stop] is '\n' && number.Length is >= 1 and <= 5 && !number.ContainsAny('月', '日'));

    private static bool IsMail(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(' ', '\u3000');
        return (end < 0 ? rest : rest[..end]).Contains('@');
    }

    /// <summary>An address ends where the telephone begins.</summary>
    private static int WithoutContacts(ReadOnlySpan<char> rest)
    {
        foreach (var word in (ReadOnlySpan<string>)["TEL", "Tel", "tel", "電話", "FAX", "℡", "☎"])
        {
            var at = rest.IndexOf(word, StringComparison.Ordinal);
            if (at > 0)
            {
                rest = rest[..at];
            }
        }

        // A word that begins like a number to dial, or holds an address's sign, is no building.
        for (var at = 0; at < rest.Length - 3; at++)
        {
            if (rest[at] is ' ' or '\u3000' or '/' or '／' or '(' or '（' && (rest[at + 1] is '0' or '０' or '+' || IsMail(rest[(at + 1)..])))
            {
                rest = rest[..at];
            }
        }

        return rest.TrimEnd(" \u3000(（/／").Length;
    }
}
