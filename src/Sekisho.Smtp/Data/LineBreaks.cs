namespace Sekisho.Smtp;

/// <summary>Looks for line breaks other than CRLF, across blocks.</summary>
internal struct LineBreakCheck
{
    private bool _pendingCr;

    /// <summary>True once a bare CR or LF was seen.</summary>
    public bool Broken { get; private set; }

    /// <summary>The next block.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || Broken)
        {
            return;
        }

        if (_pendingCr)
        {
            if (bytes[0] != '\n')
            {
                Broken = true;
                return;
            }

            bytes = bytes[1..];
            _pendingCr = false;
        }

        while (true)
        {
            var at = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            if (at < 0)
            {
                return;
            }

            if (bytes[at] == '\n')
            {
                Broken = true;
                return;
            }

            if (at + 1 == bytes.Length)
            {
                _pendingCr = true;
                return;
            }

            if (bytes[at + 1] != '\n')
            {
                Broken = true;
                return;
            }

            bytes = bytes[(at + 2)..];
        }
    }

    /// <summary>No more blocks: a CR still waiting for its LF is bare.</summary>
    public void End() => Broken |= _pendingCr;
}
