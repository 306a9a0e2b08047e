namespace Sekisho.Inspection;

/// <summary>Evidence as bits: each halving of how likely something is on a mail that is right makes one, and what is independent adds up.</summary>
internal static class Bits
{
    /// <summary>The score of evidence that speaks neither for nor against.</summary>
    private const double Even = 400;

    private const double PerBit = 50;

    /// <summary>The least a finding scores: below it a finding would count as a mail that has none (<see cref="ScoreCurve.BinOf"/>).</summary>
    public const int Least = 10;

    /// <summary>A score of <see cref="Least"/> to 1,000.</summary>
    public static int ToScore(double bits) => (int)Math.Clamp(Even + (PerBit * bits), Least, 1000);

    /// <summary>How many doublings make a count, from 0 for none.</summary>
    public static double Of(long count) => Math.Log2(1 + count);
}
