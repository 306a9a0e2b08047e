using System.Formats.Tar;
using System.Globalization;
using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

public sealed class ContainerTests
{
    private static readonly byte[] _list = Encoding.UTF8.GetBytes("氏名,電話\n山田,03-1234-5678\n");

    [Fact]
    public void A_packed_tar_is_unpacked_and_links_are_left_out()
    {
        var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "dir/"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "dir/" + new string('長', 60) + "名簿.csv") { DataStream = new MemoryStream(_list) });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "passwd") { LinkName = "/etc/passwd" });
        }

        var files = Reading.All("x.tar.gz", Reading.Gzip(stream.ToArray()));
        Assert.Equal([FileKind.Gzip, FileKind.Tar, FileKind.Delimited], files.Select(f => f.Kind));
        Assert.EndsWith("名簿.csv", files[2].Name, StringComparison.Ordinal);
        Assert.Equal("山田", files[2].Rows()[1][0]);
        Assert.Empty(files.SelectMany(f => f.Troubles));
    }

    [Theory]
    [InlineData(ToolOutcome.Absent, FileTroubles.NoTool)]
    [InlineData(ToolOutcome.Encrypted, FileTroubles.Encrypted)]
    [InlineData(ToolOutcome.Broken, FileTroubles.Broken)]
    [InlineData(ToolOutcome.Limit, FileTroubles.Limit)]
    public void What_a_tool_could_not_do_is_a_trouble(ToolOutcome outcome, string measure)
    {
        var services = new InspectionServices { Tools = new FakeTools(new ToolAnswer(outcome, "", [], "tool")) };
        Assert.Equal([measure], Reading.One("x.7z", Convert.FromHexString("377ABCAF271C0004"), services).Measures());
        Assert.Equal([measure], Reading.One("x.pdf", "%PDF-1.7"u8.ToArray(), services).Measures());
    }

    [Fact]
    public void What_a_tool_unpacks_is_read()
    {
        var services = new InspectionServices { Tools = new FakeTools(new ToolAnswer(ToolOutcome.Done, "", [new UnpackedFile("a/名簿.csv", _list)], "")) };
        var files = Reading.All("x.lzh", Convert.FromHexString("22002D6C68352D0000000000"), services);
        Assert.Equal("x.lzh/a/名簿.csv", files[1].Path);
        Assert.Equal("山田", files[1].Rows()[1][0]);
    }

    [Fact]
    public void A_packed_file_without_name_has_that_of_its_packing()
    {
        var services = new InspectionServices { Tools = new FakeTools(new ToolAnswer(ToolOutcome.Done, "", [new UnpackedFile("", _list)], "")) };
        Assert.Equal("名簿.csv", Reading.All("名簿.csv.bz2", "BZh91AY&SY\0\0"u8.ToArray(), services)[1].Name);
    }

    [Fact]
    public void The_pages_of_a_pdf_are_named()
    {
        var services = new InspectionServices { Tools = new FakeTools(new ToolAnswer(ToolOutcome.Done, "first\f\fthird\f", [], "")) };
        Assert.Equal(["page 1", "page 3"], Reading.One("x.pdf", "%PDF-1.7"u8.ToArray(), services).Contents.Select(c => c.Place));
    }

    [Fact]
    public void An_encrypted_pdf_is_known_without_a_tool()
    {
        Assert.Equal([FileTroubles.Encrypted], Reading.One("x.pdf", "%PDF-1.7\ntrailer << /Encrypt 12 0 R >>").Measures());
        Assert.Equal([FileTroubles.NoTool], Reading.One("x.pdf", "%PDF-1.7\n(/Encryption explained)").Measures());
    }

    [Theory]
    [InlineData("Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*0*=cp932''%96%BC; filename*1*=%95%EB.csv")]
    [InlineData("Content-Type: text/csv\nContent-Disposition: attachment; filename=\"\u0096\u00BC\u0095\u00EB.csv\"")]
    [InlineData("Content-Type: text/csv; name=\"=?utf-8?B?5ZCN57C/LmNzdg==?=\"\nContent-Disposition: attachment")]
    [InlineData("Content-Type: text/csv\nContent-Disposition: attachment; filename=\"=?ISO-2022-JP?B?GyRCTD5KbRsoQi5jc3Y=?=\"")]
    public void Names_read_right_however_they_are_written(string header)
    {
        var file = Assert.Single(FileReader.Read(Reading.Mail(header, _list), InspectionServices.None, default));
        Assert.Equal("名簿.csv", file.Name);
        Assert.Equal("山田", file.Rows()[1][0]);
    }

    [Fact]
    public void A_uuencoded_file_in_the_text_is_a_file()
    {
        var mail = MimeMessage.Parse(Encoding.ASCII.GetBytes("From: a@home.example\r\nSubject: x\r\n\r\nHello\r\nbegin the day well.\r\nbegin 644 list.csv\r\n" + UU("name,tel,mail\nyamada,1,y@client.example\nsato,2,s@client.example\n") + "`\r\nend\r\nbye\r\n"));
        var file = Assert.Single(FileReader.Read(mail, InspectionServices.None, default));
        Assert.Equal(("list.csv", true), (file.Name, file.TopLevel));
        Assert.Equal(["sato", "2", "s@client.example"], file.Rows()[2]);
    }

    [Fact]
    public void A_pgp_message_in_the_text_is_encrypted()
    {
        var found = new Look().Finding(RuleNames.Uninspectable, Look.Plain("-----BEGIN PGP MESSAGE-----\n\nabcd\n-----END PGP MESSAGE-----"));
        Assert.Equal(1, found!.Measures[FileTroubles.Encrypted]);
        Assert.Null(new Look().Finding(RuleNames.Uninspectable, Look.Plain("> -----BEGIN PGP MESSAGE----- is how it begins")));
    }

    [Fact]
    public void Files_of_forwarded_mails_are_files_too_and_signatures_are_none()
    {
        var mail = MimeMessage.Parse(Look.Bytes("""
            From: a@home.example
            MIME-Version: 1.0
            Content-Type: multipart/signed; boundary=a

            --a
            Content-Type: multipart/mixed; boundary=b

            --b

            text
            --b
            Content-Type: message/rfc822

            Subject: inner
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=c

            --c
            Content-Type: text/plain; name="inner.txt"

            inner words
            --c--
            --b--
            --a
            Content-Type: application/pkcs7-signature; name=smime.p7s
            Content-Transfer-Encoding: base64

            MIIB
            --a--
            """));
        var file = Assert.Single(FileReader.Read(mail, InspectionServices.None, default));
        Assert.Equal("inner words", file.Text().Trim());
    }

    [Fact]
    public void A_file_nobody_can_look_into_holds_the_mail_with_its_reason()
    {
        var bytes = Convert.ToBase64String(Convert.FromHexString("53514C69746520666F726D6174203300"));
        var found = new Look().Finding(RuleNames.Uninspectable,
            $"From: sender@home.example\nTo: taro@client.example\nMIME-Version: 1.0\nContent-Type: application/octet-stream; name=\"a.db\"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n{bytes}\n");
        Assert.Equal(1, found!.Measures[FileTroubles.Unread]);
        Assert.Equal("a.db: SQLite", Assert.Single(found.Evidence));
        Assert.Equal(["taro@client.example"], found.Recipients);
    }

    private static string UU(string text)
    {
        var lines = new StringBuilder();
        foreach (var chunk in Encoding.UTF8.GetBytes(text).Chunk(45))
        {
            lines.Append((char)(32 + chunk.Length));
            for (var i = 0; i < chunk.Length; i += 3)
            {
                var word = (chunk[i] << 16) | ((i + 1 < chunk.Length ? chunk[i + 1] : 0) << 8) | (i + 2 < chunk.Length ? chunk[i + 2] : 0);
                for (var shift = 18; shift >= 0; shift -= 6)
                {
                    var six = (word >> shift) & 63;
                    lines.Append(six == 0 ? '`' : (char)(32 + six));
                }
            }

            lines.Append("\r\n");
        }

        return lines.ToString();
    }

    private sealed class FakeTools(ToolAnswer answer) : IFileTools
    {
        public ToolAnswer Run(FileTool tool, ReadOnlyMemory<byte> file, FileLimits limits, CancellationToken cancel) => answer;
    }
}
