using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>
/// PDF 1.4 documents with Japanese text, as office programs write them: a composite font (Type0, Identity-H) whose glyph numbers mean nothing
/// without its ToUnicode map, pages in Flate streams. The font is not embedded: what counts here is what a reader of text gets.
/// </summary>
internal sealed class PdfWriter : IDisposable
{
    private const int Width = 842;
    private const int Height = 595;
    private const int Margin = 30;

    private readonly MemoryStream _out = new();
    private readonly List<long> _offsets = [];
    private readonly Dictionary<char, int> _glyphs = [];

    private PdfWriter()
    {
    }

    /// <summary>A table over as many pages as it takes, its first row as heading of each.</summary>
    public static byte[] Table(Sheet sheet)
    {
        const int PerPage = 40;
        var columns = sheet.Columns;
        var widths = Enumerable.Range(0, columns).Select(c => 2 + sheet.Rows.Take(2000).Max(r => c < r.Count ? Units(r[c]) : 0)).ToArray();
        var size = Math.Min(10.0, (Width - 2.0 * Margin) / widths.Sum() * 2);
        var left = new double[columns];
        for (var c = 1; c < columns; c++)
        {
            left[c] = left[c - 1] + widths[c - 1] * size / 2;
        }

        var pages = new List<List<(double X, double Y, string Text)>>();
        for (var start = 1; start < Math.Max(sheet.Rows.Count, 2); start += PerPage)
        {
            var page = new List<(double, double, string)> { (Margin, Height - Margin, $"{sheet.Name} ({pages.Count + 1})") };
            var y = Height - Margin - 18.0;
            foreach (var row in sheet.Rows.Take(1).Concat(sheet.Rows.Skip(start).Take(PerPage)))
            {
                page.AddRange(row.Select((cell, c) => (Margin + left[c], y, cell)).Where(t => t.cell.Length > 0));
                y -= 12.5;
            }

            pages.Add(page);
        }

        using var writer = new PdfWriter();
        return writer.Write(pages, size);
    }

    /// <summary>A letter: lines, 34 a page.</summary>
    public static byte[] Letter(IEnumerable<string> lines)
    {
        using var writer = new PdfWriter();
        return writer.Write([.. lines.Chunk(34).Select(page => page.Select((line, i) => (60.0, Height - 50.0 - 15 * i, line)).Where(t => t.line.Length > 0).ToList())], 11);
    }

    public void Dispose() => _out.Dispose();

    private static int Units(string text) => text.Sum(c => c < 0x80 ? 1 : 2);

    private byte[] Write(List<List<(double X, double Y, string Text)>> pages, double size)
    {
        // Glyphs are numbered in the order of their characters, the narrow ones first.
        foreach (var c in pages.SelectMany(p => p).SelectMany(t => t.Text).Distinct().Order())
        {
            _glyphs[c] = _glyphs.Count + 1;
        }

        var narrow = _glyphs.Keys.Count(c => c < 0x80);
        _out.Write("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"u8);
        const int FirstPage = 7;
        Object(1, "<< /Type /Catalog /Pages 2 0 R >>");
        Object(2, $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select((_, i) => $"{FirstPage + 2 * i} 0 R"))}] >>");
        Object(3, "<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Gothic /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>");
        Object(4, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Gothic /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R "
            + $"/DW 1000 /W [1 {Math.Max(1, narrow)} 500] /CIDToGIDMap /Identity >>");
        Object(5, "<< /Type /FontDescriptor /FontName /AAAAAA+Gothic /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>");
        Stream(6, Encoding.ASCII.GetBytes(ToUnicode()));
        var font = size.ToString("0.##", CultureInfo.InvariantCulture);
        for (var i = 0; i < pages.Count; i++)
        {
            Object(FirstPage + 2 * i, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] /Resources << /Font << /F1 3 0 R >> >> /Contents {FirstPage + 2 * i + 1} 0 R >>");
            var content = new StringBuilder("BT /F1 ").Append(font).Append(" Tf\n");
            foreach (var (x, y, text) in pages[i])
            {
                content.Append(CultureInfo.InvariantCulture, $"1 0 0 1 {x:0.##} {y:0.##} Tm <");
                foreach (var c in text)
                {
                    content.Append(CultureInfo.InvariantCulture, $"{_glyphs[c]:X4}");
                }

                content.Append("> Tj\n");
            }

            Stream(FirstPage + 2 * i + 1, Encoding.ASCII.GetBytes(content.Append("ET").ToString()));
        }

        var start = _out.Length;
        Text($"xref\n0 {_offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in _offsets)
        {
            Text($"{offset:D10} 00000 n \n");
        }

        Text($"trailer\n<< /Size {_offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return _out.ToArray();
    }

    private string ToUnicode()
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            + "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        foreach (var part in _glyphs.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{part.Length} beginbfchar\n");
            foreach (var (c, glyph) in part)
            {
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{(int)c:X4}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    private void Object(int number, string body)
    {
        _offsets.Add(_out.Length);
        Text($"{number} 0 obj\n{body}\nendobj\n");
    }

    private void Stream(int number, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(content);
        }

        _offsets.Add(_out.Length);
        Text($"{number} 0 obj\n<< /Length {packed.Length} /Filter /FlateDecode >>\nstream\n");
        packed.WriteTo(_out);
        Text("\nendstream\nendobj\n");
    }

    private void Text(string ascii) => _out.Write(Encoding.ASCII.GetBytes(ascii));
}
