namespace Sekisho.Inspection;

/// <summary>
/// How surely an address is not the one that was meant: whether it speaks for itself, in what the two resemble each other, how well the one meant is known, and whether the one written is.
/// </summary>
internal static class LookalikeScore
{
    /// <summary>Of one who needs no history to be known: a provider, a partner, ourselves.</summary>
    private const int KnownToAll = 150;

    /// <summary>The score of the surest of them.</summary>
    public static int Of(IEnumerable<Lookalike> some) => some.Max(Of);

    private static int Of(Lookalike one)
    {
        var score = (one.Strong ? 500 : one.Kind == AlikeKind.Renamed ? 100 : 150)
            + KindOf(one)
            + (one.ImitatesUs ? 60 : 0)
            + (int)(one.RivalMails == 0 ? KnownToAll : 25 * Bits.Of(one.RivalMails))
            - (60 * (int)Math.Min(one.Known, 2))
            - (one.InEnvelope ? 0 : 50);
        return Math.Clamp(score, Bits.Least, 1000);
    }

    /// <summary>Characters that only look alike are nobody's name; letters before the @ often are.</summary>
    private static int KindOf(Lookalike one) => one.Kind switch
    {
        AlikeKind.Homoglyph => 150,
        AlikeKind.Freemail => 120,
        AlikeKind.Tld => 110,
        AlikeKind.Domain => 80 - Further(one),
        AlikeKind.Local => 50 - Further(one),
        AlikeKind.Renamed => -50,
        _ => 0,
    };

    private static int Further(Lookalike one) => 30 * Math.Max(0, one.Distance - 1);
}
