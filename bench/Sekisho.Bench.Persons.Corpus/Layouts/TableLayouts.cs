using System.Globalization;
using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>Lists of persons, one person a row.</summary>
internal static class TableLayouts
{
    public static IReadOnlyList<Layout> All { get; } =
    [
        new("header row", 16, Plain),
        new("no header", 8, NoHeader),
        new("late header", 7, LateHeader),
        new("two-row header", 5, TwoRowHeader),
        new("family/given split", 6, Split),
        new("with kana", 5, WithKana),
        new("merged groups", 4, MergedGroups),
        new("section rows", 4, Sections),
        new("name+address cell", 4, NameAndAddress),
        new("totals row", 3, Totals),
        new("families", 4, Families),
        new("English", 6, English),
        new("Japanese and foreign", 4, Mixed),
        new("addresses only", 3, MailOnly),
        new("names only", 4, NamesOnly),
        new("gaps", 3, Gaps),
        new("records", 4, d => d.Dice.Chance(30) ? WithKana(d) : Plain(d), Records: true),
    ];

    private static Made Plain(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice)];
        if (d.Dice.Chance(35) && columns.Contains(Columns.Member))
            columns = [Columns.Member, .. columns.Where(c => c != Columns.Member)];
        return List(d, style, columns, english: false, foreign: 0);
    }

    private static Made English(Draft d)
    {
        var style = new Style(d.Dice) { English = true };
        IReadOnlyList<Column> columns = d.Dice.Chance(35) ? [Columns.Given, Columns.Family] : [Columns.Roman];
        columns = [.. columns, .. Columns.Draw(d.Dice).Where(c => c != Columns.Illness && c != Columns.Account && c != Columns.Postcode && c != Columns.Insurance && c != Columns.MyNumber)];
        if (columns.All(c => c.Kind is DataKinds.Name or DataKinds.None or DataKinds.Age or DataKinds.Sex))
            columns = [.. columns, Columns.Email];
        return List(d, style, columns, english: true, foreign: 100, most: 1500);
    }

    private static Made Mixed(Draft d) => List(d, new Style(d.Dice), [Columns.Name, .. Columns.Draw(d.Dice)], english: false, foreign: d.Dice.Between(10, 40), most: 1500);

    private static Made WithKana(Draft d) => List(d, new Style(d.Dice), [Columns.Name, Columns.KanaName, .. Columns.Draw(d.Dice)], english: false, foreign: 0);

    private static Made Split(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> names = [Columns.Family, Columns.Given];
        if (d.Dice.Chance(40))
            names = [.. names, Kana("セイ", p => p.FamilyKana), Kana("メイ", p => p.GivenKana)];
        return List(d, style, [.. names, .. Columns.Draw(d.Dice)], english: false, foreign: 0);
    }

    private static Column Kana(string header, Func<Person, string> value)
        => new("kana-part", DataKinds.Name, [header], [], [header], false, (p, _) => Persons.Kana.Katakana(value(p)));

    private static Made List(Draft d, Style style, IReadOnlyList<Column> columns, bool english, int foreign, int most = 5000)
    {
        var persons = d.Maker.Make(d.Size(1, most), foreign);
        var grid = new Grid();
        Parts.Header(grid, d.Dice, columns, english);
        Parts.Rows(grid, persons, columns, style);
        return new Made(Parts.WithRecords(Document.Book(grid, SheetName(d.Dice)), persons, columns, style), Parts.TruthOf(persons, columns));
    }

    private static Made NoHeader(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice, plainOnly: true)];
        if (d.Dice.Chance(25))
            columns = [.. columns.Skip(1), Columns.Name];
        var persons = d.Maker.Make(d.Size(2));
        var grid = new Grid();
        Parts.Rows(grid, persons, columns, style, number: d.Dice.Chance(30));
        return new Made(Document.Book(grid), Parts.TruthOf(persons, columns, DataKinds.Sex | DataKinds.Age | DataKinds.BirthDate | DataKinds.Postcode | DataKinds.PersonId));
    }

    private static Made LateHeader(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice)];
        var persons = d.Maker.Make(d.Size());
        var grid = new Grid();
        grid.Add(Parts.Title(d.Dice));
        if (d.Dice.Chance(50))
            grid.Add($"{Parts.Date(d.Dice)}現在", "", "", $"担当: {d.Dice.Pick(Words.Departments)}");
        for (var n = d.Dice.Next(3); n > 0; n--)
            grid.Add(d.Dice.Of("※取扱注意", "部外秘 (関係者のみ)", "変更があれば総務部まで連絡すること", "* 色付きは未確認"));
        for (var n = d.Dice.Between(0, 2); n > 0; n--)
            grid.Add("");
        var number = d.Dice.Chance(40);
        grid.Add(number ? columns.Select(c => (Cell)c.Header(d.Dice, false)).Prepend((Cell)"No.") : columns.Select(c => (Cell)c.Header(d.Dice, false)));
        Parts.Rows(grid, persons, columns, style, number);
        return new Made(Document.Book(grid, SheetName(d.Dice)), Parts.TruthOf(persons, columns));
    }

    private static Made TwoRowHeader(Draft d)
    {
        var style = new Style(d.Dice);
        var split = d.Dice.Chance(60);
        IReadOnlyList<Column> who = split ? [Columns.Family, Columns.Given] : [Columns.Name, Columns.KanaName];
        IReadOnlyList<Column> contact = d.Dice.Some<Column>([Columns.Postcode, Columns.Address, Columns.Phone, Columns.Email], d.Dice.Between(2, 4));
        if (contact.Contains(Columns.Postcode) && !contact.Contains(Columns.Address))
            contact = [.. contact, Columns.Address];
        IReadOnlyList<Column> rest = d.Dice.Some<Column>([Columns.Birth, Columns.Sex, Columns.Member, Columns.Remark], 2);
        Column[] columns = [.. who, .. contact, .. rest];
        var grid = new Grid();
        var top = new Cell[columns.Length];
        Array.Fill(top, "");
        top[0] = d.Dice.Of("氏名", "お名前", "会員");
        top[who.Count] = d.Dice.Of("連絡先", "ご連絡先");
        top[who.Count + contact.Count] = d.Dice.Of("その他", "属性");
        grid.Add(top);
        grid.Merged.Add((0, 0, 0, who.Count - 1));
        grid.Merged.Add((0, who.Count, 0, who.Count + contact.Count - 1));
        grid.Merged.Add((0, who.Count + contact.Count, 0, columns.Length - 1));
        Parts.Header(grid, d.Dice, columns);
        var persons = d.Maker.Make(d.Size());
        Parts.Rows(grid, persons, columns, style);
        return new Made(Document.Book(grid), Parts.TruthOf(persons, columns));
    }

    private static Made MergedGroups(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice)];
        var persons = d.Maker.Make(d.Size(3, 2000));
        var grid = new Grid();
        grid.Add(columns.Select(c => (Cell)c.Header(d.Dice, false)).Prepend((Cell)d.Dice.Of("部署", "班", "地区", "学年")));
        for (var at = 0; at < persons.Count;)
        {
            var size = Math.Min(d.Dice.Between(1, 8), persons.Count - at);
            if (size > 1)
                grid.Merged.Add((grid.Rows.Count, 0, grid.Rows.Count + size - 1, 0));
            var group = d.Dice.Of(d.Dice.Pick(Words.Departments), $"{d.Dice.Between(1, 9)}班", $"{d.Dice.Between(1, 6)}年{d.Dice.Between(1, 5)}組");
            for (var i = 0; i < size; i++)
                grid.Add(columns.Select(c => Parts.CellOf(c, persons[at + i], style, false)).Prepend((Cell)(i == 0 ? group : "")));
            at += size;
        }

        return new Made(Document.Book(grid), Parts.TruthOf(persons, columns));
    }

    private static Made Sections(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice)];
        var persons = d.Maker.Make(d.Size(3, 1500));
        var grid = new Grid();
        var again = d.Dice.Chance(40);
        if (!again)
            Parts.Header(grid, d.Dice, columns);
        var headers = columns.Select(c => (Cell)c.Header(d.Dice, false)).ToArray();
        for (var at = 0; at < persons.Count;)
        {
            var size = Math.Min(d.Dice.Between(2, 30), persons.Count - at);
            grid.Add($"■{d.Dice.Of(d.Dice.Pick(Words.Departments), d.Dice.Pick(Words.Schools), $"第{d.Dice.Between(1, 20)}地区")}");
            if (again)
                grid.Add(headers);
            Parts.Rows(grid, persons.Skip(at).Take(size), columns, style);
            if (d.Dice.Chance(50))
                grid.Add("");
            at += size;
        }

        return new Made(Document.Book(grid), Parts.TruthOf(persons, columns));
    }

    private static Made NameAndAddress(Draft d)
    {
        var style = new Style(d.Dice);
        var persons = d.Maker.Make(d.Size(2, 1500));
        var form = d.Dice.Next(3);
        var both = new Column("both", DataKinds.Name | DataKinds.PostalAddress | (form == 2 ? DataKinds.None : DataKinds.Postcode), ["住所・氏名", "宛先", "送付先"], ["お届け先(住所氏名)"], ["To"], true, (p, s) => form switch
        {
            0 => $"〒{p.Postcode} {p.FullAddress} {Columns.JapaneseName(p, s)} 様",
            1 => $"〒{p.Postcode}\n{p.FullAddress}\n{Columns.JapaneseName(p, s)} 様",
            _ => $"{Columns.JapaneseName(p, s)} ({p.FullAddress})",
        });
        IReadOnlyList<Column> columns = [both, .. d.Dice.Some<Column>([Columns.Phone, Columns.Email, Columns.Remark], d.Dice.Between(0, 2))];
        var grid = new Grid();
        Parts.Header(grid, d.Dice, columns);
        Parts.Rows(grid, persons, columns, style, false);
        return new Made(Document.Book(grid), Parts.TruthOf(persons, columns));
    }

    private static Made Totals(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice).Where(c => c != Columns.Salary), Columns.Salary];
        var persons = d.Maker.Make(d.Size(2, 2000));
        var grid = new Grid();
        Parts.Header(grid, d.Dice, columns);
        Parts.Rows(grid, persons, columns, style);
        var total = new Cell[columns.Count];
        Array.Fill(total, "");
        total[0] = d.Dice.Of("合計", "計", "総計", "小計");
        total[^1] = new Cell(persons.Sum(p => (long)p.Salary).ToString("N0", CultureInfo.InvariantCulture), persons.Sum(p => (long)p.Salary));
        grid.Add(total);
        if (d.Dice.Chance(50))
            grid.Add("平均", $"{persons.Average(p => p.Salary):F0}");
        if (d.Dice.Chance(40))
            grid.Add($"以上 {persons.Count} 名");
        return new Made(Document.Book(grid), Parts.TruthOf(persons, columns));
    }

    private static Made Families(Draft d)
    {
        var style = new Style(d.Dice);
        var heads = d.Maker.Make(d.Size(2, 400));
        var persons = heads.SelectMany(h => Enumerable.Range(0, d.Dice.Next(4)).Select(_ => d.Maker.Relative(h)).Prepend(h)).ToArray();
        IReadOnlyList<Column> columns = [Columns.Name, Columns.Address, Columns.Phone, .. d.Dice.Some<Column>([Columns.Birth, Columns.Age, Columns.Sex, Columns.Email], 2)];
        var grid = new Grid();
        Parts.Header(grid, d.Dice, columns);
        Parts.Rows(grid, persons, columns, style);
        return new Made(Document.Book(grid), Parts.TruthOf(persons, columns));
    }

    private static Made MailOnly(Draft d)
    {
        var persons = d.Maker.Make(d.Size(3), 30);
        var grid = new Grid();
        if (d.Dice.Chance(50))
            grid.Add(Columns.Email.Header(d.Dice, false));
        foreach (var person in persons)
            grid.Add(person.Email);
        return new Made(Document.Book(grid), Parts.TruthOf(persons, [Columns.Email]));
    }

    private static Made NamesOnly(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = d.Dice.Chance(50) ? [Columns.Name] : [Columns.Name, d.Dice.Of(Columns.Remark, Columns.Company, Columns.Post)];
        var persons = d.Maker.Make(d.Size(3));
        var grid = new Grid();
        Parts.Header(grid, d.Dice, columns);
        Parts.Rows(grid, persons, columns, style);
        return new Made(Document.Book(grid), Parts.TruthOf(persons, columns));
    }

    private static Made Gaps(Draft d)
    {
        var style = new Style(d.Dice);
        IReadOnlyList<Column> columns = [Columns.Name, .. Columns.Draw(d.Dice).Where(c => c != Columns.Card && c != Columns.MyNumber)];
        var persons = d.Maker.Make(d.Size(5));
        var grid = new Grid();
        Parts.Header(grid, d.Dice, columns);
        var first = true;
        foreach (var person in persons)
        {
            grid.Add(columns.Select((c, i) => i > 0 && !first && d.Dice.Chance(35) ? (Cell)d.Dice.Of("", "", "-", "なし") : Parts.CellOf(c, person, style, false)));
            first = false;
            if (d.Dice.Chance(8))
                grid.Add("");
        }

        return new Made(Document.Book(grid), Parts.TruthOf(persons, columns));
    }

    private static string SheetName(Dice dice) => dice.Of("Sheet1", "名簿", "一覧", "データ", "Sheet1", "入力用");
}
