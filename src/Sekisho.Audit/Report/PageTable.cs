using System.Globalization;
using System.Text;

namespace Sekisho.Audit.Report;

/// <summary>One column of a table.</summary>
/// <param name="English">Heading.</param>
/// <param name="Japanese">Heading.</param>
/// <param name="Number">Set to the right, and sorted as numbers.</param>
internal sealed record PageColumn(string English, string Japanese, bool Number = false)
{
    /// <summary>Sorted as numbers by the key of its cells, without being set to the right.</summary>
    public bool ByNumber { get; init; }

    /// <summary>The first click puts the lowest first.</summary>
    public bool LowFirst { get; init; }

    /// <summary><c>ascending</c> or <c>descending</c> where the rows stand in its order from the beginning.</summary>
    public string? Order { get; init; }
}

/// <summary>A table of the page that can be sorted. On a phone its rows are cards, whose cells are named by the style sheet: ten thousand rows need not carry the names.</summary>
/// <param name="Id">Identifier on the page.</param>
/// <param name="First">Rows shown before all are asked for; the others are in the page, and sorting is over all of them.</param>
/// <param name="Columns">From left to right.</param>
internal sealed record PageTable(string Id, int First, params IReadOnlyList<PageColumn> Columns)
{
    /// <summary>Each thing in it is a group of rows: the first has the columns, the second tells of it over the whole width.</summary>
    public bool Groups { get; init; }

    /// <summary>The mark of what comes after the first ones; the script moves it when it sorts.</summary>
    public string Rest(int index) => index >= First ? " class=\"rest\"" : "";

    /// <summary>A cell of a column, as the style sheet finds it.</summary>
    private string Cell(int column) => $"#{Id} > tbody > {(Groups ? "tr:first-child" : "tr")} > :nth-child({column})";

    public static PageTable Incidents { get; } = new("incidents", 50,
        new PageColumn("No.", "番号", Number: true) { Order = "ascending", LowFirst = true }, new("Gravity", "重大さ") { ByNumber = true }, new("Date", "日付") { ByNumber = true }, new("Sender", "送信者"),
        new("People shown", "見えた人", Number: true), new("Recipients", "宛先", Number: true), new("Outside organisations", "社外の組織", Number: true),
        new("Under the policy", "ポリシーの判定") { ByNumber = true }) { Groups = true };

    public static PageTable Rules { get; } = new("rules", 100,
        new PageColumn("Rule", "規則"), new("Mails with a finding", "検出した通数", Number: true), new("Interrupted", "中断", Number: true) { Order = "descending" },
        new("Share of all", "全体に占める割合", Number: true), new("It alone", "単独での中断", Number: true));

    public static PageTable Months { get; } = new("months", 1000,
        new PageColumn("Month", "月") { Order = "ascending" }, new("To outside", "社外宛て", Number: true), new("Interrupted", "中断", Number: true), new("Per 1,000", "千通あたり", Number: true),
        new("Held", "保留", Number: true), new("Needs approval", "要承認", Number: true), new("Refused", "拒否", Number: true), new("Individually", "個別送信", Number: true));

    public static PageTable Senders { get; } = new("senders", 20,
        new PageColumn("Sender", "送信者"), new("To outside", "社外宛て", Number: true), new("Interrupted", "中断", Number: true) { Order = "descending" }, new("Per 1,000 of theirs", "本人の千通あたり", Number: true));

    public static PageTable People { get; } = new("people", 20,
        new PageColumn("Address", "アドレス"), new("Mails", "通数", Number: true) { Order = "descending" }, new("Strangers who saw it", "見た面識のない人", Number: true), new("Last", "最後") { ByNumber = true });

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PageTable> All { get; } = [Incidents, Rules, Months, Senders, People];

    /// <summary>The style sheet's part: names of the cells on a phone in both languages, and the rows that wait to be asked for.</summary>
    public static string Style()
    {
        var css = new StringBuilder();
        foreach (var table in All)
        {
            css.Append(CultureInfo.InvariantCulture, $"html:not(:has(#{table.Id}-all:checked)) #{table.Id} .rest {{ display: none; }}\n");
        }

        css.Append("@media (max-width: 40rem) {\n");
        Sort(css, "html", "Sort by:");
        Sort(css, "html:has(#language-ja:checked)", "並べ替え：");
        foreach (var table in All)
        {
            foreach (var (column, i) in table.Columns.Select((c, i) => (c, i + 1)))
            {
                css.Append(CultureInfo.InvariantCulture, $"{table.Cell(i)}::before {{ content: \"{column.English}\"; }}\n");
                css.Append(CultureInfo.InvariantCulture, $"html:has(#language-ja:checked) {table.Cell(i)}::before {{ content: \"{column.Japanese}\"; }}\n");
            }
        }

        return css.Append("}\n").ToString();
    }

    private static void Sort(StringBuilder css, string when, string words)
        => css.Append(CultureInfo.InvariantCulture, $"{when} table.rows.sortable thead tr::before {{ content: \"{words}\"; color: var(--quiet); font-size: .875rem; }}\n");
}
