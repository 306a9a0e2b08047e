using System.Runtime.InteropServices;

namespace Sekisho.Inspection;

/// <summary>
/// Forms: a field a row (氏名 | 山田), two fields a row (氏名 | 山田 | 性別 | 男), one form after another, and tables turned on their side with a person a column.
/// All of them become a table with a record a row.
/// </summary>
internal static class FormReader
{
    private const int MaxUnknown = 3;
    private const int MaxFields = 200;

    /// <summary>
    /// Reads the form that begins at <paramref name="row"/>, if one does; <paramref name="next"/> is the first row behind it, or behind what was looked at in vain,
    /// so that nobody looks twice.
    /// </summary>
    public static bool TryRead(Grid grid, int row, out List<TableBlock> tables, out int next)
    {
        tables = [];
        next = row;
        var at = grid.NextFilled(row, 0);
        if (!IsField(grid, row, at))
        {
            // A label in front may group the fields behind it: 申込者 | 氏名 | 山田.
            at = at < 0 ? -1 : grid.NextFilled(row, at + 1);
            if (!IsField(grid, row, at))
            {
                return false;
            }
        }

        var rows = Span(grid, row, at, out next);
        var labelled = rows.Where(r => IsField(grid, r, at)).ToList();
        if (labelled.Count < 2 || Kinds(grid, labelled, at) < 2)
        {
            return false;
        }

        tables.Add(IsTransposed(grid, labelled, at) ? Transpose(grid, rows, at) : Records(grid, rows, at));
        return true;
    }

    /// <summary>True where a known word stands at the column and what follows it is none.</summary>
    private static bool IsField(Grid grid, int row, int column)
    {
        if (column < 0 || !IsLabel(grid.Cell(row, column)))
        {
            return false;
        }

        var value = grid.NextFilled(row, column + 1);
        return value >= 0 && !IsLabel(grid.Cell(row, value));
    }

    private static bool IsLabel(string cell) => cell.Length is > 0 and <= HeaderWords.MaxLength && !TableLayout.IsData(cell) && HeaderWords.Read(cell) is not null && !HeaderWords.IsAlsoValue(cell);

    /// <summary>The rows of the form: until a header row or rows of which none begins with a known word.</summary>
    private static List<int> Span(Grid grid, int row, int at, out int next)
    {
        var rows = new List<int>();
        var unknown = 0;
        var r = row;
        next = row;
        for (; r < grid.Count && unknown < MaxUnknown; r++)
        {
            var first = grid.NextFilled(r, 0);
            if (first < 0)
            {
                continue;
            }

            var label = IsLabel(grid.Cell(r, at));
            if (label && !IsField(grid, r, at) && grid.NextFilled(r, at + 1) >= 0)
            {
                break;
            }

            unknown = label ? 0 : unknown + 1;
            rows.Add(r);
            if (label)
            {
                next = r + 1;
            }
        }

        var end = next;
        rows.RemoveAll(x => x >= end);
        return rows;
    }

    private static int Kinds(Grid grid, List<int> rows, int at)
    {
        var kinds = DataKinds.None;
        var fields = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            kinds |= HeaderWords.Read(grid.Cell(row, at))!.Value.Kind;
            fields.Add(grid.Cell(row, at));
        }

        // Two cells that happen to be words of the list, one under the other, are a column of answers: 出席, 欠席.
        return kinds is DataKinds.None or DataKinds.Other or DataKinds.Occupation ? 0 : fields.Count;
    }

    /// <summary>True where the rows have two values or more each: persons stand in columns.</summary>
    private static bool IsTransposed(Grid grid, List<int> rows, int at)
    {
        var several = 0;
        var all = 0;
        var labels = 0;
        foreach (var row in rows)
        {
            var values = 0;
            for (var c = grid.NextFilled(row, at + 1); c >= 0; c = grid.NextFilled(row, c + 1))
            {
                labels += IsLabel(grid.Cell(row, c)) ? 1 : 0;
                values++;
            }

            all += values;

            several += values >= 2 ? 1 : 0;
            if (values < 2 && HeaderWords.Read(grid.Cell(row, at)) is { Kind: DataKinds.Name, Part: NamePart.Full, Trust: not Trust.Second })
            {
                return false;
            }
        }

        // 氏名 | 山田 | 性別 | 男 has a label before every second value; a person a column has none, but for a value that happens to be a word of the list.
        return several * 2 > rows.Count && labels * 5 < all;
    }

    private static TableBlock Transpose(Grid grid, List<int> rows, int at)
    {
        var width = rows.Max(grid.Width);
        var header = new List<HeaderCell>();
        foreach (var row in rows.Take(Grid.MaxColumns))
        {
            header.Add(new HeaderCell(header.Count, grid.Cell(row, at), HeaderWords.Read(grid.Cell(row, at))));
        }

        var records = new List<IReadOnlyList<string>>();
        var numbers = new List<int>();
        for (var c = at + 1; c < width; c++)
        {
            var record = new string[header.Count];
            for (var i = 0; i < record.Length; i++)
            {
                record[i] = grid.Cell(rows[i], c);
            }

            records.Add(record);
            numbers.Add(grid.Number(rows[0]));
        }

        return Block(header, records, numbers);
    }

    /// <summary>A field a row; where the first field or the name comes again, the next record begins.</summary>
    private static TableBlock Records(Grid grid, List<int> rows, int at)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        var header = new List<HeaderCell>();
        var records = new List<IReadOnlyList<string>>();
        var numbers = new List<int>();
        var record = new List<string>();
        var first = -1;
        foreach (var row in rows)
        {
            var c = grid.NextFilled(row, 0);
            while (c >= 0)
            {
                var label = c;
                c = grid.NextFilled(row, c + 1);
                if (label < at || (label != at && !IsLabel(grid.Cell(row, label))))
                {
                    continue;
                }

                var column = Column(grid.Cell(row, label));
                first = first < 0 ? column : first;
                var starts = column == first || header[column].Meaning is { Kind: DataKinds.Name, Part: NamePart.Full or NamePart.Family, Trust: not Trust.Second };
                if (starts && column < record.Count && record[column].Length > 0)
                {
                    records.Add(record);
                    record = [];
                    first = column;
                }

                if (record.Count == 0)
                {
                    numbers.Add(grid.Number(row));
                }

                CollectionsMarshal.SetCount(record, Math.Max(record.Count, column + 1));
                for (var i = 0; i < record.Count; i++)
                {
                    record[i] ??= "";
                }

                while (c >= 0 && !IsLabel(grid.Cell(row, c)))
                {
                    record[column] = record[column].Length == 0 ? grid.Cell(row, c) : record[column] + " " + grid.Cell(row, c);
                    c = grid.NextFilled(row, c + 1);
                }
            }
        }

        if (record.Count > 0)
        {
            records.Add(record);
        }

        return Block(header, records, numbers);

        int Column(string text)
        {
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(columns, text, out var known);
            if (!known)
            {
                index = Math.Min(header.Count, MaxFields);
                if (index == header.Count)
                {
                    header.Add(new HeaderCell(index, text, HeaderWords.Read(text)));
                }
            }

            return Math.Min(index, header.Count - 1);
        }
    }

    private static TableBlock Block(List<HeaderCell> header, List<IReadOnlyList<string>> records, List<int> numbers)
        => new(new Grid(records, 1, numbers), header, [.. Enumerable.Range(0, records.Count)]) { HasHeader = true, IsForm = true };
}
