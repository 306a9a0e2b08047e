using System.Buffers.Binary;
using System.IO.Compression;

namespace Sekisho.Incidents;

/// <summary>Papers of one page and pictures.</summary>
internal static class Papers
{
    private const string Office = "application/vnd.openxmlformats-officedocument.";

    /// <summary>Lines as PDF, Word document, workbook or text, by a number that goes round.</summary>
    public static MailFile Of(int form, string name, IReadOnlyList<string> lines) => (form % 4) switch
    {
        0 => Pdf(name, lines),
        1 => new MailFile($"{name}.docx", Office + "wordprocessingml.document", DocxWriter.Write(lines)),
        2 => new MailFile($"{name}.xlsx", Office + "spreadsheetml.sheet", XlsxWriter.Write(new Sheet(name, [.. lines.Select(l => (IReadOnlyList<string>)l.Split('：', 2))]))),
        _ => new MailFile($"{name}.txt", "text/plain; charset=UTF-8", System.Text.Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n")),
    };

    public static MailFile Pdf(string name, IReadOnlyList<string> lines) => new($"{name}.pdf", "application/pdf", PdfWriter.Letter(lines));

    /// <summary>A list as workbook, old workbook, CSV, PDF, Word document, HTML or OpenDocument, by a number that goes round.</summary>
    public static MailFile List(int form, string name, Sheet sheet, MailStyle style)
    {
        ListKind[] kinds = [ListKind.Xlsx, ListKind.CsvShiftJis, ListKind.Pdf, ListKind.Docx, ListKind.Xls, ListKind.Html, ListKind.CsvUtf8, ListKind.Ods, ListKind.NestedZip];
        return ListFile.Create(kinds[form % kinds.Length], name, sheet, style);
    }

    /// <summary>A picture of coloured noise, as PNG (ISO/IEC 15948).</summary>
    public static MailFile Picture(string name, int seed)
    {
        const int Side = 64;
        var pixels = new byte[Side * (1 + 3 * Side)];
        new Random(seed).NextBytes(pixels);
        for (var row = 0; row < Side; row++)
        {
            pixels[row * (1 + 3 * Side)] = 0;
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(pixels);
        }

        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(png, "IHDR"u8, [0, 0, 0, Side, 0, 0, 0, Side, 8, 2, 0, 0, 0]);
        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return new MailFile(name, "image/png", png.ToArray());
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        byte[] all = [.. type, .. content];
        png.Write(all);
        var crc = 0xFFFFFFFFu;
        foreach (var b in all)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        png.Write(number);
    }

    /// <summary>A JAN (EAN-13) article number of a Japanese maker, with its check digit.</summary>
    public static string Jan(int item)
    {
        var digits = $"4900000{item:D5}";
        var sum = digits.Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return digits + (10 - sum % 10) % 10;
    }
}
