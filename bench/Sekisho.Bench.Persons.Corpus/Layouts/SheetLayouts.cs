using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>Forms, transposed lists, several tables, several sheets.</summary>
internal static class SheetLayouts
{
    public static IReadOnlyList<Layout> All { get; } =
    [
        new("one form", 5, OneForm),
        new("several forms", 5, Forms),
        new("form per sheet", 3, FormPerSheet, Sheets: true),
        new("transposed", 4, Transposed),
        new("two tables", 4, TwoTables),
        new("side by side", 4, SideBySide),
        new("hidden sheet", 5, HiddenSheet, Sheets: true),
        new("same persons twice", 4, Twice, Sheets: true),
        new("several sheets", 4, SeveralSheets, Sheets: true),
    ];

    private static IReadOnlyList<Column> FormColumns(Dice dice)
    {
        List<Column> columns = [Columns.Name];
        if (dice.Chance(50))
            columns.Add(Columns.KanaName);
        columns.AddRange(Columns.Draw(dice).Where(c => c != Columns.Remark));
        while (columns.Count < 4)
            columns.Add(columns.Contains(Columns.Address) ? columns.Contains(Columns.Phone) ? Columns.Birth : Columns.Phone : Columns.Address);
        return columns;
    }

    private static void Form(Grid grid, Dice dice, Person person, IReadOnlyList<Column> columns, IReadOnlyList<string> headers, Style style, int wide)
    {
        if (wide == 1)
        {
            for (var i = 0; i < columns.Count; i += 2)
            {
                Cell[] left = [headers[i], columns[i].Value(person, style)];
                grid.Add(i + 1 < columns.Count ? [.. left, headers[i + 1], columns[i + 1].Value(person, style)] : left);
            }

            return;
        }

        for (var i = 0; i < columns.Count; i++)
            grid.Add(headers[i], Parts.CellOf(columns[i], person, style, false));
        if (wide == 2)
            grid.Add("備考", dice.Pick(Words.Remarks));
    }

    private static IReadOnlyList<string> Heads(Dice dice, IReadOnlyList<Column> columns) => [.. columns.Select(c => c.Header(dice, false))];

    private static Made OneForm(Draft d)
    {
        var style = new Style(d.Dice);
        var columns = FormColumns(d.Dice);
        var person = d.Maker.One();
        var grid = new Grid();
        if (d.Dice.Chance(60))
            grid.Add(d.Dice.Of("入会申込書", "健康調査票", "個人情報登録票", "従業員カード", "参加申込書"));
        Form(grid, d.Dice, person, columns, Heads(d.Dice, columns), style, d.Dice.Next(3));
        return new Made(Document.Book(grid), Parts.TruthOf([person], columns));
    }

    private static Made Forms(Draft d)
    {
        var style = new Style(d.Dice);
        var columns = FormColumns(d.Dice);
        var headers = Heads(d.Dice, columns);
        var wide = d.Dice.Next(3);
        var titled = d.Dice.Chance(50);
        var persons = d.Maker.Make(d.Size(2, 200));
        var grid = new Grid();
        foreach (var (n, person) in persons.Index())
        {
            if (titled)
                grid.Add($"申込書 No.{n + 1}");
            Form(grid, d.Dice, person, columns, headers, style, wide);
            grid.Add("");
        }

        return new Made(Document.Book(grid), Parts.TruthOf(persons, columns));
    }

    private static Made FormPerSheet(Draft d)
    {
        var style = new Style(d.Dice);
        var columns = FormColumns(d.Dice);
        var headers = Heads(d.Dice, columns);
        var wide = d.Dice.Next(3);
        var persons = d.Maker.Make(d.Size(2, 25));
        var document = new Document();
        foreach (var (n, person) in persons.Index())
        {
            var grid = new Grid();
            grid.Add("個人カード");
            grid.Add("");
            Form(grid, d.Dice, person, columns, headers, style, wide);
            document.Sheets.Add(new Sheet($"{n + 1}", grid));
        }

        return new Made(document, Parts.TruthOf(persons, columns));
    }

