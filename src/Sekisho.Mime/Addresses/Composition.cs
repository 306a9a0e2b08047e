using System.Text;

namespace Sekisho.Mime;

/// <summary>
/// The part of Unicode's canonical composition that occurs in domains and names typed on a Mac: kana with sound marks and Latin letters with
/// the common accents. The platform's own normalisation is switched off with its culture tables.
/// </summary>
internal static class Composition
{
    private const string VoicedBase = "かきくけこさしすせそたちつてとはひふへほウカキクケコサシスセソタチツテトハヒフヘホゝヽう";
    private const string Voiced = "がぎぐげござじずぜぞだぢづでどばびぶべぼヴガギグゲゴザジズゼゾダヂヅデドバビブベボゞヾゔ";
    private const string SemiBase = "はひふへほハヒフヘホ";
    private const string Semi = "ぱぴぷぺぽパピプペポ";

    private static readonly (char Mark, string Bases, string Composed)[] Pairs =
    [
        ('\u3099', VoicedBase, Voiced),
        ('\u309A', SemiBase, Semi),
        ('\u0300', "aeiou", "àèìòù"),
        ('\u0301', "aeiouyćcnsz", "áéíóúýććńśź"),
        ('\u0302', "aeiou", "âêîôû"),
        ('\u0303', "ano", "ãñõ"),
        ('\u0304', "aeiou", "āēīōū"),
        ('\u0308', "aeiouy", "äëïöüÿ"),
        ('\u030A', "au", "åů"),
        ('\u030C', "cdenrstz", "čďěňřšťž"),
        ('\u0327', "cs", "çş"),
        ('\u0328', "ae", "ąę"),
    ];

    /// <summary>Joins letters with the combining marks that follow them; the text must be in lower case.</summary>
    public static string Compose(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\u0300', '\u036F') < 0 && text.AsSpan().IndexOfAnyInRange('\u3099', '\u309A') < 0)
        {
            return text;
        }

        var output = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (output.Length > 0 && TryPair(output[^1], c, out var composed))
            {
                output[^1] = composed;
            }
            else
            {
                output.Append(c);
            }
        }

        return output.ToString();
    }

    private static bool TryPair(char letter, char mark, out char composed)
    {
        foreach (var pair in Pairs)
        {
            if (pair.Mark == mark)
            {
                var index = pair.Bases.IndexOf(letter);
                composed = index < 0 ? '\0' : pair.Composed[index];
                return index >= 0;
            }
        }

        composed = '\0';
        return false;
    }
}
