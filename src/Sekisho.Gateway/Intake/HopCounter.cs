namespace Sekisho.Gateway.Intake;

/// <summary>Counts the Received lines of a header as it streams by (RFC 5321 section 6.3: the way to see a mail loop).</summary>
internal struct HopCounter
{
    private static ReadOnlySpan<byte> Name => "received:"u8;

    private int _matched;
    private bool _mid;
    private int _lineLength;
    private bool _done;

    /// <summary>Received lines so far.</summary>
    public int Count { get; private set; }

    /// <summary>Reads the next bytes; after the header's end it looks at nothing more.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (_done)
            {
                return;
            }

            if (b == (byte)'\n')
            {
                _done = _lineLength == 0;
                (_matched, _mid, _lineLength) = (0, false, 0);
            }
            else if (b != (byte)'\r')
            {
                _lineLength++;
                Match(b);
            }
        }
    }

    private void Match(byte b)
    {
        if (_mid)
        {
            return;
        }

        var lower = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
        if (lower != Name[_matched])
        {
            _mid = true;
        }
        else if (++_matched == Name.Length)
        {
            Count++;
            _mid = true;
        }
    }
}
