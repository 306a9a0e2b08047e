using System.Diagnostics.CodeAnalysis;

namespace Sekisho.Policy;

/// <summary>
/// A pattern of mail addresses. <c>@example.com</c> and <c>*@example.com</c>: everybody of exactly that domain; <c>*@*.example.com</c>: of its
/// subdomains; <c>info@*</c>: that local part anywhere; <c>sales-*@example.com</c>; <c>*</c>: everybody; <c>&lt;&gt;</c>: the null sender.
/// In a domain a <c>*</c> stands for whole labels, never for part of one, so no pattern takes <c>evil-example.com</c> for <c>example.com</c>.
/// </summary>
public sealed record AddressPattern
{
    private readonly string _local;
    private readonly string _domain;

    private AddressPattern(string local, string domain) => (_local, _domain) = (local, domain);

    /// <summary>Reads a pattern; on failure <paramref name="why"/> says what was expected.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AddressPattern? pattern, out string why)
    {
        (pattern, why) = (null, "");
        if (text is "*" or "<>")
        {
            pattern = text == "*" ? new("*", "*") : new("", "");
            return true;
        }

        var at = text.LastIndexOf('@');
        if (at < 0)
        {
            why = text.Contains('.', StringComparison.Ordinal) ? $"an address pattern needs an @; did you mean '@{text}'?" : "expected an address pattern like @example.com or sales-*@example.com";
            return false;
        }

        var local = at == 0 ? "*" : text[..at].ToLowerInvariant();
        if (local.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '@' or '<' or '>' or ','))
        {
            why = "expected one address pattern like @example.com or sales-*@example.com";
            return false;
        }

        var domain = text[(at + 1)..];
        if (domain != "*" && !DomainName.TryRead(domain, allowStar: true, out domain, out why))
        {
            return false;
        }

        pattern = new(local, domain);
        return true;
    }

    /// <summary>True when the address (its key: lower case, A-labels) fits. The domain is what follows the last @.</summary>
    public bool Matches(string addressKey)
    {
        if (addressKey.Length == 0 || _local.Length == 0)
        {
            // The null sender has no address: only "*" and "<>" mean it.
            return addressKey.Length == 0 && (_local.Length == 0 || (_local == "*" && _domain == "*"));
        }

        var at = addressKey.LastIndexOf('@');
        var local = at < 0 ? addressKey : addressKey.AsSpan(0, at);
        var domain = at < 0 ? default : addressKey.AsSpan(at + 1);
        return MatchesDomain(domain) && Glob(_local, local);
    }

    /// <summary>The text it can be read from again.</summary>
    public override string ToString() => _local.Length == 0 ? "<>" : _local == "*" && _domain == "*" ? "*" : $"{_local}@{_domain}";

    private bool MatchesDomain(ReadOnlySpan<char> domain) => _domain switch
    {
        "*" => true,
        ['*', '.', ..] => domain.Length > _domain.Length - 1 && domain.EndsWith(_domain.AsSpan(1), StringComparison.OrdinalIgnoreCase),
        _ => domain.Equals(_domain, StringComparison.OrdinalIgnoreCase),
    };

    // One mark of the last star is enough to go back to: linear memory, no recursion, at worst pattern times text.
    private static bool Glob(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && pattern[p] == char.ToLowerInvariant(text[t]))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }
}
