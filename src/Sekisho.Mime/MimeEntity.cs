namespace Sekisho.Mime;

/// <summary>How an entity's body is wrapped for transport (RFC 2045 section 6, and uuencode inside text).</summary>
public enum TransferEncoding
{
    /// <summary>7bit, 8bit, binary, or none named.</summary>
    Identity,

    /// <summary>base64.</summary>
    Base64,

    /// <summary>quoted-printable.</summary>
    QuotedPrintable,

    /// <summary>x-uuencode and its spellings.</summary>
    UUEncode,

    /// <summary>A name that is not known; the body is passed as it stands.</summary>
    Unknown,
}

/// <summary>The text of a part. <paramref name="Truncated"/> when the limit cut it; <paramref name="Charset"/> as used, after guessing.</summary>
public sealed record DecodedText(string Text, string Charset, bool Truncated);

/// <summary>One entity: a header and a body; the message itself, a part of a multipart, or an embedded message.</summary>
public sealed class MimeEntity
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(0, StringComparer.Ordinal);

    private IReadOnlyDictionary<string, string>? _parameters;
    private DispositionInfo? _disposition;

    internal MimeEntity()
    {
    }

    /// <summary>
    /// The message whose bytes all ranges of this entity count in. It is the outer message, except inside an embedded message that came
    /// under a transfer encoding: that one was decoded into bytes of its own.
    /// </summary>
    public MimeMessage Message { get; internal init; } = null!;

    /// <summary>The entity's header.</summary>
    public HeaderList Headers { get; internal set; } = null!;

    /// <summary>The body's bytes as they stand in the message, transfer encoding still on.</summary>
    public ByteRange Body { get; internal set; }

    /// <summary>What stands before the first part of a multipart; empty otherwise. Some clients show it.</summary>
    public ByteRange Preamble { get; internal set; }

    /// <summary>What stands after the closing delimiter of a multipart; empty otherwise. Some clients show it.</summary>
    public ByteRange Epilogue { get; internal set; }

    /// <summary>Media type in lower case, e.g. <c>text/plain</c>; <c>text/plain</c> when none is named (RFC 2045 section 5.2).</summary>
    public string MediaType { get; internal set; } = "text/plain";

    /// <summary>Content-Type parameters, RFC 2231 continuations joined and decoded, names in lower case.</summary>
    public IReadOnlyDictionary<string, string> Parameters
        => _parameters ??= ContentType is null ? None : ParameterReader.Read(ContentType.Unfolded);

    /// <summary>The disposition in lower case (<c>attachment</c>, <c>inline</c>), or null.</summary>
    public string? Disposition => DispositionRead.Name;

    /// <summary>The decoded file name from Content-Disposition or Content-Type's <c>name</c>, or null.</summary>
    public string? FileName => DispositionRead.FileName;

    /// <summary>The transfer encoding.</summary>
    public TransferEncoding Encoding { get; internal set; }

    /// <summary>The parts of a multipart, or the one message inside a <c>message/rfc822</c>; else empty.</summary>
    public IReadOnlyList<MimeEntity> Children { get; internal set; } = [];

    /// <summary>The entity this one stands in, or null for the root.</summary>
    public MimeEntity? Parent { get; internal set; }

    /// <summary>True for winmail.dat (application/ms-tnef), by type or by its signature.</summary>
    public bool IsTnef { get; internal set; }

    /// <summary>
    /// A leaf a person reads as the mail's text: text/* without attachment disposition and file name, and a multipart so broken that it has
    /// no parts (clients show it as it stands).
    /// </summary>
    public bool IsBodyText
        => Children.Count == 0 && !IsTnef
           && (MediaType.StartsWith("text/", StringComparison.Ordinal) || MediaType.StartsWith("multipart/", StringComparison.Ordinal))
           && Disposition != "attachment" && FileName is null;

    /// <summary>A leaf that is not body text: what a person would call an attachment (also inline images).</summary>
    public bool IsAttachment => Children.Count == 0 && !IsBodyText;

    internal ReadOnlySpan<byte> BodySpan => Message.Bytes.Span.Slice(Body.Offset, Body.Length);

    internal HeaderField? ContentType { get; set; }

    /// <summary>Offset of the entity's first header byte.</summary>
    internal int Start { get; set; }

    /// <summary>True for the message itself and for an embedded message.</summary>
    internal bool IsMessageRoot { get; init; }

    /// <summary>True for a part of a multipart/digest, whose default type is message/rfc822 (RFC 2046 section 5.1.5).</summary>
    internal bool IsDigestPart { get; init; }

    private DispositionInfo DispositionRead => _disposition ??= DispositionInfo.Read(this);

    /// <summary>
    /// The body with the transfer encoding taken off, as a forward-only stream. Undecodable bytes are skipped, never thrown on.
    /// </summary>
    public Stream OpenDecoded()
    {
        var body = Message.Bytes.Slice(Body.Offset, Body.Length);
        return Encoding switch
        {
            TransferEncoding.Base64 => new Base64Stream(body),
            TransferEncoding.QuotedPrintable => new QuotedPrintableStream(body),
            TransferEncoding.UUEncode => new UUStream(body),
            _ => new IdentityStream(body),
        };
    }

    /// <summary>
    /// The body as text: transfer encoding off, charset as declared, or as guessed where that is missing, unknown or plainly wrong.
    /// At most <paramref name="maxChars"/> characters.
    /// </summary>
    public DecodedText ReadText(int maxChars = 4 * 1024 * 1024) => TextReading.Read(this, maxChars);
}
