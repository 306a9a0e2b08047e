using System.Globalization;
using Sekisho.Inspection;

namespace Sekisho.Bench.Persons;

/// <summary>What a layout is made with.</summary>
/// <param name="Dice">The file's draw.</param>
/// <param name="Maker">Invents the persons.</param>
/// <param name="Most">Persons (or rows) the format bears.</param>
internal sealed record Draft(Dice Dice, PersonMaker Maker, int Most)
{
    public int Size(int low = 1, int high = 5000) => Dice.LogSize(low, Math.Min(high, Most));
}

/// <summary>A document and the truth about it.</summary>
internal sealed record Made(Document Document, Truth Truth);

/// <summary>One way a file can be laid out.</summary>
/// <param name="Weight">How often, beside the others.</param>
/// <param name="Records">True where it needs a format of records without a table (vcf, json).</param>
/// <param name="Sheets">True where it needs sheets, so a workbook format.</param>
internal sealed record Layout(string Name, int Weight, Func<Draft, Made> Make, bool Sheets = false, bool Prose = false, bool Records = false);

/// <summary>Parts that several layouts share.</summary>
internal static class Parts
{
    public static Cell CellOf(Column column, Person person, Style style, bool realDates)
    {
        var text = column.Value(person, style);
        if (column == Columns.Birth && realDates && style.BirthForm <= 1)
            return new Cell(text, null, person.Birth);
        if (column == Columns.Age)
            return Cell.Of(style.Today - person.Birth.Year);
        return column == Columns.Salary ? new Cell(text, person.Salary) : text;
    }

    public static void Header(Grid grid, Dice dice, IReadOnlyList<Column> columns, bool english = false)
        => grid.Add(columns.Select(c => (Cell)c.Header(dice, english)));

    public static void Rows(Grid grid, IEnumerable<Person> persons, IReadOnlyList<Column> columns, Style style, bool number = false)
    {
        var realDates = style.Dice.Chance(50);
        var n = 0;
        foreach (var person in persons)
        {
            var cells = columns.Select(c => CellOf(c, person, style, realDates));
            grid.Add(number ? cells.Prepend(Cell.Of(++n)) : cells);
        }
    }

    public static Truth TruthOf(IReadOnlyList<Person> persons, IEnumerable<Column> columns, DataKinds mayShow = DataKinds.None, int places = 1)
    {
        var all = columns.ToArray();
        return new Truth
        {
            Persons = persons.Count,
            Kinds = all.Aggregate(DataKinds.None, (k, c) => k | c.Kind) & ~mayShow,
            MayShow = mayShow,
            Cards = all.Contains(Columns.Card) ? persons.Count : 0,
            MyNumbers = all.Contains(Columns.MyNumber) ? persons.Count : 0,
            CardPlaces = all.Contains(Columns.Card) ? persons.Count * places : 0,
            MyNumberPlaces = all.Contains(Columns.MyNumber) ? persons.Count * places : 0,
        };
    }

    public static Truth None(int tolerated = 0, DataKinds mayShow = DataKinds.None) => new() { Persons = 0, Kinds = DataKinds.None, Tolerated = tolerated, MayShow = mayShow };

    public static Document WithRecords(Document document, IReadOnlyList<Person> persons, IReadOnlyList<Column> columns, Style style)
    {
        document.Persons = persons;
        document.Columns = columns;
        document.Style = style;
        return document;
    }

    public static string Title(Dice dice) => dice.Test && dice.Chance(50)
        ? dice.Of("ご利用者台帳", "説明会お申し込み状況", "定期便お届け先", "相談窓口受付簿", "卒業生名簿 (抜粋)", "抽選結果 (内部用)")
        : dice.Of("会員名簿", "セミナー申込者一覧", "顧客リスト", "社員一覧表", "受講者名簿", "アンケート回答者", "入会者データ", "緊急連絡網", "当選者一覧");

    public static string Date(Dice dice) => string.Create(CultureInfo.InvariantCulture, $"{dice.Between(2005, 2024)}年{dice.Between(1, 12)}月{dice.Between(1, 28)}日");

    public static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
}
