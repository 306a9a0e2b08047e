using System.Buffers.Binary;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>A compound file ([MS-CFB], version 3, 512-byte sectors) that holds one stream: the container of the old office formats.</summary>
internal static class CompoundFile
{
    private const int Sector = 512;
    private const int PerFat = Sector / 4;
    private const int MaxFats = 109;
    private const int Cutoff = 4096;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint FatSector = 0xFFFFFFFD;
    private const uint Free = 0xFFFFFFFF;

    /// <summary>The file. Throws <see cref="ArgumentOutOfRangeException"/> past about 7 MB, where a file would need a second-level table.</summary>
    public static byte[] Write(string stream, ReadOnlySpan<byte> content)
    {
        // Below the cutoff a stream would have to live in the small-sector area; padding keeps it out of there.
        var length = Math.Max(content.Length, Cutoff);
        var data = (length + Sector - 1) / Sector;
        var fats = 1;
        while (data + 1 + fats > fats * PerFat)
        {
            fats++;
        }

        if (content.Length > (MaxFats * (PerFat - 1) - 1) * Sector)
        {
            throw new ArgumentOutOfRangeException(nameof(content), "a compound file of this size needs a second-level table");
        }

        var file = new byte[Sector * (1 + data + 1 + fats)];
        content.CopyTo(file.AsSpan(Sector));
        Header(file, fats, directory: data, firstFat: data + 1);
        var directory = file.AsSpan(Sector * (1 + data), Sector);
        Entry(directory[..128], "Root Entry", type: 5, child: 1, EndOfChain, 0);
        Entry(directory.Slice(128, 128), stream, type: 2, child: Free, 0, length);
        Entry(directory.Slice(256, 128), "", type: 0, child: Free, 0, 0);
        Entry(directory.Slice(384, 128), "", type: 0, child: Free, 0, 0);
        var fat = file.AsSpan(Sector * (2 + data));
        for (var i = 0; i < fats * PerFat; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(fat[(4 * i)..], i < data - 1 ? (uint)(i + 1) : i <= data ? EndOfChain : i <= data + fats ? FatSector : Free);
        }

        return file;
    }

    private static void Header(Span<byte> header, int fats, int directory, int firstFat)
    {
        ReadOnlySpan<byte> start = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        start.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[24..], 0x003E);
        BinaryPrimitives.WriteUInt16LittleEndian(header[26..], 3);
        BinaryPrimitives.WriteUInt16LittleEndian(header[28..], 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(header[30..], 9);
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], 6);
        BinaryPrimitives.WriteInt32LittleEndian(header[44..], fats);
        BinaryPrimitives.WriteInt32LittleEndian(header[48..], directory);
        BinaryPrimitives.WriteInt32LittleEndian(header[56..], Cutoff);
        BinaryPrimitives.WriteUInt32LittleEndian(header[60..], EndOfChain);
        BinaryPrimitives.WriteUInt32LittleEndian(header[68..], EndOfChain);
        for (var i = 0; i < MaxFats; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header[(76 + 4 * i)..], i < fats ? (uint)(firstFat + i) : Free);
        }
    }

    private static void Entry(Span<byte> entry, string name, byte type, uint child, uint start, int size)
    {
        Encoding.Unicode.GetBytes(name, entry);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)(name.Length == 0 ? 0 : 2 * (name.Length + 1)));
        entry[66] = type;
        entry[67] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(entry[68..], Free);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[72..], Free);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[76..], child);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[116..], start);
        BinaryPrimitives.WriteInt32LittleEndian(entry[120..], size);
    }
}
