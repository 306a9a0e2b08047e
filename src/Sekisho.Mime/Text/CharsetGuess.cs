using System.Text.Unicode;

namespace Sekisho.Mime;

/// <summary>Guesses a charset by which one the bytes are valid in: UTF-8, ISO-2022-JP by its escapes, Shift_JIS, EUC-JP, windows-1252 last.</summary>
internal static class CharsetGuess
{
    /// <summary>
    /// The charset of raw bytes in a message's headers: what its own header reads as where that is not UTF-8, else what its first texts are
    /// declared as; null where neither tells. Looks at Content-Type fields of plain ASCII only, whose reading asks no guess of its own.
    /// </summary>
    public static Charset? ForHeader(MimeMessage message)
    {
        var header = message.Bytes.Span.Slice(message.HeaderRange.Offset, Math.Min(message.HeaderRange.Length, 65536));
        if (!Utf8.IsValid(header) && Guess(header) is var guess && guess != Charset.Latin1252)
        {
            return guess;
        }

        foreach (var entity in message.Entities().Take(20))
        {
            if (entity.Message == message && entity.ContentType is { } type && System.Text.Ascii.IsValid(type.ValueBytes)
                && entity.Parameters.TryGetValue("charset", out var name) && Charset.TryGet(name, out var charset) && charset.IsStateless
                && charset != Charset.Utf8)
            {
                return charset;
            }
        }

        return null;
    }

    /// <summary>False where the bytes cannot be text in that charset.</summary>
    public static bool Fits(Charset charset, ReadOnlySpan<byte> bytes)
        => charset == Charset.ShiftJis ? ScoreShiftJis(bytes) >= 0
            : charset == Charset.EucJp ? ScoreEucJp(bytes) >= 0
            : charset == Charset.Utf8 ? IsNearlyUtf8(bytes)
            : charset == Charset.Iso2022Jp ? HasEscapes(bytes)
            : true;

    public static bool HasEscapes(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var at = bytes.IndexOf((byte)0x1B);
            if (at < 0)
            {
                return false;
            }

            bytes = bytes[at..];
            if (Iso2022JpCharset.Escape(bytes, out var set) > 0 && set != Iso2022JpCharset.Set.Ascii)
            {
                return true;
            }

            bytes = bytes[1..];
        }
    }

    public static Charset Guess(ReadOnlySpan<byte> bytes)
    {
        if (HasEscapes(bytes))
        {
            return Charset.Iso2022Jp;
        }

        if (IsNearlyUtf8(bytes))
        {
            return Charset.Utf8;
        }

        var shiftJis = ScoreShiftJis(bytes);
        var eucJp = ScoreEucJp(bytes);
        if (shiftJis <= 0 && eucJp <= 0)
        {
            return Charset.Latin1252;
        }

        return shiftJis >= eucJp ? Charset.ShiftJis : Charset.EucJp;
    }

    /// <summary>Valid, or valid but for a character cut at the end.</summary>
    public static bool IsNearlyUtf8(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return true;
        }

        for (var cut = 1; cut <= 3 && cut < bytes.Length; cut++)
        {
            if (bytes[^cut] >= 0xC0)
            {
                return bytes.Length > 8 && Utf8.IsValid(bytes[..^cut]);
            }
        }

        return false;
    }

    /// <summary>Negative when it cannot be Shift_JIS; higher the more it reads as Japanese. Half-width katakana count little: EUC-JP looks like them.</summary>
    public static int ScoreShiftJis(ReadOnlySpan<byte> bytes)
    {
        var score = 0;
        var invalid = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = bytes[i];
            if (c < 0x80)
            {
                continue;
            }

            if (c is >= 0xA1 and <= 0xDF)
            {
                score++;
                continue;
            }

            if (c is 0x80 or 0xA0 or >= 0xFD || i + 1 >= bytes.Length || bytes[i + 1] is < 0x40 or 0x7F or > 0xFC)
            {
                invalid++;
                continue;
            }

            // Kana and the common kanji: the rows Japanese text is made of.
            score += c is >= 0x82 and <= 0x83 ? 6 : c is >= 0x88 and <= 0x9F or 0x81 ? 4 : 1;
            i++;
        }

        return invalid > 0 && invalid * 20 > score ? -1 : score;
    }

    /// <summary>As <see cref="ScoreShiftJis"/>, for EUC-JP.</summary>
    public static int ScoreEucJp(ReadOnlySpan<byte> bytes)
    {
        var score = 0;
        var invalid = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = bytes[i];
            if (c < 0x80)
            {
                continue;
            }

            if (c == 0x8E && i + 1 < bytes.Length && bytes[i + 1] is >= 0xA1 and <= 0xDF)
            {
                score += 2;
                i++;
            }
            else if (c is >= 0xA1 and <= 0xFE && i + 1 < bytes.Length && bytes[i + 1] is >= 0xA1 and <= 0xFE)
            {
                score += c is 0xA4 or 0xA5 ? 6 : c is >= 0xB0 and <= 0xF4 or 0xA1 ? 4 : 1;
                i++;
            }
            else if (c == 0x8F && i + 2 < bytes.Length && bytes[i + 1] >= 0xA1 && bytes[i + 2] >= 0xA1)
            {
                score++;
                i += 2;
            }
            else
            {
                invalid++;
            }
        }

        return invalid > 0 && invalid * 20 > score ? -1 : score;
    }
}
