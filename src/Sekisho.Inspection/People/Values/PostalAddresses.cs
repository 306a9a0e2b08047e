using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>Postal addresses of Japan by prefecture, municipality and number; western ones by number, street and postcode.</summary>
internal static class PostalAddresses
{
    private static readonly string[] _prefectures =
    [
        "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県",
        "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県",
        "宮崎県", "鹿児島県", "沖縄県",
    ];

    private static readonly HashSet<string> _bare = [.. _prefectures.Where(p => p != "北海道").Select(p => p[..^1])];

    private static readonly HashSet<string> _whole = [.. _prefectures];

    private static readonly SearchValues<char> _ends = SearchValues.Create("市区町村郡");

    private static readonly SearchValues<char> _kanjiNumbers = SearchValues.Create("一二三四五六七八九十");

    private static readonly string[] _streets = ["street", "st", "avenue", "ave", "road", "rd", "drive", "dr", "lane", "ln", "boulevard", "blvd", "court", "ct", "way", "place", "pl", "terrace", "square", "parkway", "highway", "close", "crescent"];

    /// <summary>Characters of the prefecture the text begins with, 0 without one.</summary>
    public static int Prefecture(ReadOnlySpan<char> text)
    {
        foreach (var length in (ReadOnlySpan<int>)[3, 4])
        {
            if (text.Length >= length && text[length - 1] is '県' or '都' or '府' or '道' && _whole.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..length]))
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>
    /// What a folded text is as a place: <see cref="DataKinds.PostalAddress"/> from a municipality and something below it (or prefecture and municipality with more) on,
    /// <see cref="DataKinds.Municipality"/> for a prefecture or municipality alone, else none. A postcode in front is left out.
    /// </summary>
    public static DataKinds Judge(ReadOnlySpan<char> text)
    {
        text = WithoutPostcode(text);
        var pref = Prefecture(text);
        var rest = text[pref..].TrimStart(' ');
        if (rest.Length == 0)
        {
            return pref > 0 ? DataKinds.Municipality : DataKinds.None;
        }

        var city = Municipality(rest, pref > 0);
        if (city == 0)
        {
            return pref == 0 && _bare.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text) ? DataKinds.Municipality
                : pref > 0 && HasNumber(rest) ? DataKinds.PostalAddress
                : Western(text) ? DataKinds.PostalAddress : DataKinds.None;
        }

        var below = rest[city..].TrimStart(' ');
        if (below.Length == 0)
        {
            return DataKinds.Municipality;
        }

        // 町 and 村 also end the part below a 郡 or a ward: 港区 alone is a municipality, 中央区日本橋 more.
        return HasNumber(below) || (pref > 0 && below.Length >= 2) || Municipality(below, true) > 0 ? HasNumber(below) || below.Length >= 2 ? DataKinds.PostalAddress : DataKinds.Municipality : DataKinds.None;
    }

    /// <summary>Characters of the municipality the text begins with (横浜市, 千代田区, 愛知郡東郷町), 0 without one. Unless <paramref name="trusted"/>, its name must be in the gazetteer.</summary>
    public static int Municipality(ReadOnlySpan<char> text, bool trusted)
    {
        var from = 1;
        for (var tries = 0; tries < 3; tries++)
        {
            var next = text.Length > from ? text[from..Math.Min(text.Length, 8)].IndexOfAny(_ends) : -1;
            if (next < 0)
            {
                return 0;
            }

            var at = from + next;
            if (AllPlaceLetters(text[..at]) && (trusted || (NameTable.Shared[text[..at]] & WordMarks.Place) != 0))
            {
                return at + 1;
            }

            from = at + 1;
        }

        return 0;
    }

    /// <summary>"123 Main St, Springfield, IL 62704", "10 Downing Street, London SW1A 2AA": a house number, a street's word, and a region's code or postcode behind it.</summary>
    public static bool Western(ReadOnlySpan<char> text)
    {
        if (text.Length is < 12 or > 160 || !char.IsAsciiDigit(text[0]))
        {
            return false;
        }

        Span<Range> words = stackalloc Range[24];
        var count = text.SplitAny(words, " ,.", StringSplitOptions.RemoveEmptyEntries);
        if (count is < 4 || text[words[0]].Length > 6)
        {
            return false;
        }

        for (var i = 2; i < Math.Min(count, 8); i++)
        {
            if (IsStreet(text[words[i]]))
            {
                return count > i + 1 && HasPostcodeAbroad(text, words[(i + 1)..count]);
            }
        }

        return false;
    }

    /// <summary>True where the third to sixth word is a street's: the cheap question before <see cref="Western"/>.</summary>
    public static bool HasStreet(ReadOnlySpan<char> text)
    {
        Span<Range> words = stackalloc Range[9];
        var count = text.SplitAny(words, " ,.\n", StringSplitOptions.RemoveEmptyEntries);
        for (var i = 2; i < Math.Min(count, 8); i++)
        {
            if (IsStreet(text[words[i]]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasPostcodeAbroad(ReadOnlySpan<char> text, ReadOnlySpan<Range> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var word = text[words[i]];
            var us = i > 0 && (word.Length == 5 || (word.Length == 10 && word[5] == '-')) && CheckDigits.AllDigits(word[..5]) && text[words[i - 1]].Length == 2 && char.IsAsciiLetterUpper(text[words[i - 1]][0]);
            var uk = i > 0 && word.Length == 3 && char.IsAsciiDigit(word[0]) && char.IsAsciiLetter(word[1]) && char.IsAsciiLetter(word[2]) && char.IsAsciiLetter(text[words[i - 1]][0]) && text[words[i - 1]].Length is >= 2 and <= 4;
            if (us || uk)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsStreet(ReadOnlySpan<char> word)
    {
        foreach (var street in _streets)
        {
            if (word.Equals(street, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AllPlaceLetters(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!ValueText.IsHan(c) && !ValueText.IsKana(c))
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    private static bool HasNumber(ReadOnlySpan<char> text) => text.ContainsAnyInRange('0', '9') || text.Contains("丁目", StringComparison.Ordinal) || text.Contains("番地", StringComparison.Ordinal)
        || text.ContainsAny(_kanjiNumbers) && text.ContainsAny("番号");

    private static ReadOnlySpan<char> WithoutPostcode(ReadOnlySpan<char> text)
    {
        text = text.TrimStart("〒 ");
        if (text.Length > 9 && text[3] == '-' && CheckDigits.AllDigits(text[..3]) && CheckDigits.AllDigits(text[4..8]) && !char.IsAsciiDigit(text[8]))
        {
            text = text[8..].TrimStart(' ');
        }

        return text;
    }
}
