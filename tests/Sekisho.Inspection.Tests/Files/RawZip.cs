using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Sekisho.Inspection.Tests;

/// <summary>Writes zip archives as no honest program does.</summary>
internal sealed class RawZip
{
    private readonly MemoryStream _out = new();
    private readonly MemoryStream _directory = new();
    private int _count;

    public static byte[] Deflate(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return stream.ToArray();
    }

    /// <summary>Adds an entry; returns the offset of its local header.</summary>
    public int Add(byte[] name, byte[] packed, int method = 8, int flags = 0, long size = 0, uint unixMode = 0, int? at = null)
    {
        var offset = at ?? (int)_out.Position;
        if (at is null)
        {
            Span<byte> local = stackalloc byte[30];
            BinaryPrimitives.WriteUInt32LittleEndian(local, 0x04034B50);
            BinaryPrimitives.WriteUInt16LittleEndian(local[6..], (ushort)flags);
            BinaryPrimitives.WriteUInt16LittleEndian(local[8..], (ushort)method);
            BinaryPrimitives.WriteUInt32LittleEndian(local[18..], (uint)packed.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(local[22..], (uint)size);
            BinaryPrimitives.WriteUInt16LittleEndian(local[26..], (ushort)name.Length);
            _out.Write(local);
            _out.Write(name);
            _out.Write(packed);
        }

        Span<byte> entry = stackalloc byte[46];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, 0x02014B50);
        entry[5] = 3;
        BinaryPrimitives.WriteUInt16LittleEndian(entry[8..], (ushort)flags);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[10..], (ushort)method);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[20..], (uint)packed.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[24..], (uint)size);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[28..], (ushort)name.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[38..], unixMode << 16);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[42..], (uint)offset);
        _directory.Write(entry);
        _directory.Write(name);
        _count++;
        return offset;
    }

    public int Add(string name, byte[] bytes, int method = 8, int flags = 0, long size = 0, uint unixMode = 0)
        => Add(Encoding.UTF8.GetBytes(name), method == 8 ? Deflate(bytes) : bytes, method, flags, size, unixMode);

    public byte[] Bytes()
    {
        var at = (uint)_out.Position;
        _directory.WriteTo(_out);
        Span<byte> end = stackalloc byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)_count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)_count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)_directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], at);
        _out.Write(end);
        return _out.ToArray();
    }
}
