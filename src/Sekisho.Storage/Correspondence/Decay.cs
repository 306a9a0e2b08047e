using Sekisho.Inspection;

namespace Sekisho.Storage.Correspondence;

/// <summary>
/// Weights that halve with time, kept as of one fixed day: a mail's weight is then a number that is added, in whatever order mails come, and nothing needs to be read to add it.
/// </summary>
internal static class Decay
{
    /// <summary>2020-01-01. Beside it only differences count; a weight of today is some millions, one of the year 2200 still far from a number's end.</summary>
    private const long Epoch = 1_577_836_800_000;

    /// <summary>Dates outside of it are some sender's broken clock.</summary>
    private static readonly long s_latest = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>What one mail of a moment (unix milliseconds) adds.</summary>
    public static double Of(long at) => Math.Pow(2, (at - Epoch) / Contact.HalfLife.TotalMilliseconds);

    /// <summary>A stored weight as of a moment, at the earliest of the latest mail in it.</summary>
    public static double At(double stored, long at, long latest) => stored / Of(Math.Max(Clamp(at), latest));

    /// <summary>A mail's moment, within bounds.</summary>
    public static long Clamp(long at) => Math.Clamp(at, 0, s_latest);

    /// <summary>Months since 1970.</summary>
    public static long Month(long at)
    {
        var day = DateTimeOffset.FromUnixTimeMilliseconds(Clamp(at));
        return ((day.Year - 1970) * 12) + day.Month - 1;
    }
}
