using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// A domain typed while the Japanese input was on: <c>gmail.com</c> becomes <c>gまいl.こm</c>, <c>example.co.jp</c> <c>えぁmpぇ.cお.jp</c>. Somebody has registered such names to take what
/// arrives there.
/// </summary>
internal static class KanaSlip
{
    private const string Small = "ぁぃぅぇぉ";

    /// <summary>What the keys would have written in Latin letters; null where no label has kana and Latin letters side by side, as only a slip makes them.</summary>
    public static string? Typed(string domain)
    {
        var seen = Skeleton.Seen(domain);
        if (seen.Length == domain.Length || !seen.Split('.').Any(IsMixed))
        {
            return null;
        }

        var keys = new StringBuilder(seen.Length * 2);
        for (var i = 0; i < seen.Length; i++)
        {
            var after = i > 0 ? seen[i - 1] : '.';
            if (!IsKana(seen[i]))
            {
                keys.Append(seen[i]);
            }
            else if (Small.IndexOf(seen[i], StringComparison.Ordinal) is >= 0 and var small)
            {
                // la and xa both write a small vowel: behind a consonant it was the l of "ple", behind kana the x of "exa".
                keys.Append(IsKana(after) ? 'x' : 'l').Append("aiueo"[small]);
            }
            else
            {
                var length = i + 1 < seen.Length && (seen[i + 1] is 'ゃ' or 'ゅ' or 'ょ' || (IsDigraph(seen[i]) && Small.Contains(seen[i + 1], StringComparison.Ordinal))) ? 2 : 1;
                var letters = Romaji.Letters(string.Concat(seen.Substring(i, length).Select(c => (char)(c + ('ァ' - 'ぁ')))));
                if (letters.Length == 0)
                {
                    return null;
                }

                keys.Append(letters);
                i += length - 1;
            }
        }

        // こ is written by co as well as by ko; what it ends in tells.
        return keys.ToString() switch
        {
            var text when text.EndsWith(".kom", StringComparison.Ordinal) => text[..^4] + ".com",
            var text when text.EndsWith(".ko.jp", StringComparison.Ordinal) => text[..^6] + ".co.jp",
            var text => text,
        };
    }

    private static bool IsMixed(string label) => label.Any(IsKana) && label.AsSpan().ContainsAnyInRange('a', 'z') && label.All(c => IsKana(c) || c < '\x80');

    private static bool IsKana(char c) => c is >= 'ぁ' and <= 'ゖ';

    private static bool IsDigraph(char c) => c is 'ふ' or 'て' or 'で' or 'し' or 'じ' or 'ち';
}
