using System.Globalization;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>Numbers and plurals of the sentences, and text made safe to show.</summary>
internal static class Wording
{
    /// <summary>Longest line of evidence.</summary>
    public const int MaxLine = 200;

    /// <summary>Most lines of evidence.</summary>
    public const int MaxLines = 20;

    /// <summary><c>12,639</c>.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 address</c>, <c>12,639 addresses</c>.</summary>
    public static string Count(long value, string one, string many) => $"{Number(value)} {(value == 1 ? one : many)}";

    /// <summary>The text on one line without control, direction or invisible characters, at most <see cref="MaxLine"/> characters.</summary>
    public static string Safe(string text)
    {
        var safe = new StringBuilder(Math.Min(text.Length, MaxLine));
        foreach (var rune in text.EnumerateRunes())
        {
            if (safe.Length >= MaxLine - 1)
            {
                safe.Append('…');
                break;
            }

            if (rune.Value is '\t' or '\n' or '\r' or ' ')
            {
                if (safe.Length > 0 && safe[^1] != ' ')
                {
                    safe.Append(' ');
                }
            }
            else if (rune.IsBmp && (TextFolding.IsInvisible((char)rune.Value) || char.IsControl((char)rune.Value) || rune.Value is 0x2028 or 0x2029))
            {
                continue;
            }
            else
            {
                safe.Append(rune.ToString());
            }
        }

        return safe.ToString().TrimEnd();
    }

    /// <summary>The first <paramref name="most"/> of the lines, and how many more there are.</summary>
    public static IReadOnlyList<string> Some(IEnumerable<string> lines, long total, int most = 15)
    {
        var some = lines.Take(most).ToList();
        if (total > some.Count)
        {
            some.Add($"… +{Number(total - some.Count)}");
        }

        return some;
    }
}
