namespace Sekisho.Mime;

/// <summary>
/// quoted-printable (RFC 2045 section 6.7). Blanks before a line break are dropped, a soft break joins lines, an escape that is none stands
/// for itself.
/// </summary>
internal sealed class QuotedPrintableStream(ReadOnlyMemory<byte> body) : DecodingStream
{
    private int _at;

    /// <summary>End of the literal stretch that is being copied.</summary>
    private int _literalEnd;

    /// <summary>Where reading goes on after the literal stretch: behind blanks that are dropped.</summary>
    private int _resume;

    public override int Read(Span<byte> buffer)
    {
        var bytes = body.Span;
        var written = 0;
        while (written < buffer.Length)
        {
            if (_at < _literalEnd)
            {
                var length = Math.Min(buffer.Length - written, _literalEnd - _at);
                bytes.Slice(_at, length).CopyTo(buffer[written..]);
                _at += length;
                written += length;
                continue;
            }

            _at = Math.Max(_at, _resume);
            if (_at >= bytes.Length)
            {
                break;
            }

            if (bytes[_at] != '=')
            {
                FindLiteral(bytes);
                continue;
            }

            var high = _at + 1 < bytes.Length ? Ascii.HexValue(bytes[_at + 1]) : -1;
            var low = _at + 2 < bytes.Length ? Ascii.HexValue(bytes[_at + 2]) : -1;
            if (high >= 0 && low >= 0)
            {
                buffer[written++] = (byte)((high << 4) | low);
                _at += 3;
            }
            else if (SoftBreak(bytes[_at..]) is var soft and > 0)
            {
                _at += soft;
            }
            else
            {
                buffer[written++] = (byte)'=';
                _at++;
            }
        }

        return written;
    }

    /// <summary>The stretch up to the next escape or through the next line break, its trailing blanks left out.</summary>
    private void FindLiteral(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[_at..];
        if (rest[0] == '\n')
        {
            (_literalEnd, _resume) = (_at + 1, _at + 1);
            return;
        }

        if (rest.Length > 1 && rest[0] == '\r' && rest[1] == '\n')
        {
            (_literalEnd, _resume) = (_at + 2, _at + 2);
            return;
        }

        var found = rest.IndexOfAny((byte)'=', (byte)'\n');
        var end = found < 0 ? rest.Length : found;
        if (found >= 0 && rest[found] == '=')
        {
            (_literalEnd, _resume) = (_at + end, _at + end);
            return;
        }

        if (found > 0 && rest[found - 1] == '\r')
        {
            end--;
        }

        var text = rest[..end].TrimEnd(" \t"u8).Length;
        (_literalEnd, _resume) = (_at + text, _at + end);
        if (text == 0 && end == 0)
        {
            _literalEnd = _resume = _at + 1;
        }
    }

    /// <summary>Length of a soft line break at the start of <paramref name="rest"/>, or 0.</summary>
    private static int SoftBreak(ReadOnlySpan<byte> rest)
    {
        var i = 1;
        while (i < rest.Length && rest[i] is (byte)' ' or (byte)'\t')
        {
            i++;
        }

        if (i >= rest.Length)
        {
            return rest.Length;
        }

        if (rest[i] == '\n')
        {
            return i + 1;
        }

        return rest[i] == '\r' && i + 1 < rest.Length && rest[i + 1] == '\n' ? i + 2 : 0;
    }
}
