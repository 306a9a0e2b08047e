using System.Net;
using Sekisho.Policy;

namespace Sekisho.Gateway;

/// <summary>Turns configured listen addresses into socket addresses.</summary>
public static class Endpoints
{
    /// <summary>An IP address as it is, <c>localhost</c> as 127.0.0.1, <c>*</c> as every address; other names by the resolver. Throws <see cref="System.Net.Sockets.SocketException"/> for unknown names.</summary>
    public static IPEndPoint Resolve(HostPort address)
    {
        if (IPAddress.TryParse(address.Host, out var ip))
        {
            return new IPEndPoint(ip, address.Port);
        }

        return address.Host switch
        {
            "localhost" => new IPEndPoint(IPAddress.Loopback, address.Port),
            "*" => new IPEndPoint(IPAddress.IPv6Any, address.Port),
            _ => new IPEndPoint(Dns.GetHostAddresses(address.Host)[0], address.Port),
        };
    }
}
