using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Sekisho.Inspection.Tests;

public sealed class DocumentTests
{
    [Fact]
    public void A_table_within_a_table_is_a_table_of_its_own()
    {
        var file = Word("<w:tbl>" + Row(Cell("外1"), Cell("外2" + "<w:tbl>" + Row(Cell("内1"), Cell("内2")) + Row(Cell("内3"), Cell("内4")) + "</w:tbl>")) + Row(Cell("外3"), Cell("外4")) + "</w:tbl>");
        var tables = file.Contents.OfType<TableContent>().Select(t => t.Rows).ToArray();
        Assert.Contains(tables, t => t.Select(r => string.Join(',', r)).SequenceEqual(["内1,内2", "内3,内4"]));
        Assert.Contains(tables, t => t.Select(r => string.Join(',', r)).SequenceEqual(["外1,外2", "外3,外4"]));
    }

    [Fact]
    public void A_cell_over_several_columns_keeps_the_columns_in_place()
    {
        var file = Word("<w:tbl>" + Row("<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>広い</w:t></w:r></w:p></w:tc>", Cell("三")) + Row(Cell("a"), Cell("b"), Cell("c")) + "</w:tbl>");
        Assert.Equal([["広い", "", "三"], ["a", "b", "c"]], file.Rows());
    }

    [Fact]
    public void A_frame_of_one_cell_is_text()
        => Assert.Equal("枠の中", OfficeFixtureTests.Place(Word("<w:tbl>" + Row(Cell("枠の中")) + "</w:tbl>"), ""));

    [Fact]
    public void A_text_box_is_read_once()
    {
        const string Box = "<w:txbxContent><w:p><w:r><w:t>箱</w:t></w:r></w:p></w:txbxContent>";
        var file = Word($"<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent xmlns:mc=\"mc\"><mc:Choice>{Box}</mc:Choice><mc:Fallback>{Box}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>後</w:t></w:r></w:p>");
        Assert.Equal(["箱", "前後"], file.Contents.OfType<TextContent>().Select(t => t.Text));
    }

    [Fact]
    public void Deleted_and_moved_text_does_not_run_into_what_replaced_it()
    {
        var file = Word("<w:p><w:del><w:r><w:delText>田中</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>佐藤</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>山田</w:t></w:r></w:ins><w:r><w:t>様</w:t></w:r></w:p>");
        Assert.Equal("山田様", OfficeFixtureTests.Place(file, ""));
        Assert.Equal("田中佐藤", OfficeFixtureTests.Place(file, "deleted"));
    }

