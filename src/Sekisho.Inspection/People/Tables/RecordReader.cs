namespace Sekisho.Inspection;

/// <summary>Where a table stands; <paramref name="Pages"/> where its text goes on over several.</summary>
internal readonly record struct TablePlace(string File, string Place, bool Hidden, bool Quoted, Pages? Pages = null)
{
    /// <summary>The page of a row and the row on it.</summary>
    public (string Place, int Row) At(int row) => Pages is null ? (Place, row) : Pages.At(row);
}

/// <summary>Makes records of a table's rows, and persons of those records that are some.</summary>
internal sealed class RecordReader(PersonRegister register, ProseRecords prose, List<FoundSecret> secrets, List<RecordTable> tables)
{
    /// <summary>Kinds whose value is kept for comparison and, masked, as evidence.</summary>
    private const DataKinds Kept = DataKinds.Email | DataKinds.Phone | DataKinds.PersonId | DataKinds.BirthDate | DataKinds.PostalAddress | DataKinds.Company | DataKinds.CardNumber
        | DataKinds.MyNumber | DataKinds.Age | DataKinds.Sex | DataKinds.Municipality | DataKinds.Postcode | DataKinds.BankAccount | DataKinds.Passport | DataKinds.DrivingLicence
        | DataKinds.HealthInsurance;

    private static readonly RecordColumn _bare = new("", DataKinds.None);

    private readonly ContinuedTable _continued = new();

    /// <summary>Rows that were persons, repetitions included.</summary>
    public int Persons { get; private set; }

    /// <summary>True where the last table read says by a column that its rows are companies or shops.</summary>
    public bool ListsCompanies { get; private set; }

    /// <summary>Reads every table of a sheet; <paramref name="marks"/> are those of all its cells together.</summary>
    public void Read(TableContent content, TablePlace place, TextMarks marks, CancellationToken cancel)
    {
        ListsCompanies = false;
        var first = true;
        foreach (var block in TableLayout.Read(new Grid(content.Rows, content.FirstRow), cancel))
        {
            foreach (var table in _continued.Take(block, first, place, register))
            {
                Read(table, place, marks, cancel);
            }

            first = false;
        }
    }

    private void Read(PlannedTable table, TablePlace place, TextMarks marks, CancellationToken cancel)
    {
        var (block, columns, source) = table;
        if (block.HasHeader || block.Rows.Count >= 2)
        {
            tables.Add(new RecordTable(place.File, place.Place, Array.ConvertAll(columns, static c => c is { Header.Length: 0, Kind: DataKinds.None } ? _bare : new RecordColumn(c.Header, c.Kind)), new BlockRows(block)));
        }

        var plan = RecordPlan.Of(block, columns);
        ListsCompanies |= !block.IsForm && block.Rows.Count >= (block.HasHeader ? 2 : 4) && (block.HasHeader || !plan.HoldsName) && Array.Exists(columns, c => c.Kind == DataKinds.Company);
        CellSecrets.Find(block, columns, place, secrets, cancel);
        if (!plan.HoldsName)
        {
            // Name and address in one cell, or a form with the label and the value in one: what is no column of names may still tell of people.
            Persons += prose.Read(block, columns, place, marks, cancel);
        }

        var told = plan.HoldsName ? null : prose.Rows;

        if (!plan.HoldsPersons && !plan.HoldsSecrets)
        {
            return;
        }

        var rows = 0;
        for (var r = 0; r < block.Rows.Count; r++)
        {
            var row = block.Rows[r];
            if ((++rows & 0xFFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            if (plan.HoldsSecrets)
            {
                AddSecrets(block, row, plan, place);
            }

            if (plan.HoldsPersons && told?.Contains(block.Grid.Number(row)) != true && Person(block, row, plan, place, source) is { } person)
            {
                register.Add(person);
                Persons++;
            }
        }
    }

    private void AddSecrets(TableBlock block, int row, RecordPlan plan, TablePlace place)
    {
        foreach (var column in plan.Secrets)
        {
            var cell = block.Grid.Cell(row, column.Index);
            if (!Cells.IsBlank(cell) && Cells.IsSecret(column.Kind, cell))
            {
                secrets.Add(new FoundSecret(column.Kind, Masking.Mask(column.Kind, cell), place.File, place.Place, block.Grid.Number(row)));
            }
        }
    }

    private static PersonRecord? Person(TableBlock block, int row, RecordPlan plan, TablePlace place, int source)
    {
        var grid = block.Grid;
        var name = plan.Name(grid, row);
        var kinds = name.Length > 0 ? DataKinds.Name : DataKinds.None;
        List<PersonalValue>? values = null;
        if (name.Length > 0 && plan.Beside(grid, row, name) is { Length: > 0 } beside)
        {
            foreach (var value in beside)
            {
                (values ??= []).Add(value);
                kinds |= value.Kind;
            }
        }

        foreach (var column in plan.Others)
        {
            var cell = grid.Cell(row, column.Index);
            if (Cells.IsBlank(cell))
            {
                continue;
            }

            if ((column.Kind & Kept) != 0)
            {
                var value = ValueKinds.Normalise(column.Kind, cell);
                if (value.Length == 0)
                {
                    continue;
                }

                (values ??= []).Add(new PersonalValue(column.Kind, value));
            }

            kinds |= column.Kind;
        }

        if (!plan.IsPerson(name, kinds, values))
        {
            return null;
        }

        var at = place.At(grid.Number(row));
        return new PersonRecord
        {
            Kinds = kinds,
            Name = name,
            Values = values is null ? [] : values,
            IdName = plan.IdName,
            File = place.File,
            Place = at.Place,
            Row = at.Row,
            Hidden = place.Hidden,
            Quoted = place.Quoted,
            Source = source,
            Repeats = plan.Repeats,
            RowKey = plan.RowKey(grid, row),
        };
    }

    /// <summary>The rows of a table as its columns see them, made when somebody asks.</summary>
    private sealed class BlockRows(TableBlock block) : IReadOnlyList<IReadOnlyList<string>>
    {
        public int Count => block.Rows.Count;

        public IReadOnlyList<string> this[int index]
        {
            get
            {
                var cells = new string[block.Headers.Count];
                for (var i = 0; i < cells.Length; i++)
                {
                    cells[i] = block.Grid.Cell(block.Rows[index], block.Headers[i].Column);
                }

                return cells;
            }
        }

        public IEnumerator<IReadOnlyList<string>> GetEnumerator()
        {
            for (var i = 0; i < Count; i++)
            {
                yield return this[i];
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
