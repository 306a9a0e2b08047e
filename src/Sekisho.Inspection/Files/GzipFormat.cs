using System.IO.Compression;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>gzip (RFC 1952): one file, its name in the header or its own without the ending.</summary>
internal sealed class GzipFormat : IFileFormat
{
    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Gzip;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        if (file.Bytes.Length < 18)
        {
            into.AddTrouble(FileTroubles.Broken, "gzip: cut");
            return;
        }

        using var packed = file.Open();
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);

        // The last four bytes are the size of the last member. .NET takes a cut input for a finished one; where it is cut they are any number.
        using var whole = new WholeStream(unpacked, System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(file.Bytes.Span[^4..]));
        into.AddFile(Name(file), whole);
    }

    private static string Name(FileSource file)
    {
        var bytes = file.Bytes.Span;
        var flags = bytes[3];
        var at = 10;
        if ((flags & 4) != 0)
        {
            at += 2 + System.Buffers.Binary.BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]);
        }

        if ((flags & 8) != 0 && at < bytes.Length && bytes[at..].IndexOf((byte)0) is var length and > 0 and < 1000)
        {
            return PlainText.Decode(bytes.Slice(at, length)).Text;
        }

        var name = file.Name;
        return name.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) ? name[..^4] + ".tar"
            : name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3]
            : name;
    }
}
