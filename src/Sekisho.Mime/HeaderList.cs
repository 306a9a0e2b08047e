using System.Collections;
using System.Text;

namespace Sekisho.Mime;

/// <summary>One header field as it stands in the message (RFC 5322 section 2.2), or a header line that is no field (its name is empty).</summary>
public sealed class HeaderField
{
    private string? _unfolded;
    private string? _decoded;
    private Charset? _rawCharset;
    private volatile bool _charsetRead;

    internal HeaderField(MimeMessage message, string name, ByteRange raw, ByteRange value) => (Message, Name, Raw, Value) = (message, name, raw, value);

    private static readonly System.Buffers.SearchValues<byte> AsWritten = System.Buffers.SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (byte)c), (byte)'\t', (byte)'\r', (byte)'\n']);

    internal MimeMessage Message { get; }

    internal MimeEntity Entity { get; init; } = null!;

    internal AddressList? AddressesRead { get; set; }

    /// <summary>The name as written, without colon and blanks; empty for a line that is no field.</summary>
    public string Name { get; }

    /// <summary>False for a header line without a field name; its whole text is the value then.</summary>
    public bool IsField => Name.Length > 0;

    /// <summary>The whole field from the first byte of its name through its last line break.</summary>
    public ByteRange Raw { get; }

    /// <summary>What follows the colon up to, not including, the last line break; folds still in.</summary>
    public ByteRange Value { get; }

    /// <summary>The value's bytes, folds still in.</summary>
    public ReadOnlySpan<byte> ValueBytes => Message.Bytes.Span.Slice(Value.Offset, Value.Length);

    /// <summary>The value with folds undone and blanks trimmed, bytes read as UTF-8 or, where that fails, by the message's guessed charset. Encoded words stay.</summary>
    public string Unfolded => _unfolded ??= Unfold();

    /// <summary><see cref="Unfolded"/> with RFC 2047 encoded words decoded.</summary>
    public string Decoded => _decoded ??= EncodedWords.Decode(Unfolded);

    /// <summary>True when decoding would change nothing: printable ASCII without an encoded word, so that a question about its characters can be asked of <see cref="ValueBytes"/>.</summary>
    public bool ReadsAsWritten => ValueBytes.IndexOfAnyExcept(AsWritten) < 0 && ValueBytes.IndexOf("=?"u8) < 0;

    /// <summary>True when the field's name equals <paramref name="name"/>, case not minded.</summary>
    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Bytes of this header as text: ISO-2022-JP by its escapes, UTF-8, or the message's guessed charset.</summary>
    internal string DecodeRaw(ReadOnlySpan<byte> bytes) => (RawCharset ?? Charset.Utf8).Decode(bytes);

    /// <summary>The charset of raw bytes in this field, or null when they are plain ASCII. One for the whole field: a piece alone tells too little.</summary>
    internal Charset? RawCharset
    {
        get
        {
            if (!_charsetRead)
            {
                _rawCharset = ReadCharset();
                _charsetRead = true;
            }

            return _rawCharset;
        }
    }

    private Charset? ReadCharset()
    {
        var bytes = ValueBytes;
        if (CharsetGuess.HasEscapes(bytes))
        {
            return Charset.Iso2022Jp;
        }

        if (System.Text.Ascii.IsValid(bytes))
        {
            return null;
        }

        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Charset.Utf8;
        }

        // A short field fits several charsets; what the message says elsewhere decides, where the field allows it.
        return Message.HeaderCharset is { } likely && CharsetGuess.Fits(likely, bytes) ? likely : CharsetGuess.Guess(bytes);
    }

    private string Unfold()
    {
        var value = ValueBytes.Trim(" \t\r\n"u8);
        var text = DecodeRaw(value);
        if (!text.Contains('\n'))
        {
            return text;
        }

        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n'))
            {
                continue;
            }

            output.Append(text[i]);
        }

        return output.ToString();
    }
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
    public HeaderField? First(string name)
    {
        foreach (var field in _fields)
        {
            if (field.Is(name))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>Every field of that name, in order.</summary>
    public IEnumerable<HeaderField> All(string name) => _fields.Where(f => f.Is(name));

    /// <summary>The addresses of every field of that name (a mail client may read any of them).</summary>
    public AddressList Addresses(string name)
    {
        AddressList? only = null;
        List<Mailbox>? mailboxes = null;
        List<MimeDefect>? defects = null;
        foreach (var field in _fields)
        {
            if (!field.Is(name))
            {
                continue;
            }

            var list = AddressList.Parse(field);
            if (only is null)
            {
                only = list;
                continue;
            }

            mailboxes ??= [.. only.Mailboxes];
            defects ??= [.. only.Defects];
            mailboxes.AddRange(list.Mailboxes);
            defects.AddRange(list.Defects);
        }

        return mailboxes is null ? only ?? AddressList.Empty : new AddressList(mailboxes, defects!);
    }

    /// <summary>The fields in order, without an object for the counting: every question about a header begins so.</summary>
    public List<HeaderField>.Enumerator GetEnumerator() => _fields.GetEnumerator();

    IEnumerator<HeaderField> IEnumerable<HeaderField>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
