using System.Text;

namespace Sekisho.Mime;

/// <summary>An entity's body as text.</summary>
internal static class TextReading
{
    private static readonly System.Buffers.SearchValues<char> NameEnds = System.Buffers.SearchValues.Create("\"'>;/ \r\n");

    public static DecodedText Read(MimeEntity entity, int maxChars)
    {
        maxChars = Math.Max(0, maxChars);

        // No charset needs more than eight bytes for a character; what is beyond cannot be shown anyway.
        var maxBytes = (int)Math.Min(entity.Body.Length, (maxChars * 8L) + 8);
        ReadOnlySpan<byte> bytes;
        var more = false;
        if (entity.Encoding is TransferEncoding.Identity or TransferEncoding.Unknown)
        {
            bytes = entity.BodySpan[..maxBytes];
            more = maxBytes < entity.Body.Length;
        }
        else
        {
            var buffer = new byte[maxBytes];
            using var stream = entity.OpenDecoded();
            var length = stream.ReadAtLeast(buffer, maxBytes, throwOnEndOfStream: false);
            bytes = buffer.AsSpan(0, length);
            more = length == maxBytes && stream.ReadByte() >= 0;
        }

        var charset = Choose(entity, bytes);
        var text = charset.Decode(bytes, maxChars, out var cut);
        if (text.Length > maxChars)
        {
            text = text[..maxChars];
            cut = true;
        }

        return new DecodedText(text, charset.Name, more || cut);
    }

    private static Charset Choose(MimeEntity entity, ReadOnlySpan<byte> bytes)
    {
        if (FromMark(bytes) is { } marked)
        {
            return marked;
        }

        var name = entity.Parameters.GetValueOrDefault("charset") ?? "";
        if (!Charset.TryGet(name, out var declared))
        {
            declared = entity.MediaType == "text/html" ? FromMeta(bytes) : null;
        }

        if (declared is null)
        {
            return CharsetGuess.Guess(bytes);
        }

        return IsPlainlyWrong(declared, name, bytes) ? Better(declared, bytes) : declared;
    }

    internal static bool IsPlainlyWrong(Charset declared, string name, ReadOnlySpan<byte> bytes)
    {
        if (declared == Charset.Utf8)
        {
            return !CharsetGuess.IsNearlyUtf8(bytes) || CharsetGuess.HasEscapes(bytes);
        }

        if (declared == Charset.ShiftJis)
        {
            return CharsetGuess.ScoreShiftJis(bytes) < 0 || CharsetGuess.HasEscapes(bytes);
        }

        if (declared == Charset.EucJp)
        {
            return CharsetGuess.ScoreEucJp(bytes) < 0 || CharsetGuess.HasEscapes(bytes);
        }

        var has8Bit = !System.Text.Ascii.IsValid(bytes);
        if (declared == Charset.Iso2022Jp)
        {
            return has8Bit && !CharsetGuess.HasEscapes(bytes);
        }

        if (declared == Charset.Latin1252)
        {
            // Declared as ASCII, 8-bit bytes are plainly wrong; declared as Latin-1 every byte is right, but for UTF-8 and ISO-2022-JP text.
            return CharsetGuess.HasEscapes(bytes) || (has8Bit && (name.Contains("ascii", StringComparison.OrdinalIgnoreCase) || CharsetGuess.IsNearlyUtf8(bytes)));
        }

        return false;
    }

    internal static Charset Better(Charset declared, ReadOnlySpan<byte> bytes)
    {
        var guess = CharsetGuess.Guess(bytes);
        return guess == Charset.Latin1252 && declared != Charset.Iso2022Jp ? declared : guess;
    }

    internal static Charset? FromMark(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) && bytes.Length % 4 == 0 && Charset.TryGet("utf-32", out var wide))
        {
            return wide;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return Charset.Utf8;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) && Charset.TryGet("utf-16", out var little))
        {
            return little;
        }

        return bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) && Charset.TryGet("utf-16be", out var big) ? big : null;
    }

    /// <summary>The charset an HTML page names itself within its first kilobyte.</summary>
    private static Charset? FromMeta(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 1024)]);
        var at = head.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var rest = head.AsSpan(at + 8).TrimStart("\"' ");
        var end = rest.IndexOfAny(NameEnds);
        var name = end < 0 ? rest : rest[..end];
        return Charset.TryGet(name.ToString(), out var charset) && charset.IsStateless ? charset : null;
    }
}
