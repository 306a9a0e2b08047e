using System.Runtime.InteropServices;

namespace Sekisho.Inspection;

/// <summary>Columns kept apart by blanks, as in text made from a page: a row with all its cells tells where the columns stand, one with fewer is laid upon them.</summary>
internal static class GapColumns
{
    private const int MaxColumns = 40;

    /// <summary>The cells of the lines from one to before another, an empty row for a blank line.</summary>
    public static List<IReadOnlyList<string>> Split(string text, List<TextRow> lines, int from, int to)
    {
        var pieces = new List<Piece>((to - from) * 3);
        var ends = new int[to - from];
        var counts = new int[MaxColumns + 1];
        for (var i = from; i < to; i++)
        {
            var before = pieces.Count;
            Cut(text.AsSpan(lines[i].Start, lines[i].Length), pieces);
            counts[Math.Min(pieces.Count - before, MaxColumns)]++;
            ends[i - from] = pieces.Count;
        }

        var all = CollectionsMarshal.AsSpan(pieces);
        var columns = Columns(counts);
        var places = Places(all, ends, columns);
        var rows = new List<IReadOnlyList<string>>(ends.Length);
        for (var i = 0; i < ends.Length; i++)
        {
            var row = Row(all, ends, i);
            rows.Add(row.Length >= columns || row.Length == 0 ? Texts(row) : Lay(row, places));
        }

        return rows;
    }

    private static ReadOnlySpan<Piece> Row(ReadOnlySpan<Piece> pieces, int[] ends, int row) => pieces[(row == 0 ? 0 : ends[row - 1])..ends[row]];

    private static string[] Texts(ReadOnlySpan<Piece> row)
    {
        if (row.IsEmpty)
        {
            return [];
        }

        var texts = new string[row.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = row[i].Text;
        }

        return texts;
    }

    /// <summary>The widest number of cells that is no exception.</summary>
    private static int Columns(int[] counts)
    {
        var rows = 0;
        for (var i = 2; i < counts.Length; i++)
        {
            rows += counts[i];
        }

        var columns = 1;
        for (var i = 2; i < counts.Length; i++)
        {
            if (counts[i] * 5 >= rows && counts[i] > 0)
            {
                columns = i;
            }
        }

        return columns;
    }

    private static double[] Places(ReadOnlySpan<Piece> pieces, int[] ends, int columns)
    {
        var sums = new double[columns];
        var rows = 0;
        for (var r = 0; r < ends.Length; r++)
        {
            var row = Row(pieces, ends, r);
            if (row.Length == columns)
            {
                rows++;
                for (var i = 0; i < columns; i++)
                {
                    sums[i] += row[i].Middle;
                }
            }
        }

        for (var i = 0; i < columns; i++)
        {
            sums[i] /= Math.Max(1, rows);
        }

        return sums;
    }

    /// <summary>The cells of a short row, in order, each in the column it stands nearest to.</summary>
    private static string[] Lay(ReadOnlySpan<Piece> row, double[] places)
    {
        var cells = new string[places.Length];
        Array.Fill(cells, "");
        var column = 0;
        for (var i = 0; i < row.Length; i++)
        {
            var last = places.Length - (row.Length - i);
            var best = column;
            for (var c = column; c <= last; c++)
            {
                best = Math.Abs(places[c] - row[i].Middle) < Math.Abs(places[best] - row[i].Middle) ? c : best;
            }

            cells[best] = row[i].Text;
            column = best + 1;
        }

        return cells;
    }

    private static void Cut(ReadOnlySpan<char> line, List<Piece> pieces)
    {
        var most = pieces.Count + MaxColumns;
        var at = 0;
        var width = 0;
        while (at < line.Length && pieces.Count < most)
        {
            while (at < line.Length && IsBlank(line[at]))
            {
                width += Width(line[at++]);
            }

            var start = at;
            var left = width;
            var end = at;
            var right = width;
            while (at < line.Length && !(IsBlank(line[at]) && (at + 1 == line.Length || IsBlank(line[at + 1]))))
            {
                width += Width(line[at++]);
                (end, right) = (at, width);
            }

            if (end > start)
            {
                pieces.Add(new Piece(line[start..end].ToString(), (left + right) / 2.0));
            }
        }
    }

    private static bool IsBlank(char c) => c is ' ' or '\u3000' or '\u00A0' or '\t';

    private static int Width(char c) => c >= '\u1100' && c is not (>= '\uFF61' and <= '\uFFDC') ? 2 : 1;

    private readonly record struct Piece(string Text, double Middle);
}
