using System.Buffers.Binary;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Sekisho.Inspection;

/// <summary>
/// Excel's binary workbooks: .xls (BIFF2 to BIFF8) and .xlsb, by ExcelDataReader, with values as a reader sees them; of .xls also notes and text boxes
/// and properties. The compound file around an .xls is unpacked here, because chains in it may turn in circles.
/// </summary>
internal sealed class XlsFormat : IFileFormat
{
    /// <summary>Cells looked at, empty ones too: a sheet may claim to be far larger than what it holds.</summary>
    private const long MostVisited = 400_000_000;

    static XlsFormat() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Xls;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var sink = new OfficeSink(file, into);
        if (!CfbFile.IsOne(file.Bytes.Span))
        {
            Cells(sink, file.Bytes);
            return;
        }

        var compound = CfbFile.Open(file.Bytes);
        var book = compound.Find("Workbook") ?? compound.Find("Book");
        if (book is not { } bytes)
        {
            into.AddTrouble(FileTroubles.Broken, "no workbook");
            return;
        }

        if (compound.Damaged)
        {
            into.AddTrouble(FileTroubles.Broken, "workbook");
        }

        Cells(sink, bytes);
        sink.Part("notes", () => XlsNotes.Read(bytes, sink));
        OleProperties.Read(compound, sink);
        OleObject.Embedded(compound, sink);
    }

    /// <summary>The cells of a workbook's records (raw BIFF), or of the file as a whole (.xlsb).</summary>
    public static void Cells(OfficeSink sink, ReadOnlyMemory<byte>? records = null)
    {
        var settings = new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding(932), LeaveOpen = false };
        try
        {
            using var stream = records is { } raw ? new BytesStream(raw) : sink.File.Open();
            using var reader = records is null ? ExcelReaderFactory.CreateOpenXmlReader(stream, settings) : ExcelReaderFactory.CreateBinaryReader(stream, settings);
            var visited = 0L;
            do
            {
                Sheet(reader, sink, ref visited);
            }
            while (!sink.Full && reader.NextResult());
        }
        catch (InvalidPasswordException)
        {
            sink.Trouble(FileTroubles.Encrypted, "workbook");
        }
        catch (ExcelReaderException)
        {
            sink.Trouble(FileTroubles.Broken, "workbook");
        }
    }

    private static void Sheet(IExcelDataReader reader, OfficeSink sink, ref long visited)
    {
        var rows = new SheetRows(sink, reader.Name ?? "", reader.VisibleState != "visible");
        var formats = new Dictionary<string, NumberFormat>(StringComparer.Ordinal);
        try
        {
            for (var number = 1; !sink.Full && reader.Read(); number++)
            {
                sink.File.Cancel.ThrowIfCancellationRequested();
                visited += reader.FieldCount + 1;
                if (visited > MostVisited)
                {
                    sink.Trouble(FileTroubles.Limit, "size of a sheet");
                    sink.Full = true;
                    break;
                }

                rows.Row(number);
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    if (reader.GetValue(i) is { } value)
                    {
                        rows.Cell(i, Shown(reader, i, value, formats));
                    }
                }
            }
        }
        finally
        {
            rows.End();
        }

        if (reader.HeaderFooter is { } edges)
        {
            sink.Text($"{reader.Name} header", string.Join('\n', new[] { edges.OddHeader, edges.OddFooter, edges.FirstHeader, edges.FirstFooter, edges.EvenHeader, edges.EvenFooter }
                .OfType<string>().Select(XlsxSheet.HeaderText)));
        }
    }

    private static string Shown(IExcelDataReader reader, int column, object value, Dictionary<string, NumberFormat> formats)
    {
        switch (value)
        {
            case string text:
                return text;
            case bool truth:
                return truth ? "TRUE" : "FALSE";
            case DateTime date:
                var code = reader.GetNumberFormatString(column) ?? "";
                return NumberFormat.Show(date, withDate: date.Year > 1899, withTime: code.AsSpan().IndexOfAny("hHsS") >= 0);
            case TimeSpan time:
                return time.ToString();
            case double number:
                return Format(reader, column, formats).Show(number, raw: null);
            case int or long or float or decimal:
                return Format(reader, column, formats).Show(Convert.ToDouble(value), raw: null);
            default:
                return value.ToString() ?? "";
        }
    }

    private static NumberFormat Format(IExcelDataReader reader, int column, Dictionary<string, NumberFormat> formats)
    {
        var code = reader.GetNumberFormatString(column) ?? "";
        if (!formats.TryGetValue(code, out var format))
        {
            formats[code] = format = NumberFormat.Parse(code);
        }

        return format;
    }
}

/// <summary>Notes and text boxes of an .xls: their texts stand in TXO records ([MS-XLS] 2.4.329).</summary>
internal static class XlsNotes
{
    private const int Txo = 0x01B6;
    private const int Continue = 0x003C;

    /// <summary>Reads all of them as one text.</summary>
    public static void Read(ReadOnlyMemory<byte> book, OfficeSink sink)
    {
        var bytes = book.Span;
        var texts = new StringBuilder();
        var left = 0;
        for (var at = 0; at + 4 <= bytes.Length && sink.Tick();)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            var body = bytes.Slice(at + 4, Math.Min(length, bytes.Length - at - 4));
            at += 4 + length;
            if (id == Txo)
            {
                left = body.Length >= 12 ? BinaryPrimitives.ReadUInt16LittleEndian(body[10..]) : 0;
            }
            else if (id == Continue && left > 0 && body.Length > 1)
            {
                var text = (body[0] & 1) == 0 ? Encoding.Latin1.GetString(body[1..]) : Encoding.Unicode.GetString(body[1..]);
                text = text.Length > left ? text[..left] : text;
                left -= text.Length;
                texts.Append(text);
                if (left <= 0)
                {
                    texts.Append('\n');
                }
            }
            else if (id != Continue)
            {
                left = 0;
            }
        }

        sink.Text("comments", texts.ToString());
    }
}
