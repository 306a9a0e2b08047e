using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// What a word looks like: characters that eyes take for each other become one, as in Unicode Technical Standard #39, section 4. The table is written by hand and
/// holds what can stand in a domain or a local part and looks like a Latin letter or digit in common fonts; nothing is copied from the standard's data file.
/// </summary>
internal static class Skeleton
{
    private const int MaxLength = 320;

    private static readonly IdnMapping _idn = new() { AllowUnassigned = true };

    /// <summary>A Latin letter, and what is drawn like it: Cyrillic, Greek, Armenian, phonetic letters, letters with marks.</summary>
    private static readonly FrozenDictionary<char, char> _alike = new (char Latin, string Like)[]
    {
        ('a', "аɑαàáâãäåāăąǎạả"), ('b', "Ьƅьъ"), ('c', "сϲçćĉċč"), ('d', "ԁɗđď"), ('e', "еҽєèéêëēĕėęěẹ"), ('f', "ғƒ"), ('g', "ɡցğĝġģ"), ('h', "һհħĥ"), ('i', "іιɩìíîïĩīĭįıị"), ('j', "јϳĵ"),
        ('k', "кκķ"), ('l', "ӏⅼļľłĺ|"), ('m', "мⅿ"), ('n', "ոռηñńņňп"), ('o', "оοօσòóôõöøōŏőọ0"), ('p', "рρ"), ('q', "ԛզ"), ('r', "гŕŗř"), ('s', "ѕśŝşšș"), ('t', "тτţťț"), ('u', "սυùúûüũūŭůűų"),
        ('v', "ѵνѴ"), ('w', "ԝωա"), ('x', "хχ"), ('y', "уүγýÿŷ"), ('z', "źżž"), ('l', "1"), ('-', "‐‑–—−ー"),
    }.SelectMany(p => p.Like.Select(c => KeyValuePair.Create(c, p.Latin))).DistinctBy(p => p.Key).ToFrozenDictionary();

    /// <summary>The skeleton of a word: equal for two that look alike. Only good for comparing.</summary>
    public static string Of(string text)
    {
        var drawn = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var raw in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            var c = char.ToLowerInvariant(TextFolding.FoldWidth(raw));
            drawn.Append(_alike.GetValueOrDefault(c, c));
        }

        return drawn.Replace("rn", "m").Replace("vv", "w").ToString();
    }

    /// <summary>True where letters of another script stand that look Latin, in a label that has Latin letters too: no language writes so.</summary>
    public static bool MixesScripts(string text)
    {
        foreach (var label in text.Split('.'))
        {
            if (label.AsSpan().ContainsAnyInRange('a', 'z') && label.Any(c => c is >= '\u0370' and < '\u0590' && _alike.ContainsKey(c)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An address as a reader sees it.</summary>
    public static string SeenAddress(string key) => key.LastIndexOf('@') is > 0 and var at ? string.Concat(key.AsSpan(0, at + 1), Seen(key[(at + 1)..])) : key;

    /// <summary>A domain as a reader sees it: <c>xn--</c> labels in their own letters; unchanged where they cannot be read.</summary>
    public static string Seen(string domain)
    {
        if (!domain.Contains("xn--", StringComparison.Ordinal))
        {
            return domain;
        }

        try
        {
            return _idn.GetUnicode(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }
}
