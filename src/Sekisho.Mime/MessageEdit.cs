using System.Collections.Immutable;

namespace Sekisho.Mime;

/// <summary>
/// An edited copy: header splices over the original's bytes; every byte outside a splice passes as it stands (law 5).
/// Build one, then write it any number of times. The original is not copied. Not safe to change from several threads at once.
/// </summary>
public sealed class MessageEdit
{
    private static readonly ImmutableSortedDictionary<Place, Splice> Nothing = ImmutableSortedDictionary.Create<Place, Splice>(new PlaceOrder());

    private readonly MimeMessage _message;

    /// <summary>Shared with clones and never changed in place: a clone costs one object, an addition the logarithm of the splices.</summary>
    private ImmutableSortedDictionary<Place, Splice> _splices = Nothing;
    private long _growth;
    private int _next;

    /// <summary>An edit of <paramref name="message"/> that changes nothing yet.</summary>
    public MessageEdit(MimeMessage message) => _message = message;

    private MessageEdit(MessageEdit other)
        => (_message, _splices, _growth, _next) = (other._message, other._splices, other._growth, other._next);

    private enum Layer
    {
        Prepended,
        Separator,
        Inserted,
        Field,
    }

    /// <summary>
    /// True when the copy equals the original byte for byte.
    /// </summary>
    public bool IsIdentity => _splices.Count == 0 || (_growth == 0 && EqualsOriginal());

    /// <summary>Bytes of the copy.</summary>
    public long Length => _message.Bytes.Length + _growth;

    /// <summary>An edit with the same splices, to which more can be added without touching this one. Its cost depends neither on the message nor on its header.</summary>
    public MessageEdit Clone() => new(this);

    /// <summary>
    /// Takes a field of the message's own header out, or a header line that is none. Throws <see cref="ArgumentException"/> for a field of
    /// another message or of a part.
    /// </summary>
    public void Remove(HeaderField field)
    {
        Check(field);
        Set(new Place(field.Raw.Offset, Layer.Field, 0), new Splice(field.Raw.Length, []));
    }

    /// <summary>
    /// Puts another value in a field's place; the field is folded at 78 characters where it has blanks to fold at. Throws
    /// <see cref="ArgumentException"/> when the value holds CR, LF or NUL, and for a header line that is no field.
    /// </summary>
    public void Replace(HeaderField field, ReadOnlySpan<byte> value)
    {
        Check(field);
        Set(new Place(field.Raw.Offset, Layer.Field, 0), new Splice(field.Raw.Length, FieldWriter.Write(field.Name, value, LineBreak)));
    }

    /// <summary>Adds a field before the first one of the header; of several, the last added comes first. Same checks as <see cref="Replace"/>.</summary>
    public void Prepend(string name, ReadOnlySpan<byte> value)
    {
        var at = HeaderStart(out var needsSeparator);
        var bytes = FieldWriter.Write(name, value, LineBreak);
        if (needsSeparator)
        {
            // A text without header: without an empty line its first line would be read as part of the new field.
            Set(new Place(at, Layer.Separator, 0), new Splice(0, LineBreak.ToArray()));
        }

        Set(new Place(at, Layer.Prepended, -_next++), new Splice(0, bytes));
    }

    /// <summary>Adds a field in the place of, that is directly before, <paramref name="field"/>. Same checks as <see cref="Replace"/>.</summary>
    public void InsertBefore(HeaderField field, string name, ReadOnlySpan<byte> value)
    {
        Check(field);
        Set(new Place(field.Raw.Offset, Layer.Inserted, _next++), new Splice(0, FieldWriter.Write(name, value, LineBreak)));
    }

    /// <summary>The copy as stretches of the original and of inserted bytes, in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Segments()
    {
        var at = 0;
        foreach (var (place, splice) in _splices)
        {
            if (place.Offset > at)
            {
                yield return _message.Bytes[at..place.Offset];
                at = place.Offset;
            }

            if (splice.Inserted.Length > 0)
            {
                yield return splice.Inserted;
            }

            at += splice.Removed;
        }

        if (at < _message.Bytes.Length)
        {
            yield return _message.Bytes[at..];
        }
    }

    private ReadOnlySpan<byte> LineBreak => _message.UsesCrLf ? "\r\n"u8 : "\n"u8;

    private void Check(HeaderField field)
    {
        if (field.Message != _message || field.Entity != _message.Root)
        {
            throw new ArgumentException("The field stands in another message or in a part.", nameof(field));
        }
    }

    private void Set(Place place, Splice splice)
    {
        if (_splices.TryGetValue(place, out var old))
        {
            _growth -= old.Inserted.Length - old.Removed;
        }

        _growth += splice.Inserted.Length - splice.Removed;
        _splices = _splices.SetItem(place, splice);
    }

    /// <summary>Where the first field stands. A line that begins with a blank is passed over: behind an added field it would be its continuation.</summary>
    private int HeaderStart(out bool needsSeparator)
    {
        needsSeparator = false;
        foreach (var field in _message.Headers)
        {
            var first = _message.Bytes.Span[field.Raw.Offset];
            if (!HeaderReader.IsPostmark(field) && first is not ((byte)' ' or (byte)'\t'))
            {
                return field.Raw.Offset;
            }
        }

        var end = _message.HeaderRange.End;
        var rest = _message.Bytes.Span[end..];
        needsSeparator = rest.Length > 0 && !rest.StartsWith("\n"u8) && !rest.StartsWith("\r\n"u8);
        return end;
    }

    private bool EqualsOriginal()
    {
        var at = 0;
        foreach (var segment in Segments())
        {
            if (!segment.Span.SequenceEqual(_message.Bytes.Span.Slice(at, segment.Length)))
            {
                return false;
            }

            at += segment.Length;
        }

        return true;
    }

    private readonly record struct Place(int Offset, Layer Layer, int Order);

    private readonly record struct Splice(int Removed, byte[] Inserted);

    private sealed class PlaceOrder : IComparer<Place>
    {
        public int Compare(Place x, Place y)
        {
            var offset = x.Offset.CompareTo(y.Offset);
            var layer = offset != 0 ? offset : x.Layer.CompareTo(y.Layer);
            return layer != 0 ? layer : x.Order.CompareTo(y.Order);
        }
    }
}
