using System.Globalization;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// Takes the tables out of HTML: their cells as rows, the text around them as text, comments apart. A tokenizer and no tree: nesting costs a list entry,
/// time is linear. A table of one column, or with tables in its cells, is layout, and its text stays text. Cells that span columns leave the next ones
/// empty; cells that span rows are not repeated.
/// </summary>
internal sealed class HtmlTables
{
    /// <summary>Deeper tables belong to the cell they stand in. Each level's text is written once more, so that this also bounds the time.</summary>
    private const int MaxNested = 12;
    private const int MaxSpan = 200;
    private const int MaxColumns = 1000;

    private readonly FileHarvest _into;
    private readonly List<Table> _open = [];
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _comments = new();
    private int _tables;
    private int _deeper;
    private long _cells;
    private int _vain = 16 * 1024 * 1024;

    private HtmlTables(FileHarvest into) => _into = into;

    private sealed class Table
    {
        public List<List<string?>> Rows { get; } = [];

        public List<int> Below { get; } = [];

        /// <summary>The markup of the cell that is open; null between cells.</summary>
        public StringBuilder? Cell { get; set; }

        public int Span { get; set; } = 1;

        public int RowSpan { get; set; } = 1;

        public bool HasTables { get; set; }
    }

    /// <summary>Reads a page into the harvest.</summary>
    public static void Read(string html, FileHarvest into, CancellationToken cancel)
    {
        var reader = new HtmlTables(into);
        reader.Walk(html, cancel);
        while (reader._open.Count > 0)
        {
            reader.EndTable();
        }

        into.AddText("", HtmlText.Reduce(reader._text.ToString(), cancel));
        into.AddText("comments", reader._comments.ToString());
    }

    private StringBuilder Current => _open.Count > 0 ? _open[^1].Cell ?? _text : _text;

