using System.Globalization;

namespace Sekisho.Pages.Charts;

/// <summary>An axis from 0 to a round number, with ticks at round numbers: 1, 2 or 5 times a power of ten, whole ones only.</summary>
public sealed record Scale(double Top, double Step)
{
    /// <summary>Covers a maximum with at most <paramref name="ticks"/> steps. Nothing to show still has an axis, from 0 to 1.</summary>
    public static Scale For(double max, int ticks = 4)
    {
        var raw = Math.Max(max, 1) / ticks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = Math.Max(1, power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 }));
        return new Scale(step * Math.Max(1, Math.Ceiling(max / step)), step);
    }

    /// <summary>From 0 to the top.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round(Top / Step) + 1).Select(i => i * Step);

    /// <summary>Where a value stands, 0 to 1.</summary>
    public double At(double value) => value / Top;

    /// <summary>A number in little room: <c>9,999</c>, <c>12k</c>, <c>1.2M</c>. The table has it in full.</summary>
    public static string Short(double value) => value switch
    {
        < 10_000 => value.ToString("N0", CultureInfo.InvariantCulture),
        < 999_500 => Unit(value / 1e3, "k"),
        < 999_500_000 => Unit(value / 1e6, "M"),
        < 999_500_000_000 => Unit(value / 1e9, "G"),
        < 999_500_000_000_000 => Unit(value / 1e12, "T"),
        _ => value.ToString("0.#E+0", CultureInfo.InvariantCulture),
    };

    private static string Unit(double value, string unit) => value.ToString(value < 10 ? "0.#" : "0", CultureInfo.InvariantCulture) + unit;
}
