using System.Buffers.Binary;
using System.IO.Compression;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>A zip archive without its directory (cut in transit): what its local headers lead to is read, and the archive is broken.</summary>
internal static class ZipSalvage
{
    public static void Read(FileSource file, FileHarvest into)
    {
        into.AddTrouble(FileTroubles.Broken, "zip without directory");
        var zip = file.Bytes;
        var at = 0;
        var closed = false;
        while (at < zip.Length)
        {
            file.Cancel.ThrowIfCancellationRequested();
            var found = zip.Span[at..].IndexOf("PK\u0003\u0004"u8);
            if (found < 0)
            {
                break;
            }

            at += found;
            var from = ZipDirectory.DataOffset(zip.Span, at);
            if (from < 0)
            {
                at += 4;
                continue;
            }

            var head = zip.Span[at..];
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(head[26..]);
            var flags = BinaryPrimitives.ReadUInt16LittleEndian(head[6..]);
            var method = BinaryPrimitives.ReadUInt16LittleEndian(head[8..]);
            long packed = BinaryPrimitives.ReadUInt32LittleEndian(head[18..]);
            var name = PlainText.Decode(head.Slice(30, nameLength), (flags & 0x800) != 0 ? "utf-8" : null).Text;
            var data = zip[(int)from..];
            if (packed > 0 && packed < data.Length)
            {
                data = data[..(int)packed];
            }

            if (!Take(name, flags, method, data, packed, into, ref closed))
            {
                break;
            }

            at = packed > 0 && from + packed <= zip.Length ? (int)(from + packed) : (int)from;
        }
    }

    private static bool Take(string name, int flags, int method, ReadOnlyMemory<byte> data, long packed, FileHarvest into, ref bool closed)
    {
        if (name.EndsWith('/'))
        {
            return true;
        }

        if ((flags & 0x41) != 0)
        {
            if (!closed)
            {
                into.AddTrouble(FileTroubles.Encrypted, "zip");
            }

            closed = true;
            return into.AddClosedFile(name, packed, FileKind.Encrypted);
        }

        if (method == 8)
        {
            using var stream = new BytesStream(data);
            using var unpacked = new DeflateStream(stream, CompressionMode.Decompress);
            return into.AddFile(name, unpacked);
        }

        return method != 0 || into.AddFile(name, data);
    }
}
