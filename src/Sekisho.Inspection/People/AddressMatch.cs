using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Matches an address against entries of the policy: an address, or <c>@domain</c>, exactly.</summary>
internal static class AddressMatch
{
    /// <summary>True when an entry names <paramref name="address"/>; never for null.</summary>
    public static bool Any(IReadOnlyList<string> entries, EmailAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        foreach (var entry in entries)
        {
            var text = entry.AsSpan().Trim();
            if (text.StartsWith("@") ? text[1..].TrimEnd('.').Equals(address.Domain, StringComparison.OrdinalIgnoreCase) : KeyOf(entry) == address.Key)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The key of an address as written in the policy; the text in lower case where it is none.</summary>
    public static string KeyOf(string text) => EmailAddress.TryParse(text.AsSpan().Trim(), out var address) ? address.Key : text.Trim().ToLowerInvariant();
}
