using System.Text;

namespace Sekisho.Bench.Persons;

/// <summary>Hiragana into katakana, half-width katakana and Latin letters (Hepburn without long marks).</summary>
internal static class Kana
{
    private const string Full = "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー";
    private const string Half = "ｶﾞｷﾞｸﾞｹﾞｺﾞｻﾞｼﾞｽﾞｾﾞｿﾞﾀﾞﾁﾞﾂﾞﾃﾞﾄﾞﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ";
    private const string HalfPlain = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ";

    private static readonly Dictionary<string, string> s_roman = Table();

    /// <summary>Katakana.</summary>
    public static string Katakana(string hiragana) => string.Concat(hiragana.Select(c => c is >= 'ぁ' and <= 'ゖ' ? (char)(c + 0x60) : c));

    /// <summary>Half-width katakana.</summary>
    public static string HalfWidth(string hiragana)
    {
        var text = new StringBuilder();
        foreach (var c in Katakana(hiragana))
        {
            var at = Full.IndexOf(c, StringComparison.Ordinal);
            if (at < 0)
                text.Append(c == '　' ? ' ' : c);
            else if (at < 25)
                text.Append(Half, at * 2, 2);
            else
                text.Append(HalfPlain[at - 25]);
        }

        return text.ToString();
    }

    /// <summary>Latin letters, first one large.</summary>
    public static string Roman(string hiragana)
    {
        var text = new StringBuilder();
        for (var i = 0; i < hiragana.Length; i++)
        {
            if (hiragana[i] == 'っ' && i + 1 < hiragana.Length && s_roman.TryGetValue(hiragana[i + 1].ToString(), out var next))
            {
                text.Append(next[0] == 'c' ? 't' : next[0]);
                continue;
            }

            if (i + 1 < hiragana.Length && s_roman.TryGetValue(hiragana.Substring(i, 2), out var two))
            {
                text.Append(two);
                i++;
            }
            else if (s_roman.TryGetValue(hiragana[i].ToString(), out var one))
            {
                text.Append(one);
            }
        }

        var long1 = text.ToString().Replace("ou", "o", StringComparison.Ordinal).Replace("uu", "u", StringComparison.Ordinal).Replace("oo", "o", StringComparison.Ordinal);
        return char.ToUpperInvariant(long1[0]) + long1[1..];
    }

    /// <summary>Small letters of ASCII only, for the local part of a mail address.</summary>
    public static string Plain(string name)
    {
        var plain = string.Concat(name.ToLowerInvariant().Where(char.IsAsciiLetter));
        return plain.Length == 0 ? "user" : plain;
    }

    private static Dictionary<string, string> Table()
    {
        var table = new Dictionary<string, string>();
        const string rows = "あ:a い:i う:u え:e お:o か:ka き:ki く:ku け:ke こ:ko さ:sa し:shi す:su せ:se そ:so た:ta ち:chi つ:tsu て:te と:to な:na に:ni ぬ:nu ね:ne の:no は:ha ひ:hi ふ:fu へ:he ほ:ho ま:ma み:mi む:mu め:me も:mo や:ya ゆ:yu よ:yo ら:ra り:ri る:ru れ:re ろ:ro わ:wa を:o ん:n が:ga ぎ:gi ぐ:gu げ:ge ご:go ざ:za じ:ji ず:zu ぜ:ze ぞ:zo だ:da ぢ:ji づ:zu で:de ど:do ば:ba び:bi ぶ:bu べ:be ぼ:bo ぱ:pa ぴ:pi ぷ:pu ぺ:pe ぽ:po";
        foreach (var row in rows.Split(' '))
            table[row[..1]] = row[2..];
        foreach (var (kana, stem) in new[] { ("き", "k"), ("し", "sh"), ("ち", "ch"), ("に", "n"), ("ひ", "h"), ("み", "m"), ("り", "r"), ("ぎ", "g"), ("じ", "j"), ("び", "b"), ("ぴ", "p") })
        {
            var y = stem is "sh" or "ch" or "j" ? "" : "y";
            table[kana + "ゃ"] = $"{stem}{y}a";
            table[kana + "ゅ"] = $"{stem}{y}u";
            table[kana + "ょ"] = $"{stem}{y}o";
        }

        return table;
    }
}
