using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sekisho.Policy;

/// <summary>Reads domains as people write them in the file: IDN as A-labels, lower case (RFC 5890), without final dot.</summary>
internal static class DomainName
{
    /// <summary>
    /// Reads <c>example.com</c>, <c>例え.jp</c>, and with <paramref name="allowStar"/> <c>*.example.com</c>. On failure <paramref name="why"/> says what is
    /// wrong and what was expected.
    /// </summary>
    public static bool TryRead(string text, bool allowStar, [NotNullWhen(true)] out string? domain, out string why)
    {
        domain = null;
        var star = text.StartsWith("*.", StringComparison.Ordinal);
        var name = star ? text[2..] : text;
        if (star && !allowStar)
        {
            why = "a '*' cannot stand here; expected a domain like example.com";
        }
        else if (name.Length == 0)
        {
            why = "the domain is empty; expected one like example.com";
        }
        else if (name.Contains('@', StringComparison.Ordinal))
        {
            why = $"an address stands where a domain was expected{(name[(name.LastIndexOf('@') + 1)..] is { Length: > 0 } tail ? $"; did you mean '{tail}'?" : "")}";
        }
        else if (name[0] == '.')
        {
            why = allowStar ? $"a domain does not begin with a dot; did you mean '*{name}' (every subdomain)?" : $"a domain does not begin with a dot; did you mean '{name.TrimStart('.')}'?";
        }
        else if (name.Contains('*', StringComparison.Ordinal))
        {
            // "*example.com" would take evil-example.com in.
            why = "a '*' stands only for whole labels in front: *.example.com";
        }
        else if (ToAscii(name) is not { } ascii)
        {
            why = "expected a domain like example.com";
        }
        else if (!ascii.Contains('.', StringComparison.Ordinal))
        {
            // Asked of what was read: "com." has a dot and one label.
            why = "a domain has at least two labels, like example.com";
        }
        else
        {
            (domain, why) = (star ? "*." + ascii : ascii, "");
        }

        return domain is not null;
    }

    /// <summary>Lower-case A-labels, or null when it is no host name (RFC 1123 section 2.1, underscore allowed as found in the wild).</summary>
    public static string? ToAscii(string name)
    {
        string ascii;
        try
        {
            ascii = new IdnMapping { AllowUnassigned = false, UseStd3AsciiRules = false }.GetAscii(name).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }

        ascii = ascii.EndsWith('.') ? ascii[..^1] : ascii;
        if (ascii.Length is 0 or > 253)
        {
            return null;
        }

        foreach (var label in ascii.Split('.'))
        {
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || label.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            {
                return null;
            }
        }

        return ascii;
    }
}
