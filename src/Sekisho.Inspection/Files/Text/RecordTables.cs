using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// Makes tables of nested data: records of the same place are the rows of one table, their values' names its header. A value's name carries the
/// name of what it stands in (<c>company name</c>); the second of the same name gets a column of its own. What repeats nowhere is text.
/// </summary>
internal sealed class RecordTables(FileHarvest into)
{
    private const int MaxColumns = 1000;
    private const int MaxTables = 2000;

    private readonly Dictionary<string, Table> _tables = new(StringComparer.Ordinal);
    private readonly Stack<Frame> _frames = new();
    private readonly StringBuilder _text = new();
    private long _cells;

    private sealed class Table(string place)
    {
        public string Place { get; } = place;

        public List<(string Name, int Nth)> Columns { get; } = [];

        public Dictionary<(string Name, int Nth), int> Index { get; } = [];

        public List<string?[]> Rows { get; } = [];
    }

    /// <summary>An open record, or something with a name inside one (then without values of its own).</summary>
    private sealed record Frame(string Name, Frame? Record)
    {
        /// <summary>The name, after that of what it stands in below the record.</summary>
        public string Label { get; init; } = Name;

        public string Path { get; init; } = "";

        public List<(string Name, string Value)>? Values { get; init; }
    }

    /// <summary>True when no more cells will be taken.</summary>
    public bool Full => into.Full || _cells > into.Budget.CellsLeft;

    /// <summary>A record begins.</summary>
    public void Begin(IReadOnlyList<string> path)
        => _frames.Push(new Frame("", null) { Path = string.Join('/', path.TakeLast(6).Where(p => p.Length > 0)), Values = [] });

    /// <summary>Something with a name begins inside what is open.</summary>
    public void Enter(string name)
    {
        var record = Record();
        var within = record is not null && _frames.Peek() is { Values: null } open ? open.Name + " " : "";
        _frames.Push(new Frame(name, record) { Label = within + name });
    }

    /// <summary>Ends what began last.</summary>
    public void Leave()
    {
        if (!_frames.TryPop(out var frame) || frame.Values is null || frame.Values.Count == 0)
        {
            return;
        }

        if (!_tables.TryGetValue(frame.Path, out var table))
        {
            if (_tables.Count >= MaxTables)
            {
                AddText(frame.Values);
                return;
            }

            _tables[frame.Path] = table = new Table(frame.Path);
        }

        AddRow(table, frame.Values);
    }

    /// <summary>A value; with an empty name it is that of what is open.</summary>
    public void Value(string name, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        var open = _frames.Count > 0 ? _frames.Peek() : null;
        var record = Record();
        if (open is { Values: null })
        {
            name = name.Length > 0 ? $"{open.Name} {name}" : record is null ? open.Name : open.Label;
        }

        if (record is null)
        {
            AddText([(name, value)]);
        }
        else
        {
            record.Values!.Add((name, value));
            _cells++;
        }
    }

    /// <summary>Puts everything into the harvest.</summary>
    public void End()
    {
        while (_frames.Count > 0)
        {
            Leave();
        }

        foreach (var table in _tables.Values.Where(t => t.Rows.Count == 1 && !IsPositional(t)))
        {
            AddText([.. table.Columns.Select((c, i) => (c.Name, i < table.Rows[0].Length ? table.Rows[0][i] ?? "" : "")).Where(v => v.Item2.Length > 0)]);
        }

        into.AddText("", _text.ToString());
        foreach (var table in _tables.Values.Where(t => t.Rows.Count > 1 || IsPositional(t)))
        {
            using var rows = into.AddTable(table.Place);
            if (!IsPositional(table))
            {
                rows.AddRow([.. table.Columns.Select(c => c.Name)]);
            }

            foreach (var row in table.Rows)
            {
                if (!rows.AddRow(row))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Drop()
    {
        _tables.Clear();
        _frames.Clear();
        _text.Clear();
    }

    private Frame? Record() => _frames.TryPeek(out var top) ? top.Values is null ? top.Record : top : null;

    /// <summary>A row of cells that all have the same name brings its header as its first row, if any.</summary>
    private static bool IsPositional(Table table) => table.Columns.Count > 1 && table.Columns.TrueForAll(c => c.Name == table.Columns[0].Name);

    private void AddRow(Table table, List<(string Name, string Value)> values)
    {
        var nth = new Dictionary<string, int>(StringComparer.Ordinal);
        var row = new string?[Math.Max(table.Columns.Count, values.Count)];
        var used = 0;
        foreach (var (name, value) in values)
        {
            var number = nth[name] = nth.GetValueOrDefault(name) + 1;
            if (!table.Index.TryGetValue((name, number), out var column))
            {
                if (table.Columns.Count >= MaxColumns)
                {
                    AddText([(name, value)]);
                    continue;
                }

                column = table.Columns.Count;
                table.Columns.Add((name, number));
                table.Index[(name, number)] = column;
            }

            if (column >= row.Length)
            {
                Array.Resize(ref row, Math.Max(table.Columns.Count, column + 1));
            }

            row[column] = value;
            used = Math.Max(used, column + 1);
        }

        table.Rows.Add(row[..used]);
    }

    private void AddText(List<(string Name, string Value)> values)
    {
        foreach (var (name, value) in values)
        {
            if (name.Length > 0)
            {
                _text.Append(name).Append(": ");
            }

            _text.Append(value).Append('\n');
        }

        _text.Append(values.Count > 1 ? "\n" : "");
    }
}
