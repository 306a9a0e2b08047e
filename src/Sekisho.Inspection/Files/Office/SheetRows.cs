namespace Sekisho.Inspection;

/// <summary>
/// Gathers the cells of a sheet, in the order a file has them, into tables. Empty rows in between are kept as far as a reader would still take
/// both sides for one table; a longer gap begins a new one, so that one stray cell in the last row of a sheet costs nothing.
/// </summary>
internal sealed class SheetRows(OfficeSink sink, string place, bool hidden, bool patched = false)
{
    /// <summary>Columns a sheet can have (Excel's and Calc's bound).</summary>
    public const int MostColumns = 16_384;

    private const int MostGap = 200;

    private readonly List<string> _row = [];
    private readonly List<(int Number, string[] Cells)> _kept = [];
    private readonly long _mostKept = sink.File.Services.Limits.Cells;
    private TableHarvest? _table;
    private long _keptCells;
    private int _number;
    private int _written;
    private bool _open;

    /// <summary>Number of the current row, 1-based.</summary>
    public int Number => _number;

    /// <summary>Begins a row; a number that does not follow the last one's means the next row.</summary>
    public void Row(int number)
    {
        Close();
        _number = number <= _number ? _number + 1 : number;
        _open = true;
    }

    /// <summary>Puts a value into a column, 0-based; columns come in ascending order, one that does not goes behind the last.</summary>
    public void Cell(int column, string text)
    {
        if (text.Length == 0 || !sink.Tick())
        {
            return;
        }

        column = Math.Min(Math.Max(column, _row.Count), MostColumns);
        if (_row.Count > MostColumns)
        {
            sink.Trouble(FileTroubles.Limit, "columns");
            return;
        }

        while (_row.Count < column)
        {
            _row.Add("");
        }

        _row.Add(text);
    }

    /// <summary>Changes the value of a cell that came before; only where the rows are <c>patched</c>, that is kept until the end.</summary>
    public void Patch(int row, int column, Func<string, string> change)
    {
        Close();
        var at = _kept.BinarySearch((row, []), Comparer<(int Number, string[] Cells)>.Create((a, b) => a.Number.CompareTo(b.Number)));
        if (at >= 0 && column >= 0 && column < _kept[at].Cells.Length)
        {
            _kept[at].Cells[column] = change(_kept[at].Cells[column]);
        }
    }

    /// <summary>Hands over what has been gathered.</summary>
    public void End()
    {
        Close();
        Flush();
        _table?.Dispose();
        _table = null;
    }

    private void Close()
    {
        if (!_open)
        {
            return;
        }

        _open = false;
        if (_row.Count == 0)
        {
            return;
        }

        if (patched && _keptCells + _row.Count <= _mostKept)
        {
            _keptCells += _row.Count;
            _kept.Add((_number, [.. _row]));
        }
        else
        {
            Flush();
            Write(_number, _row);
        }

        _row.Clear();
    }

    private void Flush()
    {
        foreach (var (number, cells) in _kept)
        {
            Write(number, cells);
        }

        _kept.Clear();
    }

    private void Write(int number, IReadOnlyList<string> cells)
    {
        if (sink.Full)
        {
            return;
        }

        if (_table is null || number - _written - 1 > MostGap)
        {
            _table?.Dispose();
            _table = sink.Harvest.AddTable(place, hidden, number);
            _written = number - 1;
        }

        while (++_written < number)
        {
            sink.Full |= !_table.AddRow([]);
        }

        sink.Full |= !_table.AddRow(cells);
    }
}
