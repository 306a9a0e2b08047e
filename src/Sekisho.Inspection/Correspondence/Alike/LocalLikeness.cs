namespace Sekisho.Inspection;

/// <summary>Whether the part before the @ is a slip for another person's of the same organisation.</summary>
internal static class LocalLikeness
{
    private static readonly char[] _separators = ['.', '-', '_', '+'];

    /// <summary>How <paramref name="typed"/> resembles <paramref name="meant"/> (both lower case); null where they are two people's.</summary>
    public static (AlikeKind Kind, int Distance, bool Strong)? Compare(string typed, string meant)
    {
        if (typed == meant || typed.Length > Slip.MaxLength || meant.Length > Slip.MaxLength)
        {
            return null;
        }

        if (Plain(typed) == Plain(meant))
        {
            return (AlikeKind.Local, 1, Strong: Plain(meant).Length >= 6);
        }

        var shorter = Math.Min(typed.Length, meant.Length);
        if (shorter >= 4 && Skeleton.Of(typed) == Skeleton.Of(meant) && !IsNumbered(typed, meant))
        {
            return (AlikeKind.Homoglyph, Slip.Between(typed, meant, 4)?.Distance ?? 4, Strong: true);
        }

        var most = shorter < 5 ? 0 : shorter < 10 ? 1 : 2;
        if (most == 0 || Slip.Between(typed, meant, most) is not { Counts: false, First: false } slip || DiffersInInitial(typed, meant))
        {
            return null;
        }

        return (AlikeKind.Local, slip.Distance, Strong: slip is { OfHand: true, Distance: 1 } && shorter >= 5 && !IsOtherName(typed, meant));
    }

    /// <summary><c>room10</c> and <c>roomlo</c> look alike; <c>room10</c> and <c>room1o</c> too; but where both end in numbers they are numbers.</summary>
    private static bool IsNumbered(string typed, string meant) => char.IsDigit(typed[^1]) && char.IsDigit(meant[^1]) && typed.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') == meant.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    /// <summary>
    /// The word that differs is a name as it stands (saito, sato; miller, millar): then it is most likely another person. Where only the meant one is a name
    /// (suzuki, suzuli), it is not. An initial may stand before the name or behind it.
    /// </summary>
    private static bool IsOtherName(string typed, string meant)
    {
        var (typedWords, meantWords) = (typed.Split(_separators), meant.Split(_separators));
        if (typedWords.Length != meantWords.Length)
        {
            return false;
        }

        for (var i = 0; i < typedWords.Length; i++)
        {
            if (typedWords[i] != meantWords[i] && Readings(typedWords[i]).Except(Readings(meantWords[i]), StringComparer.Ordinal).Any(w => LatinNames.MarksOf(w) != WordMarks.None))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The word, and without an initial before or behind it.</summary>
    private static IEnumerable<string> Readings(string word) => word.Length <= 3 ? [word] : [word, word[1..], word[..^1]];

    /// <summary>j.smith and k.smith, smith.j and smith.k, aoba-h and aoba-j: an initial tells people apart, and houses, so it is no slip.</summary>
    public static bool DiffersInInitial(string typed, string meant)
    {
        var (typedWords, meantWords) = (typed.Split(_separators), meant.Split(_separators));
        if (typedWords.Length != meantWords.Length)
        {
            // j.smith beside jr.smith is one word each; j.smith beside j.r.smith has an initial more.
            return typedWords.Concat(meantWords).Any(w => w.Length == 1);
        }

        for (var i = 0; i < typedWords.Length; i++)
        {
            var (t, m) = (typedWords[i], meantWords[i]);
            if (t != m && (t.Length <= 2 || m.Length <= 2 || t[0] != m[0]))
            {
                return true;
            }
        }

        return false;
    }

    private static string Plain(string local) => string.Concat(local.Split(_separators));
}
