using System.Buffers.Binary;

namespace Sekisho.Inspection;

/// <summary>
/// Word's binary .doc ([MS-DOC]): text, tables, what tracked changes deleted, notes, headers, comments, text boxes, properties; embedded objects as
/// files. Documents of Word 6 and 95 are read where they were saved whole; what cannot be read so goes to the external program.
/// </summary>
internal sealed class DocFormat : IFileFormat
{
    private const int Japanese = 0x0411;

    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Doc;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var sink = new OfficeSink(file, into);
        var compound = CfbFile.Open(file.Bytes);
        if (compound.Find("WordDocument") is not { Length: >= 0x60 } document)
        {
            into.AddTrouble(FileTroubles.Broken, "no document");
            return;
        }

        var head = document.Span;
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(head[0x0A..]);
        if ((flags & 0x0100) != 0)
        {
            into.AddTrouble(FileTroubles.Encrypted, "Word");
            return;
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(head) is not (0xA5EC or 0xA5DC or 0xA5DB or 0xA59B or 0xA59C))
        {
            into.AddTrouble(FileTroubles.Broken, "document");
            return;
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(head[2..]);
        if (version >= 0xC1)
        {
            var table = compound.Find((flags & 0x0200) != 0 ? "1Table" : "0Table");
            if (table is not { } pieces || !new DocReader(sink, document, pieces, compound.Find("Data") ?? default).Read())
            {
                ByTool(file, into);
            }
        }
        else if ((flags & 0x0004) == 0)
        {
            Old(sink, document, BinaryPrimitives.ReadUInt16LittleEndian(head[6..]) == Japanese ? 932 : 1252);
        }
        else
        {
            ByTool(file, into);
        }

        if (compound.Damaged)
        {
            into.AddTrouble(FileTroubles.Broken, "document");
        }

        OleProperties.Read(compound, sink);
        OleObject.Embedded(compound, sink);
    }

    /// <summary>Word 6 and 95: the text lies in one stretch, in the code page of its language.</summary>
    private static void Old(OfficeSink sink, ReadOnlyMemory<byte> document, int page)
    {
        var head = document.Span;
        var start = BinaryPrimitives.ReadUInt32LittleEndian(head[0x18..]);
        var end = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(head[0x1C..]), (uint)head.Length);
        if (start < end)
        {
            sink.Text("", CodePages.Decode(head[(int)start..(int)end], page).Replace('\u0007', '\t').Replace('\r', '\n').Replace('\v', '\n').Replace('\f', '\n'));
        }
    }

    private static void ByTool(FileSource file, FileHarvest into)
    {
        var answer = file.Services.Tools.Run(FileTool.WordText, file.Bytes, file.Services.Limits, file.Cancel);
        into.AddText("", answer.Text);
        ToolTrouble.Note(answer, into);
    }
}
