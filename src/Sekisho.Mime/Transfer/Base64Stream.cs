using System.Buffers;
using System.Buffers.Text;

namespace Sekisho.Mime;

/// <summary>
/// base64 (RFC 2045 section 6.8), tolerant as clients are: characters outside the alphabet are skipped, padding may be missing, and after
/// padding a new stretch may begin (encoded files joined by hand).
/// </summary>
internal sealed class Base64Stream(ReadOnlyMemory<byte> body) : DecodingStream
{
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

            if (_count == 0 && rest.Length >= 16 && buffer.Length - written >= 12)
            {
                // The common case, a clean run of groups, goes through the vectorised decoder; it stops by itself at the first odd character.
                var room = (int)Math.Min(rest.Length, (buffer.Length - written) / 3 * 4L) & ~3;
                Base64.DecodeFromUtf8(rest[..room], buffer[written..], out var consumed, out var produced, isFinalBlock: false);
                if (produced > 0)
                {
                    _at += consumed;
                    written += produced;
                    continue;
                }
            }

            Step(rest);
        }

        return written;
    }

    /// <summary>Decodes one group, or what is left of one, by hand.</summary>
    private void Step(ReadOnlySpan<byte> rest)
    {
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
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (var i = 0; i < Alphabet.Length; i++)
        {
            values[Alphabet[i]] = (sbyte)i;
        }

        return values;
    }
}
