using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>Word documents (ECMA-376 WordprocessingML): paragraphs, then a table where there is one.</summary>
internal static class DocxWriter
{
    public static byte[] Write(IEnumerable<string> paragraphs, Sheet? table = null)
    {
        var xml = new StringBuilder(XmlText.Declaration).Append("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>");
        foreach (var paragraph in paragraphs)
        {
            Paragraph(xml, paragraph);
        }

        if (table is not null)
        {
            xml.Append("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>");
            xml.Insert(xml.Length, "<w:gridCol/>", table.Columns).Append("</w:tblGrid>");
            foreach (var row in table.Rows)
            {
                xml.Append("<w:tr>");
                foreach (var cell in row)
                {
                    xml.Append("<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr>");
                    Paragraph(xml, cell);
                    xml.Append("</w:tc>");
                }

                xml.Append("</w:tr>");
            }

            xml.Append("</w:tbl><w:p/>");
        }

        xml.Append("<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>");
        return ZipWriter.Package(
            ("[Content_Types].xml", XmlText.Declaration + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"),
            ("_rels/.rels", XmlText.Declaration + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
                + "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"),
            ("word/document.xml", xml.ToString()));
    }

    private static void Paragraph(StringBuilder xml, string text)
        => xml.Append("<w:p><w:r><w:t xml:space=\"preserve\">").AppendText(text).Append("</w:t></w:r></w:p>");
}

/// <summary>OpenDocument spreadsheets (ISO/IEC 26300).</summary>
internal static class OdsWriter
{
    public static byte[] Write(params Sheet[] sheets)
    {
        const string Names = "urn:oasis:names:tc:opendocument:xmlns:";
        var xml = new StringBuilder(XmlText.Declaration)
            .Append($"<office:document-content xmlns:office=\"{Names}office:1.0\" xmlns:table=\"{Names}table:1.0\" xmlns:text=\"{Names}text:1.0\" office:version=\"1.2\"><office:body><office:spreadsheet>");
        foreach (var sheet in sheets)
        {
            xml.Append("<table:table table:name=\"").AppendText(sheet.Name).Append("\">");
            foreach (var row in sheet.Rows)
            {
                xml.Append("<table:table-row>");
                foreach (var cell in row)
                {
                    xml.Append(Sheet.IsNumber(cell) ? $"<table:table-cell office:value-type=\"float\" office:value=\"{cell}\"><text:p>" : "<table:table-cell office:value-type=\"string\"><text:p>")
                        .AppendText(cell).Append("</text:p></table:table-cell>");
                }

                xml.Append("</table:table-row>");
            }

            xml.Append("</table:table>");
        }

        xml.Append("</office:spreadsheet></office:body></office:document-content>");
        return ZipWriter.Package(
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", xml.ToString()),
            ("META-INF/manifest.xml", XmlText.Declaration + $"<manifest:manifest xmlns:manifest=\"{Names}manifest:1.0\" manifest:version=\"1.2\"><manifest:file-entry manifest:full-path=\"/\" "
                + "manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"));
    }
}

/// <summary>A page with one table.</summary>
internal static class HtmlWriter
{
    public static byte[] Write(Sheet sheet, bool shiftJis)
    {
        var html = new StringBuilder("<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=").Append(shiftJis ? "Shift_JIS" : "UTF-8").Append("\">\r\n<title>")
            .AppendText(sheet.Name).Append("</title></head>\r\n<body><table border=\"1\">\r\n");
        foreach (var row in sheet.Rows)
        {
            html.Append("<tr>");
            foreach (var cell in row)
            {
                html.Append("<td>").AppendText(cell).Append("</td>");
            }

            html.Append("</tr>\r\n");
        }

        html.Append("</table></body></html>\r\n");
        return shiftJis ? MailText.ShiftJis(html.ToString()) : Encoding.UTF8.GetBytes(html.ToString());
    }
}

/// <summary>Gzipped tar archives without owners or dates of their own.</summary>
internal static class TarGzWriter
{
    public static byte[] Write(params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (name, content) in entries)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    DataStream = new MemoryStream(content, writable: false),
                });
            }
        }

        return memory.ToArray();
    }
}
