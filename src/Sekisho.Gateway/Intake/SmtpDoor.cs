using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Sekisho.Policy;
using Sekisho.Smtp;

namespace Sekisho.Gateway.Intake;

/// <summary>
/// One listening address: turns Kestrel's connections into SMTP sessions. Kestrel gives sockets, pipes and back-pressure; the session
/// knows none of it.
/// </summary>
internal sealed class SmtpDoor
{
    private readonly IntakeServices _services;
    private readonly ListenerConfig _listener;
    private readonly ConnectionCounter _counter;
    private readonly SslStreamCertificateContext? _certificate;
    private readonly Networks _normalize;
    private readonly string _hostName;

    /// <summary>Prepares the door; reads the certificate. Throws when that cannot be used.</summary>
    public SmtpDoor(IntakeServices services, ListenerConfig listener, ConnectionCounter counter, string hostName)
    {
        _services = services;
        _listener = listener;
        _counter = counter;
        _hostName = hostName;
        _normalize = new Networks(listener.NormalizeFrom);
        _certificate = listener.Certificate is null ? null : Certificates.Load(listener.Certificate, listener.Key!);
    }

    /// <summary>Serves one connection to its end. Never throws.</summary>
    public async Task ServeAsync(ConnectionContext connection)
    {
        var remote = connection.RemoteEndPoint as IPEndPoint;
        var client = remote?.Address ?? IPAddress.None;
        var limits = _services.Live.Current.Config.Limits;
        var counted = _counter.TryEnter(client, limits.Connections, limits.ConnectionsPerClient);
        try
        {
            if (!counted)
            {
                await connection.Transport.Output.WriteAsync("421 4.7.0 too many connections; try again later\r\n"u8.ToArray()).ConfigureAwait(false);
                return;
            }

            await RunAsync(connection, remote, limits).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _services.Say($"smtp {client}: {e.Message}");
        }
        finally
        {
            if (counted)
            {
                _counter.Leave(client);
            }
        }
    }

    private async Task RunAsync(ConnectionContext connection, IPEndPoint? remote, LimitsConfig limits)
    {
        var drain = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        var transport = connection.Transport;
        var info = new SmtpSessionInfo { RemoteEndPoint = remote };
        if (_listener.ImplicitTls && _certificate is not null)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), _services.Time);
            transport = await Certificates.AsServer(_certificate)(transport, patience.Token).ConfigureAwait(false);
            info.IsTls = true;
        }

        var options = new SmtpServerOptions
        {
            HostName = _hostName,
            MaxMessageSize = limits.MessageSize,
            MaxRecipients = limits.Recipients,
            NormalizeLineBreaks = _normalize.Contains(remote?.Address),
            OfferStartTls = _certificate is not null && !_listener.ImplicitTls,
            RequireTls = _listener.RequireTls,
            OfferAuth = _certificate is not null && _services.Live.Current.Config.Users.Any(u => u.PasswordHash is not null),
            RequireAuth = _listener.RequireAuth,
        };
        var upgrade = _certificate is null ? null : Certificates.AsServer(_certificate);
        var session = new SmtpServerSession(transport, info, options, new SmtpReceiver(_services, _listener), upgrade, _services.Time);
        await session.RunAsync(drain).ConfigureAwait(false);
    }
}
