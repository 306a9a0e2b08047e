namespace Sekisho.Inspection;

/// <summary>Columns kept apart by blanks, as in text made from a page: a row with all its cells tells where the columns stand, one with fewer is laid upon them.</summary>
internal static class GapColumns
{
    private const int MaxColumns = 40;

    /// <summary>The rows' cells, an empty row for a blank line.</summary>
    public static List<IReadOnlyList<string>> Split(string text, IReadOnlyList<(int Start, int End)> lines)
    {
        var pieces = new List<List<Piece>>(lines.Count);
        var counts = new int[MaxColumns + 1];
        foreach (var (start, end) in lines)
        {
            var cut = Cut(text.AsSpan(start, end - start));
            pieces.Add(cut);
            counts[Math.Min(cut.Count, MaxColumns)]++;
        }

        var columns = Columns(counts);
        var places = Places(pieces, columns);
        var rows = new List<IReadOnlyList<string>>(pieces.Count);
        foreach (var row in pieces)
        {
            rows.Add(row.Count >= columns || row.Count == 0 ? row.ConvertAll(p => p.Text) : Lay(row, places));
        }

        return rows;
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

    private static double[] Places(List<List<Piece>> pieces, int columns)
    {
        var sums = new double[columns];
        var rows = 0;
        foreach (var row in pieces)
        {
            if (row.Count == columns)
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
    private static string[] Lay(List<Piece> row, double[] places)
    {
        var cells = new string[places.Length];
        Array.Fill(cells, "");
        var column = 0;
        for (var i = 0; i < row.Count; i++)
        {
            var last = places.Length - (row.Count - i);
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

    private static List<Piece> Cut(ReadOnlySpan<char> line)
    {
        var pieces = new List<Piece>();
        var at = 0;
        var width = 0;
        while (at < line.Length && pieces.Count < MaxColumns)
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

        return pieces;
    }

    private static bool IsBlank(char c) => c is ' ' or '\u3000' or '\u00A0' or '\t';

    private static int Width(char c) => c >= '\u1100' && c is not (>= '\uFF61' and <= '\uFFDC') ? 2 : 1;

    private readonly record struct Piece(string Text, double Middle);
}
