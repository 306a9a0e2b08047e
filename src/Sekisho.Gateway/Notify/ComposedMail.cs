namespace Sekisho.Gateway.Notify;

/// <summary>A mail the gateway wrote. Its envelope sender is always the null sender (RFC 3834 section 3.3, RFC 3461 section 6.1), so that nothing answers it.</summary>
/// <param name="Bytes">The message: CRLF line ends, no line above 998 octets of our own making.</param>
/// <param name="To">Envelope recipients, as they were given.</param>
/// <param name="Subject">The subject as people read it.</param>
/// <param name="MessageId">Message-ID without brackets.</param>
/// <param name="EightBit">Bytes above 127 occur (only where an original is returned, or an address needs them).</param>
/// <param name="SmtpUtf8">A header field holds an address that is not ASCII (RFC 6531).</param>
public sealed record ComposedMail(ReadOnlyMemory<byte> Bytes, IReadOnlyList<string> To, string Subject, string MessageId, bool EightBit, bool SmtpUtf8);
