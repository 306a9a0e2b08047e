namespace Sekisho.Inspection;

/// <summary>Names that mean one person, for comparing them.</summary>
internal static class FullName
{
    private const int MaxName = 100;

    /// <summary>Two words, or three characters of kanji and kana: a family name alone is many people's.</summary>
    public static bool IsOne(string name)
    {
        if (name.Length is < 3 or > MaxName || name.Contains('@', StringComparison.Ordinal))
        {
            return false;
        }

        var key = AlikeIndex.NameKey(name);
        return key.Split(' ').Count(w => w.Length > 1) >= 2 || (key.Length >= 3 && key.AsSpan().IndexOfAnyInRange('\0', '\u2E7F') < 0);
    }

    /// <summary>True where one of the names is this one, whatever the order of its words and the blanks between them.</summary>
    public static bool IsAmong(string name, IReadOnlyList<string> names)
    {
        var key = AlikeIndex.NameKey(name);
        return names.Any(n => AlikeIndex.NameKey(n) == key);
    }

    /// <summary>A local part with somebody's name in it: <c>sato</c>, <c>ichiro.suzuki</c>; not <c>info</c>, <c>x17</c>.</summary>
    public static bool IsPersonal(string local)
        => local.Length >= 4 && local.Split('.', '-', '_').Any(w => w.Length >= 4 && (LatinNames.MarksOf(w) & (WordMarks.EnglishSurname | WordMarks.SurnameReading)) != 0);
}
