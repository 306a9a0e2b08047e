using System.Buffers.Binary;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>Old Excel workbooks ([MS-XLS], BIFF8): a shared string table, labels, numbers, dates as styled serial numbers.</summary>
internal sealed class XlsWriter : IDisposable
{
    private const int MaxRecord = 8224;
    private const int DefaultFormat = 15;
    private const int DateFormat = 16;

    private readonly MemoryStream _out = new();
    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
    private int _uses;

    private XlsWriter()
    {
    }

    /// <summary>A workbook. Sheets have at most 65,536 rows, as the format does.</summary>
    public static byte[] Write(params Sheet[] sheets)
    {
        using var writer = new XlsWriter();
        writer.Book(sheets);
        return CompoundFile.Write("Workbook", writer._out.GetBuffer().AsSpan(0, (int)writer._out.Length));
    }

    public void Dispose() => _out.Dispose();

    private void Book(Sheet[] sheets)
    {
        foreach (var cell in sheets.SelectMany(s => s.Rows).SelectMany(r => r).Where(c => c.Length > 0 && !Sheet.IsNumber(c) && !Sheet.TryDate(c, out _)))
        {
            _uses++;
            _strings.TryAdd(cell, _strings.Count);
        }

        Start(0x0005);
        Record(0x0042, [0xB0, 0x04]);
        Record(0x003D, [0, 0, 0, 0, 0, 0x30, 0, 0x20, 0x38, 0, (byte)Array.FindIndex(sheets, s => !s.Hidden), 0, 0, 0, 1, 0, 0x58, 2]);
        Record(0x0022, [0, 0]);
        var font = "ＭＳ Ｐゴシック";
        for (var i = 0; i < 5; i++)
        {
            Record(0x0031, [0xDC, 0, 0, 0, 0xFF, 0x7F, 0x90, 1, 0, 0, 0, 0, 0x80, 0, (byte)font.Length, 1, .. Encoding.Unicode.GetBytes(font)]);
        }

        for (var i = 0; i <= DateFormat; i++)
        {
            var style = i < DefaultFormat;
            Record(0x00E0, [0, 0, (byte)(i == DateFormat ? 14 : 0), 0, style ? (byte)0xF5 : (byte)1, style ? (byte)0xFF : (byte)0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xC0, 0x20]);
        }

        Record(0x0293, [0, 0x80, 0, 0xFF]);
        var places = new List<long>();
        foreach (var sheet in sheets)
        {
            places.Add(_out.Length + 4);
            Record(0x0085, [0, 0, 0, 0, sheet.Hidden ? (byte)1 : (byte)0, 0, (byte)sheet.Name.Length, 1, .. Encoding.Unicode.GetBytes(sheet.Name)]);
        }

        Strings();
        Record(0x000A, []);
        Span<byte> number = stackalloc byte[4];
        foreach (var (sheet, place) in sheets.Zip(places))
        {
            var start = (uint)_out.Length;
            _out.Position = place;
            BinaryPrimitives.WriteUInt32LittleEndian(number, start);
            _out.Write(number);
            _out.Position = _out.Length;
            Cells(sheet);
        }
    }

    private void Start(ushort kind) => Record(0x0809, [0, 6, (byte)kind, 0, 0xBB, 0x0D, 0xCC, 7, 0xC1, 0, 0, 0, 6, 3, 0, 0]);

    // A record that is full goes on in CONTINUE; here always between two strings, so that none is divided.
    private void Strings()
    {
        using var record = new MemoryStream();
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(head, _uses);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], _strings.Count);
        record.Write(head);
        ushort kind = 0x00FC;
        foreach (var (text, _) in _strings.OrderBy(s => s.Value))
        {
            var narrow = text.All(c => c < 0x80);
            var chars = (narrow ? Encoding.Latin1 : Encoding.Unicode).GetBytes(text);
            if (record.Length + 3 + chars.Length > MaxRecord)
            {
                Record(kind, record.GetBuffer().AsSpan(0, (int)record.Length));
                record.SetLength(0);
                kind = 0x003C;
            }

            record.Write([(byte)text.Length, (byte)(text.Length >> 8), narrow ? (byte)0 : (byte)1]);
            record.Write(chars);
        }

        Record(kind, record.GetBuffer().AsSpan(0, (int)record.Length));
    }

    private void Cells(Sheet sheet)
    {
        const int Block = 32;
        Start(0x0010);
        var columns = sheet.Columns;
        Span<byte> size = stackalloc byte[14];
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], sheet.Rows.Count);
        BinaryPrimitives.WriteInt16LittleEndian(size[10..], (short)columns);
        Record(0x0200, size);
        Span<byte> row = stackalloc byte[16];
        for (var first = 0; first < sheet.Rows.Count; first += Block)
        {
            var end = Math.Min(first + Block, sheet.Rows.Count);
            for (var r = first; r < end; r++)
            {
                row.Clear();
                BinaryPrimitives.WriteUInt16LittleEndian(row, (ushort)r);
                BinaryPrimitives.WriteInt16LittleEndian(row[4..], (short)columns);
                row[6] = 0xFF;
                row[13] = 1;
                row[14] = DefaultFormat;
                Record(0x0208, row);
            }

            for (var r = first; r < end; r++)
            {
                for (var c = 0; c < sheet.Rows[r].Count; c++)
                {
                    Cell(r, c, sheet.Rows[r][c]);
                }
            }
        }

        Record(0x023E, [0xB6, 6, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Record(0x000A, []);
    }

    private void Cell(int row, int column, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        Span<byte> cell = stackalloc byte[14];
        BinaryPrimitives.WriteUInt16LittleEndian(cell, (ushort)row);
        BinaryPrimitives.WriteUInt16LittleEndian(cell[2..], (ushort)column);
        cell[4] = DefaultFormat;
        if (_strings.TryGetValue(text, out var index))
        {
            BinaryPrimitives.WriteInt32LittleEndian(cell[6..], index);
            Record(0x00FD, cell[..10]);
            return;
        }

        if (Sheet.TryDate(text, out var serial))
        {
            cell[4] = DateFormat;
        }

        BinaryPrimitives.WriteDoubleLittleEndian(cell[6..], serial > 0 ? serial : long.Parse(text, null));
        Record(0x0203, cell);
    }

    private void Record(ushort kind, ReadOnlySpan<byte> body)
    {
        Span<byte> head = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(head, kind);
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)body.Length);
        _out.Write(head);
        _out.Write(body);
    }
}
