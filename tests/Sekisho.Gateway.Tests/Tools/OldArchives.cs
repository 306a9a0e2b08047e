using System.Buffers.Binary;
using System.Text;

namespace Sekisho.Gateway.Tests.Tools;

/// <summary>Archives that no program of today writes any more.</summary>
internal static class OldArchives
{
    /// <summary>LHA, header level 0, stored (<c>-lh0-</c>), the name in Shift_JIS as Japanese machines wrote it.</summary>
    public static byte[] Lzh(string name, ReadOnlySpan<byte> data)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var raw = Encoding.GetEncoding(932).GetBytes(name);
        var head = new byte[22 + raw.Length + 2];
        "-lh0-"u8.CopyTo(head.AsSpan(2));
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(7), data.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(11), data.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(15), 0x58000000);
        head[19] = 0x20;
        head[21] = (byte)raw.Length;
        raw.CopyTo(head.AsSpan(22));
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(22 + raw.Length), Crc(data));
        head[0] = (byte)(head.Length - 2);
        foreach (var b in head.AsSpan(2))
        {
            head[1] += b;
        }

        return [.. head, .. data, 0];
    }

    private static ushort Crc(ReadOnlySpan<byte> data)
    {
        ushort crc = 0;
        foreach (var b in data)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1);
            }
        }

        return crc;
    }
}
