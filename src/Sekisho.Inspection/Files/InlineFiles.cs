using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Files that stand in the middle of a text: uuencode blocks, which clients of old show as attachments, base64, PGP messages and codings of old.</summary>
internal static class InlineFiles
{
    private const int MaxFiles = 1000;

    private static ReadOnlySpan<byte> BinHex => "(This file must be converted with BinHex"u8;

    private static ReadOnlySpan<byte> YEnc => "=ybegin "u8;

    /// <summary>True where a text's bytes may hold one; a quick look.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text)
        => text.IndexOf("begin "u8) >= 0 || text.IndexOf("-----BEGIN PGP MESSAGE"u8) >= 0 || Base64Blocks.MayBeIn(text)
            || text.IndexOf(BinHex) >= 0 || text.IndexOf(YEnc) >= 0;

    /// <summary>What coding of the file's kind is in a text that is not taken off here (BinHex of RFC 1741, yEnc); null without one.</summary>
    public static string? OldCoding(ReadOnlySpan<byte> text)
        => Line(text, 0, BinHex) >= 0 ? "BinHex" : Line(text, 0, YEnc) >= 0 && text.IndexOf("=yend "u8) >= 0 ? "yEnc" : null;

    /// <summary>True for a PGP message with head and foot, each at the beginning of a line (RFC 9580 section 6.2).</summary>
    public static bool HasPgp(ReadOnlySpan<byte> text)
    {
        var at = Line(text, 0, "-----BEGIN PGP MESSAGE"u8);
        return at >= 0 && Line(text, at, "-----END PGP MESSAGE"u8) > at;
    }

    /// <summary>The uuencode blocks (POSIX uuencode), in order, then what stands there in base64.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Of(ReadOnlyMemory<byte> text)
    {
        foreach (var block in UuBlocks(text))
        {
            yield return block;
        }

        foreach (var bytes in Base64Blocks.Of(text))
        {
            yield return ("base64", bytes);
        }
    }

    private static IEnumerable<(string Name, byte[] Bytes)> UuBlocks(ReadOnlyMemory<byte> text)
    {
        var at = 0;
        for (var count = 0; count < MaxFiles; count++)
        {
            at = Line(text.Span, at, "begin "u8);
            if (at < 0)
            {
                yield break;
            }

            var next = Decode(text.Span, at, out var name, out var bytes);
            if (bytes is not null)
            {
                yield return (name, bytes);
            }

            at = next;
        }
    }

    private static int Line(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> start)
    {
        while (at < text.Length)
        {
            var found = text[at..].IndexOf(start);
            if (found < 0)
            {
                return -1;
            }

            at += found;
            if (at == 0 || text[at - 1] == '\n')
            {
                return at;
            }

            at += start.Length;
        }

        return -1;
    }

    /// <summary>Decodes the block at <paramref name="at"/>; where reading goes on. No bytes where it is none: a sentence may begin with "begin".</summary>
    private static int Decode(ReadOnlySpan<byte> text, int at, out string name, out byte[]? bytes)
    {
        (name, bytes) = ("", null);
        var head = Next(text, ref at)["begin "u8.Length..];
        var space = head.IndexOf((byte)' ');
        if (space is not (3 or 4) || head[..space].ContainsAnyExceptInRange((byte)'0', (byte)'7') || space + 1 >= head.Length)
        {
            return at;
        }

        name = PlainText.Decode(head[(space + 1)..]).Text.Trim();
        MemoryStream? data = null;
        while (at < text.Length)
        {
            var before = at;
            var line = Next(text, ref at);
            var length = line.Length > 0 ? (line[0] - 32) & 63 : 0;
            if (line.SequenceEqual("end"u8) || length == 0)
            {
                if (!line.SequenceEqual("end"u8) && (line.IsEmpty || line[0] is (byte)'`' or (byte)' '))
                {
                    continue;
                }

                break;
            }

            // A full line has four characters for three bytes; blanks at its end may be lost on the way.
            if (line[0] is < 32 or > 96 || line.Length > 90 || (line.Length - 1) * 3 < (length - 3) * 4 / 2)
            {
                at = before;
                break;
            }

            data ??= new MemoryStream();
            Write(line, length, data);
        }

        bytes = data?.ToArray();
        return at;
    }

    private static void Write(ReadOnlySpan<byte> line, int length, MemoryStream data)
    {
        for (int i = 1, written = 0; written < length; i += 4)
        {
            var word = (Six(line, i) << 18) | (Six(line, i + 1) << 12) | (Six(line, i + 2) << 6) | Six(line, i + 3);
            for (var shift = 16; shift >= 0 && written < length; shift -= 8, written++)
            {
                data.WriteByte((byte)(word >> shift));
            }
        }
    }

    private static int Six(ReadOnlySpan<byte> line, int index) => index < line.Length ? (line[index] - 32) & 63 : 0;

    private static ReadOnlySpan<byte> Next(ReadOnlySpan<byte> text, ref int at)
    {
        var rest = text[at..];
        var end = rest.IndexOf((byte)'\n');
        at += end < 0 ? rest.Length : end + 1;
        return (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
    }
}
