using System.Globalization;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>Excel workbooks (ECMA-376 SpreadsheetML) the way Excel writes them: shared strings, numbers as numbers, dates as styled serial numbers.</summary>
internal static class XlsxWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>A workbook; at least one sheet must be visible, as in Excel.</summary>
    public static byte[] Write(params Sheet[] sheets)
    {
        var strings = new Dictionary<string, int>(StringComparer.Ordinal);
        var parts = new List<(string, string)>();
        var numbers = Enumerable.Range(1, sheets.Length).ToList();
        var uses = 0;
        var bodies = sheets.Select(s => Body(s, strings, ref uses)).ToList();
        parts.Add(("[Content_Types].xml", XmlText.Declaration + $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Types}.sheet.main+xml\"/>"
            + string.Concat(numbers.Select(n => $"<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{Types}.worksheet+xml\"/>"))
            + $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Types}.styles+xml\"/>"
            + $"<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{Types}.sharedStrings+xml\"/></Types>"));
        parts.Add(("_rels/.rels", XmlText.Declaration + $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"));
        var book = new StringBuilder(XmlText.Declaration).Append($"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets>");
        for (var i = 0; i < sheets.Length; i++)
        {
            book.Append("<sheet name=\"").AppendText(sheets[i].Name).Append(CultureInfo.InvariantCulture, $"\" sheetId=\"{i + 1}\"{(sheets[i].Hidden ? " state=\"hidden\"" : "")} r:id=\"rId{i + 1}\"/>");
        }

        parts.Add(("xl/workbook.xml", book.Append("</sheets></workbook>").ToString()));
        parts.Add(("xl/_rels/workbook.xml.rels", XmlText.Declaration + $"<Relationships xmlns=\"{Package}/relationships\">"
            + string.Concat(numbers.Select(n => $"<Relationship Id=\"rId{n}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))
            + $"<Relationship Id=\"rId{sheets.Length + 1}\" Type=\"{Office}/styles\" Target=\"styles.xml\"/>"
            + $"<Relationship Id=\"rId{sheets.Length + 2}\" Type=\"{Office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"));
        parts.AddRange(bodies.Select((body, i) => ($"xl/worksheets/sheet{i + 1}.xml", body)));
        parts.Add(("xl/styles.xml", XmlText.Declaration + $"<styleSheet xmlns=\"{Main}\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"ＭＳ Ｐゴシック\"/></font></fonts>"
            + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders>"
            + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
            + "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"));
        var table = new StringBuilder(XmlText.Declaration).Append(CultureInfo.InvariantCulture, $"<sst xmlns=\"{Main}\" count=\"{uses}\" uniqueCount=\"{strings.Count}\">");
        foreach (var (text, _) in strings.OrderBy(s => s.Value))
        {
            table.Append("<si><t>").AppendText(text).Append("</t></si>");
        }

        parts.Add(("xl/sharedStrings.xml", table.Append("</sst>").ToString()));
        return ZipWriter.Package([.. parts]);
    }

    private static string Body(Sheet sheet, Dictionary<string, int> strings, ref int uses)
    {
        var xml = new StringBuilder(XmlText.Declaration).Append($"<worksheet xmlns=\"{Main}\"><sheetData>");
        for (var r = 0; r < sheet.Rows.Count; r++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{r + 1}\">");
            var row = sheet.Rows[r];
            for (var c = 0; c < row.Count; c++)
            {
                var cell = row[c];
                if (cell.Length == 0)
                {
                    continue;
                }

                var at = $"{Column(c)}{r + 1}";
                if (Sheet.IsNumber(cell))
                {
                    xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\"><v>{cell}</v></c>");
                }
                else if (Sheet.TryDate(cell, out var serial))
                {
                    xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"1\"><v>{serial}</v></c>");
                }
                else
                {
                    uses++;
                    if (!strings.TryGetValue(cell, out var index))
                    {
                        strings[cell] = index = strings.Count;
                    }

                    xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" t=\"s\"><v>{index}</v></c>");
                }
            }

            xml.Append("</row>");
        }

        return xml.Append("</sheetData></worksheet>").ToString();
    }

    private static string Column(int index) => index < 26 ? ((char)('A' + index)).ToString() : Column(index / 26 - 1) + (char)('A' + index % 26);
}
