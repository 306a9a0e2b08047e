namespace Sekisho.Inspection.Tests;

public sealed class PagesTests
{
    private static TableContent Slide(int number, string rows) => Sheets.Sheet(rows, $"slide {number} table 1");

    [Fact]
    public void A_table_goes_on_over_the_next_slides_without_its_header()
    {
        var found = Sheets.Read(Sheets.File("a.pptx",
            Slide(1, "氏|名|生年月日\n佐藤|一郎|1980-01-02\n田中|美咲|1991-03-04"),
            Slide(2, "高橋|健太|1975-05-06\n山本|陽子|1988-07-08"),
            Slide(3, "中村|直樹|1969-09-10")));

        Assert.Equal(5, found.Persons.Count);
        Assert.Equal("高橋 健太", found.Persons[2].Name);
        Assert.All(found.Persons, p => Assert.Equal(DataKinds.Name | DataKinds.BirthDate, p.Kinds));
    }

    [Fact]
    public void A_table_of_other_columns_takes_nothing_from_the_page_before()
    {
        var found = Sheets.Read(Sheets.File("a.pptx",
            Slide(1, "氏名|メール|電話番号\n佐藤一郎|sato@client.example|03-1234-5678\n田中美咲|tanaka@client.example|03-1234-5679"),
            Slide(2, "青いノート|200|A5\n赤いペン|120|0.5mm")));

        Assert.Equal(2, found.Persons.Count);
    }

    [Fact]
    public void Columns_are_not_carried_into_another_file()
    {
        var found = Sheets.Read(
            Sheets.File("a.pptx", Slide(1, "姓|名\n佐藤|一郎\n田中|美咲")),
            Sheets.File("b.pptx", Slide(2, "森|林\n東|西")));

        Assert.Equal(2, found.Persons.Count);
    }

    [Fact]
    public void Namesakes_on_two_pages_of_one_table_are_two()
    {
        var found = Sheets.Read(Sheets.File("a.pptx", Slide(1, "氏名|点数\n佐藤一郎|80\n田中美咲|70"), Slide(2, "氏名|点数\n佐藤一郎|65\n高橋健太|90")));

        Assert.Equal(4, found.Persons.Count);
    }

    [Fact]
    public void A_form_that_begins_on_one_slide_and_ends_on_the_next_is_one_person()
    {
        var found = Sheets.Read(Sheets.File("a.ppt",
            new TextContent("slide 1", "受付\n【参加者氏名】西村 香織\n【TEL】078-576-1307\n【E-mail】kaori@school.example\n\n【参加者氏名】松本 勝\n【TEL】03-6620-9238"),
            new TextContent("slide 2", "【E-mail】sora@client.example\n【生年月日】S23.3.28\n\n【参加者氏名】齊藤 加奈子\n【TEL】0172-96-3473"),
            new TextContent("slide 3", "【E-mail】red@client.example\n以上")));

        Assert.Equal(["西村 香織", "松本 勝", "齊藤 加奈子"], found.Persons.Select(p => p.Name));
        Assert.All(found.Persons, p => Assert.True(p.Kinds.HasFlag(DataKinds.Phone | DataKinds.Email)));
        Assert.Equal(["slide 1", "slide 1", "slide 2"], found.Persons.Select(p => p.Place));
        Assert.Equal([2, 6, 4], found.Persons.Select(p => p.Row));
    }

    [Fact]
    public void Two_tables_side_by_side_go_on_over_the_next_page()
    {
        var found = Sheets.Read(Sheets.File("a.pdf",
            new TextContent("page 1", "氏名        年令   現住所                        氏名        年令   現住所\n大谷 光男    33   福岡県北九州市小倉北区魚町6-12-12        荒井 次郎    29   三重県津市広明町7-11-2\n古川 昌子    34   神奈川県横浜市中区山下町4-20-22         鈴木 明     69   沖縄県那覇市泉崎8-17-16\n"),
            new TextContent("page 2", "中川 大樹    68   山口県下関市竹崎町1-7-21       熊谷 加奈子   68   神奈川県相模原市南区相模大野1-16-21\n山崎 進     38   京都府京都市左京区吉田本町6-14    菅野 由美子   49   徳島県徳島市万代町2-30-15\n")));

        Assert.Equal(8, found.Persons.Count);
        Assert.All(found.Persons, p => Assert.Equal(DataKinds.Name | DataKinds.PostalAddress | DataKinds.Age, p.Kinds));
    }

    [Fact]
    public void Comments_deleted_text_and_hidden_slides_are_places_the_sender_may_not_know()
    {
        const string Text = "田中美咲 様\n電話 090-1234-5678\n";
        foreach (var place in new[] { "comments", "deleted", "slide 3 (hidden)", "slide 2 notes" })
        {
            Assert.True(Assert.Single(Sheets.Read(Sheets.File("a.docx", new TextContent(place, Text))).Persons).Hidden, place);
        }

        Assert.False(Assert.Single(Sheets.Read(Sheets.File("a.docx", new TextContent("", Text))).Persons).Hidden);
        Assert.False(Assert.Single(Sheets.Read(Sheets.File("a.docx", new TextContent("comments", Text), new TextContent("", Text))).Persons).Hidden);
    }
}
