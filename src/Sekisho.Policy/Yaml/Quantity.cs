using System.Globalization;

namespace Sekisho.Policy.Yaml;

/// <summary>Durations (<c>5s</c>, <c>10m</c>, <c>1h30m</c>, <c>5d</c>, <c>3y</c> of 365 days) and sizes (<c>64kB</c>, <c>50MB</c>) as people write them.</summary>
internal static class Quantity
{
    private static readonly (string Unit, long Milliseconds)[] s_durations = [("y", 365 * 86_400_000L), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];
    private static readonly (string Unit, long Bytes)[] s_sizes = [("GB", 1L << 30), ("MB", 1L << 20), ("kB", 1L << 10), ("B", 1)];

    /// <summary>Whole numbers with units; <c>0</c> alone needs none. At most 3,650 days.</summary>
    public static bool TryReadDuration(string text, out TimeSpan value)
    {
        value = default;
        if (text == "0")
        {
            return true;
        }

        long total = 0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (!TryReadNumber(ref rest, 1_000_000_000, out var number))
            {
                return false;
            }

            var letters = rest.IndexOfAnyInRange('0', '9');
            var unit = letters < 0 ? rest : rest[..letters];
            rest = rest[unit.Length..];
            long? factor = null;
            foreach (var (name, milliseconds) in s_durations)
            {
                factor = unit.SequenceEqual(name) ? milliseconds : factor;
            }

            if (factor is null || (total += number * factor.Value) > 3650L * 86_400_000)
            {
                return false;
            }
        }

        value = TimeSpan.FromMilliseconds(total);
        return text.Length > 0;
    }

    /// <summary>A whole number with a unit of 1,024 steps (<c>kB</c>, <c>MB</c>, <c>GB</c>, case not minded) or plain bytes. At most 1,024 GB.</summary>
    public static bool TryReadSize(string text, out long value)
    {
        value = 0;
        var rest = text.AsSpan();
        if (!TryReadNumber(ref rest, 1L << 40, out var number))
        {
            return false;
        }

        rest = rest.TrimStart(' ');
        long? factor = rest.IsEmpty ? 1 : null;
        foreach (var (unit, bytes) in s_sizes)
        {
            factor = rest.Equals(unit, StringComparison.OrdinalIgnoreCase) ? bytes : factor;
        }

        if (factor is null || number > (1L << 40) / factor.Value)
        {
            return false;
        }

        value = number * factor.Value;
        return true;
    }

    /// <summary>The shortest text that reads back to the same duration.</summary>
    public static string Write(TimeSpan value)
    {
        var total = (long)value.TotalMilliseconds;
        foreach (var (unit, milliseconds) in s_durations)
        {
            if (total != 0 && total % milliseconds == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{total / milliseconds}{unit}");
            }
        }

        return "0s";
    }

    private static bool TryReadNumber(ref ReadOnlySpan<char> rest, long most, out long number)
    {
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        number = 0;
        return digits.Length is > 0 and <= 15 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
    }
}
