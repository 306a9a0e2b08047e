namespace Sekisho.Audit.Archives;

/// <summary>
/// The line before each message of an mbox: <c>From </c>, who, when. Text may begin a line with the same five bytes, so the rest must be what no sentence is: one word (or
/// <c>user at domain</c>, or none) and then nothing but a whole date.
/// </summary>
internal static class Separator
{
    /// <summary>The five bytes.</summary>
    public static ReadOnlySpan<byte> From => "From "u8;

    /// <summary>The longest line taken for a separator.</summary>
    public const int MaxLength = 512;

    /// <summary>Reads a separator.</summary>
    /// <param name="line">The line, its break not included.</param>
    /// <param name="at">What it says, or null: <c>From -</c> alone and the bare <c>From </c> of new Thunderbirds say nothing.</param>
    /// <returns>False when the line is none. A bare one is <see cref="IsBare"/>, which must be asked for itself.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out DateTimeOffset? at)
    {
        at = null;
        if (line.Length > MaxLength || !line.StartsWith(From))
        {
            return false;
        }

        var rest = line[5..].Trim(" \t\r"u8);
        if (rest is [(byte)'-'])
        {
            return true;
        }

        // UUCP named the host it had a mail from behind the date.
        var remote = rest.IndexOf(" remote from "u8);
        if (remote > 0)
        {
            rest = rest[..remote];
        }

        return TryDate(AfterWord(rest), ref at)
            || (AfterAt(rest) is { IsEmpty: false } after && TryDate(after, ref at))
            || (rest is [(byte)'"', ..] && TryDate(AfterQuoted(rest), ref at))
            || TryDate(rest, ref at);
    }

    /// <summary>True for <c>From </c> with nothing behind it, as Thunderbird writes since 2023.</summary>
    public static bool IsBare(ReadOnlySpan<byte> line) => line.StartsWith(From) && line[5..].Trim(" \t\r"u8).IsEmpty;

    /// <summary>The sender's word of a separator, empty where there is none.</summary>
    public static ReadOnlySpan<byte> Sender(ReadOnlySpan<byte> line)
    {
        var rest = line.StartsWith(From) ? line[5..].TrimStart(" \t"u8) : line;
        var end = rest.IndexOfAny(" \t\r"u8);
        return end < 0 ? rest : rest[..end];
    }

    private static bool TryDate(ReadOnlySpan<byte> text, ref DateTimeOffset? at)
    {
        text = text.TrimStart(" \t"u8);
        // Every date of a separator begins with its weekday or its day, and all of it must be date: a word that is none ends the attempt.
        if (text.Length < 15)
        {
            return false;
        }

        var parts = new DateParts(lenient: false);
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAny(" \t,"u8);
            var word = end < 0 ? text : text[..end];
            if (!word.IsEmpty && !parts.Take(word))
            {
                return false;
            }

            text = end < 0 ? [] : text[(end + 1)..];
        }

        if (!parts.IsWhole)
        {
            return false;
        }

        at = parts.TryMake(out var read) ? read : null;
        return true;
    }

    private static ReadOnlySpan<byte> AfterWord(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny(" \t"u8);
        return end < 0 ? [] : text[end..];
    }

    /// <summary>What follows <c>user at domain</c>, as list archives write addresses.</summary>
    private static ReadOnlySpan<byte> AfterAt(ReadOnlySpan<byte> text)
    {
        var after = AfterWord(text).TrimStart(" \t"u8);
        return after.StartsWith("at "u8) ? AfterWord(after[3..].TrimStart(" \t"u8)) : [];
    }

    private static ReadOnlySpan<byte> AfterQuoted(ReadOnlySpan<byte> text)
    {
        var end = text[1..].IndexOf((byte)'"');
        return end < 0 ? [] : AfterWord(text[(end + 1)..]);
    }
}
