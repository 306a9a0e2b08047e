using System.IO.Pipelines;

namespace Sekisho.Smtp;

/// <summary>Timeouts by phase (RFC 5321 section 4.5.3.2) and what to insist on.</summary>
public sealed record SmtpClientOptions
{
    /// <summary>The name given in EHLO.</summary>
    public string HostName { get; init; } = "localhost";

    /// <summary>Greeting.</summary>
    public TimeSpan GreetingTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>EHLO, MAIL, RCPT, STARTTLS, AUTH, RSET.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>354 after DATA.</summary>
    public TimeSpan DataStartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Writing one block.</summary>
    public TimeSpan DataBlockTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The reply after the end of data.</summary>
    public TimeSpan DataEndTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>One reply line, in bytes; a longer one ends the session.</summary>
    public int MaxReplyLine { get; init; } = 4096;

    /// <summary>Lines of one reply.</summary>
    public int MaxReplyLines { get; init; } = 200;

    /// <summary>Recipients in one transaction; the caller splits (RFC 5321 section 4.5.3.1.8 promises only 100, Postfix takes 1000).</summary>
    public int MaxRecipients { get; init; } = 1000;
}

/// <summary>How far a sending came; decides whether a retry can duplicate (law 8).</summary>
public enum SmtpSendStage
{
    /// <summary>No byte of the end of data was written: nothing can have been taken.</summary>
    BeforeEndOfData,

    /// <summary>The end of data was (perhaps partly) written and no reply came: unknown.</summary>
    ReplyLost,

    /// <summary>The final reply came.</summary>
    Answered,
}

/// <summary>One transaction's result.</summary>
/// <param name="Stage">How far it came.</param>
/// <param name="Recipients">One reply a recipient in the order given: the RCPT reply where that was a refusal, else the final one. Null where none came.</param>
/// <param name="FinalReply">The reply to the end of data, or the refusal of MAIL/DATA; null when the connection died.</param>
/// <param name="Error">What broke the connection, in a few words; null when nothing did. The session must then be dropped.</param>
public sealed record SmtpSendResult(SmtpSendStage Stage, IReadOnlyList<SmtpReply?> Recipients, SmtpReply? FinalReply, string? Error);

/// <summary>A message to be written: its size and its stretches of bytes.</summary>
public interface ISmtpContent
{
    /// <summary>Bytes, before dot-stuffing.</summary>
    long Length { get; }

    /// <summary>True when there is a byte above 127 (8BITMIME is then needed).</summary>
    bool HasEightBit { get; }

    /// <summary>The bytes in order. May be enumerated once for each sending. A message that does not end in CRLF gets one (DATA cannot say otherwise).</summary>
    IEnumerable<ReadOnlyMemory<byte>> Segments();
}
