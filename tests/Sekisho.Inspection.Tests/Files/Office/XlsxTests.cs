using System.Text;

namespace Sekisho.Inspection.Tests;

public sealed class XlsxTests
{
    private const string Root = """<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>""";

    [Fact]
    public void Very_hidden_sheets_are_read_and_marked()
    {
        var file = Read(Book("""<row r="1"><c r="A1" t="inlineStr"><is><t>秘密</t></is></c></row>""", state: "veryHidden"));
        Assert.True(file.Contents.OfType<TableContent>().Single().Hidden);
        Assert.Equal("秘密", file.Rows()[0][0]);
    }

    [Fact]
    public void Readings_of_names_are_left_out_and_runs_put_together()
    {
        var file = Read([.. Book("""<row r="1"><c r="A1" t="s"><v>0</v></c></row>"""),
            ("xl/sharedStrings.xml", "<sst><si><r><t>山田</t></r><r><t>太郎</t></r><rPh sb=\"0\" eb=\"2\"><t>ヤマダ</t></rPh></si></sst>")]);
        Assert.Equal("山田太郎", file.Rows()[0][0]);
    }

    [Fact]
    public void A_stray_cell_in_the_last_row_and_column_costs_nothing()
    {
        var file = Read(Book("""<row r="3"><c r="B3"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"""));
        var tables = file.Contents.OfType<TableContent>().ToArray();
        Assert.Equal([3, 1_048_576], tables.Select(t => t.FirstRow));
        Assert.Equal(["", "1"], tables[0].Rows[0]);
        Assert.Equal("2", tables[1].Rows[0][16_383]);
        Assert.Empty(file.Troubles);
    }

    [Fact]
    public void Merged_cells_have_their_value_once()
    {
        var file = Read(Book("""<row r="1"><c r="A1" t="str"><v>見出し</v></c><c r="B1"/><c r="C1"/><c r="D1" t="b"><v>1</v></c></row>"""));
        Assert.Equal(["見出し", "", "", "TRUE"], file.Rows()[0]);
    }

    [Fact]
    public void The_address_of_a_link_stands_behind_its_text()
    {
        var file = Read([.. Book("""<row r="1"><c r="A1" t="str"><v>山田</v></c></row>""", after: """<hyperlinks><hyperlink ref="A1" r:id="l1" xmlns:r="r"/></hyperlinks>"""),
            ("xl/worksheets/_rels/sheet1.xml.rels", """<Relationships><Relationship Id="l1" Type="http://x/hyperlink" Target="mailto:yamada@example.com?subject=x" TargetMode="External"/></Relationships>""")]);
        Assert.Equal("山田 <yamada@example.com>", file.Rows()[0][0]);
    }

    [Fact]
    public void The_records_behind_a_pivot_table_come_out()
    {
        var file = Read([.. Book(""),
            ("xl/pivotCache/pivotCacheDefinition1.xml", """<pivotCacheDefinition><cacheFields><cacheField name="氏名"><sharedItems><s v="山田太郎"/><s v="鈴木花子"/></sharedItems></cacheField><cacheField name="額"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>"""),
            ("xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels", """<Relationships><Relationship Id="a" Type="http://x/pivotCacheRecords" Target="pivotCacheRecords1.xml"/></Relationships>"""),
            ("xl/pivotCache/pivotCacheRecords1.xml", """<pivotCacheRecords><r><x v="1"/><n v="500"/></r><r><x v="0"/><n v="700"/></r></pivotCacheRecords>""")]);
        Assert.Equal([["氏名", "額"], ["鈴木花子", "500"], ["山田太郎", "700"]], file.Rows());
        Assert.True(file.Contents.OfType<TableContent>().Single().Hidden);
    }

    [Fact]
    public void What_the_file_remembers_of_other_workbooks_comes_out()
    {
        var file = Read([.. Book(""), ("xl/externalLinks/externalLink1.xml",
            """<externalLink><externalBook><sheetDataSet><sheetData sheetId="0"><row r="2"><cell r="B2" t="str"><v>鈴木</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>""")]);
        Assert.Equal([["", "鈴木"]], file.Rows());
    }

