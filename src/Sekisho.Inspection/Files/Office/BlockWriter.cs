using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// Makes paragraphs, tables, text boxes and notes of a document, however they are nested, into running text and tables. A table inside a cell
/// becomes a table of its own; one of a single cell is only a frame and becomes text. Deleted text is gathered apart, so that it does not run
/// into the words that replaced it. Bounded: what is nested too deep is read as if it were not nested.
/// </summary>
internal sealed class BlockWriter
{
    private const int MostFrames = 60;
    private const int MostCell = 200_000;
    private const int FlushAt = 256 * 1024;
    private const int MostSpan = 64;

    private readonly OfficeSink _sink;
    private readonly List<Frame> _frames = [];
    private readonly StringBuilder _deleted = new();
    private readonly string _place;
    private readonly bool _hidden;
    private int _flat;
    private int _tables;

    public BlockWriter(OfficeSink sink, string place, bool hidden = false)
    {
        (_sink, _place, _hidden) = (sink, place, hidden);
        _frames.Add(new Frame(place));
    }

    /// <summary>True while inside a cell.</summary>
    public bool InCell => _frames[^1].Cell;

    private Frame Top => _frames[^1];

    /// <summary>Adds characters to the current paragraph.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        var into = Text();
        if (InCell && into.Length + text.Length > MostCell)
        {
            _sink.Trouble(FileTroubles.Limit, "text of a cell");
            return;
        }