    private void Walk(string html, CancellationToken cancel)
    {
        var at = 0;
        var plain = 0;
        var tags = 0;
        while (at < html.Length)
        {
            var open = html.IndexOf('<', at);
            if (open < 0)
            {
                break;
            }

            if ((++tags & 0xFFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            var rest = html.AsSpan(open);
            if (rest.StartsWith("<!--"))
            {
                var close = rest[4..].IndexOf("-->");
                var length = close < 0 ? rest.Length : close + 7;
                Comment(rest[4..(close < 0 ? rest.Length : close + 4)]);
                at = open + length;
                continue;
            }

            var name = TableTag(rest, out var closing);
            if (name is null)
            {
                at = open + 1;
                continue;
            }

            Current.Append(html.AsSpan(plain, open - plain));
            var end = End(rest);
            Tag(name, closing, rest[..end]);
            at = plain = open + end;
        }

        Current.Append(html.AsSpan(plain));
    }

    private void Tag(string name, bool closing, ReadOnlySpan<char> tag)
    {
        switch (name)
        {
            case "table" when closing:
                if (_deeper > 0)
                {
                    _deeper--;
                }
                else if (_open.Count > 0)
                {
                    EndTable();
                }

                break;
            case "table" when _open.Count >= MaxNested:
                _deeper++;
                break;
            case "table":
                {
                    if (_open.Count > 0)
                    {
                        _open[^1].HasTables = true;
                    }

                    _open.Add(new Table());
                    break;
                }

            case "tr" when _open.Count > 0 && _deeper == 0:
                EndCell(_open[^1]);
                if (!closing)
                {
                    BeginRow(_open[^1]);
                }

                break;
            case "td" or "th" when _open.Count > 0 && _deeper == 0:
                EndCell(_open[^1]);
                if (!closing)
                {
                    BeginCell(_open[^1], tag);
                }

                break;
            default:
                Current.Append('\n');
                break;
        }
    }

    private static void BeginRow(Table table)
    {
        table.Rows.Add([]);
    }

    private void BeginCell(Table table, ReadOnlySpan<char> tag)
    {
        if (table.Rows.Count == 0)
        {
            BeginRow(table);
        }

        var row = table.Rows[^1];

        // A row's places under a cell that reaches down from above stay empty.
        while (row.Count < table.Below.Count && table.Below[row.Count] > 0 && _cells < _into.Budget.CellsLeft)
        {
            table.Below[row.Count]--;
            row.Add("");
            _cells++;
        }

        table.Cell = new StringBuilder();
        table.Span = Number(tag, "colspan");
        table.RowSpan = Number(tag, "rowspan");
    }

    private void EndCell(Table table)
    {
        if (table.Cell is not { } cell)
        {
            return;
        }

        table.Cell = null;
        var row = table.Rows[^1];
        for (var i = 0; i < table.Span; i++)
        {
            var column = row.Count;
            if (i > 0 && (column >= MaxColumns || _cells >= _into.Budget.CellsLeft))
            {
                break;
            }

            row.Add(i == 0 ? HtmlText.Reduce(cell.ToString()).Trim() : "");
            _cells++;
            if (table.RowSpan > 1 && column < MaxColumns)
            {
                while (table.Below.Count <= column)
                {
                    table.Below.Add(0);
                }

                table.Below[column] = table.RowSpan - 1;
            }
        }
    }

    private void EndTable()
    {
        var table = _open[^1];
        EndCell(table);
        _open.RemoveAt(_open.Count - 1);
        _tables++;
        var isData = !table.HasTables && table.Rows.Count(r => r.Count(c => !string.IsNullOrWhiteSpace(c)) >= 2) >= 2;
        if (isData)
        {
            using var rows = _into.AddTable($"table {_tables.ToString(CultureInfo.InvariantCulture)}");
            foreach (var row in table.Rows)
            {
                if (!rows.AddRow(row))
                {
                    break;
                }
            }

            return;
        }

        // Layout: the text goes where the table stood, each cell once, already reduced and so escaped again.
        var into = Current;
        foreach (var row in table.Rows)
        {
            into.Append("<br>");
            foreach (var cell in row)
            {
                if (!string.IsNullOrEmpty(cell))
                {
                    into.Append(cell.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal)).Append("<br>");
                }
            }
        }
    }

    private void Comment(ReadOnlySpan<char> comment)
    {
        // Office writes its styles and settings there.
        if (!comment.StartsWith("[if", StringComparison.OrdinalIgnoreCase) && _comments.Length < 1024 * 1024)
        {
            _comments.Append(HtmlText.Reduce(comment)).Append('\n');
        }
    }

    /// <summary>The name of a tag that matters to tables, or null.</summary>
    private static string? TableTag(ReadOnlySpan<char> rest, out bool closing)
    {
        closing = rest.Length > 1 && rest[1] == '/';
        var name = rest[(closing ? 2 : 1)..];
        foreach (var known in (ReadOnlySpan<string>)["table", "tr", "td", "th"])
        {
            if (name.StartsWith(known, StringComparison.OrdinalIgnoreCase) && (name.Length == known.Length || name[known.Length] is '>' or ' ' or '\t' or '\r' or '\n' or '/'))
            {
                return known;
            }
        }

        return null;
    }

    /// <summary>Length of a tag, quoted values passed over.</summary>
    private int End(ReadOnlySpan<char> rest)
    {
        const int MaxTag = 16 * 1024;
        var limit = Math.Min(rest.Length, MaxTag);
        var quote = '\0';
        for (var i = 1; i < limit && _vain > 0; i++)
        {
            var c = rest[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'' && rest[i - 1] == '=')
            {
                quote = c;
            }
            else if (c == '>')
            {
                return i + 1;
            }
        }

        // A quote that never closes ends its tag; too many of them, and quotes mean nothing any more.
        _vain -= limit;
        var close = rest[..limit].IndexOf('>');
        return close < 0 ? limit : close + 1;
    }

    private static int Number(ReadOnlySpan<char> tag, string attribute)
    {
        var at = tag.IndexOf(attribute, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return 1;
        }

        var rest = tag[(at + attribute.Length)..].TrimStart(" =\"'");
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? rest : rest[..end], out var value) ? Math.Clamp(value, 1, MaxSpan) : 1;
    }
}
