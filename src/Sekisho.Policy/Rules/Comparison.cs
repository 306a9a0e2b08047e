using System.Globalization;

namespace Sekisho.Policy;

/// <summary>A test of a number: <c>&gt;= 10</c>, <c>&lt; 3</c>, <c>2..9</c> (both ends count) or <c>5</c>. Kept as a range, ends included.</summary>
public readonly record struct Comparison(long Min, long Max)
{
    /// <summary>True when the number passes.</summary>
    public bool Holds(long number) => number >= Min && number <= Max;

    /// <summary>Reads one; numbers are whole and not negative. False on anything else and on a range that nothing passes.</summary>
    public static bool TryParse(string text, out Comparison value) => TryParse(text, TryReadNumber, out value);

    /// <summary>The same with words for numbers, e.g. severities.</summary>
    internal static bool TryParse(string text, TryRead read, out Comparison value)
    {
        value = default;
        var rest = text.AsSpan().Trim();
        var range = rest.IndexOf("..", StringComparison.Ordinal);
        if (range >= 0)
        {
            if (!read(rest[..range].Trim(), out var from) || !read(rest[(range + 2)..].Trim(), out var to) || from > to)
            {
                return false;
            }

            value = new(from, to);
            return true;
        }

        var sign = rest.IndexOfAnyExcept("<>=");
        if (sign < 0 || !read(rest[sign..].Trim(), out var number))
        {
            return false;
        }

        (var valid, value) = rest[..sign] switch
        {
            ">=" => (true, new Comparison(number, long.MaxValue)),
            ">" => (true, new Comparison(number + 1, long.MaxValue)),
            "<=" => (true, new Comparison(0, number)),
            "<" => (number > 0, new Comparison(0, number - 1)),
            "" or "=" or "==" => (true, new Comparison(number, number)),
            _ => (false, default),
        };
        return valid;
    }

    /// <summary>The text it can be read from again.</summary>
    public override string ToString() => ToString(n => n.ToString(CultureInfo.InvariantCulture));

    internal string ToString(Func<long, string> write)
        => Max == long.MaxValue ? $">= {write(Min)}" : Min == Max ? write(Min) : Min == 0 ? $"<= {write(Max)}" : $"{write(Min)}..{write(Max)}";

    internal delegate bool TryRead(ReadOnlySpan<char> text, out long number);

    // 15 digits: far above anything counted, and ">" can add one without overflow.
    private static bool TryReadNumber(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        return text.Length is > 0 and <= 15 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
