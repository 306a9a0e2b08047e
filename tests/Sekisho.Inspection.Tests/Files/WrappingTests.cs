using System.Text;

namespace Sekisho.Inspection.Tests;

/// <summary>Lists wrapped so that no reader of the outer file would come upon them.</summary>
public sealed class WrappingTests
{
    private static readonly byte[] s_list = Encoding.UTF8.GetBytes("氏名,電話番号\r\n" + string.Concat(Enumerable.Range(10, 20).Select(i => $"佐久間 美代子{i},090-4100-22{i}\r\n")));

    private static string Coded(byte[] bytes, string lineEnd = "\r\n")
        => string.Join(lineEnd, Convert.ToBase64String(bytes).Chunk(76).Select(l => new string(l)));

    private static bool HoldsList(IEnumerable<InspectedFile> files)
        => files.Any(f => f.Text().Contains("美代子29,090-4100-2229", StringComparison.Ordinal)
            || f.Contents.OfType<TableContent>().Any(t => t.Rows.Count > 20 && t.Rows[20][1] == "090-4100-2229"));

    public static TheoryData<string, string> Texts => new()
    {
        { "data address", "<html><a href='data:text/csv;base64,@0'>x</a></html>" },
        { "JSON", "{\"file\": \"@0\"}" },
        { "JSON with breaks", "{\"file\": \"@1\"}" },
        { "XML", "<?xml version='1.0'?><a><b>@0</b></a>" },
        { "calendar", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTACH;ENCODING=BASE64;VALUE=BINARY:@2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n" },
        { "pasted", "Here it is:\r\n\r\n@3\r\n\r\nRegards\r\n" },
        { "armoured", "-----BEGIN DATA-----\r\n@3\r\n-----END DATA-----\r\n" },
        { "script", "#!/bin/sh\nbase64 -d <<E\n@4\nE\n" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_list_coded_in_a_text_is_read(string what, string form)
    {
        var text = form.Replace("@0", Convert.ToBase64String(s_list), StringComparison.Ordinal).Replace("@1", Coded(s_list, "\\r\\n"), StringComparison.Ordinal)
            .Replace("@2", Coded(s_list, "\r\n "), StringComparison.Ordinal).Replace("@3", Coded(s_list), StringComparison.Ordinal).Replace("@4", Coded(s_list, "\n"), StringComparison.Ordinal);
        Assert.True(HoldsList(Reading.All("a", Encoding.UTF8.GetBytes(text))), what);
    }

    [Fact]
    public void Keys_pictures_and_noise_in_a_text_are_no_files()
    {
        var noise = new byte[3000];
        new Random(7).NextBytes(noise);
        byte[] der = [0x30, 0x82, 0x0B, 0xB4, .. noise];
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. noise];
        var text = $"ssh-rsa {Convert.ToBase64String(noise)} me\r\n-----BEGIN CERTIFICATE-----\r\n{Coded(der)}\r\n-----END CERTIFICATE-----\r\n<img src='data:image/png;base64,{Convert.ToBase64String(png)}'>\r\n"
            + "https://shop.example/a/" + new string('a', 90) + "\r\n" + Convert.ToHexString(noise);
        var file = Assert.Single(Reading.All("a.txt", Encoding.ASCII.GetBytes(text)));
        Assert.Empty(file.Troubles);
    }

    [Fact]
    public void A_part_without_a_type_that_is_no_text_is_read_as_the_file_it_is()
        => Assert.True(HoldsList(FileReader.Read(Reading.Mail("X-Nothing: 1", Reading.Zip(("list.csv", s_list))), InspectionServices.None, default)));

    [Fact]
    public void A_list_in_base64_in_the_mail_text_is_read()
        => Assert.True(HoldsList(FileReader.Read(Reading.Mail("Content-Type: text/plain; charset=utf-8", Encoding.UTF8.GetBytes("Hello\r\n\r\n" + Coded(s_list) + "\r\n")), InspectionServices.None, default)));

    [Theory]
    [InlineData("(This file must be converted with BinHex 4.0)\r\n\r\n:$f*TEQKPH#jcH!:\r\n")]
    [InlineData("=ybegin line=128 size=9 name=a.csv\r\nabcdefghi\r\n=yend size=9\r\n")]
    public void Codings_of_old_are_said_to_be_unread(string text)
        => Assert.Contains(FileTroubles.Unread, Reading.One("a.txt", text).Measures());

    [Fact]
    public void An_archive_behind_a_program_is_read()
    {
        byte[] program = [(byte)'M', (byte)'Z', 0x90, 0, .. new byte[600], .. Reading.Zip(("list.csv", s_list))];
        Assert.True(HoldsList(Reading.All("setup.exe", program)));
    }

    [Fact]
    public void A_program_that_only_knows_archives_is_a_program()
    {
        byte[] program = [(byte)'M', (byte)'Z', 0x90, 0, .. new byte[600], 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, .. Encoding.ASCII.GetBytes("Rar!\u001A\a and -lh5- and more besides, to the end of it"), .. new byte[100]];
        var file = Assert.Single(Reading.All("setup.exe", program));
        Assert.DoesNotContain(FileTroubles.Broken, file.Measures());
    }

    [Fact]
    public void Two_archives_in_a_row_are_both_read()
    {
        var list = Reading.Zip(("list.csv", s_list));
        var decoy = Reading.Zip(("readme.txt", "hello"u8.ToArray()));
        Assert.True(HoldsList(Reading.All("a.zip", [.. list, .. decoy])));
        Assert.True(HoldsList(Reading.All("a.zip", [.. decoy, .. list])));
        Assert.True(HoldsList(Reading.All("a.zip", [.. decoy, .. s_list])));
    }

    [Fact]
    public void A_list_behind_a_picture_is_read_and_a_cameras_notes_are_not()
    {
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[50], 0xFF, 0xD9];
        Assert.True(HoldsList(Reading.All("a.jpg", [.. picture, .. s_list])));
        var noise = new byte[400];
        new Random(3).NextBytes(noise);
        Assert.Empty(Assert.Single(Reading.All("a.jpg", [.. picture, .. noise])).Troubles);
    }

    [Fact]
    public void A_file_slipped_into_a_package_is_read_and_its_pictures_are_not()
    {
        var word = Reading.Zip(("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"u8.ToArray()),
            ("word/document.xml", "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body/></w:document>"u8.ToArray()),
            ("word/media/image1.png", Reading.Zip(("list.csv", s_list))), ("word/media/image2.png", [0x89, 0x50, 0x4E, 0x47, .. new byte[100]]));
        var files = Reading.All("a.docx", word);
        Assert.True(HoldsList(files));
        Assert.DoesNotContain(files, f => f.Name == "image2.png");
    }

    [Fact]
    public void A_document_in_one_piece_of_XML_is_read_with_its_tables()
    {
        var rows = string.Concat(Encoding.UTF8.GetString(s_list).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => "<table:table-row>"
            + string.Concat(l.Split(',').Select(c => $"<table:table-cell><text:p>{c}</text:p></table:table-cell>")) + "</table:table-row>"));
        var flat = "<?xml version='1.0' encoding='UTF-8'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'"
            + $" xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:text><table:table>{rows}</table:table></office:text></office:body></office:document>";
        Assert.True(HoldsList(Reading.All("a.fodt", Encoding.UTF8.GetBytes(flat))));
    }

    [Fact]
    public void A_saved_page_with_only_two_fields_is_a_mail()
    {
        var page = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/csv; name=list.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Coded(s_list) + "\r\n--b--\r\n";
        Assert.True(HoldsList(Reading.All("a.mht", Encoding.ASCII.GetBytes(page))));
    }

    [Fact]
    public void Lists_in_the_subject_and_in_names_of_files_are_seen()
    {
        var people = Enumerable.Range(10, 12).Select(i => $"佐久間 美代子{i} 090-4100-22{i}").ToList();
        var message = Sekisho.Mime.MimeMessage.Parse(Encoding.UTF8.GetBytes("Subject: " + string.Join(" / ", people) + "\r\n\r\nHello"));
        Assert.Contains("090-4100-2212", HeaderText.Read(message, message.Headers.First(f => f.Is("Subject")).Decoded), StringComparison.Ordinal);
        var named = Reading.Mail("Content-Disposition: attachment; filename=\"Sakuma_090-4100-2212.pdf\"", [1, 2, 3]);
        Assert.Equal("Sakuma 090-4100-2212", HeaderText.Read(named, "").Trim());
    }
}
