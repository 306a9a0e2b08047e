namespace Sekisho.Inspection;

/// <summary>Rich text (RTF 1.9.1): text in any code page, tables, notes, comments, headers, deleted and hidden text, properties; embedded objects as files.</summary>
internal sealed class RtfFormat : IFileFormat
{
    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Rtf;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into) => Read(file.Bytes, "", new OfficeSink(file, into));

    /// <summary>Reads rich text that may stand anywhere, as the text of <paramref name="place"/>.</summary>
    public static void Read(ReadOnlyMemory<byte> bytes, string place, OfficeSink sink)
    {
        var blocks = new BlockWriter(sink, place);
        var reader = new RtfReader(sink, blocks);
        try
        {
            reader.Read(bytes.Span);
        }
        finally
        {
            blocks.Finish();
        }

        reader.HandOn();
        if (!reader.Closed)
        {
            sink.Trouble(FileTroubles.Broken, "rich text ends early");
        }
    }
}
