using System.Buffers.Binary;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// Reads the text of a Word 97 or later document from its piece table ([MS-DOC] 2.4.1): pieces of UTF-16 or of Western bytes, in the order of the
/// document, whatever their order in the file.
/// </summary>
internal sealed class DocReader(OfficeSink sink, ReadOnlyMemory<byte> document, ReadOnlyMemory<byte> table, ReadOnlyMemory<byte> data)
{
    private const int MostPieces = 1_000_000;

    private static readonly (int Length, string Place)[] s_parts =
        [(0x4C, ""), (0x50, "notes"), (0x54, "header"), (0x58, "macro"), (0x5C, "comments"), (0x60, "notes"), (0x64, "text box"), (0x68, "text box")];

    private readonly StringBuilder _paragraph = new();
    private BlockWriter _blocks = new(sink, "");
    private int _fields;
    private int _instructions;
    private bool _inTable;
    private bool _inCell;

    /// <summary>Reads all parts. False where there is no piece table.</summary>
    public bool Read()
    {
        var head = document.Span;
        if (head.Length < 0x1AA || Slice(0x1A2) is not { Length: > 0 } clx || Pieces(clx.Span) is not { Count: > 0 } pieces)
        {
            return false;
        }

        var paragraphs = new DocProperties(head, Slice(0x102).Span, 13, data.Span);
        var characters = new DocProperties(head, Slice(0xFA).Span, 1);
        var part = -1;
        var left = 0L;
        foreach (var piece in pieces)
        {
            var done = 0;
            while (done < piece.Count && sink.Tick())
            {
                while (left <= 0 && ++part < s_parts.Length)
                {
                    Finish();
                    left = Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(head[s_parts[part].Length..]));
                    _blocks = new BlockWriter(sink, s_parts[part].Place);
                }

                // Behind the last part one closing character is left.
                var count = part < s_parts.Length ? (int)Math.Min(left, piece.Count - done) : piece.Count - done;
                if (part < s_parts.Length)
                {
                    Stretch(piece, done, count, paragraphs, characters);
                }

                done += count;
                left -= count;
            }
        }

        Finish();
        return true;
    }

    /// <summary>A stretch of the table stream whose place stands at an offset of the head; empty where it does not fit.</summary>
    private ReadOnlyMemory<byte> Slice(int at)
    {
        var start = BinaryPrimitives.ReadUInt32LittleEndian(document.Span[at..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(document.Span[(at + 4)..]);
        return start <= table.Length && length <= table.Length - start ? table.Slice((int)start, (int)length) : default;
    }

    private List<Piece> Pieces(ReadOnlySpan<byte> clx)
    {
        var pieces = new List<Piece>();
        while (clx.Length >= 5 && clx[0] == 1)
        {
            var skip = 3 + Math.Max(0, (int)BinaryPrimitives.ReadInt16LittleEndian(clx[1..]));
            clx = clx[Math.Min(skip, clx.Length)..];
        }

        if (clx.Length < 5 || clx[0] != 2)
        {
            return pieces;
        }

        var plc = clx.Slice(5, (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(clx[1..]), (uint)clx.Length - 5));
        var count = Math.Min(MostPieces, (plc.Length - 4) / 12);
        var room = (long)document.Length * 2;
        for (var i = 0; i < count; i++)
        {
            var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(plc[((i + 1) * 4)..]) - BinaryPrimitives.ReadUInt32LittleEndian(plc[(i * 4)..]);
            var where = BinaryPrimitives.ReadUInt32LittleEndian(plc[(((count + 1) * 4) + (i * 8) + 2)..]);
            var narrow = (where & 0x40000000) != 0;
            var start = narrow ? (where & 0x3FFFFFFF) / 2 : where & 0x3FFFFFFF;
            var width = narrow ? 1 : 2;
            if (length < 0 || start > document.Length || (length = Math.Min(length, (document.Length - start) / width)) <= 0)
            {
                sink.Trouble(FileTroubles.Broken, "piece");
                continue;
            }

            // Pieces do not overlap; a table that says so makes a small file large.
            if ((room -= length * width) < 0)
            {
                sink.Trouble(FileTroubles.Broken, "pieces overlap");
                break;
            }

            pieces.Add(new Piece(start, (int)length, narrow));
        }

        return pieces;
    }

    private void Stretch(Piece piece, int from, int count, DocProperties paragraphs, DocProperties characters)
    {
        var width = piece.Narrow ? 1 : 2;
        var bytes = document.Span.Slice((int)piece.Start + (from * width), count * width);
        var text = piece.Narrow ? CodePages.Decode(bytes, 1252) : Encoding.Unicode.GetString(bytes);
        var at = piece.Start + (uint)(from * width);
        var known = at;
        var deleted = false;
        foreach (var c in text)
        {
            if (at >= known)
            {
                (var flags, known) = characters.At(at);
                deleted = (flags & DocProperties.Deleted) != 0;
            }

            Character(c, deleted, at, paragraphs);
            at += (uint)width;
        }

        sink.Tick();
    }

    private void Character(char c, bool deleted, uint at, DocProperties paragraphs)
    {
        switch (c)
        {
            case '\u0013':
                _fields++;
                _instructions++;
                break;
            case '\u0014' when _instructions > 0:
                _instructions--;
                break;
            case '\u0015' when _fields > 0:
                _fields--;
                _instructions = Math.Min(_instructions, _fields);
                break;
            case '\r' or '\u0007' or '\f':
                _fields = _instructions = 0;
                Paragraph(c, paragraphs.At(at).Flags);
                break;
            case '\v':
                _paragraph.Append('\n');
                break;
            case '\u001E':
                _paragraph.Append('-');
                break;
            case < ' ' and not '\t':
                break;
            default:
                if (_instructions > 0)
                {
                    break;
                }

                if (deleted)
                {
                    _blocks.Deleted([c]);
                }
                else
                {
                    _paragraph.Append(c);
                }

                break;
        }
    }

    private void Paragraph(char end, int flags)
    {
        if ((flags & DocProperties.InTable) == 0 && end != '\u0007')
        {
            EndTable();
            Write();
            _blocks.Break();
            return;
        }

        if (!_inTable)
        {
            _inTable = true;
            _blocks.BeginTable();
            _blocks.BeginRow();
        }

        if ((flags & DocProperties.RowEnd) != 0)
        {
            _paragraph.Clear();
            _blocks.EndRow();
            _blocks.BeginRow();
            return;
        }

        if (!_inCell)
        {
            _inCell = true;
            _blocks.BeginCell();
        }

        Write();
        _blocks.Break();
        if (end == '\u0007')
        {
            _blocks.EndCell();
            _inCell = false;
        }
    }

    private void Write()
    {
        foreach (var chunk in _paragraph.GetChunks())
        {
            _blocks.Append(chunk.Span);
        }

        _paragraph.Clear();
    }

    private void EndTable()
    {
        if (!_inTable)
        {
            return;
        }

        if (_inCell)
        {
            _blocks.EndCell();
        }

        // A row whose end was not recognised is not lost.
        _blocks.EndRow();
        _blocks.EndTable();
        _inTable = _inCell = false;
    }

    private void Finish()
    {
        if (_paragraph.Length > 0)
        {
            Paragraph('\r', _inTable ? DocProperties.InTable : 0);
        }

        EndTable();
        _blocks.Finish();
    }

    private readonly record struct Piece(uint Start, int Count, bool Narrow);
}
