using System.Text;

namespace Sekisho.Inspection;

/// <summary>What a zip archive is: most documents of today are archives with a certain content.</summary>
internal static class ZipKind
{
    private const int MaxLooked = 4000;

    /// <summary>Its kind, or null for bytes that only begin like one.</summary>
    public static FileType? Of(ReadOnlySpan<byte> bytes)
    {
        var begins = bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("PK\u0005\u0006"u8) || bytes.StartsWith("PK\u0007\b"u8) || bytes.StartsWith("PK00PK"u8);
        if (!begins)
        {
            return null;
        }

        if (OpenDocument(bytes) is { } open)
        {
            return open;
        }

        var entries = ZipDirectory.Read(bytes, MaxLooked);
        if (entries is null)
        {
            return new FileType(Damaged(bytes));
        }

        var types = false;
        var kind = FileKind.Zip;
        foreach (var entry in entries)
        {
            var name = entry.Name.AsSpan().TrimStart('/');
            types |= name.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase);
            if (kind == FileKind.Zip && name.IndexOfAny('/', '\\') is var slash and > 0)
            {
                kind = name[..slash] switch
                {
                    "xl" => FileKind.Xlsx,
                    "word" => FileKind.Docx,
                    "ppt" => FileKind.Pptx,
                    _ => kind,
                };
            }
        }

        return new FileType(types ? kind : FileKind.Zip);
    }

    /// <summary>OpenDocument 1.3 part 2, section 3.3: the first entry is the type, stored.</summary>
    private static FileType? OpenDocument(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 100 || !bytes[30..].StartsWith("mimetype"u8))
        {
            return null;
        }

        var type = Encoding.Latin1.GetString(bytes[38..Math.Min(bytes.Length, 160)]);
        const string Stem = "application/vnd.oasis.opendocument.";
        var at = type.IndexOf(Stem, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var rest = type[(at + Stem.Length)..];
        return new FileType(rest.StartsWith("spreadsheet", StringComparison.Ordinal) ? FileKind.Ods
            : rest.StartsWith("presentation", StringComparison.Ordinal) || rest.StartsWith("graphics", StringComparison.Ordinal) ? FileKind.Odp
            : rest.StartsWith("text", StringComparison.Ordinal) ? FileKind.Odt
            : FileKind.Zip);
    }

    /// <summary>Without a directory the first local headers still name their files.</summary>
    private static FileKind Damaged(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, 256 * 1024)];
        return head.IndexOf("[Content_Types].xml"u8) < 0 ? FileKind.Zip
            : head.IndexOf("xl/"u8) >= 0 ? FileKind.Xlsx
            : head.IndexOf("word/"u8) >= 0 ? FileKind.Docx
            : head.IndexOf("ppt/"u8) >= 0 ? FileKind.Pptx
            : FileKind.Zip;
    }
}
