namespace Sekisho.Mime;

/// <summary>
/// A message read by offsets into its bytes, which are never copied or changed (RFC 5322, RFC 2045 to 2049, RFC 6532).
/// Reading never throws, whatever the input; what is wrong is in <see cref="Defects"/>. Time is linear in the length.
/// </summary>
public sealed class MimeMessage
{
    /// <summary>The bytes as received (at most 2^31-1).</summary>
    public ReadOnlyMemory<byte> Bytes { get; private init; }

    /// <summary>The outermost entity: the message's own header and body.</summary>
    public MimeEntity Root { get; private init; } = null!;

    /// <summary>The message's own header.</summary>
    public HeaderList Headers => Root.Headers;

    /// <summary>Every defect of the header, the structure and the address fields.</summary>
    public IReadOnlyList<MimeDefect> Defects { get; private init; } = [];

    /// <summary>Reads a message.</summary>
    public static MimeMessage Parse(ReadOnlyMemory<byte> bytes, MimeLimits? limits = null) => throw new NotImplementedException();

    /// <summary>All entities in document order, the root first, those inside embedded messages included.</summary>
    public IEnumerable<MimeEntity> Entities() => throw new NotImplementedException();
}