    private static Made Transposed(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice)];
        while (columns.Count < 4)
            columns = [.. columns, columns.Contains(Columns.Email) ? columns.Contains(Columns.Birth) ? Columns.Phone : Columns.Birth : Columns.Email];
        var persons = d.Maker.Make(d.Size(3, d.Most <= 300 ? 7 : 40)); // as many as a page is wide
        var grid = new Grid();
        foreach (var column in columns)
            grid.Add(persons.Select(p => Parts.CellOf(column, p, style, false)).Prepend((Cell)column.Header(d.Dice, false)));
        return new Made(Document.Book(grid), Parts.TruthOf(persons, columns));
    }

    private static Made TwoTables(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> first = [Columns.Name, .. Columns.Draw(d.Dice)];
        IReadOnlyList<Column> second = [Columns.Name, .. Columns.Draw(d.Dice)];
        var a = d.Maker.Make(d.Size(2, 500));
        var b = d.Maker.Make(d.Size(2, 500));
        var grid = new Grid();
        if (d.Dice.Chance(50))
            grid.Add("【午前の部】");
        Parts.Header(grid, d.Dice, first);
        Parts.Rows(grid, a, first, style);
        grid.Add("");
        if (d.Dice.Chance(50))
            grid.Add("【午後の部】");
        Parts.Header(grid, d.Dice, second);
        Parts.Rows(grid, b, second, style);
        return new Made(Document.Book(grid), Sum(Parts.TruthOf(a, first), Parts.TruthOf(b, second)));
    }

    private static Made SideBySide(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice, most: 3)];
        var persons = d.Maker.Make(d.Size(4, 600));
        var half = (persons.Count + 1) / 2;
        var headers = Heads(d.Dice, columns);
        var grid = new Grid();
        var gap = d.Dice.Chance(70);
        Cell[] between = gap ? [""] : [];
        grid.Add([.. headers.Select(h => (Cell)h), .. between, .. headers.Select(h => (Cell)h)]);
        for (var i = 0; i < half; i++)
        {
            var left = columns.Select(c => Parts.CellOf(c, persons[i], style, false));
            var right = half + i < persons.Count ? columns.Select(c => Parts.CellOf(c, persons[half + i], style, false)) : columns.Select(_ => (Cell)"");
            grid.Add([.. left, .. between, .. right]);
        }

        return new Made(Document.Book(grid), Parts.TruthOf(persons, columns));
    }

    private static Made HiddenSheet(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice)];
        var persons = d.Maker.Make(d.Size(2));
        var grid = new Grid();
        Parts.Header(grid, d.Dice, columns);
        Parts.Rows(grid, persons, columns, style);
        var front = new Grid();
        front.Add("区分", "件数", "前月比");
        foreach (var plan in Words.Plans)
            front.Add(plan, Cell.Of(d.Dice.Between(3, 900)), $"{d.Dice.Between(80, 120)}%");
        var document = new Document();
        document.Sheets.Add(new Sheet("集計", front));
        document.Sheets.Add(new Sheet("data", grid, Hidden: true, VeryHidden: d.Dice.Chance(40)));
        return new Made(document, Parts.TruthOf(persons, columns));
    }

    private static Made Twice(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice)];
        if (!columns.Contains(Columns.Email))
            columns = [.. columns, Columns.Email];
        var persons = d.Maker.Make(d.Size(3, 1500));
        var document = new Document();
        var all = new Grid();
        Parts.Header(all, d.Dice, columns);
        Parts.Rows(all, persons, columns, style);
        document.Sheets.Add(new Sheet("全体", all));
        IReadOnlyList<Column> fewer = [Columns.Name, Columns.Email, .. columns.Where(c => c != Columns.Name && c != Columns.Email).Take(d.Dice.Next(3))];
        var some = d.Dice.Some(persons, Math.Max(1, persons.Count * d.Dice.Between(20, 100) / 100));
        var part = new Grid();
        Parts.Header(part, d.Dice, fewer);
        Parts.Rows(part, d.Dice.Shuffled(some), fewer, style);
        document.Sheets.Add(new Sheet(d.Dice.Of("当日出席", "送付済", "抽出"), part));
        return new Made(document, Parts.TruthOf(persons, columns, places: 2));
    }

    private static Made SeveralSheets(Draft d)
    {
        var style = new Style(d.Dice);
        var document = new Document();
        var truth = Parts.None();
        foreach (var n in Enumerable.Range(1, d.Dice.Between(2, 6)))
        {
            IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice)];
            var persons = d.Maker.Make(d.Size(1, 300));
            var grid = new Grid();
            Parts.Header(grid, d.Dice, columns);
            Parts.Rows(grid, persons, columns, style);
            document.Sheets.Add(new Sheet($"{n}月", grid));
            truth = Sum(truth, Parts.TruthOf(persons, columns));
        }

        return new Made(document, truth);
    }

    public static Truth Sum(Truth a, Truth b) => new()
    {
        Persons = a.Persons + b.Persons, Kinds = a.Kinds | b.Kinds, MayShow = a.MayShow | b.MayShow, Tolerated = a.Tolerated + b.Tolerated,
        Cards = a.Cards + b.Cards, MyNumbers = a.MyNumbers + b.MyNumbers, CardPlaces = a.CardPlaces + b.CardPlaces, MyNumberPlaces = a.MyNumberPlaces + b.MyNumberPlaces,
    };
}