    [Fact]
    public void Nesting_without_end_is_read_flat()
    {
        var deep = new StringBuilder();
        for (var i = 0; i < 50_000; i++)
        {
            deep.Append("<w:tbl><w:tr><w:tc>");
        }

        deep.Append("<w:p><w:r><w:t>底</w:t></w:r></w:p>");
        for (var i = 0; i < 50_000; i++)
        {
            deep.Append("</w:tc></w:tr></w:tbl>");
        }

        Assert.Contains("底", string.Concat(Word(deep.ToString()).Contents.Select(c => c is TextContent t ? t.Text : string.Concat(((TableContent)c).Rows.SelectMany(r => r)))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_is_unwrapped_under_its_own_name()
    {
        var list = Encoding.UTF8.GetBytes("氏名,電話\n山田,03-1234-5678\n");
        var native = new MemoryStream();
        var label = Reading.Cp932.GetBytes("名簿.csv\0");
        native.Write([0, 0, 0, 0, 2, 0, .. label, .. label, 0, 0, 3, 0, .. BitConverter.GetBytes(label.Length), .. label, .. BitConverter.GetBytes(list.Length), .. list]);
        var bin = new CompoundBuilder().Stream("\u0001Ole10Native", native.ToArray()).Build();
        var files = Reading.All("x.docx", Reading.Zip([.. WordParts("<w:p/>"), ("word/embeddings/oleObject1.bin", bin)]));
        Assert.Equal(["x.docx", "名簿.csv"], files.Select(f => f.Name));
        Assert.Equal("山田", files[1].Rows()[1][0]);
    }

    [Fact]
    public void Rows_repeated_to_the_end_of_a_sheet_do_not_explode()
    {
        const string Empty = "<table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
        var file = Sheet($"<table:table-row><table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell office:value-type=\"string\"><text:p>値</text:p></table:table-cell></table:table-row>{Empty}");
        Assert.Equal([["", "", "値"]], file.Rows());
        Assert.Empty(file.Troubles);
        var full = Sheet("<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>");
        Assert.Contains(FileTroubles.Limit, full.Measures());
    }

    [Fact]
    public void An_encrypted_document_says_so()
    {
        var file = Reading.One("x.odt", Open("text",
            ("META-INF/manifest.xml", "<m:manifest xmlns:m=\"m\"><m:file-entry m:full-path=\"content.xml\"><m:encryption-data/></m:file-entry></m:manifest>"u8.ToArray()), ("content.xml", [1, 2, 3])));
        Assert.Equal([FileTroubles.Encrypted], file.Measures());
    }

    [Fact]
    public void An_encrypted_old_document_says_so()
    {
        var bytes = OfficeFixtureTests.Bytes("letter.doc");
        var head = Enumerable.Range(0, bytes.Length / 512).Select(i => i * 512).Single(i => bytes[i] == 0xEC && bytes[i + 1] == 0xA5);
        bytes[head + 0x0B] |= 1;
        Assert.Equal([FileTroubles.Encrypted], Reading.One("x.doc", bytes).Measures());
    }

    [Fact]
    public void An_encrypted_old_workbook_says_so()
    {
        byte[] book = [0x09, 0x08, 16, 0, 0, 6, 5, 0, 0xBB, 0x0D, 0xCC, 0x07, 0, 0, 0, 0, 6, 0, 0, 0, 0x2F, 0, 54, 0, 1, 0, 1, 0, 1, 0, .. new byte[48], 0x0A, 0, 0, 0];
        Assert.Equal([FileTroubles.Encrypted], Reading.One("x.xls", new CompoundBuilder().Stream("Workbook", book).Build()).Measures());
    }

    [Fact]
    public void A_circle_of_sectors_ends()
    {
        var bytes = new CompoundBuilder().Stream("WordDocument", new byte[20_000]).Build();

        // The allocation table is the sector after the head: every sector leads to itself.
        for (var i = 0; i < 128; i++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(512 + (i * 4)), i);
        }

        Assert.NotEmpty(Reading.One("x.doc", bytes).Troubles);
    }

    internal static (string, byte[])[] WordParts(string body) =>
    [
        ("[Content_Types].xml", """<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""u8.ToArray()),
        ("_rels/.rels", """<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"""u8.ToArray()),
        ("word/document.xml", Encoding.UTF8.GetBytes($"<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")),
    ];

    private static InspectedFile Word(string body)
    {
        var file = Reading.One("x.docx", Reading.Zip(WordParts(body)));
        Assert.Equal(FileKind.Docx, file.Kind);
        return file;
    }

    private static InspectedFile Sheet(string rows)
    {
        const string Names = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";
        var content = string.Create(CultureInfo.InvariantCulture, $"<office:document-content {Names}><office:body><office:spreadsheet><table:table table:name=\"一\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>");
        return Reading.One("x.ods", Open("spreadsheet", ("content.xml", Encoding.UTF8.GetBytes(content))));
    }

    /// <summary>An OpenDocument package: its first entry is its type, stored as it is.</summary>
    private static byte[] Open(string type, params (string Name, byte[] Bytes)[] parts)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in parts.Prepend(("mimetype", Encoding.ASCII.GetBytes($"application/vnd.oasis.opendocument.{type}"))))
            {
                using var entry = zip.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Fastest).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static string Row(params string[] cells) => $"<w:tr>{string.Concat(cells)}</w:tr>";

    private static string Cell(string text)
    {
        var nested = text.IndexOf('<', StringComparison.Ordinal);
        return nested < 0 ? $"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" : $"<w:tc><w:p><w:r><w:t>{text[..nested]}</w:t></w:r></w:p>{text[nested..]}</w:tc>";
    }
}
