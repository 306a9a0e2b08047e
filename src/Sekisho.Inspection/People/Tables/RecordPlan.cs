namespace Sekisho.Inspection;

/// <summary>What to read from each row of one table, and when a row is a person.</summary>
internal sealed class RecordPlan
{
    private const DataKinds Contact = DataKinds.Email | DataKinds.Phone | DataKinds.PostalAddress;

    /// <summary>With an id, one of these makes a person of a row without a name.</summary>
    private const DataKinds AboutPersons = DataKinds.BirthDate | DataKinds.Age | DataKinds.Sex | DataKinds.PostalAddress | DataKinds.Municipality | DataKinds.Medical;

    private const DataKinds SecretKinds = DataKinds.CardNumber | DataKinds.MyNumber | DataKinds.Credential;

    private int _full = -1;
    private int _family = -1;
    private int _given = -1;
    private int _kana = -1;
    private int _kanaGiven = -1;
    private int _within = -1;
    private bool _company;
    private int[] _companies = [];
    private bool _loose;
    private int[] _row = [];

    /// <summary>Columns of kinds other than names.</summary>
    public IReadOnlyList<JudgedColumn> Others { get; private set; } = [];

    /// <summary>Columns of card numbers, 個人番号 and credentials.</summary>
    public IReadOnlyList<JudgedColumn> Secrets { get; private set; } = [];

    /// <summary>What the id column is called.</summary>
    public string IdName { get; private set; } = "";

    /// <summary>True for orders, payments, visits: one person may have many rows.</summary>
    public bool Repeats { get; private set; }

    /// <summary>True where a column holds names.</summary>
    public bool HoldsName { get; private set; }

    /// <summary>True where rows may be persons.</summary>
    public bool HoldsPersons { get; private set; }

    public bool HoldsSecrets => Secrets.Count > 0;

    /// <summary>Of columns that hold nothing personal.</summary>
    private static readonly RecordPlan _nothing = new();

    public static RecordPlan Of(TableBlock block, JudgedColumn[] columns)
    {
        if (Array.TrueForAll(columns, static c => c.Kind == DataKinds.None))
        {
            return _nothing;
        }

        var plan = new RecordPlan();
        var second = -1;
        var others = new List<JudgedColumn>();
        var kinds = DataKinds.None;
        foreach (var column in columns)
        {
            if (column.Kind == DataKinds.Name)
            {
                plan.Take(column, columns, ref second);
            }
            else if (column.Kind is not DataKinds.None)
            {
                others.Add(column);
                kinds |= column.Kind;
            }
        }

        if (second >= 0 && plan._full < 0 && plan._family < 0 && plan._kana < 0 && (kinds & Contact) != 0)
        {
            plan._full = second;
        }

        if (plan._full < 0 && plan._family < 0 && plan._given < 0 && (kinds & (Contact | AboutPersons | DataKinds.PersonId)) == 0)
        {
            // A reading alone stands beside words of any kind: a glossary has one too.
            plan._kana = -1;
        }

        var named = plan._full >= 0 || plan._family >= 0 || plan._given >= 0 || plan._kana >= 0 || plan._within >= 0;
        plan.HoldsName = named;
        plan._company = (kinds & DataKinds.Company) != 0;
        plan._companies = Array.ConvertAll(Array.FindAll(columns, c => c.Kind == DataKinds.Company), c => c.Index);
        plan._loose = !block.HasHeader && (kinds & (Contact | AboutPersons)) != 0;
        plan.Others = others;
        plan.Secrets = others.FindAll(c => (c.Kind & SecretKinds) != 0);
        plan.IdName = others.Find(c => c.Kind == DataKinds.PersonId)?.Header ?? "";
        plan.Repeats = Array.Exists(columns, IsOrder);
        plan._row = Array.ConvertAll(Array.FindAll(columns, c => !IsNumbering(c, block)), c => c.Index);
        plan.HoldsPersons = named || (kinds & (DataKinds.Email | DataKinds.CardNumber | DataKinds.MyNumber | DataKinds.Phone)) != 0
            || ((kinds & DataKinds.PersonId) != 0 && (kinds & AboutPersons) != 0);
        return plan;
    }

    /// <summary>The row's name, family before given; empty where the cell holds none.</summary>
    public string Name(Grid grid, int row)
    {
        var name = _full >= 0 ? NameIn(grid, row, _full) : "";
        if (name.Length == 0 && _family >= 0)
        {
            var family = NameIn(grid, row, _family);
            var given = _given >= 0 ? NameIn(grid, row, _given) : "";
            name = family.Length > 0 && given.Length > 0 ? family + " " + given : family + given;
        }
        else if (name.Length == 0 && _given >= 0)
        {
            name = NameIn(grid, row, _given);
        }

        if (name.Length == 0 && _within >= 0)
        {
            name = Cells.NameWithin(grid.Cell(row, _within), out _);
        }

        if (name.Length == 0 && _loose)
        {
            name = Anywhere(grid, row);
        }

        if (name.Length == 0 && _kana >= 0)
        {
            var given = _kanaGiven >= 0 ? NameIn(grid, row, _kanaGiven) : "";
            name = NameIn(grid, row, _kana) is { Length: > 0 } kana && given.Length > 0 ? kana + " " + given : NameIn(grid, row, _kana);
        }

        return name;
    }

