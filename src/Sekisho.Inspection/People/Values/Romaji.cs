namespace Sekisho.Inspection;

/// <summary>Katakana in Latin letters, the ways people write their own names and addresses.</summary>
internal static class Romaji
{
    private static readonly Dictionary<string, string> _syllables = Make();

    /// <summary>
    /// Spellings of a reading, lower case, the plainest first: サイトウ → <c>saito saitou saitoh</c>, オオノ → <c>ono oono ohno</c>, ツジ → <c>tsuji tuzi</c>.
    /// At most eight.
    /// </summary>
    public static IEnumerable<string> Spellings(string katakana)
    {
        var letters = Letters(katakana);
        var all = new List<string> { Short(letters), letters, letters.Replace("ou", "oh", StringComparison.Ordinal).Replace("oo", "oh", StringComparison.Ordinal) };
        foreach (var spelling in all.ToList())
        {
            all.Add(Kunrei(spelling));
        }

        // Shimbashi and Shinbashi are both written.
        foreach (var spelling in all.ToList())
        {
            all.Add(spelling.Replace("nb", "mb", StringComparison.Ordinal).Replace("nm", "mm", StringComparison.Ordinal).Replace("np", "mp", StringComparison.Ordinal));
        }

        return all.Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).Take(8);
    }

    /// <summary>The reading letter by letter, long vowels as they are written: サイトウ → <c>saitou</c>; empty for what is no katakana.</summary>
    internal static string Letters(string katakana)
    {
        var text = new System.Text.StringBuilder(katakana.Length * 2);
        var twice = false;
        for (var i = 0; i < katakana.Length; i++)
        {
            string? syllable = null;
            if (i + 1 < katakana.Length && _syllables.TryGetValue(katakana.Substring(i, 2), out syllable))
            {
                i++;
            }
            else if (katakana[i] == 'ッ')
            {
                twice = true;
                continue;
            }
            else if (katakana[i] == 'ー')
            {
                continue;
            }
            else if (!_syllables.TryGetValue(katakana[i].ToString(), out syllable))
            {
                return "";
            }

            if (twice)
            {
                text.Append(syllable.StartsWith("ch", StringComparison.Ordinal) ? 't' : syllable[0]);
                twice = false;
            }

            text.Append(syllable);
        }

        return text.ToString();
    }

    /// <summary>Long vowels short, as passports do: ou, oo and uu lose one.</summary>
    private static string Short(string letters)
        => letters.Replace("ou", "o", StringComparison.Ordinal).Replace("oo", "o", StringComparison.Ordinal).Replace("uu", "u", StringComparison.Ordinal);

    private static string Kunrei(string letters)
        => letters.Replace("shi", "si", StringComparison.Ordinal).Replace("sh", "sy", StringComparison.Ordinal).Replace("chi", "ti", StringComparison.Ordinal).Replace("ch", "ty", StringComparison.Ordinal)
            .Replace("tsu", "tu", StringComparison.Ordinal).Replace("fu", "hu", StringComparison.Ordinal).Replace("ji", "zi", StringComparison.Ordinal).Replace("j", "zy", StringComparison.Ordinal);

    private static Dictionary<string, string> Make()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        AddRow(all, "アイウエオ", "a i u e o");
        AddRow(all, "カキクケコガギグゲゴ", "ka ki ku ke ko ga gi gu ge go");
        AddRow(all, "サシスセソザジズゼゾ", "sa shi su se so za ji zu ze zo");
        AddRow(all, "タチツテトダヂヅデド", "ta chi tsu te to da ji zu de do");
        AddRow(all, "ナニヌネノハヒフヘホ", "na ni nu ne no ha hi fu he ho");
        AddRow(all, "バビブベボパピプペポ", "ba bi bu be bo pa pi pu pe po");
        AddRow(all, "マミムメモヤユヨワヲンヴ", "ma mi mu me mo ya yu yo wa o n vu");
        AddRow(all, "ラリルレロァィゥェォ", "ra ri ru re ro a i u e o");
        AddRow(all, "ャュョヮヶヵヰヱ", "ya yu yo wa ga ka i e");
        foreach (var (kana, sound) in (ReadOnlySpan<(char, string)>)[('キ', "ky"), ('ギ', "gy"), ('シ', "sh"), ('ジ', "j"), ('チ', "ch"), ('ヂ', "j"), ('ニ', "ny"), ('ヒ', "hy"), ('ビ', "by"), ('ピ', "py"), ('ミ', "my"), ('リ', "ry")])
        {
            all[$"{kana}ャ"] = sound + "a";
            all[$"{kana}ュ"] = sound + "u";
            all[$"{kana}ョ"] = sound + "o";
        }

        all["シェ"] = "she";
        all["ジェ"] = "je";
        all["チェ"] = "che";
        all["ティ"] = "ti";
        all["ディ"] = "di";
        all["ファ"] = "fa";
        all["フィ"] = "fi";
        all["フェ"] = "fe";
        all["フォ"] = "fo";
        return all;
    }

    private static void AddRow(Dictionary<string, string> into, string kana, string letters)
    {
        var at = 0;
        foreach (var syllable in letters.Split(' '))
        {
            into[kana[at++].ToString()] = syllable;
        }
    }
}
