using System.IO.Compression;
using System.Text;

namespace Sekisho.Incidents;

/// <summary>ZIP containers whose bytes depend on their content alone: every entry bears the same date.</summary>
internal static class ZipWriter
{
    private static readonly DateTimeOffset s_date = new(2005, 4, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Entries in the order given. Names are UTF-8, or Shift_JIS as Japanese Windows writes them.</summary>
    public static byte[] Write(bool shiftJisNames, params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true, shiftJisNames ? CodePagesEncodingProvider.Instance.GetEncoding(932) : null))
        {
            foreach (var (name, content) in entries)
            {
                // What is compressed already is stored as it is, and the first part of an OpenDocument file has to be.
                var packed = name == "mimetype" || content.AsSpan().StartsWith("PK"u8);
                var entry = zip.CreateEntry(name, packed ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
                entry.LastWriteTime = s_date;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return memory.ToArray();
    }

    /// <summary>Parts of an office document.</summary>
    public static byte[] Package(params (string Name, string Xml)[] parts)
        => Write(shiftJisNames: false, [.. parts.Select(p => (p.Name, Encoding.UTF8.GetBytes(p.Xml)))]);
}
