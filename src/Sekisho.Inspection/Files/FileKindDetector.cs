namespace Sekisho.Inspection;

/// <summary>A kind and, for people, what it is more exactly (<c>Access</c>, <c>PGP</c>); empty where the kind says it.</summary>
internal readonly record struct FileType(FileKind Kind, string Label = "");

/// <summary>
/// Says what a file is by its bytes. The name decides only between kinds of text, which no byte tells apart, and never makes a program or an
/// archive of a text.
/// </summary>
internal static class FileKindDetector
{
    /// <summary>The kind of a file. Never throws; time is linear with a small constant: heads, tails and lists of names are looked at.</summary>
    public static FileType Detect(string name, ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.IsEmpty)
        {
            return new FileType(FileKind.Empty);
        }

        if (bytes.StartsWith("PK"u8) && ZipKind.Of(bytes) is { } zip)
        {
            return zip;
        }

        if (CfbFile.IsOne(bytes))
        {
            return CompoundKind.Of(file);
        }

        var extension = Disguise.Extension(name);
        if (Signatures.Of(bytes) is { } known)
        {
            // A signature that stands beside what it signs holds nothing of its own.
            return extension == "p7s" && bytes[0] == 0x30 ? new FileType(FileKind.Media) : known;
        }

        if (TextKind.Of(bytes, extension) is { } text)
        {
            return text;
        }

        return Signatures.ByName(bytes, extension) ?? new FileType(FileKind.Unknown, Described(bytes, extension));
    }

    private static string Described(ReadOnlySpan<byte> bytes, string extension)
        => extension.Length > 0 && extension.All(char.IsAsciiLetterOrDigit) ? "." + extension : $"begins with {Convert.ToHexString(bytes[..Math.Min(4, bytes.Length)])}";
}
