using System.Text;

namespace Sekisho.Inspection.Tests;

public sealed class KindTests
{
    public static TheoryData<string, string, FileKind> Texts => new()
    {
        { "a.txt", "ただの文章です。\n二行目。", FileKind.Text },
        { "a.csv", "one", FileKind.Delimited },
        { "a", "<!DOCTYPE html><p>x</p>", FileKind.Html },
        { "a.xls", "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>1</table>", FileKind.Html },
        { "a", "<?xml version=\"1.0\"?><root/>", FileKind.Xml },
        { "a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>x</text></svg>", FileKind.Xml },
        { "a", "{\"name\": 1}", FileKind.Json },
        { "a.log", "[2024-01-01 10:00:00] started\n[2024-01-01 10:00:01] ended", FileKind.Text },
        { "a", "BEGIN:VCARD\r\nEND:VCARD", FileKind.VCard },
        { "a", "BEGIN:VCALENDAR\r\nEND:VCALENDAR", FileKind.Calendar },
        { "a.eml", "Received: from x\r\nFrom: a@client.example\r\nTo: b@client.example\r\nSubject: x\r\n\r\nhello", FileKind.Mail },
        { "a", "From a@client.example Thu Jan  1 00:00:00 2024\nFrom: a@client.example\nTo: b@client.example\nSubject: x\n\nhello", FileKind.Mail },
        { "a.sh", "#!/bin/sh\necho hello", FileKind.Executable },
        { "a", "%PDF-1.7\n%%EOF", FileKind.Pdf },
        { "a.doc", "{\\rtf1 x}", FileKind.Rtf },
        { "a", "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----", FileKind.Encrypted },
        { "a.txt", "MZ-700 price list\nBM of the month", FileKind.Text },
        { "a.txt", "07070 is a number", FileKind.Text },
        { "a", "", FileKind.Empty },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Texts_are_told_apart(string name, string text, FileKind kind) => Assert.Equal(kind, Reading.One(name, text).Kind);

    public static TheoryData<string, string, FileKind> Binaries => new()
    {
        { "a.dat", "89504E470D0A1A0A0000000D", FileKind.Media },
        { "a.png", "FFD8FFE000104A464946", FileKind.Media },
        { "a", "4D5A90000300000004000000FFFF0000", FileKind.Executable },
        { "a", "7F454C4602010100", FileKind.Executable },
        { "a.mdb", "000100005374616E64617264204A657420444200", FileKind.Database },
        { "a", "53514C69746520666F726D6174203300", FileKind.Database },
        { "a", "789F3E220100069008", FileKind.Tnef },
        { "a", "377ABCAF271C0004", FileKind.OtherArchive },
        { "a", "526172211A0701", FileKind.OtherArchive },
        { "a", "22002D6C68352D0000000000", FileKind.OtherArchive },
        { "a.xyz", "0102030405060708FFFE00010203", FileKind.Unknown },
        { "a.fmp12", "0001000000020001000500020002C04842414D37", FileKind.Database },
        { "smime.p7s", "3082010006092A864886F70D010702A0820100000000000000", FileKind.Media },
        { "a.gpg", "8C0D04090302FFFEFD0001020304", FileKind.Encrypted },
        { "key.gpg", "99010D04FFFE0001020304050607", FileKind.Media },
        { "a.p7m", "3082010006092A864886F70D010703A0820100000000000000", FileKind.Encrypted },
    };

    [Theory]
    [MemberData(nameof(Binaries))]
    public void Binary_files_are_known_by_their_bytes(string name, string hex, FileKind kind) => Assert.Equal(kind, Reading.One(name, Convert.FromHexString(hex)).Kind);

    [Theory]
    [InlineData("[Content_Types].xml", "xl/workbook.xml", FileKind.Xlsx)]
    [InlineData("[Content_Types].xml", "word/document.xml", FileKind.Docx)]
    [InlineData("[Content_Types].xml", "ppt/presentation.xml", FileKind.Pptx)]
    [InlineData("a.txt", "word/list.txt", FileKind.Zip)]
    public void The_content_of_a_zip_decides_what_it_is(string first, string second, FileKind kind)
        => Assert.Equal(kind, FileKindDetector.Detect("x.dat", Reading.Zip((first, "x"u8.ToArray()), (second, "y"u8.ToArray()))).Kind);

    [Theory]
    [InlineData("EncryptedPackage", FileKind.Encrypted)]
    [InlineData("Workbook", FileKind.Xls)]
    [InlineData("WordDocument", FileKind.Doc)]
    [InlineData("PowerPoint Document", FileKind.Ppt)]
    [InlineData("__properties_version1.0", FileKind.OutlookMessage)]
    [InlineData("Nobody knows", FileKind.Unknown)]
    public void The_streams_of_a_compound_file_decide_what_it_is(string stream, FileKind kind)
        => Assert.Equal(kind, FileKindDetector.Detect("x.doc", Compound(stream)).Kind);

    [Fact]
    public void An_office_file_with_a_password_is_encrypted()
        => Assert.Equal([FileTroubles.Encrypted], Reading.One("x.xlsx", Compound("EncryptedPackage")).Measures());

    [Fact]
    public void Random_bytes_are_unknown_and_held()
    {
        var bytes = new byte[5000];
        new Random(7).NextBytes(bytes);
        var file = Reading.One("x.bin", bytes);
        Assert.Equal((FileKind.Unknown, FileTroubles.Unknown), (file.Kind, file.Measures().Single()));
    }

    [Fact]
    public void Pictures_and_programs_are_no_trouble()
    {
        Assert.Empty(Reading.One("photo.jpg", Convert.FromHexString("FFD8FFE000104A464946")).Troubles);
        Assert.Empty(Reading.One("setup.exe", Convert.FromHexString("4D5A90000300000004000000FFFF0000")).Troubles);
    }

    [Theory]
    [InlineData("photo.jpg", "4D5A90000300000004000000FFFF0000")]
    [InlineData("invoice.pdf.exe", "4D5A90000300000004000000FFFF0000")]
    [InlineData("invoice\u202Efdp.exe", "4D5A90000300000004000000FFFF0000")]
    [InlineData("readme.txt", "377ABCAF271C0004")]
    public void A_name_that_hides_what_the_file_is_is_said(string name, string hex)
        => Assert.Contains(FileTroubles.Disguised, Reading.One(name, Convert.FromHexString(hex)).Measures());

    [Fact]
    public void A_script_under_the_name_of_a_document_is_said_and_read()
    {
        var file = Reading.One("invoice.pdf.js", "var people = ['Yamada Taro'];");
        Assert.Equal([FileTroubles.Disguised], file.Measures());
        Assert.Contains("Yamada", file.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_behind_a_picture_is_found()
    {
        byte[] bytes = [.. Convert.FromHexString("FFD8FFE000104A464946"), .. new byte[5000], .. Reading.Zip(("list.csv", "name,tel\nyamada,1\n"u8.ToArray()))];
        var files = Reading.All("photo.jpg", bytes);
        Assert.Equal([FileTroubles.Disguised], files[0].Measures());
        Assert.Equal("yamada", files[1].Rows()[1][0]);
    }

    [Theory]
    [InlineData("list.xls", "<html><table><tr><td>a<td>b<tr><td>1<td>2</table></html>")]
    [InlineData("list.xls", "a\tb\n1\t2\n3\t4")]
    [InlineData("list.txt", "a,b,c\n1,2,3\n4,5,6")]
    [InlineData("mail.txt", "From: a@client.example\nTo: b@client.example\nSubject: x\n\nhello")]
    [InlineData("data.dat", "hello")]
    [InlineData("install.txt", "#!/bin/sh\necho hello")]
    public void Everyday_mismatches_are_no_disguise(string name, string text) => Assert.Empty(Reading.One(name, text).Troubles);

    /// <summary>The least compound file: header, one table sector, one directory sector with a root and one stream.</summary>
    private static byte[] Compound(string stream)
    {
        var file = new byte[512 * 3];
        Convert.FromHexString("D0CF11E0A1B11AE1").CopyTo(file, 0);
        BitConverter.TryWriteBytes(file.AsSpan(30), (ushort)9);
        BitConverter.TryWriteBytes(file.AsSpan(48), 1);
        BitConverter.TryWriteBytes(file.AsSpan(68), -2);
        file.AsSpan(76, 436).Fill(0xFF);
        BitConverter.TryWriteBytes(file.AsSpan(76), 0);
        file.AsSpan(512, 512).Fill(0xFF);
        BitConverter.TryWriteBytes(file.AsSpan(512), -3);
        BitConverter.TryWriteBytes(file.AsSpan(516), -2);
        Entry(file.AsSpan(1024), "Root Entry", 1);
        Entry(file.AsSpan(1152), stream, -1);
        return file;

        static void Entry(Span<byte> at, string name, int child)
        {
            var bytes = Encoding.Unicode.GetBytes(name);
            bytes.CopyTo(at);
            BitConverter.TryWriteBytes(at[64..], (ushort)(bytes.Length + 2));
            BitConverter.TryWriteBytes(at[68..], -1);
            BitConverter.TryWriteBytes(at[72..], -1);
            BitConverter.TryWriteBytes(at[76..], child);
        }
    }
}
