using System.IO.Pipelines;

namespace Sekisho.Smtp;

/// <summary>One server session from greeting to close, over pipes; knows no sockets.</summary>
public sealed class SmtpServerSession
{
    /// <summary>Prepares a session. <paramref name="upgrade"/> null: no STARTTLS whatever the options say.</summary>
    public SmtpServerSession(IDuplexPipe transport, SmtpSessionInfo info, SmtpServerOptions options, ISmtpReceiver receiver, TlsUpgrade? upgrade, TimeProvider time)
        => throw new NotImplementedException();

    /// <summary>
    /// Runs until QUIT, a limit, a lost peer, or <paramref name="drain"/> (answers 421 4.3.2 at the next command boundary; a transaction
    /// whose DATA has begun is finished first). Never throws for anything the peer does.
    /// </summary>
    public Task RunAsync(CancellationToken drain) => throw new NotImplementedException();
}
