using System.Buffers;
using System.Text;

namespace Sekisho.Mime;

/// <summary>The text of an address field: what of it is structure, and its pieces as characters.</summary>
internal static class AddressText
{
    /// <summary>Stands for a byte that is part of a character of several bytes; never a special.</summary>
    private const byte Opaque = 0xFF;

    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    private static readonly SearchValues<char> Untidy = SearchValues.Create("\"\\(\r\n\t");

    /// <summary>
    /// The value with bytes that only look like ASCII made opaque, offset for offset: in Shift_JIS the second byte of a character may be
    /// <c>@</c>, <c>[</c> or a backslash, in ISO-2022-JP both may be any special. Returns the value itself where there is nothing to hide.
    /// </summary>
    public static ReadOnlySpan<byte> Mask(HeaderField field, ReadOnlySpan<byte> value)
    {
        var charset = field.RawCharset;
        if (charset == Charset.Iso2022Jp)
        {
            return MaskEscapes(value);
        }

        return charset is null || !charset.IsLead(0xE0) ? value : MaskTrailBytes(charset, value);
    }

    /// <summary>Line breaks that are no folds, controls, and lines of nothing but blanks within the value.</summary>
    public static void FindBreaks(HeaderField field, ReadOnlySpan<byte> value, ReadOnlySpan<byte> masked, DefectLog defects)
    {
        var at = 0;
        var lineStart = 0;
        var lines = 0;
        var blankLine = -1;
        while (true)
        {
            var found = value[at..].IndexOfAny(Controls);
            var stop = found < 0 ? value.Length : at + found;
            if (blankLine >= 0 && value[at..stop].IndexOfAnyExcept(" \t"u8) >= 0)
            {
                // A line of blanks continues the field by the letter of RFC 5322, but ends the header in some mailers' eyes.
                defects.Add(MimeDefectKind.BreakInAddress, field.Value.Offset + blankLine, $"a line of blanks inside {field.Name}");
                blankLine = -1;
            }

            if (found < 0)
            {
                return;
            }

            at = stop;
            var c = value[at];
            if (masked[at] != c)
            {
                at++;
                continue;
            }

            var isFold = c == '\r' && at + 1 < value.Length && value[at + 1] == '\n';
            if (isFold || (c == '\n' && !field.Message.UsesCrLf))
            {
                if (lines++ > 0 && value[lineStart..at].IndexOfAnyExcept(" \t"u8) < 0)
                {
                    blankLine = lineStart;
                }

                at += isFold ? 2 : 1;
                lineStart = at;
                continue;
            }

            var what = c switch { (byte)'\r' => "CR", (byte)'\n' => "LF", 0 => "NUL", _ => "control character" };
            defects.Add(MimeDefectKind.BreakInAddress, field.Value.Offset + at, $"{what} inside {field.Name}");
            at++;
        }
    }

    /// <summary>
    /// A display name as people see it: quotes and their escapes undone, comments out, blanks and folds as one space, encoded words decoded.
    /// Control characters come out as spaces; <paramref name="breaks"/> says there were some.
    /// </summary>
    public static string Display(HeaderField field, ReadOnlySpan<byte> bytes, bool quotesAreText, out bool breaks, out bool undecodable)
    {
        breaks = false;
        undecodable = false;
        if (bytes.Length == 0)
        {
            return "";
        }

        var text = field.DecodeRaw(bytes);
        if (text.AsSpan().IndexOfAny(Untidy) >= 0 || text.Contains("  ", StringComparison.Ordinal))
        {
            text = Clean(text, quotesAreText);
        }

        var decoded = EncodedWords.Decode(text, out undecodable);
        if (decoded.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0 && !decoded.Contains('\x7F'))
        {
            return decoded;
        }

        var output = new StringBuilder(decoded.Length);
        foreach (var c in decoded)
        {
            breaks |= c is (< ' ' and not '\t') or '\x7F';
            output.Append(c is < ' ' or '\x7F' ? ' ' : c);
        }

        return output.ToString();
    }

