using System.Net;
using Microsoft.AspNetCore.Http;
using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Storage;

namespace Sekisho.Pages.SignIn;

/// <summary>
/// A reverse proxy has signed the visitor in and says so in a header. It is believed only on connections that come from the proxy's own networks: what a header says
/// about the way it came counts for nothing. Roles come from the file and from accounts; whoever has neither is a plain sender.
/// </summary>
internal sealed class ProxyVisitor(IAccountStore accounts, GatewayHost gateway, TimeProvider time) : IVisitorSource
{
    private const int MostLength = 254;

    public async ValueTask<Visitor?> FindAsync(HttpContext context, CancellationToken cancel)
    {
        if (gateway.Config.Config.SignIn.Proxy is not { } proxy || !Reaches(proxy.From, context.Connection.RemoteIpAddress))
        {
            return null;
        }

        // One value and one address: a proxy that appends to what the client sent, rather than replacing it, would let the client choose.
        if (context.Request.Headers[proxy.Header] is not [{ Length: > 0 and <= MostLength } given] || given.AsSpan().ContainsAny(',', ';', '"') || !Mime.EmailAddress.TryParse(given.Trim(), out var address))
        {
            return null;
        }

        var account = await accounts.FindAsync(address.Key, cancel).ConfigureAwait(false);
        return account is { Disabled: true } ? null : Visitors.Of(account ?? new Account { Address = address.Key, CreatedAt = time.GetUtcNow() }, gateway.Config);
    }

    private static bool Reaches(IReadOnlyList<string> networks, IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(n => IPNetwork.TryParse(n, out var network) ? network.Contains(plain) : IPAddress.TryParse(n, out var single) && single.Equals(plain));
    }
}
