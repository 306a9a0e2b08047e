using System.Buffers;
using System.Text;

namespace Sekisho.Smtp;

/// <summary>What taking a line came to.</summary>
internal enum LineStatus
{
    /// <summary>No whole line yet.</summary>
    NeedMore,

    /// <summary>A line.</summary>
    Line,

    /// <summary>A line over the limit; it was dropped to its end.</summary>
    TooLong,

    /// <summary>A CR without LF or a LF without CR.</summary>
    BareBreak,

    /// <summary>The peer is gone.</summary>
    Gone,

    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>The server shuts down.</summary>
    Drain,
}

/// <summary>Takes CRLF lines off a transport. It never holds more than the limit and one block: the rest of a long line is dropped as it comes.</summary>
internal sealed class LineReader(TimedTransport transport)
{
    private byte[]? _scratch;
    private ReadOnlySequence<byte> _line;
    private bool _dropping;

    /// <summary>The line last taken, without CRLF; valid until the transport is filled again.</summary>
    public ReadOnlySpan<byte> Line
    {
        get
        {
            if (_line.IsSingleSegment)
            {
                return _line.FirstSpan;
            }

            var length = (int)_line.Length;
            if (_scratch is null || _scratch.Length < length)
            {
                Release();
                _scratch = ArrayPool<byte>.Shared.Rent(length);
            }

            _line.CopyTo(_scratch);
            return _scratch.AsSpan(0, length);
        }
    }

    /// <summary>Takes a line of at most <paramref name="limit"/> bytes with CRLF, or <paramref name="authLimit"/> where it begins with AUTH (RFC 4954 section 4).</summary>
    public LineStatus TryTake(int limit, int authLimit)
    {
        var buffer = transport.Buffer;
        if (buffer.IsEmpty)
        {
            return LineStatus.NeedMore;
        }

        var first = buffer.FirstSpan;
        long at = first.IndexOfAny((byte)'\r', (byte)'\n');
        byte found;
        byte? next;
        if (at >= 0 && at + 1 < first.Length)
        {
            found = first[(int)at];
            next = first[(int)at + 1];
        }
        else
        {
            var reader = new SequenceReader<byte>(buffer);
            if (!reader.TryAdvanceToAny("\r\n"u8, advancePastDelimiter: false))
            {
                return Unended(buffer, limit, authLimit);
            }

            at = reader.Consumed;
            reader.TryRead(out found);
            next = reader.TryRead(out var following) ? following : null;
        }

        if (found == '\n' || next is not (null or (byte)'\n'))
        {
            return LineStatus.BareBreak;
        }

        if (next is null)
        {
            return Unended(buffer.Slice(0, at), limit, authLimit);
        }

        var tooLong = _dropping || IsOver(buffer, at + 2, limit, authLimit);
        _dropping = false;
        _line = tooLong ? default : buffer.Slice(0, at);
        transport.Consume(buffer.GetPosition(at + 2));
        return tooLong ? LineStatus.TooLong : LineStatus.Line;
    }

    /// <summary>Gives the copy buffer back, wiped: it may hold credentials.</summary>
    public void Release()
    {
        if (_scratch is not null)
        {
            ArrayPool<byte>.Shared.Return(_scratch, clearArray: true);
            _scratch = null;
        }
    }

    /// <summary>Drops what is already too much; a CR at the end stays, for its LF may come.</summary>
    private LineStatus Unended(ReadOnlySequence<byte> part, int limit, int authLimit)
    {
        if (_dropping || IsOver(part, part.Length, limit, authLimit))
        {
            _dropping = true;
            transport.Consume(part.End);
        }

        return LineStatus.NeedMore;
    }

    private static bool IsOver(ReadOnlySequence<byte> line, long length, int limit, int authLimit)
    {
        if (length <= limit)
        {
            return false;
        }

        Span<byte> verb = stackalloc byte[5];
        line.Slice(0, Math.Min(5, line.Length)).CopyTo(verb);
        return length > authLimit || !Ascii.EqualsIgnoreCase(verb, "AUTH "u8);
    }
}
