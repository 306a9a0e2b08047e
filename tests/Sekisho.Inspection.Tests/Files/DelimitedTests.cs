using System.Text;

namespace Sekisho.Inspection.Tests;

public sealed class DelimitedTests
{
    private const string List = "氏名,フリガナ,電話番号,メール\r\n山田 太郎,ヤマダ タロウ,03-1234-5678,taro@client.example\r\n髙橋 花子,タカハシ ハナコ,090-1234-5678,hanako@client.example\r\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 mark", "utf-16", "utf-16be", "utf-16 bare", "cp932", "euc", "jis"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_encoding_a_japanese_list_comes_in_reads_right(string encoding)
    {
        var text = encoding is "euc" or "jis" ? List.Replace('髙', '高') : List;
        var bytes = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8 mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            "utf-16be" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
            "utf-16 bare" => Encoding.Unicode.GetBytes(text),
            "cp932" => Reading.Cp932.GetBytes(text),
            "euc" => Reading.EucJp.GetBytes(text),
            _ => Reading.Jis.GetBytes(text),
        };

        var file = Reading.One("名簿.csv", bytes);

        Assert.Equal(FileKind.Delimited, file.Kind);
        Assert.Equal(3, file.Rows().Length);
        Assert.Equal(["氏名", "フリガナ", "電話番号", "メール"], file.Rows()[0]);
        Assert.Equal(text.Contains('髙') ? "髙橋 花子" : "高橋 花子", file.Rows()[2][0]);
        Assert.Empty(file.Troubles);
    }

    [Theory]
    [InlineData("a;b;c\n1;2;3\n4;5;6", 3)]
    [InlineData("a\tb\n1\t2\n4\t5", 2)]
    [InlineData("sep=;\na;b,c;d\n1;2;3", 3)]
    [InlineData("| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |", 3)]
    public void The_separator_is_guessed_from_the_content(string text, int columns)
        => Assert.All(Reading.One("x.csv", text).Rows().Where(r => r.Length > 0), r => Assert.Equal(columns, r.Length));

    [Fact]
    public void Quotes_hold_line_breaks_doubled_quotes_and_separators()
    {
        var rows = Reading.One("x.csv", "name,note\n\"Yamada, Taro\",\"first\r\nsecond\"\n\"say \"\"hi\"\"\",=\"0123\"\n").Rows();
        Assert.Equal(["Yamada, Taro", "first\nsecond"], rows[1]);
        Assert.Equal(["say \"hi\"", "0123"], rows[2]);
    }

    [Fact]
    public void A_quote_that_never_closes_hides_nothing()
    {
        var rows = Reading.One("x.csv", "name,size\n\"15 inch,3\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"row {i},{i}\n"))).Rows();
        Assert.Equal(20_002, rows.Length);
    }

    [Fact]
    public void Ragged_and_empty_rows_keep_their_numbers()
    {
        var rows = Reading.One("x.csv", "a,b,c\n1\n\n2,,3,4,5\n,,,\n").Rows();
        Assert.Equal([3, 1, 0, 5, 0], rows.Select(r => r.Length));
    }

    [Fact]
    public void A_table_under_the_name_of_a_text_is_a_table()
        => Assert.Equal(FileKind.Delimited, Reading.One("list.txt", "name,mail,tel\na,a@client.example,1\nb,b@client.example,2\nc,c@client.example,3\n").Kind);

    [Fact]
    public void Commas_in_numbers_make_no_columns()
        => Assert.Equal(FileKind.Text, Reading.One("salary.txt", "氏名        給与\n" + string.Concat(Enumerable.Range(1, 22).Select(i => $"山田 {i:D2}     {300 + i},000\n"))).Kind);

    [Fact]
    public void A_letter_with_commas_is_a_text()
        => Assert.Equal(FileKind.Text, Reading.One("letter.txt", "Dear Taro,\n\nthank you for coming, it was a pleasure, as always.\nNext week, we will, I hope, meet again.\nBest regards,\nHanako").Kind);

    [Fact]
    public void Quotes_without_end_cost_no_more_than_their_length()
    {
        var file = Reading.One("x.csv", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("\"a,b\n", 400_000))));
        Assert.True(file.Rows().Length >= 390_000);
    }

    [Fact]
    public void A_list_past_the_limits_ends_there_and_says_so()
    {
        var services = new InspectionServices { Limits = new FileLimits { Chars = 10_000 } };
        var file = Reading.One("x.csv", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("name,number,2000\n", 100_000))), services);
        Assert.Contains(FileTroubles.Limit, file.Measures());
        Assert.InRange(file.Rows().Length, 500, 1000);
    }
}
