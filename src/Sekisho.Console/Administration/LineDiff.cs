namespace Sekisho.Pages.Administration;

/// <summary>One line of a difference.</summary>
/// <param name="Kind"><c>' '</c> in both, <c>'-'</c> only before, <c>'+'</c> only after, <c>'~'</c> lines left out.</param>
/// <param name="Text">The line; for <c>'~'</c> how many.</param>
public sealed record DiffLine(char Kind, string Text);

/// <summary>The difference of two texts by lines: the longest common subsequence between what both begin and end with.</summary>
public static class LineDiff
{
    /// <summary>Equal lines shown around each change.</summary>
    private const int Around = 3;

    /// <summary>Cells of the table; beyond, the middle is shown as replaced whole.</summary>
    private const long MostCells = 4_000_000;

    /// <summary>The changed lines with a few equal ones around; empty when the texts are the same.</summary>
    public static IReadOnlyList<DiffLine> Of(string before, string after)
    {
        var (a, b) = (Lines(before), Lines(after));
        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
        {
            start++;
        }

        var (endA, endB) = (a.Length, b.Length);
        while (endA > start && endB > start && a[endA - 1] == b[endB - 1])
        {
            (endA, endB) = (endA - 1, endB - 1);
        }

        var all = a[..start].Select(l => new DiffLine(' ', l)).ToList();
        Middle(a.AsSpan(start, endA - start), b.AsSpan(start, endB - start), all);
        all.AddRange(a[endA..].Select(l => new DiffLine(' ', l)));
        return all.Exists(l => l.Kind != ' ') ? Shorten(all) : [];
    }

    private static void Middle(ReadOnlySpan<string> a, ReadOnlySpan<string> b, List<DiffLine> all)
    {
        if ((long)a.Length * b.Length > MostCells)
        {
            foreach (var line in a)
            {
                all.Add(new('-', line));
            }

            foreach (var line in b)
            {
                all.Add(new('+', line));
            }

            return;
        }

        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var (x, y) = (0, 0);
        while (x < a.Length || y < b.Length)
        {
            if (x < a.Length && y < b.Length && a[x] == b[y])
            {
                all.Add(new(' ', a[x]));
                (x, y) = (x + 1, y + 1);
            }
            else if (x < a.Length && (y == b.Length || common[x + 1, y] >= common[x, y + 1]))
            {
                all.Add(new('-', a[x++]));
            }
            else
            {
                all.Add(new('+', b[y++]));
            }
        }
    }

    private static List<DiffLine> Shorten(List<DiffLine> all)
    {
        var keep = new bool[all.Count];
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Kind != ' ')
            {
                for (var j = Math.Max(0, i - Around); j <= Math.Min(all.Count - 1, i + Around); j++)
                {
                    keep[j] = true;
                }
            }
        }

        var shown = new List<DiffLine>();
        var left = 0;
        for (var i = 0; i <= all.Count; i++)
        {
            if (i < all.Count && !keep[i])
            {
                left++;
                continue;
            }

            if (left > 0)
            {
                shown.Add(new('~', left.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                left = 0;
            }

            if (i < all.Count)
            {
                shown.Add(all[i]);
            }
        }

        return shown;
    }

    private static string[] Lines(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
