using System.Text;

namespace Sekisho.Inspection;

/// <summary>Brings what stands in running text, or in cells that are text, under the same count as the rows of tables.</summary>
internal sealed class ProseRecords(PersonRegister register, List<FoundSecret> secrets)
{
    /// <summary>Text of a table's cells read as prose; beyond it a table without a column of names is no list of persons.</summary>
    private const int MaxCells = 4 * 1024 * 1024;

    private const int MinCell = 6;

    private readonly List<FoundPerson> _found = [];
    private readonly HashSet<int> _rows = [];
    private readonly StringBuilder _text = new();
    private readonly List<int> _numbers = [];

    /// <summary>Rows of the last table read that told of somebody: their other cells are his too.</summary>
    public IReadOnlySet<int> Rows => _rows;

    /// <summary>Reads running text. Answers how many persons it had.</summary>
    public int Read(string text, TablePlace place, TextMarks marks, CancellationToken cancel) => Read(text, place, marks, null, withSecrets: true, cancel);

    private int Read(string text, TablePlace place, TextMarks marks, List<int>? rows, bool withSecrets, CancellationToken cancel)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        _found.Clear();
        var from = secrets.Count;
        ProseScanner.Scan(text, new ProsePlace(place.File, place.Place, place.Quoted), _found, secrets, cancel, marks.Illness);
        if (!withSecrets)
        {
            secrets.RemoveRange(from, secrets.Count - from);
        }

        var source = register.NextSource();
        foreach (var person in _found)
        {
            if (rows is not null && person.Row > 0 && person.Row <= rows.Count)
            {
                _rows.Add(rows[person.Row - 1]);
            }

            var at = place.At(rows is not null && person.Row > 0 && person.Row <= rows.Count ? rows[person.Row - 1] : person.Row);
            register.Add(new PersonRecord
            {
                Kinds = person.Kinds,
                Name = person.Name,
                Values = person.Values,
                File = place.File,
                Place = at.Place,
                Row = at.Row,
                Hidden = place.Hidden,
                Quoted = place.Quoted,
                Source = source,
                Repeats = true,
            });
        }

        return _found.Count;
    }

    /// <summary>Reads the cells of a table that no header or form explains, a row a line.</summary>
    public int Read(TableBlock block, JudgedColumn[] columns, TablePlace place, TextMarks marks, CancellationToken cancel)
    {
        _rows.Clear();
        if (!marks.Any)
        {
            return 0;
        }

        var plain = Array.TrueForAll(columns, IsPlain) ? columns : Array.FindAll(columns, IsPlain);
        if (plain.Length == 0 || Array.TrueForAll(plain, c => c.Kind == DataKinds.PostalAddress))
        {
            return 0;
        }

        var text = _text.Clear();
        var rows = _numbers;
        rows.Clear();
        for (var r = 0; r < block.Rows.Count; r++)
        {
            var row = block.Rows[r];
            var start = text.Length;
            foreach (var column in plain)
            {
                var cell = block.Grid.Cell(row, column.Index);
                if (cell.Length >= MinCell && cell.Length < MaxCells)
                {
                    text.Append(cell.Replace('\n', ' ')).Append("  ");
                }
            }

            if (text.Length > start)
            {
                text.Append("\n\n");
                rows.Add(block.Grid.Number(row));
                rows.Add(block.Grid.Number(row));
            }

            if (text.Length > MaxCells)
            {
                break;
            }
        }

        return Read(text.ToString(), place, marks, rows, withSecrets: false, cancel);
    }

    private static bool IsPlain(JudgedColumn column) => column.Kind is DataKinds.None or DataKinds.Other or DataKinds.PostalAddress;
}
