using System.Buffers;
using System.Buffers.Text;

namespace Sekisho.Mime;

/// <summary>
/// base64 (RFC 2045 section 6.8), tolerant as clients are: characters outside the alphabet are skipped, padding may be missing, and after
/// padding a new stretch may begin (encoded files joined by hand).
/// </summary>
internal sealed class Base64Stream(ReadOnlyMemory<byte> body) : DecodingStream
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly SearchValues<byte> Alphabet = SearchValues.Create(System.Text.Encoding.ASCII.GetBytes(Letters));
    private static readonly sbyte[] Values = BuildValues();

    private readonly byte[] _spill = new byte[4];
    private int _spillStart;
    private int _spillEnd;
    private int _at;
    private uint _bits;
    private int _count;

    /// <summary>The six bits a character stands for, or -1.</summary>
    public static int Value(byte c) => Values[c];

    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length)
        {
            if (_spillStart < _spillEnd)
            {
                buffer[written++] = _spill[_spillStart++];
                continue;
            }

            var rest = body.Span[_at..];
            if (rest.Length == 0)
            {
                if (!FlushTail())
                {
                    break;
                }

                continue;
            }

            if (_count == 0 && FastRun(rest, buffer[written..]) is var produced and > 0)
            {
                written += produced;
                continue;
            }

            Step();
        }

        return written;
    }

    /// <summary>
    /// The common case, a line of whole groups, through the vectorised decoder; returns the bytes written. It gets characters of the alphabet
    /// only: what it makes of others, blanks among them, depends on where it was stopped.
    /// </summary>
    private int FastRun(ReadOnlySpan<byte> rest, Span<byte> buffer)
    {
        var skipped = 0;
        while (skipped < rest.Length && rest[skipped] is (byte)'\r' or (byte)'\n')
        {
            skipped++;
        }

        _at += skipped;
        rest = rest[skipped..];
        var room = (int)Math.Min(rest.Length, buffer.Length / 3 * 4L);
        if (room < 8)
        {
            return 0;
        }

        var run = rest[..room].IndexOfAnyExcept(Alphabet);
        run = (run < 0 ? room : run) & ~3;
        if (run == 0 || Base64.DecodeFromUtf8(rest[..run], buffer, out var consumed, out var produced, isFinalBlock: false) != OperationStatus.Done)
        {
            return 0;
        }

        _at += consumed;
        return produced;
    }

    /// <summary>Decodes one group, or what is left of one, by hand.</summary>
    private void Step()
    {
        var rest = body.Span[_at..];
        var i = 0;
        while (i < rest.Length && _spillEnd - _spillStart == 0)
        {
            var c = rest[i++];
            int value = Values[c];
            if (value >= 0)
            {
                _bits = (_bits << 6) | (byte)value;
                if (++_count == 4)
                {
                    Spill((byte)(_bits >> 16), (byte)(_bits >> 8), (byte)_bits, 3);
                }
            }
            else if (c == '=')
            {
                FlushTail();
            }
        }

        _at += i;
    }

    /// <summary>Gives out the bytes of a group cut short by padding or the end. False when there are none.</summary>
    private bool FlushTail()
    {
        var count = _count;
        switch (count)
        {
            case 2:
                Spill((byte)(_bits >> 4), 0, 0, 1);
                return true;
            case 3:
                Spill((byte)(_bits >> 10), (byte)(_bits >> 2), 0, 2);
                return true;
            default:
                _count = 0;
                _bits = 0;
                return false;
        }
    }

    private void Spill(byte a, byte b, byte c, int length)
    {
        (_spill[0], _spill[1], _spill[2]) = (a, b, c);
        _spillStart = 0;
        _spillEnd = length;
        _bits = 0;
        _count = 0;
    }

    private static sbyte[] BuildValues()
    {
        var values = new sbyte[256];
        values.AsSpan().Fill(-1);
        for (var i = 0; i < Letters.Length; i++)
        {
            values[Letters[i]] = (sbyte)i;
        }

        return values;
    }
}
