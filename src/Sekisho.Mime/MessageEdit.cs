namespace Sekisho.Mime;

/// <summary>
/// An edited copy: header splices over the original's bytes; every byte outside a splice passes as it stands (law 5).
/// Build one, then write it any number of times. The original is not copied.
/// </summary>
public sealed class MessageEdit
{
    /// <summary>An edit of <paramref name="message"/> that changes nothing yet.</summary>
    public MessageEdit(MimeMessage message) => throw new NotImplementedException();

    /// <summary>An edit with the same splices, to which more can be added without touching this one.</summary>
    public MessageEdit Clone() => throw new NotImplementedException();

    /// <summary>Takes a field of the message's own header out. Throws <see cref="ArgumentException"/> for a field of another message or of a part.</summary>
    public void Remove(HeaderField field) => throw new NotImplementedException();

    /// <summary>Puts another value in a field's place; the field is folded at 78 characters where it has blanks to fold at. Throws <see cref="ArgumentException"/> when the value holds CR, LF or NUL.</summary>
    public void Replace(HeaderField field, ReadOnlySpan<byte> value) => throw new NotImplementedException();

    /// <summary>Adds a field before the first one of the header. Same checks as <see cref="Replace"/>.</summary>
    public void Prepend(string name, ReadOnlySpan<byte> value) => throw new NotImplementedException();

    /// <summary>Adds a field in the place of, that is directly before, <paramref name="field"/>. Same checks as <see cref="Replace"/>.</summary>
    public void InsertBefore(HeaderField field, string name, ReadOnlySpan<byte> value) => throw new NotImplementedException();

    /// <summary>True when the copy equals the original byte for byte.</summary>
    public bool IsIdentity => throw new NotImplementedException();

    /// <summary>Bytes of the copy.</summary>
    public long Length => throw new NotImplementedException();

    /// <summary>The copy as stretches of the original and of inserted bytes, in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Segments() => throw new NotImplementedException();
}
