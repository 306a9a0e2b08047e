namespace Sekisho.Mime;

/// <summary>The body as it stands.</summary>
internal sealed class IdentityStream(ReadOnlyMemory<byte> body) : DecodingStream
{
    private int _at;

    public override int Read(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, body.Length - _at);
        body.Span.Slice(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }
}
