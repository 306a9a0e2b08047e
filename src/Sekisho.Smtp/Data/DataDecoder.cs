using System.Buffers;

namespace Sekisho.Smtp;

/// <summary>
/// Undoes dot-stuffing and finds the end of data (RFC 5321 section 4.5.2), or, for BDAT, only watches the line breaks. The rule that everything hangs
/// on: a line ends with CRLF and with nothing else, and only CRLF "." CRLF ends the data. A sender or a relay that believes in <c>\n.\n</c> thus never
/// gets a second transaction out of one message.
/// </summary>
/// <remarks>Blocks without a dot at the start of a line are passed on as they are; only from such a dot on are bytes copied.</remarks>
internal sealed class DataDecoder(bool normalize, int maxTextLine)
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';
    private const byte Dot = (byte)'.';

    /// <summary>Input of one copying step. Twice as much, and what was held back, may come out of it.</summary>
    private const int EditInput = 16 * 1024;
    private const int EditOutput = (2 * EditInput) + 16;

    private enum State : byte
    {
        /// <summary>After CRLF, or at the very start: a dot counts.</summary>
        LineStart,

        /// <summary>Within a line, or after a line break that was not CRLF: a dot is a dot.</summary>
        Text,

        /// <summary>After a CR that has been passed on.</summary>
        Cr,

        /// <summary>After CRLF "."; the dot is held back.</summary>
        Dot,

        /// <summary>After CRLF "." CR; both are held back.</summary>
        DotCr,
    }

    private State _state;
    private State _lineStart;
    private long _line;
    private byte[]? _edited;

    /// <summary>A bare CR or LF was seen and is not to be normalised: nothing comes out any more, only the end is looked for.</summary>
    public bool Broken { get; private set; }

    /// <summary>A line was longer than allowed.</summary>
    public bool LineTooLong { get; private set; }

    /// <summary>Makes ready for a message. <paramref name="dots"/> false: BDAT, where dots mean nothing and the end is counted elsewhere.</summary>
    public void Reset(bool dots)
    {
        _lineStart = dots ? State.LineStart : State.Text;
        _state = _lineStart;
        _line = 0;
        Broken = false;
        LineTooLong = false;
    }

    /// <summary>
    /// Decodes as much of <paramref name="input"/> as can be done in one step; call again with the rest until it is used up. True when the end of data was
    /// found, which is then consumed. <paramref name="output"/> lies in the input or in a buffer that the next call overwrites.
    /// </summary>
    public bool Decode(in ReadOnlySequence<byte> input, out SequencePosition consumed, out ReadOnlySequence<byte> output)
    {
        if (!Broken && _state is not (State.Dot or State.DotCr))
        {
            long clean = 0;
            foreach (var memory in input)
            {
                var taken = Skim(memory.Span);
                clean += taken;
                if (taken < memory.Length)
                {
                    break;
                }
            }

            if (clean > 0)
            {
                output = input.Slice(0, clean);
                consumed = output.End;
                return false;
            }
        }

        return Edit(input, out consumed, out output);
    }

    /// <summary>BDAT LAST was read: a CR that waits for its LF is bare. True when a LF must be added to the message.</summary>
    public bool EndChunks()
    {
        if (_state != State.Cr)
        {
            return false;
        }

        _state = _lineStart;
        Broken |= !normalize;
        return normalize;
    }

    /// <summary>Gives the copy buffer back.</summary>
    public void Release()
    {
        if (_edited is not null)
        {
            ArrayPool<byte>.Shared.Return(_edited);
            _edited = null;
        }
    }

    /// <summary>The length of the stretch at the start that can be passed on unchanged.</summary>
    private int Skim(ReadOnlySpan<byte> bytes)
    {
        var i = 0;
        while (i < bytes.Length)
        {
            if (_state == State.Cr)
            {
                if (bytes[i] != Lf)
                {
                    return i;
                }

                i++;
                _line = 0;
                _state = _lineStart;
                continue;
            }

            if (_state == State.LineStart)
            {
                if (bytes[i] == Dot)
                {
                    return i;
                }

                _state = State.Text;
            }

            var at = bytes[i..].IndexOfAny(Cr, Lf);
            if (at < 0)
            {
                Grow(bytes.Length - i);
                return bytes.Length;
            }

            Grow(at);
            i += at;
            if (bytes[i] == Lf)
            {
                return i;
            }

            i++;
            _state = State.Cr;
        }

        return i;
    }

    private bool Edit(in ReadOnlySequence<byte> input, out SequencePosition consumed, out ReadOnlySequence<byte> output)
    {
        _edited ??= ArrayPool<byte>.Shared.Rent(EditOutput);
        var length = 0;
        var used = 0;
        var ended = false;
        foreach (var memory in input)
        {
            var block = memory.Span[..Math.Min(memory.Length, EditInput - used)];
            used += Step(block, _edited, ref length, out ended);
            if (ended || used == EditInput)
            {
                break;
            }
        }

        consumed = input.GetPosition(used);
        output = new ReadOnlySequence<byte>(_edited, 0, Broken ? 0 : length);
        return ended;
    }

    /// <summary>The state machine, byte by byte at line breaks and in runs between them. Returns the bytes used: all, or up to the end of data.</summary>
    private int Step(ReadOnlySpan<byte> bytes, Span<byte> output, ref int length, out bool ended)
    {
        ended = false;
        var i = 0;
        while (i < bytes.Length)
        {
            var b = bytes[i];
            switch (_state)
            {
                case State.LineStart when b == Dot:
                    _state = State.Dot;
                    i++;
                    break;

                case State.LineStart:
                    _state = State.Text;
                    break;

                case State.Text:
                    var run = bytes[i..].IndexOfAny(Cr, Lf);
                    run = run < 0 ? bytes.Length - i : run;
                    bytes.Slice(i, run).CopyTo(output[length..]);
                    length += run;
                    Grow(run);
                    i += run;
                    if (i < bytes.Length)
                    {
                        output[length++] = Cr;
                        if (bytes[i] == Cr)
                        {
                            _state = State.Cr;
                        }
                        else
                        {
                            output[length++] = Lf;
                            SoftBreak();
                        }

                        i++;
                    }

                    break;

                case State.Cr:
                    output[length++] = Lf;
                    if (b == Lf)
                    {
                        _line = 0;
                        _state = _lineStart;
                        i++;
                    }
                    else
                    {
                        SoftBreak();
                    }

                    break;

                case State.Dot when b == Cr:
                    _state = State.DotCr;
                    i++;
                    break;

                case State.Dot when b == Lf:
                    LoneDot(output, ref length);
                    i++;
                    break;

                case State.Dot:
                    // More on this line: the dot was the stuffing and stays out (RFC 5321 section 4.5.2).
                    _state = State.Text;
                    break;

                case State.DotCr when b == Lf:
                    ended = true;
                    return i + 1;

                case State.DotCr:
                    LoneDot(output, ref length);
                    break;
            }
        }

        return i;
    }

    /// <summary>CRLF "." and then a CR or LF alone: no stuffing sender writes this, so the dot is what the line says, and no end of data.</summary>
    private void LoneDot(Span<byte> output, ref int length)
    {
        ".\r\n"u8.CopyTo(output[length..]);
        length += 3;
        SoftBreak();
    }

    /// <summary>A line break that is not CRLF. What follows is not the start of a line in the sense of the protocol, whatever it looks like.</summary>
    private void SoftBreak()
    {
        Broken |= !normalize;
        _line = 0;
        _state = State.Text;
    }

    private void Grow(int bytes)
    {
        _line += bytes;
        LineTooLong |= _line + 2 > maxTextLine;
    }
}
