using System.IO.Compression;

namespace Sekisho.Inspection;

/// <summary>
/// Zip archives. What the directory says of sizes is a hint only: every entry is unpacked until it ends or a limit does. Encrypted entries keep their
/// names. Methods this room cannot unpack (Deflate64, LZMA, Zstandard) go to the unpacking tool.
/// </summary>
internal sealed class ZipFormat : IFileFormat
{
    /// <inheritdoc/>
    public bool Reads(FileKind kind) => kind == FileKind.Zip;

    /// <inheritdoc/>
    public void Read(FileSource file, FileHarvest into)
    {
        var entries = ZipDirectory.Read(file.Bytes.Span, file.Services.Limits.Files);
        if (entries is null)
        {
            ZipSalvage.Read(file, into);
            return;
        }

        var closed = 0;
        var foreign = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            file.Cancel.ThrowIfCancellationRequested();
            if (entry.IsFolder && entry.Size == 0)
            {
                continue;
            }

            if (entry.IsLink)
            {
                into.AddTrouble(FileTroubles.Limit, "a link");
                continue;
            }

            if (entry.Encrypted)
            {
                closed++;
                if (!into.AddClosedFile(entry.Name, entry.Size, FileKind.Encrypted))
                {
                    break;
                }

                continue;
            }

            if (entry.Method is not (0 or 8))
            {
                foreign.Add(entry.Name);
                continue;
            }

            if (!Unpack(file, entry, into))
            {
                break;
            }
        }

        ZipRest.Read(file.Bytes, entries, into);
        if (closed > 0)
        {
            into.AddTrouble(FileTroubles.Encrypted, $"zip, {Wording.Number(closed)} of {Wording.Count(entries.Count(e => !e.IsFolder), "file", "files")}");
        }

        if (foreign.Count > 0)
        {
            ToolArchive.Read(file, into, foreign.Contains);
        }
    }

    private static bool Unpack(FileSource file, ZipEntry entry, FileHarvest into)
    {
        var from = ZipDirectory.DataOffset(file.Bytes.Span, entry.Offset);
        if (from < 0)
        {
            into.AddTrouble(FileTroubles.Broken, "zip: an entry that is not there");
            return true;
        }

        var data = file.Bytes.Slice((int)from, (int)Math.Clamp(entry.Packed, 0, file.Bytes.Length - from));
        if (entry.Method == 0)
        {
            if (data.Length < entry.Packed)
            {
                into.AddTrouble(FileTroubles.Broken, "zip: an entry is cut");
            }

            return into.AddFile(entry.Name, data);
        }

        using var packed = new BytesStream(data);
        using var unpacked = new DeflateStream(packed, CompressionMode.Decompress);
        using var whole = new WholeStream(unpacked, entry.Size);
        return into.AddFile(entry.Name, whole, entry.Size);
    }
}
