using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>
/// Bytes that stand where no reader of the file looks: behind a picture's end, between an archive's entries, coded in a text. Mostly they are padding,
/// signatures, a camera's notes. Only what is by itself a document, an archive or a text is worth a look, and nothing else of it a finding.
/// </summary>
internal static class Rest
{
    /// <summary>Bytes below which no list fits.</summary>
    private const int Least = 64;

    /// <summary>Its kind where it is worth a look, else null.</summary>
    public static FileKind? Kind(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.Length < Least)
        {
            return null;
        }

        var kind = FileKindDetector.Detect("", file).Kind;
        return kind switch
        {
            FileKind.Unknown or FileKind.Empty or FileKind.Media or FileKind.Executable or FileKind.Database => null,

            // Noise passes for a text in some charset if short; a text has no control characters at all.
            FileKind.Text or FileKind.Delimited => HasControls(bytes) ? null : kind,
            FileKind.Encrypted when bytes[0] == 0x30 => null,
            _ => kind,
        };
    }

    /// <summary>Reads it as a file of its container where it is worth a look. False where a limit ended it.</summary>
    public static bool Take(ReadOnlyMemory<byte> bytes, FileHarvest into)
        => Kind(bytes) is null || into.AddFile("rest", bytes);

    /// <summary>What stands behind a picture's end (JPEG, PNG), or in a file that has only the first bytes of a sound or a font.</summary>
    public static ReadOnlyMemory<byte> Behind(ReadOnlyMemory<byte> media)
    {
        const int Head = 16;
        var bytes = media.Span;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            return media[(bytes.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) is >= 0 and var eoi ? eoi + 2 : bytes.Length)..];
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P']))
        {
            return media[Math.Min(bytes.Length, bytes.LastIndexOf("IEND"u8) is >= 0 and var end ? end + 8 : bytes.Length)..];
        }

        return bytes.Length > Head && Kind(media[Head..]) is FileKind.Text or FileKind.Delimited ? media[Head..] : default;
    }

    private static bool HasControls(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, 4096)];
        if (head.Contains((byte)0))
        {
            return !PlainText.LooksLikeText(head);
        }

        foreach (var b in head)
        {
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C or 0x1B))
            {
                return true;
            }
        }

        return false;
    }
}
