using System.Net;

namespace Sekisho.Gateway.Intake;

/// <summary>A list of networks in CIDR form (or single addresses).</summary>
internal sealed class Networks
{
    private readonly IPNetwork[] _networks;

    /// <summary>Reads the list; the configuration has checked each entry.</summary>
    public Networks(IReadOnlyList<string> entries) => _networks = [.. entries.Select(Read)];

    /// <summary>True when nothing is listed.</summary>
    public bool IsEmpty => _networks.Length == 0;

    /// <summary>True when the address lies in one of them. IPv4 inside IPv6 counts as IPv4.</summary>
    public bool Contains(IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_networks, n => n.Contains(plain));
    }

    private static IPNetwork Read(string entry)
        => IPNetwork.TryParse(entry, out var network) ? network
            : IPAddress.TryParse(entry, out var single) ? new IPNetwork(single, single.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)
            : throw new FormatException($"'{entry}' is no network");
}
