namespace Sekisho.Inspection;

/// <summary>Rows of cells with the number each row has for people; what forms and text become so that one reader serves all.</summary>
internal sealed class Grid(IReadOnlyList<IReadOnlyList<string>> rows, int firstRow = 1, IReadOnlyList<int>? numbers = null)
{
    /// <summary>Columns beyond this are not looked at: no list of people is that wide.</summary>
    public const int MaxColumns = 512;

    public int Count => rows.Count;

    public IReadOnlyList<string> Row(int row) => rows[row];

    public int Width(int row) => Math.Min(rows[row].Count, MaxColumns);

    /// <summary>The cell, empty beyond the row's end.</summary>
    public string Cell(int row, int column)
    {
        var cells = rows[row];

        // What was cut out of a text lies in arrays.
        return cells is string[] array ? column < array.Length ? array[column] : ""
            : column < cells.Count ? cells[column] : "";
    }

    /// <summary>The row's number for people.</summary>
    public int Number(int row) => numbers is null ? firstRow + row : numbers[row];

    /// <summary>The first column from <paramref name="from"/> on with something in it, or -1.</summary>
    public int NextFilled(int row, int from)
    {
        var cells = rows[row];
        if (cells is string[] array)
        {
            for (var c = from; c < Math.Min(array.Length, MaxColumns); c++)
            {
                if (array[c].Length > 0)
                {
                    return c;
                }
            }

            return -1;
        }

        for (var c = from; c < Math.Min(cells.Count, MaxColumns); c++)
        {
            if (cells[c].Length > 0)
            {
                return c;
            }
        }

        return -1;
    }

    public int Filled(int row)
    {
        var cells = rows[row];
        var filled = 0;
        for (var c = 0; c < Math.Min(cells.Count, MaxColumns); c++)
        {
            filled += cells[c].Length > 0 ? 1 : 0;
        }

        return filled;
    }
}

/// <summary>A table within a sheet: some columns under their headers, and the rows below.</summary>
/// <param name="Grid">The cells.</param>
/// <param name="Headers">Column in the grid and header text (empty where none stands).</param>
/// <param name="Rows">Rows of the grid that are records, blank ones and repeated headers left out.</param>
internal sealed record TableBlock(Grid Grid, IReadOnlyList<HeaderCell> Headers, IReadOnlyList<int> Rows)
{
    /// <summary>True where a header row was found.</summary>
    public bool HasHeader { get; init; }

    /// <summary>True where the headers are the labels of a form.</summary>
    public bool IsForm { get; init; }
}
