using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Sekisho.Policy;
using Sekisho.Smtp;
using Sekisho.Storage;

namespace Sekisho.Gateway.Deliver;

/// <summary>The way out through the configured relay: pooled SMTP sessions, at most <c>relay.connections</c>.</summary>
internal sealed class RelayOutgoing(RelayConfig relay, string hostName, TimeProvider time) : IOutgoing, IDisposable
{
    /// <summary>Sessions idle for longer are asked before use, much longer ones closed: relays drop idle sessions without a word.</summary>
    private static readonly TimeSpan s_probeAfter = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_closeAfter = TimeSpan.FromMinutes(2);

    /// <summary>After a failed connect the relay is left alone this long: a queue of thousands must not become thousands of connects.</summary>
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(30);

    private readonly SocketConnectionContextFactory _connections = new(new SocketConnectionFactoryOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
    private readonly ConcurrentStack<Pooled> _idle = new();
    private readonly SmtpClientOptions _options = new() { HostName = hostName, MaxRecipients = relay.MaxRecipients };
    private volatile Failure? _failure;

    /// <inheritdoc/>
    public bool Reports { get; private set; } = true;

    /// <inheritdoc/>
    public int Concurrency => relay.Connections;

    /// <inheritdoc/>
    public async Task<SmtpSendResult> SendAsync(Delivery delivery, IReadOnlyList<StoredRecipient> recipients, ISmtpContent content, CancellationToken cancel)
    {
        Pooled session;
        try
        {
            session = await TakeAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SmtpProtocolException or IOException or SocketException or System.Security.Authentication.AuthenticationException or ConnectionAbortedException or TimeoutException)
        {
            var text = $"relay {relay.Address}: {e.Message}";
            _failure = new Failure(time.GetTimestamp(), text);
            return new SmtpSendResult(SmtpSendStage.BeforeEndOfData, new SmtpReply?[recipients.Count], (e as SmtpProtocolException)?.Reply is { IsTransient: true } reply ? reply : null, text);
        }

        SmtpSendResult? result = null;
        try
        {
            result = await session.Session.SendAsync(MailFrom(delivery.Submission), [.. recipients.Select(Recipient)], content, cancel).ConfigureAwait(false);
            return result;
        }
        finally
        {
            if (result is { Error: null, FinalReply: not { Code: 421 } })
            {
                session.IdleSince = time.GetTimestamp();
                _idle.Push(session);
            }
            else
            {
                await session.DropAsync().ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async Task CloseAsync()
    {
        while (_idle.TryPop(out var session))
        {
            await session.Session.QuitAsync().ConfigureAwait(false);
            await session.DropAsync().ConfigureAwait(false);
        }

        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _connections.Dispose();

    private async Task<Pooled> TakeAsync(CancellationToken cancel)
    {
        while (_idle.TryPop(out var pooled))
        {
            var idle = time.GetElapsedTime(pooled.IdleSince);
            if (idle < s_probeAfter || (idle < s_closeAfter && await pooled.Session.ProbeAsync(cancel).ConfigureAwait(false)))
            {
                return pooled;
            }

            await pooled.DropAsync().ConfigureAwait(false);
        }

        if (_failure is { } failure && time.GetElapsedTime(failure.At) < s_pauseAfterFailure)
        {
            throw new IOException($"{failure.Text} (a moment ago)");
        }

        Pooled session;
        try
        {
            session = await ConnectAsync(plain: false, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (relay.Tls == TlsMode.Opportunistic && relay.User is null && e is SmtpProtocolException or System.Security.Authentication.AuthenticationException)
        {
            // TLS that cannot be had is not insisted on (RFC 7435 section 3), unless a password would go with it.
            session = await ConnectAsync(plain: true, cancel).ConfigureAwait(false);
        }

        _failure = null;
        return session;
    }

    private async Task<Pooled> ConnectAsync(bool plain, CancellationToken cancel)
    {
        var address = relay.Address ?? throw new InvalidOperationException("No relay is configured.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        ConnectionContext connection;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(s_connectTimeout);
            try
            {
                await socket.ConnectAsync(address.Host, address.Port, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
            {
                throw new TimeoutException($"no connection within {s_connectTimeout.TotalSeconds:0} seconds", e);
            }

            connection = _connections.Create(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        try
        {
            return await OpenAsync(connection, address, plain, cancel).ConfigureAwait(false);
        }
        catch
        {
            connection.Abort();
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Pooled> OpenAsync(ConnectionContext connection, HostPort address, bool plain, CancellationToken cancel)
    {
        IDuplexPipe transport = connection.Transport;
        if (relay.Tls == TlsMode.Implicit)
        {
            transport = await Certificates.AsClient(address.Host, verify: true)(transport, cancel).ConfigureAwait(false);
        }

        var session = new SmtpClientSession(transport, _options, time);
        await session.OpenAsync(cancel).ConfigureAwait(false);
        if (relay.Tls == TlsMode.Required || (relay.Tls == TlsMode.Opportunistic && session.Capabilities.StartTls && !plain))
        {
            if (!session.Capabilities.StartTls)
            {
                throw new SmtpProtocolException("the relay offers no STARTTLS and relay.tls is 'required'");
            }

            await session.StartTlsAsync(Certificates.AsClient(address.Host, relay.Tls == TlsMode.Required), cancel).ConfigureAwait(false);
        }

        Reports = session.Capabilities.Dsn;
        if (relay.User is not null)
        {
            await session.AuthenticateAsync(relay.User, relay.Password ?? "", cancel).ConfigureAwait(false);
        }

        return new Pooled(connection, session);
    }

    /// <summary>
    /// The sender as the relay is told. SMTPUTF8 is asked for where there is need of it (RFC 6531 section 3.4): some clients announce it with every mail, and
    /// a relay that does not offer it must not cost them one of plain ASCII. Addresses beyond ASCII say so themselves.
    /// </summary>
    internal static SmtpMailFrom MailFrom(Submission submission) => new()
    {
        Address = submission.MailFrom,
        Size = submission.Size,
        EightBit = submission.EightBit,
        SmtpUtf8 = submission.SmtpUtf8 && submission.EightBit,
        Ret = submission.Ret,
        EnvelopeId = submission.EnvelopeId,
    };

    private static SmtpRecipient Recipient(StoredRecipient recipient) => new()
    {
        Address = recipient.Address,
        Notify = recipient.Notify,
        OriginalRecipient = recipient.OriginalRecipient,
    };

    private sealed record Failure(long At, string Text);

    private sealed class Pooled(ConnectionContext connection, SmtpClientSession session)
    {
        public SmtpClientSession Session => session;

        public long IdleSince { get; set; }

        public async Task DropAsync()
        {
            connection.Abort();
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
