using System.Buffers;

namespace Sekisho.Smtp;

/// <summary>
/// Writes a message for DATA (RFC 5321 section 4.5.2): a dot more before each line that begins with one, the end of data last. It knows only CRLF as a
/// line break and refuses anything else, so no peer with a looser idea of lines can find another end of data in what leaves here.
/// </summary>
internal sealed class DotStuffer
{
    private enum State : byte
    {
        LineStart,
        Text,
        Cr,
    }

    private State _state = State.LineStart;

    /// <summary>True once a bare CR or LF was met; from then on nothing is written and the message must not be ended.</summary>
    public bool Broken { get; private set; }

    /// <summary>Bytes written, dots added included.</summary>
    public long Written { get; private set; }

    /// <summary>Encodes the next block.</summary>
    public void Write(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        if (Broken || bytes.IsEmpty)
        {
            return;
        }

        var start = 0;
        var i = 0;
        while (i < bytes.Length)
        {
            if (_state == State.LineStart)
            {
                if (bytes[i] == '.')
                {
                    Emit(bytes[start..i], output);
                    Emit("."u8, output);
                    start = i;
                }

                _state = State.Text;
            }
            else if (_state == State.Cr)
            {
                if (bytes[i] != '\n')
                {
                    Broken = true;
                    return;
                }

                i++;
                _state = State.LineStart;
                continue;
            }

            var at = bytes[i..].IndexOfAny((byte)'\r', (byte)'\n');
            if (at < 0)
            {
                break;
            }

            if (bytes[i + at] == '\n')
            {
                Broken = true;
                return;
            }

            i += at + 1;
            _state = State.Cr;
        }

        Emit(bytes[start..], output);
    }

    /// <summary>True when the message may be ended: every CR had its LF.</summary>
    public bool CanEnd => !Broken && _state != State.Cr;

    /// <summary>Writes the end of data, after a CRLF where the message did not end in one.</summary>
    public void End(IBufferWriter<byte> output)
    {
        if (!CanEnd)
        {
            throw new InvalidOperationException("A broken message has no end of data.");
        }

        Emit(_state == State.LineStart ? ".\r\n"u8 : "\r\n.\r\n"u8, output);
    }

    private void Emit(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        output.Write(bytes);
        Written += bytes.Length;
    }
}
