using System.Net;
using Microsoft.AspNetCore.Http;
using Sekisho.Policy;

namespace Sekisho.Pages.SignIn;

/// <summary>
/// Who is at the other end of the line, and how well the line is kept. Behind a reverse proxy that is the proxy; its word about the client counts when it is on this machine or among the networks
/// of <c>sign-in.proxy</c>, and only for counting attempts and for the cookie's <c>Secure</c>, never for who somebody is.
/// </summary>
internal static class Peer
{
    /// <summary>The client's address for counting attempts; an IPv6 one by its /64, which is what one subscriber gets.</summary>
    public static string Client(HttpContext context, SignInConfig config)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (IsTrusted(address, config))
        {
            // The last entry is the one our own proxy wrote; what stands before it the client can invent.
            var last = context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
            if (IPAddress.TryParse(last, out var forwarded))
            {
                address = forwarded;
            }
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            var bytes = address.GetAddressBytes();
            bytes.AsSpan(8).Clear();
            address = new IPAddress(bytes);
        }

        return address.ToString();
    }

    /// <summary>True when the browser speaks https, to us or to the proxy before us.</summary>
    public static bool IsHttps(HttpContext context, SignInConfig config)
        => context.Request.IsHttps
            || (IsTrusted(context.Connection.RemoteIpAddress ?? IPAddress.None, config)
                && context.Request.Headers["X-Forwarded-Proto"].ToString().Equals("https", StringComparison.OrdinalIgnoreCase));

    private static bool IsTrusted(IPAddress address, SignInConfig config)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || (config.Proxy?.From.Any(n => IPNetwork.TryParse(n, out var network) && network.Contains(plain)) ?? false);
    }
}
