using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using static Sekisho.Conformance.Tests.Hostile.HostileArchives;

namespace Sekisho.Conformance.Tests.Hostile;

/// <summary>Documents: PDF, office files, markup, mail in mail, and what is not what its name says.</summary>
internal static class HostileDocuments
{
    private const string Xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static readonly string s_laughs = "<!DOCTYPE x [<!ENTITY a0 \"ha\">"
        + string.Concat(Enumerable.Range(1, 30).Select(i => $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};&a{i - 1};&a{i - 1};\">")) + "]>";

    private const string Outside = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";

    public static IEnumerable<HostileFile> All() => Pdfs().Concat(Office()).Concat(Compound()).Concat(Markup()).Concat(Mail()).Concat(Liars());

    private static IEnumerable<HostileFile> Pdfs()
    {
        const string Font = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>";
        const string Page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>";
        var text = Stream("", Encoding.ASCII.GetBytes("BT /F1 10 Tf 50 700 Td (hello) Tj ET"));
        yield return new("pages-of-themselves.pdf", Pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>"]));
        yield return new("endless-pages.pdf", Pdf(["<< /Type /Catalog /Pages 2 0 R >>", $"<< /Type /Pages /Kids [{string.Concat(Enumerable.Repeat("3 0 R ", 200_000))}] /Count 200000 >>", Page, text, Font]), Stops: false);
        var bomb = Deflate(s =>
        {
            var line = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("BT /F1 1 Tf 5 5 Td (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET\n", 1000)));
            for (var i = 0; i < 4000; i++)
            {
                s.Write(line);
            }
        });
        yield return new("flate-bomb.pdf", Pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", Page, Stream("/Filter /FlateDecode", Zlib(bomb)), Font]), Stops: false);
        yield return new("encrypted.pdf", Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
            + $"3 0 obj\n<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{new string('1', 64)}> /U <{new string('2', 64)}> >>\nendobj\n"
            + $"trailer\n<< /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<{new string('3', 32)}> <{new string('3', 32)}>] >>\n%%EOF\n"));
        yield return new("deep-arrays.pdf", Pdf(["<< /Type /Catalog /Pages 2 0 R >>", $"<< /Type /Pages /Count 1 /Kids {new string('[', 500_000)} >>"]));
        yield return new("previous-loop.pdf", Encoding.ASCII.GetBytes("%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF\n"));
        yield return new("nothing-inside.pdf", "%PDF-1.7\n"u8.ToArray());
        yield return new("noise.pdf", [.. "%PDF-1.7\n"u8, .. Noise(50_000, 20)]);
    }

    private static IEnumerable<HostileFile> Office()
    {
        yield return new("shared-strings-bomb.xlsx", Xlsx("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", s =>
        {
            s.Write(Encoding.UTF8.GetBytes($"{Xml}<sst xmlns=\"{Main}\">"));
            var many = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>", 10_000)));
            for (var i = 0; i < 800; i++)
            {
                s.Write(many);
            }

            s.Write("</sst>"u8);
        }));
        yield return new("cells-bomb.xlsx", Xlsx(string.Concat(Enumerable.Range(1, 200_000).Select(r => $"<row r=\"{r}\">{string.Concat(Enumerable.Repeat("<c t=\"n\"><v>1</v></c>", 25))}</row>"))));
        yield return new("far-cell.xlsx", Xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>", before: "<dimension ref=\"A1:XFD1048576\"/>"), Stops: false);
        yield return new("outside-entity.xlsx", Xlsx("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&e;</t></is></c></row>", doctype: Outside));
        yield return new("laughs.xlsx", Xlsx("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&a30;</t></is></c></row>", doctype: s_laughs));
        yield return new("laughs.docx", Docx("<w:p><w:r><w:t>&a30;</w:t></w:r></w:p>", s_laughs));
        yield return new("outside-entity.docx", Docx("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", Outside));
        yield return new("deep.docx", Docx(string.Concat(Enumerable.Repeat("<w:tbl><w:tr><w:tc>", 100_000)) + string.Concat(Enumerable.Repeat("</w:tc></w:tr></w:tbl>", 100_000))), Stops: false);
        yield return new("half.docx", Docx("<w:p><w:r><w:t>cut off"));
        yield return new("text-bomb.docx", Zip(("[Content_Types].xml", Text(Types("/word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"))),
            ("_rels/.rels", Text(RootRel("word/document.xml"))), ("word/document.xml", s =>
            {
                s.Write(Encoding.UTF8.GetBytes($"{Xml}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>"));
                Zeros(500 * 1024 * 1024, (byte)'a')(s);
            })));
        yield return new("no-parts.xlsx", Zip(("[Content_Types].xml", Text(Types("/xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"))), ("_rels/.rels", Text(RootRel("xl/workbook.xml")))), Stops: false);
    }

    /// <summary>OLE compound files (MS-CFB) whose chains go round in circles.</summary>
    private static IEnumerable<HostileFile> Compound()
    {
        yield return new("fat-cycle.xls", Cfb(next: 1));
        yield return new("fat-far.xls", Cfb(next: 0x00FFFFFF));
        yield return new("cycle.doc", Cfb(next: 1));
        yield return new("cycle.ppt", Cfb(next: 1));
        yield return new("cycle.msg", Cfb(next: 1));
        yield return new("noise.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Noise(20_000, 30)]);
        yield return new("head-only.doc", Cfb(next: 1)[..512]);
    }

    private static IEnumerable<HostileFile> Markup()
    {
        yield return new("deep.rtf", Encoding.ASCII.GetBytes("{\\rtf1 " + new string('{', 2_000_000)));
        yield return new("binary.rtf", Encoding.ASCII.GetBytes("{\\rtf1 \\bin2147483647 x}"));
        yield return new("deep.html", Encoding.ASCII.GetBytes("<html><body>" + string.Concat(Enumerable.Repeat("<div>", 1_000_000)) + "secret"), Stops: false);
        yield return new("attributes.html", Encoding.ASCII.GetBytes("<p " + string.Concat(Enumerable.Range(0, 300_000).Select(i => $"a{i}=b ")) + ">x"), Stops: false);
        yield return new("laughs.xml", Encoding.ASCII.GetBytes($"<?xml version=\"1.0\"?>{s_laughs}<x>&a30;</x>"), Stops: false);
        yield return new("deep.json", Encoding.ASCII.GetBytes(new string('[', 3_000_000)), Stops: false);
        yield return new("one-line.txt", [.. Enumerable.Repeat((byte)'a', 30 * 1024 * 1024)]);
        yield return new("cells.csv", Encoding.ASCII.GetBytes(new string(',', 10_000_000)), Stops: false);
        yield return new("quotes.csv", Encoding.ASCII.GetBytes("a,b\n" + new string('"', 5_000_001) + "x"), Stops: false);
    }

    private static IEnumerable<HostileFile> Mail()
    {
        var mail = "Subject: innermost\r\n\r\nsecret\r\n";
        for (var i = 0; i < 60; i++)
        {
            mail = $"Subject: {i}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=n.eml\r\n\r\n{mail}\r\n--b{i}--\r\n";
        }

        yield return new("deep.eml", Encoding.ASCII.GetBytes(mail));
        yield return new("many.mbox", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("From a@a.example Mon Apr  6 09:00:00 2026\nSubject: x\n\nx\n\n", 50_000))), Stops: false);
        yield return new("winmail.dat", [0x78, 0x9F, 0x3E, 0x22, 1, 0, .. Noise(5000, 40)]);
        var lengths = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(lengths, 0x223E9F78);
        lengths[6] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(lengths.AsSpan(7), 0x00069003);
        BinaryPrimitives.WriteUInt32LittleEndian(lengths.AsSpan(11), 0x7FFFFFFF);
        yield return new("lengths.dat", lengths);
    }

    private static IEnumerable<HostileFile> Liars()
    {
        yield return new("picture.xlsx", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Noise(5000, 50)], Stops: false);
        yield return new("program.pdf", [.. "MZ"u8, .. new byte[58], 0x80, 0, 0, 0, .. new byte[64], .. "PE\0\0"u8, .. Noise(2000, 51)]);
        yield return new("noise.xlsx", Noise(20_000, 52));
        yield return new("noise.dat", Noise(20_000, 53));
        yield return new("database.txt", [.. "SQLite format 3\0"u8, .. Noise(4000, 54)]);
        yield return new("noise.txt", Noise(20_000, 55));
    }

    private static byte[] Xlsx(string rows, Action<Stream>? strings = null, string before = "", string doctype = "") => Zip(
        ("[Content_Types].xml", Text($"{Xml}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
            + "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
            + "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>")),
        ("_rels/.rels", Text(RootRel("xl/workbook.xml"))),
        ("xl/workbook.xml", Text($"{Xml}<workbook xmlns=\"{Main}\" xmlns:r=\"{Rel}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", Text($"{Xml}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Rel}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
            + $"<Relationship Id=\"rId2\" Type=\"{Rel}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>")),
        ("xl/sharedStrings.xml", strings ?? Text($"{Xml}<sst xmlns=\"{Main}\"/>")),
        ("xl/worksheets/sheet1.xml", Text($"{Xml}{doctype}<worksheet xmlns=\"{Main}\">{before}<sheetData>{rows}</sheetData></worksheet>")));

    private static byte[] Docx(string body, string doctype = "") => Zip(
        ("[Content_Types].xml", Text(Types("/word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"))),
        ("_rels/.rels", Text(RootRel("word/document.xml"))),
        ("word/document.xml", Text($"{Xml}{doctype}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>")));

    private static string Types(string part, string type)
        => $"{Xml}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"{part}\" ContentType=\"{type}\"/></Types>";

    private static string RootRel(string target)
        => $"{Xml}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Rel}/officeDocument\" Target=\"{target}\"/></Relationships>";

    private static string Stream(string dictionary, byte[] data) => $"<< /Length {data.Length} {dictionary} >>\nstream\n{Encoding.Latin1.GetString(data)}\nendstream";

    private static byte[] Zlib(byte[] deflated) => [0x78, 0x01, .. deflated, 0, 0, 0, 0];

    private static byte[] Pdf(string[] objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n").Append(objects[i]).Append("\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        offsets.ForEach(o => file.Append(CultureInfo.InvariantCulture, $"{o:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    /// <summary>A header, one sector of allocation table, one of directory; every chain goes on at <paramref name="next"/>.</summary>
    private static byte[] Cfb(uint next)
    {
        var file = new byte[512 * 4];
        byte[] head = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        head.CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(24), 0x3E);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(26), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(28), 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(30), 9);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(32), 6);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(44), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(48), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(56), 4096);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(60), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(64), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(68), next);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(72), 1);
        for (var i = 1; i < 109; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(76 + (4 * i)), 0xFFFFFFFF);
        }

        for (var i = 0; i < 128; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(512 + (4 * i)), next);
        }

        Encoding.Unicode.GetBytes("Root Entry").CopyTo(file, 1024);
        file[1024 + 64] = 22;
        file[1024 + 66] = 5;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(1024 + 68), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(1024 + 72), 0);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(1024 + 76), 0);
        return file;
    }
}
