using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sekisho.Policy;

/// <summary>A host and port to listen on or to connect to.</summary>
public sealed record HostPort(string Host, int Port)
{
    private static readonly SearchValues<char> s_digitsAndDots = SearchValues.Create("0123456789.");

    /// <summary>
    /// Reads <c>HOST:PORT</c> or <c>[IPv6]:PORT</c>; host is a name or an IP address, port 0 (any free one) to 65535.
    /// Returns false, never throws, on anything else: an IPv6 address without brackets too, since its end cannot be told from the port.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out HostPort? value)
    {
        value = null;
        if (text is null)
        {
            return false;
        }

        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !TryReadPort(text.AsSpan(colon + 1), out var port))
        {
            return false;
        }

        var host = text[..colon];
        if (host[0] == '[')
        {
            if (host[^1] != ']' || !IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return false;
            }

            host = host[1..^1];
        }
        else if (!IsHostName(host))
        {
            return false;
        }

        value = new(host, port);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>True when only programs of the same machine can reach it: <c>localhost</c> or a loopback address.</summary>
    public bool IsLoopback => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    // No sign, no blanks, no leading "+": int.TryParse alone would let some of them in.
    private static bool TryReadPort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        return text.Length is > 0 and <= 5 && !text.ContainsAnyExceptInRange('0', '9') && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535;
    }

    private static bool IsHostName(string host)
    {
        if (host.Length > 253 || host[0] is '-' or '.' || host.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var c in host)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_'))
            {
                return false;
            }
        }

        // Digits and dots only is an IPv4 address or a mistake ("127.0.1:25", "10.0.0.256:25"), never a name.
        return host.AsSpan().ContainsAnyExcept(s_digitsAndDots) || (host.AsSpan().Count('.') == 3 && IPAddress.TryParse(host, out _));
    }
}
