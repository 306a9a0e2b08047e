namespace Sekisho.Inspection;

/// <summary>Which part of a person's name a text is.</summary>
internal enum NameForm
{
    None,
    Surname,
    Given,
    Full,
}

/// <summary>A name judged.</summary>
/// <param name="Form">Which part.</param>
/// <param name="Confidence">0 to 1: from 0.9 both halves stand in the dictionary; about 0.6 one does and the other could.</param>
internal readonly record struct NameLikeness(NameForm Form, float Confidence)
{
    public static NameLikeness None => default;

    /// <summary>True for a name of either form, likelier than not.</summary>
    public bool IsName => Form != NameForm.None && Confidence >= 0.5f;
}

/// <summary>Tells whether a short text is a person's name, by the dictionary of names.</summary>
internal static class Names
{
    private const int MaxLength = 40;

    private static readonly string[] _honorifics = ["ちゃん", "先生", "さん", "さま", "くん", "様", "殿", "氏", "君"];

    /// <summary>Ends of words that no given name has: posts, places, organisations.</summary>
    private const string NotGivenEnds = "部課室係店社局所庁省市区町村郡県府州国駅港線組会院校館堂屋学科長員者官等的性法用品物費額料金円年月日時分秒号第回目付前後上下内外中間別分様御各全約計";

    /// <summary>Which part of a name, and how surely. At most 40 characters are looked at; honorifics (様, さん, 先生) are left out.</summary>
    public static NameLikeness Judge(ReadOnlySpan<char> text)
    {
        Span<char> buffer = stackalloc char[MaxLength + 1];
        var length = ValueText.Fold(text, buffer);
        if (length is 0 or > MaxLength)
        {
            return NameLikeness.None;
        }

        var name = StripHonorific(buffer[..length]);
        if (name.Length == 0)
        {
            return NameLikeness.None;
        }

        var kanji = false;
        var kana = false;
        var latin = false;
        foreach (var c in name)
        {
            if (char.IsAsciiLetter(c))
            {
                latin = true;
            }
            else if (c < '\u0080')
            {
                if (c is not (' ' or '.' or ',' or '\'' or '-' or '='))
                {
                    return NameLikeness.None;
                }
            }
            else if (ValueText.IsHan(c))
            {
                kanji = true;
            }
            else if (ValueText.IsKana(c) || c is 'ヶ' or 'ヵ')
            {
                kana = true;
            }
            else if (char.IsLetter(c) && IsLatin(c))
            {
                latin = true;
            }
            else if (c is not ('・' or '’' or '＝' or '、'))
            {
                return NameLikeness.None;
            }
        }

        return kanji ? latin ? NameLikeness.None : JapaneseNames.Kanji(name) : kana ? latin ? NameLikeness.None : JapaneseNames.Kana(name) : latin ? LatinNames.Judge(name) : NameLikeness.None;
    }

    /// <summary>Spellings in Latin letters, lower case, of a family name's readings: <c>saito saitou saitoh</c>; empty where it is unknown.</summary>
    public static IReadOnlyList<string> Romaji(ReadOnlySpan<char> surname)
    {
        Span<char> buffer = stackalloc char[MaxLength + 1];
        var length = ValueText.Fold(surname, buffer);
        var readings = NameTable.Shared.Readings(buffer[..length]);
        return readings.Count == 0 ? [] : [.. readings.SelectMany(Inspection.Romaji.Spellings).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>How many of a name's first characters are the family name: 2 of 山田太郎; 0 where nobody can say.</summary>
    public static int SurnameLength(ReadOnlySpan<char> name)
    {
        var blank = name.IndexOfAny(' ', '\u3000');
        if (blank > 0)
        {
            return blank;
        }

        return JapaneseNames.Split(name, out var surname) >= 0.5f ? surname : 0;
    }

    /// <summary>Latin letters, those with marks included.</summary>
    internal static bool IsLatin(char c) => char.IsAsciiLetter(c) || c is (>= '\u00C0' and < '\u0250') or (>= '\u1E00' and < '\u1F00');

    /// <summary>True where the last character belongs to posts, places and organisations rather than to a given name.</summary>
    internal static bool EndsUnlikeGiven(ReadOnlySpan<char> given) => NotGivenEnds.Contains(given[^1]);

    private static ReadOnlySpan<char> StripHonorific(ReadOnlySpan<char> name)
    {
        if (name[^1] < '\u0080')
        {
            return name;
        }

        foreach (var honorific in _honorifics)
        {
            if (name.Length > honorific.Length + 1 && name.EndsWith(honorific, StringComparison.Ordinal))
            {
                return name[..^honorific.Length].TrimEnd(' ');
            }
        }

        return name;
    }
}
