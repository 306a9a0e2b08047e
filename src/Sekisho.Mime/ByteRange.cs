namespace Sekisho.Mime;

/// <summary>A stretch of a message, in bytes from its first byte.</summary>
public readonly record struct ByteRange(int Offset, int Length)
{
    /// <summary>The offset of the first byte after the range.</summary>
    public int End => Offset + Length;
}
