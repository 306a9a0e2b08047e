namespace Sekisho.Inspection.Tests;

public sealed class TextTableTests
{
    [Theory]
    [InlineData("氏名\t電話\n佐藤一郎\t03-1234-5678\n田中美咲\t06-1234-5678\n")]
    [InlineData("氏名,電話\n佐藤一郎,03-1234-5678\n田中美咲,06-1234-5678\n")]
    [InlineData("| 氏名 | 電話 |\n|---|---|\n| 佐藤一郎 | 03-1234-5678 |\n| 田中美咲 | 06-1234-5678 |\n")]
    [InlineData("氏名；電話\n佐藤一郎；03-1234-5678\n田中美咲；06-1234-5678\n")]
    [InlineData("氏名            電話             住所\n佐藤 一郎       03-1234-5678     東京都港区芝1-2-3\n田中 美咲       06-1234-5678     大阪府大阪市北区梅田3-1\n")]
    [InlineData("氏名　　　電話\n佐藤　一郎　　03-1234-5678\n田中　美咲　　06-1234-5678\n")]
    [InlineData("会員名簿\n\n氏名            電話             住所\n佐藤 一郎                        東京都港区芝1-2-3\n田中 美咲       06-1234-5678     大阪府大阪市北区梅田\n                                 3-1 大きなビル\n")]
    [InlineData("氏名：佐藤一郎\n電話：03-1234-5678\n\n氏名：田中美咲\n電話：06-1234-5678\n")]
    public void Two_people_in_text(string text) => Assert.Equal(2, Sheets.ReadText(text).Persons.Count);

    [Fact]
    public void A_list_of_names_a_line_each()
        => Assert.Equal(6, Sheets.ReadText("参加者は次の方々です。\n\n佐藤一郎\n田中美咲\n高橋健太\n山本陽子\n中村直樹\n小林恵子\n\nよろしくお願いします。\n").Persons.Count);

    [Fact]
    public void A_list_of_addresses_a_line_each()
        => Assert.Equal(31, Sheets.ReadText(string.Join('\n', Enumerable.Range(0, 31).Select(i => $"person{i}@mail{i}.example"))).Persons.Count);

    [Theory]
    [InlineData("拝啓、春の候、ますます、ご清栄のこととお慶び、申し上げます。\nさて、先日の、会議の件、ですが、\n来週、改めて、ご連絡、いたします。\n")]
    [InlineData("var x = Foo(a, b, c);\nvar y = Foo(d, e, f);\nreturn x | y | z;\n")]
    [InlineData("品名            数量   単価\nノート          3      200\nボールペン      5      120\n")]
    public void Prose_code_and_prices_are_nobody(string text) => Assert.Empty(Sheets.ReadText(text).Persons);

    [Fact]
    public void Long_text_without_a_table_is_read_in_one_go()
    {
        var prose = string.Concat(Enumerable.Repeat("one, two, three\nfour, five; six  seven\n短い行\nそして、もう一つ、長い行。\n", 100_000));
        Assert.Empty(Sheets.ReadText(prose).Persons);
    }
}
