using System.Buffers.Binary;

namespace Sekisho.Inspection;

/// <summary>Rich text as Outlook packs it ([MS-OXRTFCP]): references into a ring of 4,096 bytes that begins with common words of rich text.</summary>
internal static class CompressedRtf
{
    private const int Ring = 4096;
    private const uint Packed = 0x75465A4C;
    private const uint Plain = 0x414C454D;

    private static ReadOnlySpan<byte> Common =>
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"u8;

    /// <summary>The rich text; as much of it as there is. Throws <see cref="InvalidDataException"/> for what is packed in no known way.</summary>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> content)
    {
        if (content.Length < 16)
        {
            throw new InvalidDataException("compressed rich text");
        }

        var bytes = content.Span;
        var kind = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (kind == Plain)
        {
            return content[16..];
        }

        return kind == Packed ? Unpack(bytes[16..]) : throw new InvalidDataException("compressed rich text");
    }

    private static ReadOnlyMemory<byte> Unpack(ReadOnlySpan<byte> bytes)
    {
        // Two bytes give seventeen at most: what comes out is bounded by what goes in.
        var text = new List<byte>(bytes.Length * 3);
        Span<byte> ring = stackalloc byte[Ring];
        Common.CopyTo(ring);
        var write = Common.Length;
        for (var at = 0; at < bytes.Length;)
        {
            int flags = bytes[at++];
            for (var bit = 0; bit < 8 && at < bytes.Length; bit++)
            {
                if ((flags & (1 << bit)) == 0)
                {
                    ring[write] = bytes[at];
                    text.Add(bytes[at++]);
                    write = (write + 1) % Ring;
                    continue;
                }

                if (at + 1 >= bytes.Length)
                {
                    return text.ToArray();
                }

                int reference = (bytes[at] << 8) | bytes[at + 1];
                at += 2;
                var from = reference >> 4;
                if (from == write)
                {
                    return text.ToArray();
                }

                for (var count = (reference & 0xF) + 2; count > 0; count--)
                {
                    var c = ring[from];
                    ring[write] = c;
                    text.Add(c);
                    from = (from + 1) % Ring;
                    write = (write + 1) % Ring;
                }
            }
        }

        return text.ToArray();
    }
}