        into.Append(text);
        if (into.Length >= FlushAt * 4 && !InCell)
        {
            Flush(Top);
        }
    }

    /// <summary>Adds characters that somebody deleted and the file still holds.</summary>
    public void Deleted(ReadOnlySpan<char> text)
    {
        _deleted.Append(text);
        if (_deleted.Length > FlushAt)
        {
            FlushDeleted();
        }
    }

    /// <summary>Ends a paragraph.</summary>
    public void Break()
    {
        if (_deleted.Length > 0 && _deleted[^1] is not ('\n' or '\t'))
        {
            _deleted.Append(InCell ? '\t' : '\n');
        }

        if (Top.Table)
        {
            return;
        }

        Top.Text.Append('\n');
        if (Top.Text.Length > FlushAt && !InCell)
        {
            Flush(Top);
        }
    }

    /// <summary>Begins a table.</summary>
    public void BeginTable(string? name = null, bool hidden = false)
    {
        if (!Push(new Frame(name ?? Name()) { Table = true, Hidden = hidden || _hidden }))
        {
            return;
        }

        if (!_frames[^2].Cell && !_frames[^2].Table)
        {
            Flush(_frames[^2]);
        }
    }

    /// <summary>Begins a row of the current table; <paramref name="before"/>: columns it leaves empty first.</summary>
    public void BeginRow(int before = 0)
    {
        if (Top.Table && _flat == 0)
        {
            Top.Row.Clear();
            Skip(before);
        }
    }

    /// <summary>Leaves columns of the current row empty.</summary>
    public void Skip(int columns)
    {
        for (var i = 0; i < Math.Min(columns, MostSpan) && Top.Table; i++)
        {
            Top.Row.Add("");
        }
    }

    /// <summary>Begins a cell.</summary>
    public void BeginCell() => Push(new Frame(Top.Place) { Cell = true }, Top.Table);

    /// <summary>The current cell takes this many columns.</summary>
    public void Span(int columns)
    {
        if (InCell)
        {
            Top.Columns = Math.Clamp(columns, 1, MostSpan);
        }
    }

    /// <summary>Ends a cell.</summary>
    public void EndCell()
    {
        if (Pop() is { Cell: true } cell && Top.Table)
        {
            Top.Row.Add(cell.Text.ToString().Trim());
            Skip(cell.Columns - 1);
        }
    }

    /// <summary>Ends a row; <paramref name="times"/>: how often it stands there.</summary>
    public void EndRow(int times = 1)
    {
        if (_deleted.Length > 0 && _deleted[^1] == '\t')
        {
            _deleted[^1] = '\n';
        }

        var table = Top;
        if (!table.Table || _flat > 0 || table.Row.Count == 0)
        {
            return;
        }

        for (; times > 0 && !_sink.Full; times--)
        {
            if (table.Rows is null && table.Single is null && table.Row.Count(c => c.Length > 0) <= 1)
            {
                // Perhaps the only one: then the table is a frame around a text.
                table.Single = table.Row.Find(c => c.Length > 0) ?? "";
                table.SingleRow = [.. table.Row];
                continue;
            }

            Write(table, table.Row);
        }

        table.Row.Clear();
    }

    /// <summary>Ends a table.</summary>
    public void EndTable()
    {
        if (Pop() is not { Table: true } table)
        {
            return;
        }

        if (table.Rows is not null)
        {
            table.Rows.Dispose();
        }
        else if (table.Single is { Length: > 0 } single)
        {
            Append(single);
            Break();
        }
    }

    /// <summary>Begins a text apart from the one around it (text box, note, comment).</summary>
    public void BeginAside(string place) => Push(new Frame(_place.Length > 0 ? $"{_place} {place}" : place));

    /// <summary>Ends it.</summary>
    public void EndAside()
    {
        if (Pop() is { } aside)
        {
            Flush(aside);
        }
    }

    /// <summary>Hands over what is left; damaged files may not have closed everything.</summary>
    public void Finish()
    {
        _flat = 0;
        while (_frames.Count > 1)
        {
            switch (Top)
            {
                case { Cell: true }:
                    EndCell();
                    EndRow();
                    break;
                case { Table: true }:
                    EndTable();
                    break;
                default:
                    EndAside();
                    break;
            }
        }

        Flush(Top);
        FlushDeleted();
    }

    private StringBuilder Text()
    {
        // Text between cells belongs to nobody; it goes to the text around the table.
        for (var i = _frames.Count - 1; i > 0; i--)
        {
            if (!_frames[i].Table)
            {
                return _frames[i].Text;
            }
        }

        return _frames[0].Text;
    }

    private string Name()
    {
        _tables++;
        return _place.Length > 0 ? $"{_place} table {_tables}" : $"table {_tables}";
    }

    private void Write(Frame table, List<string> row)
    {
        if (table.Rows is null)
        {
            table.Rows = _sink.Harvest.AddTable(table.Place, table.Hidden);
            if (table.SingleRow is not null)
            {
                _sink.Full |= !table.Rows.AddRow(table.SingleRow);
            }
        }

        _sink.Full |= !table.Rows.AddRow(row);
    }

    private bool Push(Frame frame, bool fits = true)
    {
        if (_flat > 0 || !fits || _frames.Count >= MostFrames)
        {
            _flat++;
            return false;
        }

        _frames.Add(frame);
        return true;
    }

    private Frame? Pop()
    {
        if (_flat > 0)
        {
            _flat--;
            return null;
        }

        if (_frames.Count == 1)
        {
            return null;
        }

        var top = Top;
        _frames.RemoveAt(_frames.Count - 1);
        return top;
    }

    private void Flush(Frame frame)
    {
        if (frame.Text.Length > 0)
        {
            _sink.Text(frame.Place, frame.Text.ToString());
            frame.Text.Clear();
        }
    }

    private void FlushDeleted()
    {
        _sink.Text(_place.Length > 0 ? $"{_place} deleted" : "deleted", _deleted.ToString());
        _deleted.Clear();
    }

    /// <summary>What is open: the document, a text apart, a table, or a cell.</summary>
    private sealed class Frame(string place)
    {
        public string Place { get; } = place;

        public bool Table { get; init; }

        public bool Cell { get; init; }

        public bool Hidden { get; init; }

        public StringBuilder Text { get; } = new(0);

        public List<string> Row { get; } = [];

        public int Columns { get; set; } = 1;

        public TableHarvest? Rows { get; set; }

        public string? Single { get; set; }

        public string[]? SingleRow { get; set; }
    }
}
