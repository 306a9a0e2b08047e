using System.Text;

namespace Sekisho.Inspection.Tests;

public sealed class TextKindsTests
{
    [Fact]
    public void A_page_gives_its_tables_its_text_and_its_comments()
    {
        var file = Reading.One("x.html", """
            <html><body><p>Dear members</p><!-- old: 佐藤 一郎 --><div style="display:none">hidden words</div>
            <table><tr><th>氏名</th><th colspan=2>連絡先</th></tr><tr><td>山田&nbsp;太郎</td><td>03-1234-5678</td><td>taro@client.example</td></tr></table>
            <p>after</p></body></html>
            """);
        Assert.Equal(["氏名", "連絡先"], file.Rows()[0]);
        Assert.Equal(["山田 太郎", "03-1234-5678", "taro@client.example"], file.Rows()[1]);
        Assert.Contains("hidden words", file.Text(), StringComparison.Ordinal);
        Assert.Contains("佐藤 一郎", file.Contents.OfType<TextContent>().Single(t => t.Place == "comments").Text, StringComparison.Ordinal);
        Assert.DoesNotContain("山田", file.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_spanned_from_above_keep_their_columns()
    {
        var rows = Reading.One("x.html", "<table><tr><td rowspan=2>課</td><td>山田</td></tr><tr><td>佐藤</td></tr><tr><td>部</td><td>田中</td></tr></table>").Rows();
        Assert.Equal(["", "佐藤"], rows[1]);
        Assert.Equal(["部", "田中"], rows[2]);
    }

    [Fact]
    public void A_table_for_layout_is_text_and_the_one_inside_it_a_table()
    {
        var file = Reading.One("x.html", "<table><tr><td>menu</td><td><table><tr><td>a<td>b<tr><td>1<td>2</table></td></tr><tr><td>x<td>y</table>");
        Assert.Equal(["1", "2"], Assert.Single(file.Contents.OfType<TableContent>()).Rows[1]);
        Assert.Contains("menu", file.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Repeated_elements_are_rows()
    {
        var file = Reading.One("x.xml", """
            <?xml version="1.0" encoding="UTF-8"?><list title="会員"><member id="1"><name><family>山田</family><given>太郎</given></name><tel>03-1234-5678</tel></member>
            <member id="2"><name><family>佐藤</family><given>花子</given></name><tel>03-1111-2222</tel></member></list>
            """);
        Assert.Equal(["id", "name family", "name given", "tel"], [.. file.Rows()[0].Select(c => c.Replace("member ", "", StringComparison.Ordinal))]);
        Assert.Equal(["2", "佐藤", "花子", "03-1111-2222"], file.Rows()[2]);
        Assert.Contains("会員", file.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Excels_own_xml_reads_as_its_sheet()
    {
        var file = Reading.One("x.xls", """
            <?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>
            <Row><Cell><Data ss:Type="String">氏名</Data></Cell><Cell><Data ss:Type="String">電話</Data></Cell></Row>
            <Row><Cell><Data ss:Type="String">山田</Data></Cell><Cell><Data ss:Type="String">03-1234-5678</Data></Cell></Row></Table></Worksheet></Workbook>
            """);
        Assert.Equal([["氏名", "電話"], ["山田", "03-1234-5678"]], file.Rows());
    }

    [Fact]
    public void Entities_of_ones_own_end_the_reading()
    {
        const string Laughs = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><l>&c;</l>";
        const string Fetch = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><l>&x;</l>";
        Assert.Equal([FileTroubles.Limit], Reading.One("x.xml", Laughs).Measures());
        var fetched = Reading.One("x.xml", Fetch);
        Assert.Equal([FileTroubles.Limit], fetched.Measures());
        Assert.DoesNotContain("root:", fetched.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_drawing_with_names_for_its_namespaces_is_no_trouble()
    {
        var file = Reading.One("logo.svg", "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/x.dtd\" [<!ENTITY ns \"http://ns.client.example/1.0/\">]><svg xmlns:x=\"&ns;\"><text>山田商店</text></svg>");
        Assert.Empty(file.Troubles);
        Assert.Contains("山田商店", file.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_of_objects_is_a_table()
    {
        var file = Reading.One("x.json", """{"title":"list","people":[{"name":"\u5c71\u7530","tel":["03-1234-5678","090-1"],"addr":{"city":"X"}},{"name":"佐藤","mail":"s@client.example"}]}""");
        Assert.Equal(["name", "tel", "tel", "addr city", "mail"], file.Rows()[0]);
        Assert.Equal(["山田", "03-1234-5678", "090-1", "X"], file.Rows()[1]);
        Assert.Equal("s@client.example", file.Rows()[2][4]);
        Assert.Contains("title: list", file.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_json_each_is_a_table_too()
        => Assert.Equal(3, Reading.One("x.jsonl", "{\"name\":\"a\"}\n{\"name\":\"b\"}\n").Rows().Length);

    [Fact]
    public void Cut_json_is_read_as_text()
        => Assert.Contains("山田", Reading.One("x.json", "{\"people\":[{\"name\":\"\\u5c71\\u7530\",\"tel\":").Text(), StringComparison.Ordinal);

    [Fact]
    public void Every_card_is_a_row()
    {
        var text = """
            BEGIN:VCARD
            VERSION:2.1
            N;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8ER=93c;=91=BE=98Y;;;
            TEL;CELL;VOICE:090-1234-5678
            ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;1-2-3;=E6=A8=AA=
            =E6=B5=9C=E5=B8=82;=E7=A5=9E=E5=A5=88=E5=B7=9D=E7=9C=8C;220-0001;
            END:VCARD
            BEGIN:VCARD
            VERSION:3.0
            FN:佐藤 花子
            N:佐藤;花子;;;
            item1.EMAIL;TYPE=INTERNET:hanako@cli
             ent.example
            ORG:例示株式会社;営業部
            BDAY:1980-01-02
            END:VCARD
            BEGIN:VCARD
            VERSION:4.0
            FN:Tanaka Ichiro
            TEL;VALUE=uri;TYPE="voice,home":tel:+81-3-1234-5678
            END:VCARD
            """.ReplaceLineEndings("\r\n");
        var rows = Reading.One("x.vcf", text).Rows();
        Assert.Equal(4, rows.Length);
        Assert.Equal(["name", "kana", "org", "title", "tel", "email", "postcode", "adr", "bday", "url", "note", "tel", "tel", "email"], rows[0]);
        Assert.Equal(("山田 太郎", "090-1234-5678", "220-0001", "神奈川県横浜市1-2-3"), (rows[1][0], rows[1][4], rows[1][6], rows[1][7]));
        Assert.Equal(("佐藤 花子", "例示株式会社 営業部", "hanako@client.example", "1980-01-02"), (rows[2][0], rows[2][2], rows[2][5], rows[2][8]));
        Assert.Equal("+81-3-1234-5678", rows[3][4]);
    }

    [Fact]
    public void An_invitation_shows_who_is_invited()
    {
        var text = Reading.One("x.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:打合せ\\, 第2回\r\nATTENDEE;CN=\"山田 太郎\":mailto:taro@cli\r\n ent.example\r\nEND:VEVENT\r\nEND:VCALENDAR").Text();
        Assert.Contains("打合せ, 第2回", text, StringComparison.Ordinal);
        Assert.Contains("山田 太郎 <taro@client.example>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_as_a_file_gives_its_text_and_its_files()
    {
        const string Mail = "From: a@client.example\nTo: =?utf-8?B?5bGx55Sw?= <b@client.example>\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\nhello body\n"
            + "--q\nContent-Type: text/csv; name=l.csv\nContent-Disposition: attachment\n\nname,tel\nyamada,1\n--q--\n";
        var files = Reading.All("x.eml", Encoding.UTF8.GetBytes(Mail));
        Assert.Equal(["x.eml", "x.eml/l.csv"], files.Select(f => f.Path));
        Assert.Contains("To: 山田 <b@client.example>", files[0].Text(), StringComparison.Ordinal);
        Assert.Contains("hello body", files[0].Text(), StringComparison.Ordinal);
        Assert.Equal("yamada", files[1].Rows()[1][0]);
    }

    [Fact]
    public void A_mailbox_file_gives_every_mail()
    {
        var one = "From x@client.example Thu Jan  1 00:00:00 2024\nFrom: a@client.example\nTo: b@client.example\nSubject: number {0}\n\nFrom the beginning\n\n";
        var file = Reading.One("x.mbox", string.Concat(Enumerable.Range(1, 3).Select(i => one.Replace("{0}", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal))));
        Assert.Equal(["mail 1", "mail 2", "mail 3"], file.Contents.Select(c => c.Place));
        Assert.Contains("number 3", file.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.html", "<html><meta charset=gb2312><p>{0}</p></html>")]
    [InlineData("x.xml", "<?xml version=\"1.0\" encoding=\"gb2312\"?><p>{0}</p>")]
    public void A_charset_said_inside_the_file_counts(string name, string text)
    {
        const string Words = "北京市朝阳区的客户名单";
        Assert.Contains(Words, Reading.One(name, Encoding.GetEncoding(936).GetBytes(text.Replace("{0}", Words, StringComparison.Ordinal))).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_ends_and_is_read()
    {
        Assert.NotNull(Reading.One("x.json", string.Concat(Enumerable.Repeat("[", 500_000)) + "1"));
        Assert.NotNull(Reading.One("x.json", string.Concat(Enumerable.Repeat("{\"a\":", 500_000)) + "1"));
        Assert.Contains("end", Reading.One("x.html", "<html>" + string.Concat(Enumerable.Repeat("<table><tr><td>", 200_000)) + "end").Text(), StringComparison.Ordinal);
        Assert.Equal([FileTroubles.Limit], Reading.One("x.xml", "<?xml version=\"1.0\"?>" + string.Concat(Enumerable.Repeat("<a>", 300_000)) + "end").Measures());
        Assert.NotNull(Reading.One("x.html", "<html>" + string.Concat(Enumerable.Repeat("<td a=\"", 300_000))));
        Assert.NotNull(Reading.One("x.html", "<html><table>" + string.Concat(Enumerable.Repeat("<td colspan=200 rowspan=200>", 100_000))));
    }
}
