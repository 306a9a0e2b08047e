using System.Buffers.Binary;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>The directory of a compound file ([MS-CFB]): which program's document it is stands in the names of its uppermost streams.</summary>
internal static class CompoundFile
{
    private const int MaxEntries = 20_000;

    /// <summary>True by its signature.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    /// <summary>The kind by the uppermost streams; where the directory is damaged, by any stream's name in the file.</summary>
    public static FileType Kind(ReadOnlySpan<byte> bytes)
    {
        var names = TopNames(bytes);
        if (names.Count > 0)
        {
            return Of(names.Contains);
        }

        foreach (var name in (string[])["EncryptedPackage", "WordDocument", "PowerPoint Document", "Workbook", "Book", "__properties_version1.0"])
        {
            if (bytes.IndexOf(Encoding.Unicode.GetBytes(name)) >= 0)
            {
                return Of(n => n == name);
            }
        }

        return new FileType(FileKind.Unknown, "compound file");
    }

    private static FileType Of(Func<string, bool> has)
        => has("EncryptedPackage") || has("EncryptionInfo") ? new FileType(FileKind.Encrypted, "Office")
        : has("WordDocument") ? new FileType(FileKind.Doc)
        : has("PowerPoint Document") || has("PP40") ? new FileType(FileKind.Ppt)
        : has("Workbook") || has("Book") || has("WORKBOOK") || has("BOOK") ? new FileType(FileKind.Xls)
        : has("__properties_version1.0") || has("__nameid_version1.0") ? new FileType(FileKind.OutlookMessage)
        : has("Catalog") ? new FileType(FileKind.Media, "Thumbs.db")
        : has("VisioDocument") ? new FileType(FileKind.Database, "Visio")
        : has("FileHeader") ? new FileType(FileKind.Database, "Hangul")
        : has("DocumentText") || has("DocumentTextPositionTable") ? new FileType(FileKind.Database, "Ichitaro")
        : has("Quill") ? new FileType(FileKind.Database, "Publisher")
        : has("\u0001\u0001CompObj") || has("\u4840\u3F3F\u4577\u446C\u3B6A\u45E4\u4824") || has("\u4840\u3B3F\u43F2\u4438\u45B1") ? new FileType(FileKind.Executable, "installer")
        : new FileType(FileKind.Unknown, "compound file");

    /// <summary>Names of the root's children; empty where the directory cannot be followed.</summary>
    private static HashSet<string> TopNames(ReadOnlySpan<byte> bytes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (bytes.Length < 512)
        {
            return names;
        }

        var shift = BinaryPrimitives.ReadUInt16LittleEndian(bytes[30..]);
        if (shift is not (9 or 12))
        {
            return names;
        }

        var directory = Directory(bytes, 1 << shift);
        if (directory.Count == 0)
        {
            return names;
        }

        var seen = new HashSet<int>();
        var open = new Stack<int>();
        open.Push(ReadInt(bytes, directory[0] + 76));
        while (open.TryPop(out var id))
        {
            if (id < 0 || id >= directory.Count || !seen.Add(id))
            {
                continue;
            }

            var at = directory[id];
            var length = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 64)..]) - 2, 0, 62);
            names.Add(Encoding.Unicode.GetString(bytes.Slice(at, length)));
            open.Push(ReadInt(bytes, at + 68));
            open.Push(ReadInt(bytes, at + 72));
        }

        return names;
    }

    /// <summary>Offsets of the directory's entries, in order.</summary>
    private static List<int> Directory(ReadOnlySpan<byte> bytes, int sectorSize)
    {
        var entries = new List<int>();
        var fat = FatSectors(bytes, sectorSize);
        var sector = ReadInt(bytes, 48);
        while (sector >= 0 && entries.Count < MaxEntries)
        {
            var at = (sector + 1L) * sectorSize;
            if (at + sectorSize > bytes.Length)
            {
                break;
            }

            for (var i = 0; i < sectorSize; i += 128)
            {
                entries.Add((int)at + i);
            }

            var perSector = sectorSize / 4;
            if (sector / perSector >= fat.Count)
            {
                break;
            }

            sector = ReadInt(bytes, fat[sector / perSector] + (sector % perSector * 4));
        }

        return entries;
    }

    /// <summary>Offsets of the sectors that hold the allocation table.</summary>
    private static List<int> FatSectors(ReadOnlySpan<byte> bytes, int sectorSize)
    {
        var fat = new List<int>();
        for (var i = 0; i < 109; i++)
        {
            Add(bytes, ReadInt(bytes, 76 + (i * 4)), sectorSize, fat);
        }

        var next = ReadInt(bytes, 68);
        for (var hops = 0; next >= 0 && hops < 2000; hops++)
        {
            var at = (next + 1L) * sectorSize;
            if (at + sectorSize > bytes.Length)
            {
                break;
            }

            for (var i = 0; i < sectorSize - 4; i += 4)
            {
                Add(bytes, ReadInt(bytes, (int)at + i), sectorSize, fat);
            }

            next = ReadInt(bytes, (int)at + sectorSize - 4);
        }

        return fat;
    }

    private static void Add(ReadOnlySpan<byte> bytes, int sector, int sectorSize, List<int> fat)
    {
        var at = (sector + 1L) * sectorSize;
        if (sector >= 0 && at + sectorSize <= bytes.Length)
        {
            fat.Add((int)at);
        }
    }

    private static int ReadInt(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
}
