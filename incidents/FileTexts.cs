using System.Buffers;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>
/// The bytes in which a file's ASCII text can be read: its own; of ZIP (the office formats), gzip and tar those of its entries; of old Excel files the
/// UTF-16 in it; of PDFs the pages, with glyph numbers turned into characters by the document's own map. Nothing of this is shared with the gateway's readers.
/// </summary>
internal static class FileTexts
{
    private const int MaxBytes = 64 * 1024 * 1024;
    private const int MaxDepth = 6;

    /// <summary>All of them. What is broken ends early; never throws.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> file) => Of(file, 0);

    private static IEnumerable<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> file, int depth)
    {
        yield return file;
        if (depth == MaxDepth)
        {
            yield break;
        }

        IEnumerable<ReadOnlyMemory<byte>> more = file.Span switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => Entries(file, Zip).SelectMany(e => Of(e, depth + 1)),
            [0x1F, 0x8B, ..] => Entries(file, GZip).SelectMany(e => Of(e, depth + 1)),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => [Narrowed(file.Span), Narrowed(file.Span[1..])],
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => PdfTexts.Of(file),
            _ when file.Length > 512 && file.Span[257..].StartsWith("ustar"u8) => Entries(file, Tar).SelectMany(e => Of(e, depth + 1)),
            _ => [],
        };
        foreach (var text in more)
        {
            yield return text;
        }
    }

    private static List<ReadOnlyMemory<byte>> Entries(ReadOnlyMemory<byte> file, Action<MemoryStream, List<ReadOnlyMemory<byte>>> read)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        try
        {
            using var stream = new MemoryStream(file.ToArray(), writable: false);
            read(stream, entries);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or FormatException)
        {
            // Broken: what was read until here counts, and the bytes themselves have been looked at.
        }

        return entries;
    }

    private static void Zip(MemoryStream stream, List<ReadOnlyMemory<byte>> entries)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            entries.Add(Encoding.UTF8.GetBytes(entry.FullName));
            using var content = entry.Open();
            entries.Add(Read(content));
        }
    }

    private static void GZip(MemoryStream stream, List<ReadOnlyMemory<byte>> entries)
    {
        using var content = new GZipStream(stream, CompressionMode.Decompress);
        entries.Add(Read(content));
    }

    private static void Tar(MemoryStream stream, List<ReadOnlyMemory<byte>> entries)
    {
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } content)
            {
                entries.Add(Read(content));
            }
        }
    }

    internal static ReadOnlyMemory<byte> Read(Stream stream)
    {
        using var memory = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        int n;
        while (memory.Length < MaxBytes && (n = stream.Read(buffer)) > 0)
        {
            memory.Write(buffer, 0, n);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }

    // UTF-16LE code units below 0x80 as one byte each; a zero for every other.
    private static byte[] Narrowed(ReadOnlySpan<byte> wide)
    {
        var narrow = new byte[wide.Length / 2];
        for (var i = 0; i < narrow.Length; i++)
        {
            narrow[i] = wide[2 * i + 1] == 0 && wide[2 * i] < 0x80 ? wide[2 * i] : (byte)0;
        }

        return narrow;
    }
}
