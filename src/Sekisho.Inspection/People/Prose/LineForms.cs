using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>What a line of text is by its form: a name alone, an entry, a rule between parts.</summary>
internal static class LineForms
{
    private static readonly WordSearch _companyWords = new(
        ["株式会社", "有限会社", "合同会社", "(株)", "（株）", "㈱", "㈲", "http://", "https://", "www.", "Inc.", "Ltd", "LLC", "Corp", "GmbH", "営業部", "総務部", "事務局", "法律事務所"], StringComparison.Ordinal);

    private static readonly SearchValues<char> _rules = SearchValues.Create("-=_*+~#─━―－＝＿＊～◆◇■□●○・★☆┏┓┗┛:.|");

    private static readonly SearchValues<char> _sentence = SearchValues.Create("。、？！");

    /// <summary>The line is little but the name: 山田 太郎 様, 氏名を太字で. Prose that mentions one is not.</summary>
    public static bool IsNameLine(ReadOnlySpan<char> line, FoundName name)
    {
        var letters = 0;
        foreach (var c in line)
        {
            letters += c is ' ' or '\u3000' or '\t' ? 0 : 1;
        }

        return name.Full && letters <= Math.Max(20, (name.End - name.Start) * 2) && line.IndexOfAny(_sentence) < 0;
    }

    /// <summary>The line is an entry (TEL: …, 〒…), not a sentence with a value in it.</summary>
    public static bool IsEntry(ReadOnlySpan<char> line, List<Hit> hits, int first, int last)
    {
        var covered = 0;
        for (var i = first; i < last; i++)
        {
            covered += hits[i].End - hits[i].Start;
        }

        return covered * 5 >= line.Length * 2 && !line.Contains('。');
    }

    public static bool IsCompany(ReadOnlySpan<char> line) => _companyWords.In(line);

    /// <summary>A rule of dashes, stars or box lines, as signatures have above and below; RFC 3676's "-- " too.</summary>
    public static bool IsRule(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        return (line.Length >= 4 || line is "--") && !line.ContainsAnyExcept(_rules);
    }
}
