using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sekisho.Mime;

/// <summary>
/// One mail address: local part and domain (RFC 5322 section 3.4.1, RFC 6531). Two addresses are equal when <see cref="Key"/> is:
/// the local part without needless quotes and in lower case, the domain as lower-case A-labels.
/// </summary>
public sealed class EmailAddress : IEquatable<EmailAddress>
{
    /// <summary>No address in use comes near it; it bounds the work on one entry.</summary>
    private const int MaxLength = 2_000;

    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(" \t()<>@,;:\\\"[]");

    private static readonly SearchValues<char> NeverUnquoted = SearchValues.Create(" \t()<>,;:\\");

    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_+@");

    private EmailAddress(string localPart, string domain, string key) => (LocalPart, Domain, Key) = (localPart, domain, key);

    /// <summary>The local part as written, unquoted.</summary>
    public string LocalPart { get; }

    /// <summary>The domain as lower-case A-labels (IDNA), or an address literal in brackets.</summary>
    public string Domain { get; }

    /// <summary>What the address is compared, stored and shown by: <c>local@domain</c>, lower case.</summary>
    public string Key { get; }

    /// <summary>
    /// Reads an addr-spec. The domain is what follows the last unquoted <c>@</c>. Returns false, never throws, on anything that is not one.
    /// Dots may stand anywhere in the local part: Japanese mobile carriers gave out <c>a..b.@</c> for years.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        text = text.Trim(" \t");
        if (text.Length is < 3 or > MaxLength)
        {
            return false;
        }

        var at = LastAt(text, out var quoted);
        if (at <= 0 || at == text.Length - 1 || Local(text[..at].Trim(" \t"), quoted) is not { Length: > 0 } local)
        {
            return false;
        }

        var domain = DomainName.Normalise(text[(at + 1)..]);
        if (domain is null)
        {
            return false;
        }

        var lower = local.ToLowerInvariant();
        address = new EmailAddress(local, domain, string.Concat(lower.AsSpan().IndexOfAny(NeedsQuotes) < 0 ? lower : Quote(lower), "@", domain));
        return true;
    }

    /// <summary>
    /// True when a look tells that two texts are different addresses: both are written so that reading changes nothing but their case. Costs no memory; false
    /// says nothing, they may be the same or not.
    /// </summary>
    public static bool PlainlyDiffer(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => !a.Equals(b, StringComparison.OrdinalIgnoreCase) && IsPlain(a) && IsPlain(b);

    /// <inheritdoc/>
    public bool Equals(EmailAddress? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EmailAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Key;

    /// <summary>No quote, blank, wide letter or final dot: what else is written differently is different.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text) => text.Length > 0 && text[^1] != '.' && text.Count('@') == 1 && text.IndexOfAnyExcept(Plain) < 0;

    private static int LastAt(ReadOnlySpan<char> text, out bool quoted)
    {
        quoted = text.Contains('"');
        if (!quoted)
        {
            return text.LastIndexOf('@');
        }

        var at = -1;
        var inside = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when inside:
                    i++;
                    break;
                case '"':
                    inside = !inside;
                    break;
                case '@' when !inside:
                    at = i;
                    break;
                default:
                    break;
            }
        }

        return inside ? -1 : at;
    }

    /// <summary>The local part without its quotes, or null when it is none.</summary>
    private static string? Local(ReadOnlySpan<char> text, bool quoted)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return null;
            }
        }

        if (!quoted)
        {
            return text.IndexOfAny(NeverUnquoted) < 0 ? text.ToString() : null;
        }

        var output = new StringBuilder(text.Length);
        var inside = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"')
            {
                inside = !inside;
            }
            else if (c == '\\' && inside && i + 1 < text.Length)
            {
                output.Append(text[++i]);
            }
            else if (!inside && c is (' ' or '\t' or '(' or ')' or '<' or '>' or ',' or ';' or ':' or '\\'))
            {
                return null;
            }
            else
            {
                output.Append(c);
            }
        }

        return output.ToString();
    }

    private static string Quote(string local)
        => "\"" + local.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
