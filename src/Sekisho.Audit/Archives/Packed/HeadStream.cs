namespace Sekisho.Audit.Archives;

/// <summary>A stream whose first bytes were looked at and come again.</summary>
internal sealed class HeadStream : Stream
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

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_at == _length)
        {
            return _inner.Read(buffer);
        }

        var got = Math.Min(buffer.Length, _length - _at);
        _head.AsSpan(_at, got).CopyTo(buffer);
        _at += got;
        return got;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
