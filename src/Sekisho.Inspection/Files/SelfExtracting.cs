using System.Buffers.Binary;

namespace Sekisho.Inspection;

/// <summary>
/// Programs that unpack themselves: an archive behind a small program (7-Zip, WinRAR, Lhaplus, zip). What a program otherwise carries is not looked
/// for. A signature alone stands in every program that can read such archives, so that the archive's head must hold together too.
/// </summary>
internal static class SelfExtracting
{
    /// <summary>Hands the archive on as a file. Linear in the program's size.</summary>
    public static void Read(FileSource file, FileHarvest into)
    {
        if (ZipDirectory.EndsAsArchive(file.Bytes.Span))
        {
            FileFormats.For(FileKind.Zip)!.Read(file, into);
        }
        else if (Find(file.Bytes.Span) is > 0 and var at)
        {
            into.AddFile("archive", file.Bytes[at..]);
        }
    }

    private static int Find(ReadOnlySpan<byte> bytes)
    {
        Span<int> found = [First(bytes, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], IsSevenZip), First(bytes, "Rar!\u001A\a"u8, IsRar), First(bytes, "-lh"u8, IsLzh)];
        var best = -1;
        foreach (var at in found)
        {
            best = at >= 0 && (best < 0 || at < best) ? at : best;
        }

        return best;
    }

    private static int First(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature, Check check)
    {
        for (var at = 0; ;)
        {
            var next = bytes[at..].IndexOf(signature);
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (check(bytes, at) is >= 0 and var begin)
            {
                return begin;
            }

            at += signature.Length;
        }
    }

    private delegate int Check(ReadOnlySpan<byte> bytes, int at);

    /// <summary>Version 0 and a directory that lies within (7zFormat.txt, SignatureHeader).</summary>
    private static int IsSevenZip(ReadOnlySpan<byte> bytes, int at)
    {
        if (at + 32 > bytes.Length || bytes[at + 6] != 0)
        {
            return -1;
        }

        var offset = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at + 12)..]);
        var size = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at + 20)..]);
        var room = (ulong)(bytes.Length - at - 32);
        return size > 0 && offset <= room && size <= room - offset ? at : -1;
    }

    /// <summary>RAR 4: then its archive header, type 0x73. RAR 5: version 1 and a header of type 1 (or 4, encrypted), sizes in one byte.</summary>
    private static int IsRar(ReadOnlySpan<byte> bytes, int at)
    {
        var head = bytes[at..];
        return head.Length > 20 && ((head[6] == 0 && head[9] == 0x73) || (head[6] == 1 && head[7] == 0 && head[13] is 1 or 4)) ? at : -1;
    }

    /// <summary>The method stands two bytes behind the header's begin; levels 0 and 1 have a sum of the header.</summary>
    private static int IsLzh(ReadOnlySpan<byte> bytes, int at)
    {
        var head = at >= 2 ? bytes[(at - 2)..] : default;
        if (head.Length < 24 || head[6] != '-' || head[5] is not (>= (byte)'0' and <= (byte)'7'))
        {
            return -1;
        }

        if (head[20] == 2)
        {
            return BinaryPrimitives.ReadUInt16LittleEndian(head) is > 24 and < 4096 ? at - 2 : -1;
        }

        if (head[20] > 1 || head[0] < 20 || head.Length < head[0] + 2)
        {
            return -1;
        }

        byte sum = 0;
        foreach (var b in head.Slice(2, head[0]))
        {
            sum += b;
        }

        return sum == head[1] ? at - 2 : -1;
    }
}
