using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>The addresses that can be read in a text, for rooms that must not show them.</summary>
public static class TextAddresses
{
    /// <summary>
    /// Each well-formed address of <paramref name="text"/> once, in order: ASCII or full-width, percent-encoded, split by invisible characters. Never throws.
    /// </summary>
    public static IEnumerable<EmailAddress> Find(string text)
    {
        if (!AddressScanner.MayHold(text))
        {
            return [];
        }

        var found = new AddressSet();
        AddressScanner.Collect(TextFolding.StripInvisible(text), found);
        return found.All.Where(f => f.Address is not null).Select(f => f.Address!);
    }
}
