namespace Sekisho.Inspection.Tests;

public sealed class DistinctTests
{
    private static int Count(params string[] sheets)
        => Sheets.Read([.. sheets.Select((s, i) => Sheets.File($"{i}.xlsx", Sheets.Sheet(s)))]).Persons.Count;

    [Fact]
    public void One_name_with_different_data_is_several_people()
        => Assert.Equal(3, Count("""
            氏名|生年月日|住所
            山田太郎|1980-01-01|東京都港区芝1-2-3
            山田太郎|1991-02-02|大阪府大阪市北区梅田3-1
            山田太郎|1975-03-03|北海道札幌市中央区北1-1
            """));

    [Fact]
    public void A_family_with_one_phone_and_address_is_as_many_as_it_has_names()
        => Assert.Equal(3, Count("""
            氏名|住所|電話|メール
            山田太郎|東京都港区芝1-2-3|03-1234-5678|yamada@family.example
            山田花子|東京都港区芝1-2-3|03-1234-5678|yamada@family.example
            山田一郎|東京都港区芝1-2-3|03-1234-5678|yamada@family.example
            """));

    [Fact]
    public void The_same_people_by_address_number_or_name_and_one_more_value()
    {
        Assert.Equal(2, Count("氏名|メール\n山田太郎|taro@a.example\n鈴木花子|hana@b.example", "氏名|E-mail|年齢\n山田 太郎|TARO@A.example|44\n鈴木 花子|hana@b.example|33"));
        Assert.Equal(2, Count("会員番号|氏名|住所\n1001|山田太郎|東京都港区芝1-2-3\n1002|鈴木花子|大阪府大阪市北区梅田3-1", "会員番号|氏名|電話\n1001|山田太郎|03-1234-5678\n1002|鈴木花子|06-1234-5678"));
        Assert.Equal(2, Count("氏名|電話\n山田太郎|03-1234-5678\n鈴木花子|06-1234-5678", "氏名|TEL|住所\n山田太郎|0312345678|東京都港区芝1-2-3\n鈴木花子|0612345678|大阪府大阪市北区梅田3-1"));
        Assert.Equal(2, Count("氏名|住所\n山田太郎|東京都港区芝1-2-3\n鈴木花子|大阪府大阪市北区梅田3-1", "氏名|点数\n山田太郎|80\n鈴木花子|75"));
    }

    [Fact]
    public void Different_people_in_two_files_stay_apart()
        => Assert.Equal(4, Count("氏名|メール\n山田太郎|taro@a.example\n鈴木花子|hana@b.example", "氏名|メール\n山田太郎|taro@c.example\n鈴木花子|hana@d.example"));

    [Fact]
    public void Rows_of_few_names_are_as_many_people_as_rows()
    {
        string[] families = ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村"];
        string[] given = ["太郎", "花子", "一郎", "美咲", "健太", "陽子", "直樹", "恵子"];
        var rows = Enumerable.Range(0, 5872).Select(IReadOnlyList<string> (i) => [families[i % 8] + given[i / 8 % 8], "会社員", $"person{i}@mail.example"]);
        var found = Sheets.Read(Sheets.File("a.csv", Sheets.Sheet([["name", "occupation", "email"], .. rows])));

        Assert.Equal(5872, found.Persons.Count);
    }

    [Fact]
    public void Two_hundred_thousand_rows_and_as_many_of_one_name()
    {
        var rows = Enumerable.Range(0, 200_000).Select(IReadOnlyList<string> (i) => ["山田太郎", $"東京都港区芝{i}-2-3", $"person{i}@mail.example"]);
        Assert.Equal(200_000, Sheets.Read(Sheets.File("a.csv", Sheets.Sheet([["氏名", "住所", "メール"], .. rows]))).Persons.Count);

        var bare = Enumerable.Range(0, 200_000).Select(IReadOnlyList<string> (i) => ["山田太郎", $"{i % 7}"]);
        Assert.InRange(Sheets.Read(Sheets.File("a.csv", Sheets.Sheet([["氏名", "点数"], .. bare]))).Persons.Count, 1, 200_000);
    }

    [Fact]
    public void Hidden_is_who_stands_nowhere_else()
    {
        var found = Sheets.Read(Sheets.File("a.xlsx",
            Sheets.Sheet("氏名|メール\n山田太郎|taro@a.example\n鈴木花子|hana@b.example"),
            Sheets.Sheet("氏名|メール\n山田太郎|taro@a.example\n高橋健|ken@c.example", "old", hidden: true)));

        Assert.Equal(3, found.Persons.Count);
        Assert.Equal("高橋健", Assert.Single(found.Persons, p => p.Hidden).Name);
    }
}
