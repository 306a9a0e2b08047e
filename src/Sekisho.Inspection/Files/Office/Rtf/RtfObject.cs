using System.Buffers.Binary;

namespace Sekisho.Inspection;

/// <summary>An object embedded in rich text: an OLE 1.0 object ([MS-OLEDS] 2.2.5).</summary>
internal static class RtfObject
{
    /// <summary>Hands on the file the object carries.</summary>
    public static void HandOn(ReadOnlyMemory<byte> bytes, OfficeSink sink)
    {
        var span = bytes.Span;
        if (span.Length < 12 || BinaryPrimitives.ReadInt32LittleEndian(span[4..]) != 2)
        {
            return;
        }

        var at = 8;
        var kind = Text(span, ref at);
        Text(span, ref at);
        Text(span, ref at);
        if (at + 4 > span.Length)
        {
            return;
        }

        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(span[at..]), (uint)(span.Length - at - 4));
        var content = bytes.Slice(at + 4, length);
        if (kind == "Package")
        {
            // Packager's stream, here without the length that stands before it in a compound file.
            var native = new byte[content.Length + 4];
            content.Span.CopyTo(native.AsSpan(4));
            if (OleObject.Native(native) is { Bytes.Length: > 0 } file)
            {
                sink.Full |= !sink.Harvest.AddFile(file.Name, file.Bytes);
            }

            return;
        }

        if (content.Length > 0 && !OleObject.Unwrap(content, kind, sink))
        {
            sink.Full |= !sink.Harvest.AddFile(kind, content);
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (at + 4 > bytes.Length)
        {
            at = bytes.Length;
            return "";
        }

        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]), (uint)(bytes.Length - at - 4));
        var text = bytes.Slice(at + 4, length);
        at += 4 + length;
        return CodePages.Decode(text[..Math.Min(length, 200)], 932).TrimEnd('\0');
    }
}
