namespace Sekisho.Inspection;

/// <summary>
/// Finds the tables of a sheet: below a header (first or late, of one line or two, repeated at page breaks), side by side, without any header, forms with a field
/// a row, and tables with a person a column.
/// </summary>
internal static class TableLayout
{
    private const int LooseCells = 5;

    /// <summary>The tables in order. Linear in the number of cells.</summary>
    public static List<TableBlock> Read(Grid grid, CancellationToken cancel)
    {
        var blocks = new List<TableBlock>();
        List<HeaderCell>? header = null;
        var rows = new List<int>();
        var looked = 0;
        for (var r = 0; r < grid.Count; r++)
        {
            if ((r & 0xFFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            var first = grid.NextFilled(r, 0);
            if (first < 0)
            {
                continue;
            }

            if (MayBeHeading(grid, r, first, header is not null))
            {
                var next = r;
                if (r >= looked && (header is null || grid.NextFilled(r - 1, 0) < 0 || (rows.Count == 0 && header.TrueForAll(h => h.Meaning is { Kind: DataKinds.None }))) && FormReader.TryRead(grid, r, out var forms, out next))
                {
                    Flush();
                    blocks.AddRange(forms);
                    header = null;
                    r = next - 1;
                    continue;
                }

                looked = Math.Max(looked, next);
                if (TryHeader(grid, r, header is not null, out var found, out var last))
                {
                    r = last;
                    if (header is null || !SameTexts(header, found))
                    {
                        Flush();
                        header = found;
                    }

                    continue;
                }
            }

            rows.Add(r);
        }

        Flush();
        return blocks;

        void Flush()
        {
            if (rows.Count > 0)
            {
                AddBlocks(grid, header, rows, blocks);
                rows = [];
            }
        }
    }

    /// <summary>True for a cell that is a value whatever it says: an address, a number, a sentence.</summary>
    internal static bool IsData(string cell)
    {
        if (cell.Length > HeaderWords.MaxLength)
        {
            return true;
        }

        var digits = 0;
        foreach (var c in cell)
        {
            if (c is '@' or '＠')
            {
                return true;
            }

            digits += char.IsDigit(c) ? 1 : 0;
        }

        return digits >= 5 || digits == cell.Length;
    }

    private static bool MayBeHeading(Grid grid, int row, int first, bool within)
    {
        var left = within ? 3 : 6;
        for (var c = first; c >= 0 && left > 0; c = grid.NextFilled(row, c + 1), left--)
        {
            var cell = grid.Cell(row, c);
            if (cell.Length <= HeaderWords.MaxLength && !IsData(cell) && HeaderWords.Read(cell) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryHeader(Grid grid, int row, bool within, out List<HeaderCell> header, out int last)
    {
        header = [];
        last = row;
        var labels = 0;
        var plain = 0;
        var personal = 0;
        var filled = 0;
        for (var c = 0; c < grid.Width(row); c++)
        {
            var cell = grid.Cell(row, c);
            if (cell.Length == 0)
            {
                continue;
            }

            if (IsData(cell) && !cell.AsSpan().Trim().StartsWith("〒"))
            {
                return false;
            }

            filled++;
            var meaning = HeaderWords.Read(cell);
            var also = meaning is not null && HeaderWords.IsAlsoValue(cell);
            labels += meaning is null || (within && also) ? 0 : 1;
            plain += meaning is null || also ? 0 : 1;
            personal += !also && meaning is { Kind: not (DataKinds.None or DataKinds.Other or DataKinds.Occupation or DataKinds.Company or DataKinds.Medical or DataKinds.Municipality or DataKinds.Sex) } ? 1 : 0;
            header.Add(new HeaderCell(c, cell, meaning));
        }

        var enough = within ? labels >= 2 && labels * 3 >= filled * 2 && personal > 0
            : labels >= 2 ? labels * 3 >= filled && plain > 0
            : labels == 1 && filled <= 3 && personal == 1 && HasValuesBelow(grid, row, header) && !(filled == 1 && IsTitle(grid, row));
        if (!enough)
        {
            return false;
        }

        if (row + 1 < grid.Count && TryLower(grid, row + 1, header, out var merged))
        {
            header = merged;
            last = row + 1;
        }

        Settle(header);
        return true;
    }

    /// <summary>One known word alone is a header only over values that are none.</summary>
    private static bool HasValuesBelow(Grid grid, int row, List<HeaderCell> header)
    {
        var at = header.Find(h => h.Meaning is not null)!.Column;
        for (var r = row + 1; r < Math.Min(grid.Count, row + 3); r++)
        {
            var cell = grid.Cell(r, at);
            if (cell.Length > 0)
            {
                return HeaderWords.Read(cell) is null;
            }
        }

        return false;
    }

    /// <summary>True for a line above a table of several columns: アンケート回答者 over 氏名 | 住所 is a heading, not a column.</summary>
    private static bool IsTitle(Grid grid, int row)
    {
        var left = 6;
        for (var r = row + 1; r < Math.Min(grid.Count, row + 12) && left > 0; r++)
        {
            var first = grid.NextFilled(r, 0);
            if (first < 0)
            {
                continue;
            }

            left--;
            var labels = 0;
            for (var c = first; c >= 0; c = grid.NextFilled(r, c + 1))
            {
                labels += IsData(grid.Cell(r, c)) || HeaderWords.Read(grid.Cell(r, c)) is null ? 0 : 1;
            }

            if (labels >= 2)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The second line of a header: 姓 and 名 under 氏名, 自宅 and 携帯 under 電話.</summary>
    private static bool TryLower(Grid grid, int row, List<HeaderCell> upper, out List<HeaderCell> merged)
    {
        merged = [];
        var labels = 0;
        var filled = 0;
        for (var c = 0; c < grid.Width(row); c++)
        {
            var cell = grid.Cell(row, c);
            if (cell.Length == 0)
            {
                continue;
            }

            if (IsData(cell))
            {
                return false;
            }

            filled++;
            labels += HeaderWords.Read(cell) is null ? 0 : 1;
        }

        if (labels == 0 || labels != filled && (labels < 2 || labels * 3 < filled * 2))
        {
            return false;
        }

        var width = Math.Max(grid.Width(row), upper[^1].Column + 1);
        HeaderCell? group = null;
        var next = 0;
        for (var c = 0; c < width; c++)
        {
            var above = next < upper.Count && upper[next].Column == c ? upper[next++] : null;
            group = above ?? group;
            var below = grid.Cell(row, c);
            if (below.Length > 0)
            {
                merged.Add(Join(c, group, below));
            }
            else if (above is not null)
            {
                merged.Add(above);
            }
        }

        return true;
    }

    private static HeaderCell Join(int column, HeaderCell? group, string below)
    {
        if (group is null)
        {
            return new HeaderCell(column, below, HeaderWords.Read(below));
        }

        var own = HeaderWords.Read(below);
        var meaning = HeaderWords.Read(group.Text + below) ?? own ?? group.Meaning;
        if (group.Meaning is { Trust: Trust.Second } && own is { Kind: DataKinds.Name })
        {
            meaning = own.Value with { Trust = Trust.Second };
        }

        return new HeaderCell(column, group.Text + " " + below, meaning);
    }

    /// <summary>名 beside 姓 is the given name; alone it says little.</summary>
    private static void Settle(List<HeaderCell> header)
    {
        for (var i = 1; i < header.Count; i++)
        {
            if (header[i - 1].Meaning is { Part: NamePart.Family } family && header[i].Meaning is { Kind: DataKinds.Name, Part: NamePart.Full } && header[i].Text.AsSpan().Trim().EndsWith("名"))
            {
                header[i] = header[i] with { Meaning = family with { Part = NamePart.Given } };
            }
        }
    }

    private static bool SameTexts(List<HeaderCell> one, List<HeaderCell> other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < one.Count; i++)
        {
            if (one[i].Column != other[i].Column || one[i].Text != other[i].Text)
            {
                return false;
            }
        }

        return true;
    }

    private static void AddBlocks(Grid grid, List<HeaderCell>? header, List<int> rows, List<TableBlock> blocks)
    {
        if (header is null)
        {
            AddLoose(grid, rows, blocks);
            return;
        }

        // Columns with values but no header count too: a file's id column is often left bare.
        var seen = new HashSet<int>(header.Select(h => h.Column));
        var all = new List<HeaderCell>(header);
        for (var i = 0; i < Math.Min(rows.Count, 50); i++)
        {
            for (var c = grid.NextFilled(rows[i], 0); c >= 0; c = grid.NextFilled(rows[i], c + 1))
            {
                if (seen.Add(c))
                {
                    all.Add(HeaderCell.Bare(c));
                }
            }
        }

        all.Sort((a, b) => a.Column.CompareTo(b.Column));
        foreach (var group in SideBySide(all))
        {
            blocks.Add(new TableBlock(grid, group, rows) { HasHeader = true });
        }
    }

    /// <summary>No header anywhere: every column that has something in the first rows, or in any of them by sample.</summary>
    private static void AddLoose(Grid grid, List<int> rows, List<TableBlock> blocks)
    {
        Span<bool> filled = stackalloc bool[Grid.MaxColumns];
        var count = 0;
        var step = Math.Max(1, rows.Count / 100);
        for (var i = 0; i < rows.Count; i += step)
        {
            for (var c = grid.NextFilled(rows[i], 0); c >= 0; c = grid.NextFilled(rows[i], c + 1))
            {
                count += filled[c] ? 0 : 1;
                filled[c] = true;
            }
        }

        var headers = new HeaderCell[count];
        for (int c = 0, at = 0; at < count; c++)
        {
            if (filled[c])
            {
                headers[at++] = HeaderCell.Bare(c);
            }
        }

        blocks.Add(new TableBlock(grid, headers, rows));
    }

    /// <summary>Tables beside each other under one line of headers: where the first header comes again, the next table begins.</summary>
    private static List<List<HeaderCell>> SideBySide(List<HeaderCell> header)
    {
        var groups = new List<List<HeaderCell>>();
        var current = new List<HeaderCell>();
        foreach (var cell in header)
        {
            if (current.Count > 0 && Begins(cell))
            {
                groups.Add(current);
                current = [];
            }

            current.Add(cell);
        }

        groups.Add(current);
        return groups;

        bool Begins(HeaderCell cell)
        {
            if (cell.Text.Length == 0)
            {
                return false;
            }

            var first = current[0].Text.Length > 0 || current.Count == 1 ? current[0] : current[1];
            if (current.Count <= LooseCells * 4 && cell.Text == first.Text)
            {
                return IsName(current);
            }

            // A gap with a name on either side parts two tables that have nothing in common.
            return cell.Column > current[^1].Column + 1 && IsName(current) && IsName(header.Where(h => h.Column >= cell.Column));
        }

        static bool IsName(IEnumerable<HeaderCell> cells) => cells.Any(c => c.Meaning is { Kind: DataKinds.Name, Part: NamePart.Full or NamePart.Family, Trust: not Trust.Second });
    }
}
