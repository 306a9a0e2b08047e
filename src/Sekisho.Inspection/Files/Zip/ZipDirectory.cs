using System.Buffers.Binary;
using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>An entry of a zip archive as its directory tells it; none of it need be true.</summary>
internal sealed record ZipEntry
{
    public required string Name { get; init; }

    public required int Method { get; init; }

    public required bool Encrypted { get; init; }

    public required long Packed { get; init; }

    public required long Size { get; init; }

    /// <summary>Offset of the local header.</summary>
    public required long Offset { get; init; }

    public bool IsLink { get; init; }

    public bool IsFolder => Name.EndsWith('/') || Name.EndsWith('\\');
}

/// <summary>
/// Reads a zip archive's central directory (APPNOTE 6.3.10). Own code, for three reasons: names in code page 932 or UTF-8 without a flag, entries whose
/// bytes are encrypted, and directories that lie, each of which ends the usual reader or misleads it.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;

    /// <summary>The entries, at most <paramref name="most"/> and one; null where there is no directory. Never throws.</summary>
    public static List<ZipEntry>? Read(ReadOnlySpan<byte> zip, int most)
    {
        if (!Find(zip, out var at, out var length, out var shift))
        {
            return null;
        }

        var raw = new List<(Range Name, bool Utf8, string? Unicode, ZipEntry Entry)>();
        var end = Math.Min(zip.Length, at + length);
        while (at + 46 <= end && zip[(int)at..].StartsWith("PK\u0001\u0002"u8) && raw.Count <= most)
        {
            var head = zip[(int)at..];
            var flags = BinaryPrimitives.ReadUInt16LittleEndian(head[8..]);
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(head[28..]);
            int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(head[30..]);
            int commentLength = BinaryPrimitives.ReadUInt16LittleEndian(head[32..]);
            var next = at + 46 + nameLength + extraLength + commentLength;
            if (at + 46 + nameLength + extraLength > zip.Length)
            {
                break;
            }

            long packed = BinaryPrimitives.ReadUInt32LittleEndian(head[20..]);
            long size = BinaryPrimitives.ReadUInt32LittleEndian(head[24..]);
            long offset = BinaryPrimitives.ReadUInt32LittleEndian(head[42..]);
            var extra = head.Slice(46 + nameLength, extraLength);
            Zip64(extra, ref size, ref packed, ref offset);
            var nameAt = (int)at + 46;
            var unix = BinaryPrimitives.ReadUInt32LittleEndian(head[38..]) >> 16;
            var method = BinaryPrimitives.ReadUInt16LittleEndian(head[10..]);
            raw.Add((nameAt..(nameAt + nameLength), (flags & 0x800) != 0, UnicodeName(extra), new ZipEntry
            {
                Name = "",
                Method = method,
                Encrypted = (flags & 0x2041) != 0 || method == 99,
                Packed = packed,
                Size = size,
                Offset = offset + shift,
                IsLink = head[5] == 3 && (unix & 0xF000) == 0xA000,
            }));
            at = next;
        }

        return Named(zip, raw);
    }

    /// <summary>True for bytes that end as an archive does, whatever they begin with.</summary>
    public static bool EndsAsArchive(ReadOnlySpan<byte> bytes)
        => bytes[Math.Max(0, bytes.Length - 1024)..].LastIndexOf("PK\u0005\u0006"u8) >= 0 && Find(bytes, out _, out var length, out _) && length > 0;

    /// <summary>Where an entry's bytes begin, by its local header; -1 where there is none.</summary>
    public static long DataOffset(ReadOnlySpan<byte> zip, long header)
    {
        if (header < 0 || header + 30 > zip.Length || !zip[(int)header..].StartsWith("PK\u0003\u0004"u8))
        {
            return -1;
        }

        var head = zip[(int)header..];
        var at = header + 30 + BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(head[28..]);
        return at <= zip.Length ? at : -1;
    }

    /// <summary>Names in one charset for the whole archive: a short name alone tells too little.</summary>
    private static List<ZipEntry> Named(ReadOnlySpan<byte> zip, List<(Range Name, bool Utf8, string? Unicode, ZipEntry Entry)> raw)
    {
        const int Enough = 64 * 1024;
        var sample = new MemoryStream();
        foreach (var (name, utf8, unicode, _) in raw)
        {
            if (!utf8 && unicode is null && sample.Length < Enough)
            {
                sample.Write(zip[name]);
                sample.WriteByte((byte)'\n');
            }
        }

        var charset = sample.Length > 0 ? PlainText.Decode(sample.GetBuffer().AsSpan(0, (int)sample.Length)).Charset : "utf-8";

        // What reads as Western may be a few bytes of Japanese: nothing else makes such archives here.
        charset = charset == "windows-1252" ? "shift_jis" : charset;
        var entries = new List<ZipEntry>(raw.Count);
        foreach (var (name, utf8, unicode, entry) in raw)
        {
            entries.Add(entry with { Name = unicode ?? PlainText.Decode(zip[name], utf8 ? "utf-8" : charset).Text });
        }

        return entries;
    }

    /// <summary>Finds the directory by the record at the archive's end; <paramref name="shift"/> is what stands before the archive (a program that unpacks itself).</summary>
    private static bool Find(ReadOnlySpan<byte> zip, out long at, out long length, out long shift)
    {
        (at, length, shift) = (0, 0, 0);
        var tail = zip[Math.Max(0, zip.Length - EndLength - 0xFFFF)..];
        var end = tail.LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end + EndLength > tail.Length)
        {
            return false;
        }

        var record = tail[end..];
        var recordAt = zip.Length - tail.Length + end;
        length = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        at = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if (recordAt >= 20 && zip[(recordAt - 20)..].StartsWith("PK\u0006\u0007"u8))
        {
            var bigAt = BinaryPrimitives.ReadInt64LittleEndian(zip[(recordAt - 20 + 8)..]);
            if (bigAt >= 0 && bigAt + 56 <= zip.Length && zip[(int)bigAt..].StartsWith("PK\u0006\u0006"u8))
            {
                length = BinaryPrimitives.ReadInt64LittleEndian(zip[((int)bigAt + 40)..]);
                at = BinaryPrimitives.ReadInt64LittleEndian(zip[((int)bigAt + 48)..]);
                return length >= 0 && at >= 0 && at <= zip.Length;
            }
        }

        shift = recordAt - length - at;
        if (shift < 0 || length > recordAt)
        {
            // The sizes lie; the offset may still hold.
            shift = 0;
        }

        at += shift;
        return at >= 0 && at + 4 <= zip.Length && (length == 0 || zip[(int)at..].StartsWith("PK\u0001\u0002"u8));
    }

    private static void Zip64(ReadOnlySpan<byte> extra, ref long size, ref long packed, ref long offset)
    {
        var field = Field(extra, 0x0001);
        Take(ref field, ref size);
        Take(ref field, ref packed);
        Take(ref field, ref offset);

        static void Take(ref ReadOnlySpan<byte> field, ref long value)
        {
            if (value == uint.MaxValue && field.Length >= 8)
            {
                value = Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(field));
                field = field[8..];
            }
        }
    }

    /// <summary>Info-ZIP's Unicode path: a version, a checksum of the plain name, the name in UTF-8.</summary>
    private static string? UnicodeName(ReadOnlySpan<byte> extra)
    {
        var field = Field(extra, 0x7075);
        return field.Length > 5 && field[0] == 1 ? Encoding.UTF8.GetString(field[5..]) : null;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> extra, int id)
    {
        while (extra.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (4 + length > extra.Length)
            {
                break;
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == id)
            {
                return extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        return default;
    }
}