    /// <summary>Whether a row is a person: by his name, or without one by what is his alone.</summary>
    public bool IsPerson(string name, DataKinds kinds, List<PersonalValue>? values)
    {
        if (name.Length > 0)
        {
            return true;
        }

        if ((kinds & (DataKinds.CardNumber | DataKinds.MyNumber)) != 0 || ((kinds & DataKinds.PersonId) != 0 && (kinds & AboutPersons) != 0))
        {
            return true;
        }

        foreach (var value in values ?? [])
        {
            if ((value.Kind == DataKinds.Email && !Cells.IsRoleAddress(value.Value)) || (value.Kind == DataKinds.Phone && !_company && Cells.IsMobile(value.Value)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands beside the name in one cell: 山田太郎 (東京都…), 〒100-0001 東京都… 山田太郎 様.</summary>
    public PersonalValue[] Beside(Grid grid, int row, string name) => _within < 0 ? [] : Cells.Beside(grid.Cell(row, _within), name);

    /// <summary>A hash of the row without its running number.</summary>
    public ulong RowKey(Grid grid, int row)
    {
        var hash = 17UL;
        foreach (var column in _row)
        {
            hash = PersonRegister.Hash(hash, grid.Cell(row, column));
        }

        return hash;
    }

    /// <summary>Without a header rows may be shifted against each other: a full name in any cell is the row's.</summary>
    private string Anywhere(Grid grid, int row)
    {
        for (var c = grid.NextFilled(row, 0); c >= 0; c = grid.NextFilled(row, c + 1))
        {
            var cell = grid.Cell(row, c);
            if (!_companies.AsSpan().Contains(c) && Cells.IsFullName(cell) && ValueKinds.Of(cell) == DataKinds.Name)
            {
                return Cells.Bare(cell);
            }
        }

        return "";
    }

    private static string NameIn(Grid grid, int row, int column)
    {
        var cell = grid.Cell(row, column);
        return Cells.MayBeName(cell) && !CellWords.IsCompany(cell) ? Cells.Bare(cell) : "";
    }

    private void Take(JudgedColumn column, JudgedColumn[] columns, ref int second)
    {
        switch (column.Part)
        {
            case NamePart.Full when column.Trust == Trust.Second:
                second = second < 0 ? column.Index : second;
                break;
            case NamePart.Full:
                // 氏名 goes before a name the values alone betrayed, whichever stands first.
                var better = _full >= 0 && column.Trust == Trust.Sure && Array.Find(columns, c => c.Index == _full)!.Trust == Trust.Weak;
                _full = _full < 0 || better ? column.Index : _full;
                break;
            case NamePart.Family:
                _family = _family < 0 ? column.Index : _family;
                break;
            case NamePart.Given:
                _given = _given < 0 ? column.Index : _given;
                break;
            case NamePart.KanaFull or NamePart.KanaFamily:
                _kana = _kana < 0 ? column.Index : _kana;
                break;
            case NamePart.Within:
                _within = _within < 0 ? column.Index : _within;
                break;
            case NamePart.KanaGiven:
                _kanaGiven = _kanaGiven < 0 ? column.Index : _kanaGiven;
                break;
            default:
                _full = _full < 0 ? column.Index : _full;
                break;
        }
    }

    /// <summary>Headers of goods, sums and dates: the rows are events, not people.</summary>
    private static bool IsOrder(JudgedColumn column)
    {
        if (column.Header.Length == 0 || HeaderWords.Read(column.Header) is not { Kind: DataKinds.None })
        {
            return false;
        }

        foreach (var word in _orders)
        {
            if (column.Header.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static readonly string[] _orders = ["商品", "品名", "数量", "単価", "金額", "注文", "受注", "伝票", "請求", "納期", "発注", "発送", "出荷", "配送", "日時", "product", "item", "qty", "quantity", "order", "invoice", "amount", "件名", "sku"];

    private static bool IsNumbering(JudgedColumn column, TableBlock block)
    {
        if (block.Rows.Count < 2)
        {
            return false;
        }

        return int.TryParse(block.Grid.Cell(block.Rows[0], column.Index), out var first) && int.TryParse(block.Grid.Cell(block.Rows[1], column.Index), out var next) && next == first + 1;
    }
}
