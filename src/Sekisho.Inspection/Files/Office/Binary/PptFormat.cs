using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// PowerPoint's binary .ppt ([MS-PPT]): the text of slides, notes and comments, also of earlier versions of slides that a quick save left in the
/// file; tables, as far as cells stand in rows and columns; embedded objects as files. Encrypted files are said to be.
/// </summary>
internal sealed class PptFormat : IFileFormat
{
    private const uint EncryptedToken = 0xF3D1C4DF;

    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Ppt;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var sink = new OfficeSink(file, into);
        var compound = CfbFile.Open(file.Bytes);
        if (compound.Children(compound.Root).ContainsKey("EncryptedSummary")
            || (compound.Find("Current User") is { Length: >= 16 } user && BinaryPrimitives.ReadUInt32LittleEndian(user.Span[12..]) == EncryptedToken))
        {
            into.AddTrouble(FileTroubles.Encrypted, "PowerPoint");
            return;
        }

        if (compound.Find("PowerPoint Document") is not { Length: > 8 } document)
        {
            into.AddTrouble(FileTroubles.Broken, "no slides");
            return;
        }

        var reader = new PptReader(sink, document);
        reader.Read();
        if (compound.Damaged)
        {
            into.AddTrouble(FileTroubles.Broken, "slides");
        }

        OleProperties.Read(compound, sink);
        foreach (var (packed, bytes) in reader.Objects)
        {
            sink.Part("object", () => Object(packed, bytes, sink));
        }
    }

    private static void Object(bool packed, ReadOnlyMemory<byte> bytes, OfficeSink sink)
    {
        if (packed)
        {
            if (bytes.Length < 6)
            {
                return;
            }

            using var unpacking = new PartStream(new ZLibStream(new BytesStream(bytes[4..]), CompressionMode.Decompress), bytes.Length, sink.Harvest.Budget);
            using var whole = new MemoryStream();
            unpacking.CopyTo(whole);
            bytes = whole.ToArray();
        }

        if (!OleObject.Unwrap(bytes, "object", sink))
        {
            sink.Full |= !sink.Harvest.AddFile("object", bytes);
        }
    }
}

/// <summary>Walks the records of a presentation, by a list and not by recursion.</summary>
internal sealed class PptReader(OfficeSink sink, ReadOnlyMemory<byte> document)
{
    private const int MostDepth = 100;
    private const int MostObjects = 1000;
    private const int MostText = 1 << 20;

    private readonly List<(int End, int Type)> _open = [];
    private readonly StringBuilder _text = new();
    private readonly List<(int Top, int Left, string Text)> _cells = [];
    private string _place = "slides";
    private (int Top, int Left) _anchor;
    private bool _prompt;
    private int _slides;
    private int _tables;

    /// <summary>Embedded objects: packed or not, and their bytes.</summary>
    public List<(bool Packed, ReadOnlyMemory<byte> Bytes)> Objects { get; } = [];

    /// <summary>Reads everything.</summary>
    public void Read()
    {
        var bytes = document.Span;
        for (var at = 0; at + 8 <= bytes.Length && sink.Tick();)
        {
            Close(at);
            var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            var type = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]), (uint)(bytes.Length - at - 8));
            at += 8;
            if ((version & 0xF) == 0xF && _open.Count < MostDepth)
            {
                Begin(type, version >> 4);
                _open.Add((at + length, type));
                continue;
            }

            Atom(type, version >> 4, document.Slice(at, length));
            at += length;
        }

        Close(int.MaxValue);
        Flush();
    }

    private void Begin(int type, int instance)
    {
        switch (type)
        {
            case 0x03EE:
                Place($"slide {++_slides}");
                break;
            case 0x03F0:
                Place("notes");
                break;
            case 0x03F8:
                Place("master");
                break;
            case 0x0FF0:
                Place(instance switch { 1 => "master", 2 => "notes", _ => "outline" });
                break;
            case 0x2EE0:
                Place("comments");
                break;
            case 0xF003:
                FlushCells();
                break;
            case 0xF004:
                _prompt = false;
                _anchor = default;
                break;
            default:
                break;
        }
    }

    private void Close(int at)
    {
        while (_open.Count > 0 && _open[^1].End <= at)
        {
            if (_open[^1].Type == 0xF003)
            {
                FlushCells();
            }

            _open.RemoveAt(_open.Count - 1);
        }
    }

    private void Atom(int type, int instance, ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        switch (type)
        {
            case 0x0FA0:
                Text(Encoding.Unicode.GetString(bytes[..(bytes.Length & ~1)]));
                break;
            case 0x0FA8:
                Text(Encoding.Latin1.GetString(bytes));
                break;
            case 0x0FBA when bytes.Length < 100_000 && Encoding.Unicode.GetString(bytes[..(bytes.Length & ~1)]) is { Length: > 1 } text && !text.StartsWith("___PPT", StringComparison.Ordinal):
                Text(text);
                break;
            case 0x0BC3:
                _prompt = _place == "master";
                break;
            case 0xF00F when bytes.Length >= 16:
                _anchor = (BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt32LittleEndian(bytes));
                break;
            case 0x1011 when Objects.Count < MostObjects:
                Objects.Add((instance == 1, content));
                break;
            default:
                break;
        }
    }

    private void Text(string text)
    {
        if (_prompt || text is "*")
        {
            return;
        }

        text = text.Replace('\r', '\n').Replace('\v', '\n');
        if (_anchor != default && _cells.Count < 100_000)
        {
            _cells.Add((_anchor.Top, _anchor.Left, text));
            return;
        }

        _text.Append(text).Append('\n');
        if (_text.Length > MostText)
        {
            Flush();
        }
    }

    /// <summary>Texts in one group: a table where they stand in rows and columns, otherwise text.</summary>
    private void FlushCells()
    {
        var rows = _cells.GroupBy(c => c.Top).OrderBy(r => r.Key).ToList();
        var columns = _cells.Select(c => c.Left).Distinct().Order().ToList();
        if (rows.Count < 2 || columns.Count is < 2 or > 500 || _cells.Count < rows.Count * columns.Count / 2)
        {
            foreach (var cell in _cells)
            {
                _text.Append(cell.Text).Append('\n');
            }
        }
        else
        {
            Flush();
            using var table = sink.Harvest.AddTable($"{_place} table {++_tables}");
            foreach (var row in rows)
            {
                var cells = new string[columns.Count];
                foreach (var cell in row)
                {
                    cells[columns.BinarySearch(cell.Left)] = cell.Text;
                }

                sink.Full |= !table.AddRow(cells);
            }
        }

        _cells.Clear();
        _anchor = default;
    }

    private void Place(string place)
    {
        FlushCells();
        Flush();
        _place = place;
    }

    private void Flush()
    {
        sink.Text(_place, _text.ToString());
        _text.Clear();
    }
}