    /// <summary>Reads an addr-spec that may be interspersed with comments, folds and blanks about its dots and @ (RFC 5322 section 4.4).</summary>
    public static EmailAddress? Address(HeaderField field, ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.Trim(" \t\r\n"u8);
        if (bytes.Length is 0 or > 4_000)
        {
            return null;
        }

        Span<char> buffer = stackalloc char[256];
        EmailAddress? address;
        if (bytes.Length <= buffer.Length && bytes.IndexOfAny(" \t\r\n("u8) < 0 && System.Text.Ascii.IsValid(bytes))
        {
            Encoding.ASCII.GetChars(bytes, buffer);
            return EmailAddress.TryParse(buffer[..bytes.Length], out address) ? address : null;
        }

        return EmailAddress.TryParse(Squeeze(field.DecodeRaw(bytes)), out address) ? address : null;
    }

    private static string Squeeze(string text)
    {
        var output = new StringBuilder(text.Length);
        var inQuotes = false;
        var blank = false;
        var comments = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (comments && !inQuotes && c == '(')
            {
                var end = CommentEnd(text, i);
                comments = end > 0;
                if (comments)
                {
                    i = end - 1;
                    blank = true;
                    continue;
                }
            }

            if (c is '\r' or '\n')
            {
                continue;
            }

            if (!inQuotes && c is ' ' or '\t')
            {
                blank = true;
                continue;
            }

            if (blank && output.Length > 0 && c is not ('.' or '@') && output[^1] is not ('.' or '@'))
            {
                output.Append(' ');
            }

            blank = false;
            if (c == '\\' && inQuotes && i + 1 < text.Length)
            {
                output.Append(c);
                c = text[++i];
            }
            else if (c == '"')
            {
                inQuotes = !inQuotes;
            }

            output.Append(c);
        }

        return output.ToString();
    }

    private static string Clean(string text, bool quotesAreText)
    {
        var output = new StringBuilder(text.Length);
        var inQuotes = false;
        var blank = false;
        var comments = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"')
            {
                inQuotes = !inQuotes && !quotesAreText;
                continue;
            }

            if (c == '\\' && inQuotes && i + 1 < text.Length)
            {
                c = text[++i];
            }
            else if (comments && !inQuotes && c == '(')
            {
                var end = CommentEnd(text, i);
                comments = end > 0;
                if (comments)
                {
                    i = end - 1;
                    blank = true;
                    continue;
                }
            }
            else if (c is '\r' or '\n')
            {
                // Only a fold is nothing; a break within one line is left for the check on control characters.
                if (c == '\n' || (i + 1 < text.Length && text[i + 1] == '\n'))
                {
                    continue;
                }
            }
            else if (c is ' ' or '\t' && !inQuotes)
            {
                blank = true;
                continue;
            }

            if (blank && output.Length > 0)
            {
                output.Append(' ');
            }

            blank = false;
            output.Append(c);
        }

        return output.ToString();
    }

    private static int CommentEnd(string text, int from)
    {
        var depth = 0;
        for (var i = from; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return i + 1;
                default:
                    break;
            }
        }

        return -1;
    }

    private static ReadOnlySpan<byte> MaskEscapes(ReadOnlySpan<byte> value)
    {
        var masked = value.ToArray();
        var set = Iso2022JpCharset.Set.Ascii;
        var i = 0;
        while (i < masked.Length)
        {
            var escape = Iso2022JpCharset.Escape(value[i..], out var next);
            if (escape > 0)
            {
                set = next;
                masked.AsSpan(i, escape).Fill(Opaque);
                i += escape;
                continue;
            }

            var c = value[i];
            if (c is (byte)'\r' or (byte)'\n')
            {
                set = Iso2022JpCharset.Set.Ascii;
            }
            else if (set != Iso2022JpCharset.Set.Ascii && c is > 0x20 and < 0x7F)
            {
                masked[i] = Opaque;
                if (set != Iso2022JpCharset.Set.Katakana && i + 1 < masked.Length && value[i + 1] is > 0x20 and < 0x7F)
                {
                    masked[++i] = Opaque;
                }
            }

            i++;
        }

        return masked;
    }

    private static ReadOnlySpan<byte> MaskTrailBytes(Charset charset, ReadOnlySpan<byte> value)
    {
        var masked = value.ToArray();
        for (var i = 0; i + 1 < masked.Length; i++)
        {
            if (charset.IsLead(value[i]) && value[i + 1] >= 0x40 && value[i + 1] != 0x7F)
            {
                masked[i] = Opaque;
                masked[++i] = Opaque;
            }
        }

        return masked;
    }
}
