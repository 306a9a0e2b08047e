namespace Sekisho.Inspection.Tests;

public sealed class NumberFormatTests
{
    [Theory]
    [InlineData("General", 9012345678, "9012345678")]
    [InlineData("General", 4000123412341234, "4000123412341234")]
    [InlineData("General", 0.1 + 0.2, "0.3")]
    [InlineData("0.00E+00", 9012345678, "9012345678")]
    [InlineData("#,##0", 1234567, "1234567")]
    [InlineData("¥#,##0;[Red]-¥#,##0", 1200, "1200")]
    [InlineData("0", 5, "5")]
    [InlineData("00000", 42, "00042")]
    [InlineData("000-0000", 600001, "060-0001")]
    [InlineData("000\\-0000", 600001, "060-0001")]
    [InlineData("0##-####-####", 9012345678, "090-1234-5678")]
    [InlineData("[<=999]000;[<=9999]000-00;000-0000", 1000001, "100-0001")]
    [InlineData("[<=999]000;[<=9999]000-00;000-0000", 12, "012")]
    [InlineData("[<=99999999]####-####;\\(00\\) ####-####", 312345678, "(03) 1234-5678")]
    [InlineData("\"No.\"0000", 7, "No.0007")]
    [InlineData("yyyy/m/d", 44287, "2021-04-01")]
    [InlineData("[$-411]ggge\"年\"m\"月\"d\"日\";@", 44287, "2021-04-01")]
    [InlineData("[$-411]ge.m.d", 25569, "1970-01-01")]
    [InlineData("m\"月\"d\"日\"", 44287, "2021-04-01")]
    [InlineData("yyyy/m/d h:mm", 44287.5, "2021-04-01 12:00")]
    [InlineData("h:mm", 0.75, "18:00")]
    [InlineData("[h]:mm", 1.5, "1.5")]
    [InlineData("yyyy/m/d", 1, "1900-01-01")]
    [InlineData("yyyy/m/d", 1e12, "1000000000000")]
    public void A_number_is_shown_as_a_reader_sees_it_without_losing_digits(string code, double value, string shown)
        => Assert.Equal(shown, NumberFormat.Parse(code).Show(value, raw: null));

    [Theory]
    [InlineData(14)]
    [InlineData(27)]
    [InlineData(31)]
    [InlineData(57)]
    public void Built_in_dates_are_dates(int id) => Assert.Equal("2021-04-01", NumberFormat.BuiltIn(id)!.Show(44287, "44287"));

    [Fact]
    public void Days_may_be_counted_from_1904() => Assert.Equal("2021-04-01", NumberFormat.Parse("yyyy/m/d").Show(42825, null, since1904: true));

    [Fact]
    public void Any_format_gives_something()
    {
        var random = new Random(7);
        const string Alphabet = "0#?.,-/;\"\\[]<>=ymdhsge@E+*_AaG 年(";
        for (var i = 0; i < 20_000; i++)
        {
            var code = new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            Assert.NotNull(NumberFormat.Parse(code).Show((random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-5, 30)), null));
        }
    }
}
