using System.Collections;

namespace Sekisho.Mime;

/// <summary>One header field as it stands in the message (RFC 5322 section 2.2).</summary>
public sealed class HeaderField
{
    internal HeaderField(MimeMessage message, string name, ByteRange raw, ByteRange value) => (Message, Name, Raw, Value) = (message, name, raw, value);

    internal MimeMessage Message { get; }

    /// <summary>The name as written, without colon and blanks.</summary>
    public string Name { get; }

    /// <summary>The whole field from the first byte of its name through its last line break.</summary>
    public ByteRange Raw { get; }

    /// <summary>What follows the colon up to, not including, the last line break; folds still in.</summary>
    public ByteRange Value { get; }

    /// <summary>The value's bytes, folds still in.</summary>
    public ReadOnlySpan<byte> ValueBytes => Message.Bytes.Span.Slice(Value.Offset, Value.Length);

    /// <summary>The value with folds undone and blanks trimmed, bytes read as UTF-8 or, where that fails, by the message's guessed charset. Encoded words stay.</summary>
    public string Unfolded => throw new NotImplementedException();

    /// <summary><see cref="Unfolded"/> with RFC 2047 encoded words decoded.</summary>
    public string Decoded => throw new NotImplementedException();

    /// <summary>True when the field's name equals <paramref name="name"/>, case not minded.</summary>
    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The fields of one header in order.</summary>
public sealed class HeaderList : IReadOnlyList<HeaderField>
{
    private readonly List<HeaderField> _fields;

    internal HeaderList(List<HeaderField> fields) => _fields = fields;

    /// <inheritdoc/>
    public int Count => _fields.Count;

    /// <inheritdoc/>
    public HeaderField this[int index] => _fields[index];

    /// <summary>The first field of that name, or null.</summary>
    public HeaderField? First(string name) => _fields.Find(f => f.Is(name));

    /// <summary>Every field of that name, in order.</summary>
    public IEnumerable<HeaderField> All(string name) => _fields.Where(f => f.Is(name));

    /// <summary>The addresses of every field of that name (a mail client may read any of them).</summary>
    public AddressList Addresses(string name) => throw new NotImplementedException();

    /// <inheritdoc/>
    public IEnumerator<HeaderField> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
