using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;

namespace Sekisho.Smtp;

/// <summary>What was wrong with a path.</summary>
internal enum PathError
{
    None,

    /// <summary>No angle brackets around the address.</summary>
    NoBrackets,

    /// <summary>Not an address.</summary>
    Syntax,
}

/// <summary>Reverse-path and forward-path (RFC 5321 section 4.1.2), with RFC 6531's UTF-8.</summary>
internal static class PathGrammar
{
    private const int MaxLocal = 256;
    private const int MaxDomain = 255;

    // Dots anywhere in the local part: some Japanese mobile carriers gave out "a..b." addresses, and they still get mail.
    private static readonly SearchValues<byte> LocalBytes = SearchValues.Create(
        [.. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~."u8, .. HighBytes()]);

    // The underscore is not of the host-name grammar, but internal domains have it.
    private static readonly SearchValues<byte> DomainBytes = SearchValues.Create(
        [.. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."u8, .. HighBytes()]);

    private static readonly SearchValues<byte> DottedBytes = SearchValues.Create("0123456789."u8);

    /// <summary>
    /// Reads a path at the start of <paramref name="input"/>. The address comes without brackets and source route; <c>&lt;&gt;</c> gives the empty
    /// string. <paramref name="consumed"/> is the number of bytes up to and with the closing bracket.
    /// </summary>
    public static PathError TryParse(ReadOnlySpan<byte> input, out string address, out int consumed, out bool isAscii)
    {
        address = "";
        consumed = 0;
        isAscii = true;
        if (input.IsEmpty || input[0] != '<')
        {
            return PathError.NoBrackets;
        }

        var rest = input[1..];
        if (rest.Length > 0 && rest[0] == '>')
        {
            consumed = 2;
            return PathError.None;
        }

        if (rest.Length > 0 && rest[0] == '@')
        {
            // "@a,@b:user@c": the route is obsolete and must be ignored (RFC 5321 section 4.1.1.3), else it is a relay trick.
            var colon = rest.IndexOf((byte)':');
            if (colon < 0 || !IsSourceRoute(rest[..colon]))
            {
                return PathError.Syntax;
            }

            rest = rest[(colon + 1)..];
        }

        var length = MailboxLength(rest);
        if (length <= 0 || length >= rest.Length || rest[length] != '>')
        {
            return PathError.Syntax;
        }

        var mailbox = rest[..length];
        isAscii = Ascii.IsValid(mailbox);
        if (!isAscii && !Utf8.IsValid(mailbox))
        {
            return PathError.Syntax;
        }

        address = Encoding.UTF8.GetString(mailbox);
        if (!isAscii && !ReferenceEquals(SmtpText.Clean(address), address))
        {
            return PathError.Syntax;
        }

        consumed = input.Length - rest.Length + length + 1;
        return PathError.None;
    }

    /// <summary>True when <paramref name="address"/> can stand between angle brackets in a command: nothing in it ends the path or the line.</summary>
    public static bool IsMailbox(string address)
    {
        if (address.Length is 0 or > MaxLocal + MaxDomain + 1 || !ReferenceEquals(SmtpText.Clean(address), address))
        {
            return false;
        }

        var bytes = Encoding.UTF8.GetBytes(address);
        return MailboxLength(bytes) == bytes.Length;
    }

    /// <summary>Length of the mailbox at the start, or 0.</summary>
    private static int MailboxLength(ReadOnlySpan<byte> input)
    {
        var local = input.Length > 0 && input[0] == '"' ? QuotedLength(input) : RunLength(input, LocalBytes);
        if (local is 0 or > MaxLocal)
        {
            return 0;
        }

        if (local == input.Length || input[local] != '@')
        {
            // <Postmaster> without a domain must be taken (RFC 5321 section 4.5.1).
            return Ascii.EqualsIgnoreCase(input[..local], "postmaster"u8) ? local : 0;
        }

        var domain = DomainLength(input[(local + 1)..]);
        return domain == 0 ? 0 : local + 1 + domain;
    }

    private static int QuotedLength(ReadOnlySpan<byte> input)
    {
        for (var i = 1; i < input.Length; i++)
        {
            var b = input[i];
            if (b == '"')
            {
                return i + 1;
            }

            if (b == '\\')
            {
                i++;
                if (i == input.Length || input[i] is < 32 or > 126)
                {
                    return 0;
                }
            }
            else if (b is < 32 or 127)
            {
                return 0;
            }
        }

        return 0;
    }

    private static int DomainLength(ReadOnlySpan<byte> input)
    {
        if (input.Length > 0 && input[0] == '[')
        {
            var end = input.IndexOf((byte)']');
            return end > 0 && IsAddressLiteral(input[1..end]) ? end + 1 : 0;
        }

        var length = RunLength(input, DomainBytes);
        if (length is 0 or > MaxDomain)
        {
            return 0;
        }

        var domain = input[..length];
        var labelStart = true;
        foreach (var b in domain)
        {
            // No empty label, none that begins with a hyphen (it would read as an option where a domain is handed to a program).
            if (labelStart && (b is (byte)'.' or (byte)'-'))
            {
                return 0;
            }

            labelStart = b == '.';
        }

        return labelStart ? 0 : length;
    }

    private static bool IsAddressLiteral(ReadOnlySpan<byte> literal)
    {
        if (literal.Length is 0 or > 64 || !Ascii.IsValid(literal))
        {
            return false;
        }

        if (literal.Length > 5 && Ascii.EqualsIgnoreCase(literal[..5], "IPv6:"u8))
        {
            var six = Encoding.ASCII.GetString(literal[5..]);
            return !six.Contains('%') && !six.Contains('[') && !six.Contains('/')
                && IPAddress.TryParse(six, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        }

        // Four parts: IPAddress would also take "1" or "0x7f.1", which are other notations for hosts nobody meant.
        return literal.Count((byte)'.') == 3 && !literal.ContainsAnyExcept(DottedBytes)
            && IPAddress.TryParse(Encoding.ASCII.GetString(literal), out _);
    }

    private static bool IsSourceRoute(ReadOnlySpan<byte> route)
    {
        while (true)
        {
            if (route.Length < 2 || route[0] != '@')
            {
                return false;
            }

            var domain = DomainLength(route[1..]);
            if (domain == 0)
            {
                return false;
            }

            route = route[(domain + 1)..];
            if (route.IsEmpty)
            {
                return true;
            }

            if (route[0] != ',')
            {
                return false;
            }

            route = route[1..];
        }
    }

    private static int RunLength(ReadOnlySpan<byte> input, SearchValues<byte> allowed)
    {
        var end = input.IndexOfAnyExcept(allowed);
        return end < 0 ? input.Length : end;
    }

    private static byte[] HighBytes() => [.. Enumerable.Range(128, 128).Select(b => (byte)b)];
}
