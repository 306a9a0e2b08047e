using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>
/// Tar archives: ustar, pax (POSIX.1-2001) and GNU long names. Entries are stretches of the archive's own bytes. Links and devices hold nothing and
/// are left out. Own code for the names, which are in any charset and would be lost.
/// </summary>
internal sealed class TarReader : IFileFormat
{
    private const int Block = 512;

    /// <summary>True by its mark, or for one of before the mark by its first header's checksum.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes)
        => bytes.Length >= Block && (bytes[257..].StartsWith("ustar"u8) || (bytes[0] > 0x20 && ChecksumHolds(bytes[..Block])));

    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Tar;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var at = 0L;
        string? longName = null;
        while (at + Block <= file.Bytes.Length)
        {
            file.Cancel.ThrowIfCancellationRequested();
            var head = file.Bytes.Span.Slice((int)at, Block);
            if (!head.ContainsAnyExcept((byte)0))
            {
                return;
            }

            if (!ChecksumHolds(head))
            {
                into.AddTrouble(FileTroubles.Broken, "tar");
                return;
            }

            var size = Octal(head.Slice(124, 12));
            var left = file.Bytes.Length - at - Block;
            if (size < 0 || size > left)
            {
                into.AddTrouble(FileTroubles.Broken, "tar: an entry is cut");
                size = left;
            }

            var data = file.Bytes.Slice((int)at + Block, (int)size);
            var kind = head[156];
            switch (kind)
            {
                case (byte)'L':
                    longName = Name(data.Span[..Math.Min(data.Length, 4096)]);
                    break;
                case (byte)'x':
                    longName = PaxPath(data.Span[..Math.Min(data.Length, 65536)]) ?? longName;
                    break;
                case 0 or (byte)'0' or (byte)'7':
                    if (!Folder(head) && !into.AddFile(longName ?? FullName(head), data))
                    {
                        return;
                    }

                    longName = null;
                    break;
                default:
                    longName = kind is (byte)'g' or (byte)'K' ? longName : null;
                    break;
            }

            at += Block + ((size + Block - 1) / Block * Block);
        }
    }

    private static bool Folder(ReadOnlySpan<byte> head) => FullName(head).EndsWith('/');

    private static string FullName(ReadOnlySpan<byte> head)
    {
        var name = Name(head[..100]);
        var prefix = head[257..].StartsWith("ustar\0"u8) ? Name(head.Slice(345, 155)) : "";
        return prefix.Length > 0 ? prefix + "/" + name : name;
    }

    private static string Name(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return PlainText.Decode(end < 0 ? field : field[..end]).Text;
    }

    /// <summary>The record <c>LENGTH path=NAME\n</c>.</summary>
    private static string? PaxPath(ReadOnlySpan<byte> records)
    {
        var at = records.IndexOf(" path="u8);
        if (at < 0)
        {
            return null;
        }

        var rest = records[(at + 6)..];
        var end = rest.IndexOf((byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    /// <summary>An octal number, or GNU's big-endian one; -1 for neither.</summary>
    private static long Octal(ReadOnlySpan<byte> field)
    {
        var value = 0L;
        if ((field[0] & 0x80) != 0)
        {
            foreach (var b in field[4..])
            {
                value = (value << 8) | b;
            }

            return value < 0 ? -1 : value;
        }

        foreach (var b in field)
        {
            if (b is 0 or (byte)' ')
            {
                if (value > 0)
                {
                    break;
                }

                continue;
            }

            if (b is < (byte)'0' or > (byte)'7')
            {
                return -1;
            }

            value = (value * 8) + (b - '0');
        }

        return value;
    }

    private static bool ChecksumHolds(ReadOnlySpan<byte> head)
    {
        var said = Octal(head.Slice(148, 8));
        if (said <= 0)
        {
            return false;
        }

        var sum = 8 * ' ';
        for (var i = 0; i < Block; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : head[i];
        }

        return sum == said;
    }
}
