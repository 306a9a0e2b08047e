using System.IO.Pipelines;

namespace Sekisho.Smtp;

/// <summary>Extensions the server named in its EHLO reply.</summary>
public sealed record SmtpCapabilities
{
    /// <summary>PIPELINING.</summary>
    public bool Pipelining { get; init; }

    /// <summary>8BITMIME.</summary>
    public bool EightBitMime { get; init; }

    /// <summary>SMTPUTF8.</summary>
    public bool SmtpUtf8 { get; init; }

    /// <summary>DSN.</summary>
    public bool Dsn { get; init; }

    /// <summary>STARTTLS.</summary>
    public bool StartTls { get; init; }

    /// <summary>SIZE; 0 = no stated limit, null = not offered.</summary>
    public long? Size { get; init; }

    /// <summary>AUTH mechanisms in upper case.</summary>
    public IReadOnlyList<string> Auth { get; init; } = [];
}

/// <summary>The connection broke or the peer does not speak SMTP; the session is of no more use. Nothing was sent that needs a retry to be doubted.</summary>
public sealed class SmtpProtocolException(string message, SmtpReply? reply = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The reply that caused it (e.g. a 5xx greeting), or null.</summary>
    public SmtpReply? Reply { get; } = reply;
}

/// <summary>One client session over pipes; knows no sockets. Not for use by two at once.</summary>
public sealed class SmtpClientSession
{
    /// <summary>Prepares a session.</summary>
    public SmtpClientSession(IDuplexPipe transport, SmtpClientOptions options, TimeProvider time) => throw new NotImplementedException();

    /// <summary>What EHLO offered last.</summary>
    public SmtpCapabilities Capabilities => throw new NotImplementedException();

    /// <summary>Reads the greeting and says EHLO (HELO if that is refused). Throws <see cref="SmtpProtocolException"/>.</summary>
    public Task OpenAsync(CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>STARTTLS, the handshake by <paramref name="upgrade"/>, EHLO again. Bytes that came before the handshake are an error. Throws <see cref="SmtpProtocolException"/>.</summary>
    public Task StartTlsAsync(TlsUpgrade upgrade, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>AUTH PLAIN, or LOGIN where only that is offered. Throws <see cref="SmtpProtocolException"/>.</summary>
    public Task AuthenticateAsync(string user, string password, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>
    /// One transaction, pipelined where offered. Recipients refused by RCPT do not stop the others; when all are refused no data is sent.
    /// DSN and SMTPUTF8 parameters are passed on where the server offers the extension; SMTPUTF8 needed and not offered answers 5.6.7 without sending.
    /// Does not throw for what the peer does. <paramref name="cancel"/> takes effect before the end of data only.
    /// </summary>
    public Task<SmtpSendResult> SendAsync(SmtpMailFrom from, IReadOnlyList<SmtpRecipient> recipients, ISmtpContent content, CancellationToken cancel)
        => throw new NotImplementedException();

    /// <summary>NOOP or RSET; false when the connection is dead. Used before a pooled session is used again after a pause.</summary>
    public Task<bool> ProbeAsync(CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>QUIT, politely, within a second; never throws.</summary>
    public Task QuitAsync() => throw new NotImplementedException();
}
