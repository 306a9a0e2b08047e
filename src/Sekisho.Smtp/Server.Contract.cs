using System.Buffers;
using System.IO.Pipelines;
using System.Net;

namespace Sekisho.Smtp;

/// <summary>Every limit and switch of a server session. Sizes in bytes, times as <see cref="TimeSpan"/>.</summary>
public sealed record SmtpServerOptions
{
    /// <summary>The name in the greeting and the EHLO reply.</summary>
    public string HostName { get; init; } = "localhost";

    /// <summary>Command line including CRLF (RFC 5321 section 4.5.3.1.4: 512; parameters of the extensions add to it).</summary>
    public int MaxCommandLine { get; init; } = 2048;

    /// <summary>AUTH response line (RFC 4954 section 4: 12288).</summary>
    public int MaxAuthLine { get; init; } = 12288;

    /// <summary>Message size, also what SIZE offers.</summary>
    public long MaxMessageSize { get; init; } = 50 * 1024 * 1024;

    /// <summary>Recipients per transaction.</summary>
    public int MaxRecipients { get; init; } = 50_000;

    /// <summary>One line of the message; a longer one is refused with 500 5.6.0 at the end of data. RFC 5321 asks for 1000; real mail has more.</summary>
    public int MaxTextLine { get; init; } = 1024 * 1024;

    /// <summary>Syntax errors and unknown commands before the session is closed with 421.</summary>
    public int MaxErrors { get; init; } = 20;

    /// <summary>Transactions in one session before 421.</summary>
    public int MaxTransactions { get; init; } = 100_000;

    /// <summary>Failed AUTH attempts before 421.</summary>
    public int MaxAuthFailures { get; init; } = 3;

    /// <summary>Waiting for a command.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Waiting for the next block of data.</summary>
    public TimeSpan DataTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>After a bare CR or LF was seen in DATA: how long the true end of data is awaited before 550 and close.</summary>
    public TimeSpan BrokenDataTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Below this mean rate in bytes/second over a minute of DATA the session ends with 421; 0 = no minimum.</summary>
    public int MinDataRate { get; init; } = 100;

    /// <summary>Bare CR and LF in the message are turned into CRLF instead of refused (for networks of old devices). Never a second end-of-data.</summary>
    public bool NormalizeLineBreaks { get; init; }

    /// <summary>STARTTLS is offered (needs an upgrade delegate).</summary>
    public bool OfferStartTls { get; init; }

    /// <summary>MAIL is refused with 530 5.7.0 until TLS is on.</summary>
    public bool RequireTls { get; init; }

    /// <summary>AUTH PLAIN and LOGIN are offered, only under TLS.</summary>
    public bool OfferAuth { get; init; }

    /// <summary>MAIL is refused with 530 5.7.0 until AUTH succeeded.</summary>
    public bool RequireAuth { get; init; }

    /// <summary>CHUNKING (RFC 3030, BDAT) is offered.</summary>
    public bool OfferChunking { get; init; } = true;
}

/// <summary>Who is on the other side; filled in as the session goes.</summary>
public sealed class SmtpSessionInfo
{
    /// <summary>The peer's address, or null in tests.</summary>
    public IPEndPoint? RemoteEndPoint { get; init; }

    /// <summary>HELO/EHLO argument, empty before.</summary>
    public string Helo { get; set; } = "";

    /// <summary>True once EHLO (not HELO) was used.</summary>
    public bool IsExtended { get; set; }

    /// <summary>True once TLS is on.</summary>
    public bool IsTls { get; set; }

    /// <summary>The authenticated user, or null.</summary>
    public string? User { get; set; }
}

/// <summary>What the gateway does with a session's mail. One instance a connection; calls never overlap. An exception thrown by any method is answered 451 4.3.0 by the session.</summary>
public interface ISmtpReceiver
{
    /// <summary>A peer connected. Null lets it in; a 421 or 554 reply turns it away.</summary>
    ValueTask<SmtpReply?> ConnectAsync(SmtpSessionInfo session, CancellationToken cancel);

    /// <summary>AUTH. True when the credentials are right.</summary>
    ValueTask<bool> AuthenticateAsync(SmtpSessionInfo session, string user, string password, CancellationToken cancel);

    /// <summary>MAIL FROM. Null accepts with the usual reply.</summary>
    ValueTask<SmtpReply?> MailAsync(SmtpSessionInfo session, SmtpMailFrom from, CancellationToken cancel);

    /// <summary>RCPT TO. Null accepts. Completes synchronously in the usual case: it is called 16,000 times in a transaction.</summary>
    ValueTask<SmtpReply?> RecipientAsync(SmtpSessionInfo session, SmtpRecipient recipient, CancellationToken cancel);

    /// <summary>DATA or the first BDAT, with at least one recipient accepted. Returns where the message goes; throwing answers 451.</summary>
    ValueTask<ISmtpMessageSink> OpenMessageAsync(SmtpSessionInfo session, SmtpMailFrom from, IReadOnlyList<SmtpRecipient> recipients, CancellationToken cancel);
}

/// <summary>Takes one message. Exactly one of <see cref="CompleteAsync"/> and <see cref="AbortAsync"/> is called, once, last.</summary>
public interface ISmtpMessageSink
{
    /// <summary>The next bytes of the message, dot-stuffing undone, end-of-data not included. The buffer is the session's again on return. A throw makes the final reply 452/451; further data is read and dropped.</summary>
    ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancel);

    /// <summary>The message is whole. The reply goes to the peer; a 250 means synced to disk.</summary>
    ValueTask<SmtpReply> CompleteAsync(CancellationToken cancel);

    /// <summary>The message is not to be taken (broken line breaks, too large, peer gone). Nothing must remain.</summary>
    ValueTask AbortAsync();
}

/// <summary>Turns a plain transport into TLS, as server. Throws when the handshake fails.</summary>
public delegate Task<IDuplexPipe> TlsUpgrade(IDuplexPipe plain, CancellationToken cancel);
