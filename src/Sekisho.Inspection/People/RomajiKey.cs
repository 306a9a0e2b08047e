using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// Romaji by what they sound like: Hepburn, Kunrei and passport spellings of one name, long vowels written or not, give one key
/// (<c>Satō</c>, <c>Satou</c>, <c>Satoh</c>, <c>Sato</c>; <c>Tsuzuki</c>, <c>Tuduki</c>). Keys are for comparison alone.
/// </summary>
internal static class RomajiKey
{
    /// <summary>In this order: what a later pair looks for an earlier one may have made.</summary>
    private static readonly (string From, string To)[] _spellings =
    [
        ("tch", "tt"), ("cch", "tt"), ("shi", "si"), ("sh", "sy"), ("chi", "ti"), ("ch", "ty"), ("tsu", "tu"), ("ji", "zi"), ("jy", "zy"), ("j", "zy"), ("dz", "z"), ("du", "zu"),
        ("di", "zi"), ("fu", "hu"), ("mb", "nb"), ("mp", "np"), ("mm", "nm"), ("nn", "n"), ("ou", "o"), ("oo", "o"), ("uu", "u"), ("aa", "a"), ("ii", "i"), ("ee", "e"),
    ];

    /// <summary>The key of a word in Latin letters; other characters than letters are dropped, marks over vowels too.</summary>
    public static string Of(ReadOnlySpan<char> word)
    {
        const int MaxWord = 64;
        var plain = new StringBuilder();
        foreach (var c in word.Length > MaxWord ? word[..MaxWord] : word)
        {
            var letter = char.ToLowerInvariant(TextFolding.FoldWidth(c));
            letter = letter switch { 'ō' or 'ô' or 'ó' or 'ö' => 'o', 'ū' or 'û' or 'ú' or 'ü' => 'u', 'ā' or 'â' or 'á' => 'a', 'ī' or 'î' => 'i', 'ē' or 'ê' or 'é' or 'è' => 'e', _ => letter };
            if (char.IsAsciiLetterLower(letter))
            {
                plain.Append(letter);
            }
        }

        foreach (var (from, to) in _spellings)
        {
            plain.Replace(from, to);
        }

        return DropSilentH(plain);
    }

    /// <summary>Satoh, Ohno: an h that only says the vowel is long.</summary>
    private static string DropSilentH(StringBuilder word)
    {
        var kept = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length; i++)
        {
            var silent = word[i] == 'h' && i > 0 && word[i - 1] is 'o' or 'u' && (i + 1 == word.Length || word[i + 1] is not ('a' or 'i' or 'u' or 'e' or 'o' or 'y'));
            if (!silent)
            {
                kept.Append(word[i]);
            }
        }

        return kept.ToString();
    }
}
