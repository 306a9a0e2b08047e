namespace Sekisho.Mime;

/// <summary>uuencode: what stands between the <c>begin</c> line and <c>end</c>. Lines before it are skipped; a missing <c>end</c> is forgiven.</summary>
internal sealed class UUStream(ReadOnlyMemory<byte> body) : DecodingStream
{
    private readonly byte[] _line = new byte[64];
    private int _lineStart;
    private int _lineEnd;
    private int _at;
    private bool _begun;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length)
        {
            if (_lineStart < _lineEnd)
            {
                var length = Math.Min(buffer.Length - written, _lineEnd - _lineStart);
                _line.AsSpan(_lineStart, length).CopyTo(buffer[written..]);
                _lineStart += length;
                written += length;
            }
            else if (!NextLine())
            {
                break;
            }
        }

        return written;
    }

    private bool NextLine()
    {
        if (_ended || _at >= body.Length)
        {
            return false;
        }

        var rest = body.Span[_at..];
        var found = rest.IndexOf((byte)'\n');
        var line = found < 0 ? rest : rest[..found];
        _at += found < 0 ? rest.Length : found + 1;
        line = line.TrimEnd("\r"u8);
        if (!_begun)
        {
            _begun = line.StartsWith("begin "u8);
            return true;
        }

        if (line.SequenceEqual("end"u8))
        {
            _ended = true;
            return true;
        }

        Decode(line);
        return true;
    }

    private void Decode(ReadOnlySpan<byte> line)
    {
        if (line.Length < 2)
        {
            return;
        }

        var length = (line[0] - 32) & 63;
        _lineStart = 0;
        _lineEnd = 0;
        for (var i = 1; i < line.Length && _lineEnd < length; i += 4)
        {
            var a = Six(line, i);
            var b = Six(line, i + 1);
            var c = Six(line, i + 2);
            var d = Six(line, i + 3);
            Put((byte)((a << 2) | (b >> 4)), length);
            Put((byte)((b << 4) | (c >> 2)), length);
            Put((byte)((c << 6) | d), length);
        }
    }

    private void Put(byte value, int length)
    {
        if (_lineEnd < length)
        {
            _line[_lineEnd++] = value;
        }
    }

    /// <summary>The six bits at <paramref name="index"/>; trailing spaces are often stripped in transit and count as zero.</summary>
    private static int Six(ReadOnlySpan<byte> line, int index) => index < line.Length ? (line[index] - 32) & 63 : 0;
}
