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

    [Theory]
    [InlineData("Beatriz Braga         4604 Lake View Blvd, Leeds LS1 4AP, UK                0267-68-9626   F   CEO\nPhil Wiza             835 Park Lane, Kita-ku, Osaka 530-0001, Japan         0942-70-8073   M   Manager\nDelia Fritsch         5626 Station Road, Brisbane QLD 4000, Australia       078-661-2556   F   Director\n")]
    public void Blanks_part_columns_whose_addresses_hold_commas(string text)
    {
        var found = Sheets.ReadText(text);

        Assert.Equal(3, found.Persons.Count);
        Assert.All(found.Persons, p => Assert.Equal(DataKinds.Phone | DataKinds.Name | DataKinds.Sex, p.Kinds & (DataKinds.Phone | DataKinds.Name | DataKinds.Sex)));
    }

    [Fact]
    public void An_enumeration_broken_where_the_line_was_full_is_no_table()
        => Assert.Empty(Sheets.ReadText("出席者: 渡辺理恵(rie1@net.test)、野田浩(noda_h2@post.example)、濱田香織\n(kaori3@mail.example)、松浦正夫(m-matsura@example.com)、新井舞(m-\narai@kaisha.example)、澤田貴之(takayuki6@kaisha.example)、星野由美子(y-\nhoshino@mail.example)、髙橋雅人(takahashi@inbox.test)、今井勝\n").Tables);

    [Fact]
    public void A_list_of_names_a_line_each()
        => Assert.Equal(6, Sheets.ReadText("参加者は次の方々です。\n\n佐藤一郎\n田中美咲\n高橋健太\n山本陽子\n中村直樹\n小林恵子\n\nよろしくお願いします。\n").Persons.Count);

    [Fact]
    public void A_list_of_addresses_a_line_each()
        => Assert.Equal(31, Sheets.ReadText(string.Join('\n', Enumerable.Range(0, 31).Select(i => $"person{i}@mail{i}.example"))).Persons.Count);

    [Theory]
    [InlineData("拝啓、春の候、ますます、ご清栄のこととお慶び、申し上げます。\nさて、先日の、会議の件、ですが、\n来週、改めて、ご連絡、いたします。\n")]
    [InlineData("var x = Foo(a, b, c);\nvar y = Foo(d, e, f);\nreturn x | y | z;\n")]
    [InlineData("店舗名          郵便番号    所在地                     電話番号\n石井青果        154-0024    東京都世田谷区三軒茶屋1-2  03-1234-5678\n田中青果        530-0001    大阪府大阪市北区梅田3-1    06-1234-5678\n")]
    [InlineData("品名            数量   単価\nノート          3      200\nボールペン      5      120\n")]
    public void Prose_code_and_prices_are_nobody(string text) => Assert.Empty(Sheets.ReadText(text).Persons);

    [Fact]
    public void Long_text_without_a_table_is_read_in_one_go()
    {
        var prose = string.Concat(Enumerable.Repeat("one, two, three\nfour, five; six  seven\n短い行\nそして、もう一つ、長い行。\n", 100_000));
        Assert.Empty(Sheets.ReadText(prose).Persons);
    }
}
