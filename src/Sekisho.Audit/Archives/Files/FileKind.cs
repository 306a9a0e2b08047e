using System.Text;

namespace Sekisho.Audit.Archives;

/// <summary>What a file is, by its first bytes; its name only where bytes do not tell.</summary>
internal enum FileKind
{
    /// <summary>No mail.</summary>
    Other,

    /// <summary>Nothing in it.</summary>
    Empty,

    /// <summary>Mails behind separator lines.</summary>
    Mbox,

    /// <summary>Mails between lines of four ^A.</summary>
    Mmdf,

    /// <summary>One mail.</summary>
    Message,

    /// <summary>One mail behind a line with its length, Apple's property list after it.</summary>
    Emlx,

    Gzip,
    Xz,
    Zstandard,
    Bzip2,
    Zip,
    Tar,

    /// <summary>Mail in a form that <see cref="KnownForms"/> says what to do about.</summary>
    Foreign,
}

/// <summary>Tells what files are.</summary>
internal static class FileKinds
{
    /// <summary>Bytes of a file's beginning that suffice.</summary>
    public const int Sight = 4096;

    private const int TarMagicAt = 257;

    /// <summary>The file's kind.</summary>
    /// <param name="head">Its first bytes, <see cref="Sight"/> of them or all.</param>
    /// <param name="name">Its name.</param>
    public static FileKind Of(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        if (head.IsEmpty)
        {
            return FileKind.Empty;
        }

        // First: some of them are packed files of another kind.
        if (KnownForms.Advice(head, name) is not null)
        {
            return FileKind.Foreign;
        }

        var packed = Packed(head);
        if (packed != FileKind.Other)
        {
            return packed;
        }

        if (head.StartsWith("\u0001\u0001\u0001\u0001\n"u8))
        {
            return FileKind.Mmdf;
        }

        var text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        var start = text.TrimStart(" \t\r\n\0"u8);
        if (IsSeparator(start))
        {
            return FileKind.Mbox;
        }

        if (EndsWith(name, ".emlx"u8) && AppleHeader(head) > 0)
        {
            return FileKind.Emlx;
        }

        return LooksLikeMessage(text) ? FileKind.Message : FileKind.Other;
    }

    /// <summary>Bytes before the message of an Apple Mail file, or 0 when it does not begin with its length; and that length.</summary>
    public static int AppleHeader(ReadOnlySpan<byte> head) => AppleHeader(head, out _);

    /// <inheritdoc cref="AppleHeader(ReadOnlySpan{byte})"/>
    public static int AppleHeader(ReadOnlySpan<byte> head, out long length)
    {
        var end = head.IndexOf((byte)'\n');
        length = 0;
        return end is > 0 and < 24 && System.Buffers.Text.Utf8Parser.TryParse(head[..end].Trim(" \t\r"u8), out length, out _) && length > 0 ? end + 1 : 0;
    }

    /// <summary>True when the text's lines are separated by bare carriage returns.</summary>
    public static bool HasBareCr(ReadOnlySpan<byte> head) => head.IndexOf((byte)'\n') < 0 && head.IndexOf((byte)'\r') >= 0;

    /// <summary>True for a name that says it is one mail, whatever its bytes say.</summary>
    public static bool IsNamedMessage(ReadOnlySpan<byte> name) => EndsWith(name, ".eml"u8) || EndsWith(name, ".emlx"u8);

    /// <summary>True for a file's name that ends so, case not minded.</summary>
    public static bool EndsWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> ending) =>
        name.Length >= ending.Length && Ascii.EqualsIgnoreCase(name[^ending.Length..], ending);

    private static FileKind Packed(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, 8, ..] => FileKind.Gzip,
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => FileKind.Xz,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => FileKind.Zstandard,
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, 0x59, 0x26, ..] => FileKind.Bzip2,
        [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => FileKind.Zip,
        _ => head.Length >= 512 && head[TarMagicAt..].StartsWith("ustar"u8) ? FileKind.Tar : FileKind.Other,
    };

    private static bool IsSeparator(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith(Separator.From))
        {
            return false;
        }

        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        var line = end < 0 ? text : text[..end];
        return Separator.TryRead(line, out _) || Separator.IsBare(line);
    }

    /// <summary>Two fields that mail has, or one where there is no more: a note that begins with <c>To: buy milk</c> is not a mail to anybody.</summary>
    private static bool LooksLikeMessage(ReadOnlySpan<byte> head)
    {
        byte[]? copy = null;
        if (HasBareCr(head))
        {
            copy = head.ToArray();
            copy.AsSpan().Replace((byte)'\r', (byte)'\n');
            head = copy;
        }

        var line = head[..(head.IndexOf((byte)'\n') is >= 0 and var end ? end : head.Length)];
        var scan = HeaderScan.Read(head);
        return scan.MailFields >= 2 && (HeaderScan.FieldNameLength(line.TrimEnd((byte)'\r')) > 0 || line.StartsWith(">From "u8));
    }
}
