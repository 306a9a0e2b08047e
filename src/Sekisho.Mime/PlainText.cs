using System.Text;
using System.Text.Unicode;

namespace Sekisho.Mime;

/// <summary>Text in bytes of their own, outside any entity: files and what stands in containers.</summary>
public static class PlainText
{
    /// <summary>What a guess looks at, from the first byte on that is not ASCII.</summary>
    private const int Sample = 1024 * 1024;

    /// <summary>
    /// Bytes as text, never throwing: by its byte order mark; as <paramref name="declaredCharset"/> says unless that is plainly wrong; else as
    /// guessed among UTF-8, UTF-16 without mark, ISO-2022-JP, Shift_JIS (code page 932), EUC-JP and windows-1252. Invalid bytes become U+FFFD.
    /// </summary>
    /// <param name="bytes">All bytes of the text.</param>
    /// <param name="declaredCharset">A MIME charset name, or null. One that is not known counts as none.</param>
    /// <param name="maxChars">Longest text, in UTF-16 units; what is beyond is not decoded and the answer says so.</param>
    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? declaredCharset = null, int maxChars = int.MaxValue)
    {
        maxChars = Math.Max(0, maxChars);
        var charset = Choose(bytes, declaredCharset ?? "");
        var text = charset.Decode(bytes, maxChars, out var cut);
        if (text.Length > maxChars)
        {
            text = text[..maxChars];
            cut = true;
        }

        text = text.Length > 0 && text[0] == '\uFEFF' ? text[1..] : text;
        return new DecodedText(text, charset.Name, cut);
    }

    /// <summary>True where the bytes read as text in some charset. Looks at the first 64 KiB; no bytes at all are text.</summary>
    public static bool LooksLikeText(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, 64 * 1024)];
        if (TextReading.FromMark(bytes) is { } marked)
        {
            return marked == Charset.Utf8 ? !bytes.Contains((byte)0) : IsPlausible(marked.Decode(bytes));
        }

        if (bytes.Contains((byte)0))
        {
            return Utf16WithoutMark(bytes) is not null;
        }

        var controls = 0;
        var high = 0;
        foreach (var b in bytes)
        {
            controls += b is < 0x20 and not ((byte)'\t' or (byte)'\n' or 0x0B or 0x0C or (byte)'\r' or 0x1A or 0x1B) ? 1 : 0;
            high += b >= 0x80 ? 1 : 0;
        }

        if (controls * 50 > bytes.Length)
        {
            return false;
        }

        return high == 0 || CharsetGuess.IsNearlyUtf8(bytes) || CharsetGuess.ScoreShiftJis(bytes) > high || CharsetGuess.ScoreEucJp(bytes) > high
            || IsMostlyUtf8(bytes) || (high * 3 < bytes.Length && controls == 0);
    }

    private static Charset Choose(ReadOnlySpan<byte> bytes, string declaredName)
    {
        if (TextReading.FromMark(bytes) is { } marked)
        {
            return marked;
        }

        if (Utf16WithoutMark(bytes[..Math.Min(bytes.Length, 64 * 1024)]) is { } wide)
        {
            return wide;
        }

        var first = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        var sample = first < 0 ? bytes[..Math.Min(bytes.Length, Sample)] : bytes.Slice(first, Math.Min(bytes.Length - first, Sample));
        if (Charset.TryGet(declaredName, out var declared) && !TextReading.IsPlainlyWrong(declared, declaredName, sample))
        {
            return declared;
        }

        if (first < 0)
        {
            return CharsetGuess.HasEscapes(bytes) ? Charset.Iso2022Jp : declared is { IsStateless: true } ? declared : Charset.Utf8;
        }

        if (!CharsetGuess.HasEscapes(sample) && IsMostlyUtf8(sample))
        {
            return Charset.Utf8;
        }

        return declared is not null ? TextReading.Better(declared, sample) : CharsetGuess.Guess(sample);
    }

    /// <summary>One damaged character does not make megabytes of UTF-8 something else.</summary>
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return true;
        }

        var valid = 0;
        var invalid = 0;
        while (true)
        {
            var at = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (at < 0)
            {
                return valid > invalid * 20;
            }

            bytes = bytes[at..];
            var ok = Rune.DecodeFromUtf8(bytes, out _, out var length) == System.Buffers.OperationStatus.Done;
            valid += ok ? 1 : 0;
            invalid += ok ? 0 : 1;
            if (invalid > 100 && valid < invalid * 20)
            {
                return false;
            }

            bytes = bytes[length..];
        }
    }

    /// <summary>UTF-16 by its zero bytes, which all stand on the same side of the pairs.</summary>
    private static Charset? Utf16WithoutMark(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || !bytes.Contains((byte)0))
        {
            return null;
        }

        Span<int> zeros = stackalloc int[2];
        for (var i = 0; i < bytes.Length; i++)
        {
            zeros[i & 1] += bytes[i] == 0 ? 1 : 0;
        }

        var most = Math.Max(zeros[0], zeros[1]);
        if (Math.Min(zeros[0], zeros[1]) * 20 >= most || (bytes.Length < 64 && most * 8 < bytes.Length))
        {
            // On both sides, or hardly any in a few bytes: a binary file.
            return null;
        }

        return Charset.TryGet(zeros[1] > zeros[0] ? "utf-16" : "utf-16be", out var charset) && IsPlausible(charset.Decode(bytes[..(bytes.Length & ~1)])) ? charset : null;
    }

    /// <summary>True for text without controls, unpaired surrogates and private characters, but for a few.</summary>
    private static bool IsPlausible(string text)
    {
        var odd = 0;
        foreach (var c in text)
        {
            odd += c is < ' ' and not ('\t' or '\n' or '\v' or '\f' or '\r') or '\uFFFD' or >= '\uE000' and < '\uF900' or >= '\u0870' and < '\u0900' or >= '\u2FE0' and < '\u2FF0' ? 1 : 0;
        }

        return odd * 50 <= text.Length;
    }
}
