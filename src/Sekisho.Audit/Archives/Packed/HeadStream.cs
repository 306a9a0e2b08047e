using Sekisho.Inspection;

namespace Sekisho.Audit.Archives;

/// <summary>A stream whose first bytes were looked at and come again.</summary>
internal sealed class HeadStream : ForwardStream
{
    private readonly Stream _inner;
    private readonly byte[] _head = new byte[FileKinds.Sight];
    private readonly int _length;
    private int _at;

    /// <summary>Reads the head.</summary>
    public HeadStream(Stream inner)
    {
        _inner = inner;
        _length = inner.ReadAtLeast(_head, _head.Length, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _length);

    public override int Read(Span<byte> buffer)
    {
        int got;
        if (_at == _length)
        {
            got = _inner.Read(buffer);
        }
        else
        {
            got = Math.Min(buffer.Length, _length - _at);
            _head.AsSpan(_at, got).CopyTo(buffer);
            _at += got;
        }

        BytesRead += got;
        return got;
    }
}
