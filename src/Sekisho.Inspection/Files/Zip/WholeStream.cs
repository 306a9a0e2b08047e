namespace Sekisho.Inspection;

/// <summary>A stream that must not end before its promised length: unpackers take a cut input for a finished one.</summary>
internal sealed class WholeStream(Stream inner, long promised) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        BytesRead += read;
        return read > 0 || buffer.Length == 0 || BytesRead >= promised ? read : throw new EndOfStreamException();
    }
}