    [Fact]
    public void Comments_text_boxes_headers_and_properties_are_read()
    {
        var file = Read([.. Book("", after: "<headerFooter><oddHeader>&amp;L&amp;\"ＭＳ ゴシック\"&amp;12社外秘&amp;R&amp;P</oddHeader></headerFooter>"),
            ("xl/comments1.xml", "<comments><commentList><comment><text><r><t>メモ山田</t></r></text></comment></commentList></comments>"),
            ("xl/threadedComments/threadedComment1.xml", "<ThreadedComments><threadedComment><text>返信鈴木</text></threadedComment></ThreadedComments>"),
            ("xl/drawings/drawing1.xml", "<wsDr><sp><txBody><p><r><t>図形の佐藤</t></r></p></txBody></sp></wsDr>"),
            ("docProps/core.xml", "<coreProperties><title>題名</title><revision>3</revision></coreProperties>")]);
        Assert.Equal(["社外秘", "メモ山田", "返信鈴木", "図形の佐藤", "title: 題名"], file.Contents.OfType<TextContent>().Select(t => t.Text));
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>")]
    public void Document_types_are_not_read(string type)
    {
        var file = Read([.. Book("""<row r="1"><c r="A1" t="s"><v>0</v></c></row>"""), ("xl/sharedStrings.xml", type + "<sst><si><t>&a;</t></si></sst>")]);
        Assert.Equal([FileTroubles.Broken], file.Measures());
        Assert.Empty(file.Contents);
    }

    [Fact]
    public void A_bomb_ends_at_a_limit()
    {
        var rows = new StringBuilder();
        for (var i = 0; i < 400_000; i++)
        {
            rows.Append("<row><c t=\"str\"><v>").Append('a', 100).Append("</v></c></row>");
        }

        var file = Read(Book(rows.ToString()));
        Assert.Contains(FileTroubles.Limit, file.Measures());
    }

    [Fact]
    public void Damage_in_one_sheet_leaves_the_others_readable()
    {
        var parts = Book("""<row r="1"><c r="A1" t="str"><v>前</v></c></row><row r="2"><c r="A2" t="str"><v>broken""");
        var file = Read([.. parts, ("xl/comments1.xml", "<comments><comment><text><t>あと</t></text></comment></comments>")]);
        Assert.Equal([FileTroubles.Broken], file.Measures());
        Assert.Equal("前", file.Rows()[0][0]);
        Assert.Equal("あと", file.Text());
    }

    [Fact]
    public void Two_parts_of_one_name_are_said()
    {
        var file = Read([.. Book(""), ("xl/WORKBOOK.xml", "<workbook/>")]);
        Assert.Contains(FileTroubles.Broken, file.Measures());
    }

    [Fact]
    public void Embedded_files_go_on_as_files()
    {
        var inner = Reading.Zip([.. Book("""<row r="1"><c r="A1" t="str"><v>中の人</v></c></row>""").Select(p => (p.Name, Encoding.UTF8.GetBytes(p.Xml)))]);
        var outer = Book("").Select(p => (p.Name, Encoding.UTF8.GetBytes(p.Xml))).Append(("xl/embeddings/Sheet1.xlsx", inner));
        var files = Reading.All("x.xlsx", Reading.Zip([.. outer]));
        Assert.Equal("中の人", files[1].Rows()[0][0]);
    }

    internal static (string Name, string Xml)[] Book(string rows, string state = "visible", string after = "") =>
    [
        ("[Content_Types].xml", """<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""),
        ("_rels/.rels", Root),
        ("xl/workbook.xml", $"""<workbook xmlns:r="r"><sheets><sheet name="一" sheetId="1" state="{state}" r:id="r1"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels", """<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""),
        ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>"),
    ];

    private static InspectedFile Read((string Name, string Xml)[] parts)
    {
        var file = Reading.One("x.xlsx", Reading.Zip([.. parts.Select(p => (p.Name, Encoding.UTF8.GetBytes(p.Xml)))]));
        Assert.Equal(FileKind.Xlsx, file.Kind);
        return file;
    }
}
