namespace Sekisho.Mime;

/// <summary>What can be wrong with a message's form. Each is kept, none stops the reading.</summary>
public enum MimeDefectKind
{
    /// <summary>A CR not followed by LF, or an LF not preceded by CR.</summary>
    BareLineBreak,

    /// <summary>A NUL byte.</summary>
    Nul,

    /// <summary>A line in the header that is no field and no continuation.</summary>
    NotAField,

    /// <summary>Line break, NUL or control character inside address data (also after decoding an encoded word).</summary>
    BreakInAddress,

    /// <summary>An entry of an address field that is no address.</summary>
    UnparsableAddress,

    /// <summary>The header ends inside address data: the body begins with what reads as the rest of an address field.</summary>
    HeaderEndsInsideAddresses,

    /// <summary>The same once-only field (RFC 5322 section 3.6) stands twice.</summary>
    RepeatedField,

    /// <summary>An encoded word, parameter or transfer encoding that cannot be decoded.</summary>
    Undecodable,

    /// <summary>A charset that is not known.</summary>
    UnknownCharset,

    /// <summary>A multipart whose boundary is missing, never opened or never closed.</summary>
    BrokenMultipart,

    /// <summary>A limit of <see cref="MimeLimits"/> was reached; what lies beyond was not read.</summary>
    LimitReached,

    /// <summary>The message ends inside the header.</summary>
    Truncated,

    /// <summary>A line of more than 998 octets (RFC 5322 section 2.1.1).</summary>
    LongLine,
}

/// <summary>One defect: what, where (byte offset in the message) and a few words of detail, safe to show (no control characters).</summary>
public sealed record MimeDefect(MimeDefectKind Kind, int Offset, string Detail);

/// <summary>Bounds of the reader; past one, reading stops there and a <see cref="MimeDefectKind.LimitReached"/> says so.</summary>
public sealed record MimeLimits
{
    /// <summary>The defaults.</summary>
    public static MimeLimits Default { get; } = new();

    /// <summary>Nested multiparts and embedded messages.</summary>
    public int MaxDepth { get; init; } = 50;

    /// <summary>Parts in one message.</summary>
    public int MaxEntities { get; init; } = 10_000;

    /// <summary>Fields in one header.</summary>
    public int MaxHeaderFields { get; init; } = 10_000;

    /// <summary>Bytes of one header.</summary>
    public int MaxHeaderBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Entries in one address field.</summary>
    public int MaxAddresses { get; init; } = 100_000;

    /// <summary>Defects kept; later ones are counted only.</summary>
    public int MaxDefects { get; init; } = 1_000;

    /// <summary>Decoded bytes of all messages that are embedded under a transfer encoding (the others are read where they stand).</summary>
    public long MaxEmbeddedBytes { get; init; } = 64L * 1024 * 1024;
}
