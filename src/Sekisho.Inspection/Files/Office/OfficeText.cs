namespace Sekisho.Inspection;

/// <summary>Small repairs of text out of office files.</summary>
internal static class OfficeText
{
    /// <summary>The address of a <c>mailto:</c> link, or null.</summary>
    public static string? MailAddress(string? link)
    {
        if (link is null || !link.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var address = link[7..];
        var end = address.AsSpan().IndexOfAny("?\"> ");
        address = end < 0 ? address : address[..end];
        return address.Contains('@') ? address.Contains('%') ? Uri.UnescapeDataString(address) : address : null;
    }

    /// <summary>The text with the address of its link behind it, where it does not show it already.</summary>
    public static string WithLink(string text, string? link) =>
        MailAddress(link) is { } address && !text.Contains(address, StringComparison.OrdinalIgnoreCase) ? $"{text} <{address}>" : text;
}
