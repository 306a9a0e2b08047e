using System.Globalization;
using Sekisho.Mime;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.SignIn;

/// <summary>What an account's address and name may be; the same for the first account, one's own page, the administrator's and the command line.</summary>
public static class AccountRules
{
    /// <summary>Bytes of a form about signing in or one's own account; strangers may send these.</summary>
    public const int LargestForm = 64 * 1024;

    /// <summary>Characters of a name.</summary>
    public const int LongestName = 100;

    /// <summary>What speaks against an address, or null.</summary>
    public static string? AddressObjection(string address, Tongue tongue)
        => IsAddress(address) ? null : tongue["This is not a mail address.", "メールアドレスの形式が正しくありません。"];

    /// <summary>True for an address one can sign in with: lower case, no blanks, no control or invisible characters, at most 254 long.</summary>
    public static bool IsAddress(string address)
        => address.Length <= 254 && !address.Any(char.IsUpper) && EmailAddress.TryParse(address, out var parsed) && LocalOf(address) == LocalOf(parsed.Key) && address.EnumerateRunes().All(IsVisible) && !address.Any(char.IsWhiteSpace);

    /// <summary>The name as kept (blanks around it cut), or null when it is too long or holds control or invisible characters: it stands in pages, mails and lists.</summary>
    public static string? Name(string? name)
    {
        var plain = (name ?? "").Trim();
        return plain.Length <= LongestName && plain.EnumerateRunes().All(IsVisible) ? plain : null;
    }

    /// <summary>True for two spellings of one address (quotes, a domain in letters or in its encoded form): whoever opens an account under the one decides as the other.</summary>
    public static bool IsSame(string a, string b) => EmailAddress.TryParse(a, out var first) && EmailAddress.TryParse(b, out var second) && first.Equals(second);

    // Needless quotes would make a second account of one person.
    private static string LocalOf(string address) => address[..address.LastIndexOf('@')];

    private static bool IsVisible(System.Text.Rune rune)
        => System.Text.Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse);
}
