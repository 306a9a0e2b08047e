using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>
/// Whom a reader sees in an entry: gateways and archives wrap an address into another's local part (<c>"taro@client.example"@gateway</c>) or into apostrophes
/// (<c>'taro@client.example'</c>). He is one person, not two.
/// </summary>
internal static class ShownAddress
{
    /// <summary>Fields in which people are named for delivery; the others are an archive's or a program's copies of them.</summary>
    private static readonly string[] _delivering = ["To", "Cc", "Resent-To", "Resent-Cc", "Apparently-To"];

    /// <summary>The address seen; null where nobody can be reached by it from outside (a host without a dot, in a field that only repeats recipients).</summary>
    public static EmailAddress? Of(EmailAddress written, string field)
    {
        var seen = Unwrapped(written);
        return seen.Domain.Contains('.') || seen.Domain.StartsWith('[') || Array.Exists(_delivering, d => d.Equals(field, StringComparison.OrdinalIgnoreCase)) ? seen : null;
    }

    private static EmailAddress Unwrapped(EmailAddress written)
    {
        var bare = written.Key.AsSpan().Trim('\'');
        if (bare.Length < written.Key.Length && EmailAddress.TryParse(bare, out var inner))
        {
            return inner;
        }

        return written.LocalPart.Contains('@') && EmailAddress.TryParse(written.LocalPart.AsSpan().Trim('\''), out inner) ? inner : written;
    }
}
