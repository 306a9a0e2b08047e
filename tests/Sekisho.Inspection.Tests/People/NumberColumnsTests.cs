namespace Sekisho.Inspection.Tests;

/// <summary>Columns whose headers say nothing: check digits that all fit do, one that fits by chance does not.</summary>
public sealed class NumberColumnsTests
{
    private static readonly string[] _myNumbers = ["398259791905", "748337887621", "328601290400", "479666972515", "027346468691", "589693504922"];

    private static readonly string[] _cards = ["4920575594709008", "4547499525255945", "4461092483435260"];

    [Theory]
    [InlineData("番号")]
    [InlineData("備考")]
    [InlineData("コード")]
    [InlineData("")]
    public void Numbers_of_twelve_digits_whose_check_digits_all_fit_are_MyNumbers(string header)
    {
        var found = Sheets.ReadSheet((header.Length > 0 ? $"拠点|{header}\n" : "") + string.Join('\n', _myNumbers.Select((n, i) => $"拠点{i}|{n}")));
        Assert.Equal(6, found.Secrets.Count(s => s.Kind == DataKinds.MyNumber));
        Assert.Equal(6, found.Persons.Count);
    }

    [Fact]
    public void Numbers_of_twelve_digits_of_which_some_fit_by_chance_are_none()
    {
        var random = new Random(11);
        var rows = Enumerable.Range(0, 400).Select(i => $"K{i}|{random.NextInt64(100_000_000_000, 1_000_000_000_000)}");
        Assert.Empty(Sheets.ReadSheet("倉庫|番号\n" + string.Join('\n', rows)).Secrets);
    }

    [Fact]
    public void One_number_that_fits_by_chance_is_no_MyNumber()
        => Assert.Empty(Sheets.ReadSheet($"倉庫|番号\nK1|{_myNumbers[0]}\nK2|{_myNumbers[0]}").Secrets);

    [Fact]
    public void Several_card_numbers_in_one_column_count_without_a_header_of_cards()
        => Assert.Equal(3, Sheets.ReadSheet("区分|値\n" + string.Join('\n', _cards.Select((n, i) => $"K{i}|{n}"))).Secrets.Count(s => s.Kind == DataKinds.CardNumber));

    [Fact]
    public void One_card_number_in_groups_counts_and_sixteen_digits_in_a_row_do_not()
    {
        Assert.Contains(Sheets.ReadSheet("区分|値\nK1|4920-5755-9470-9008\nK2|4920-5755-9470-9008").Secrets, s => s.Kind == DataKinds.CardNumber);
        Assert.Empty(Sheets.ReadSheet("区分|値\nK1|4920575594709008\nK2|4920575594709008").Secrets);
    }

    [Theory]
    [InlineData("2026-01-03 10:22:11 INFO session 4920575594709008 opened")]
    [InlineData("製造ロット 4920575594709008 検査済")]
    public void Sixteen_digits_of_a_log_are_no_card(string line) => Assert.Empty(Sheets.ReadText(line + "\n").Secrets);
}
