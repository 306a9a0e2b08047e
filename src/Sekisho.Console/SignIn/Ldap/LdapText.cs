using System.Globalization;
using System.Text;

namespace Sekisho.Pages.SignIn;

/// <summary>Text in the directory's own languages.</summary>
internal static class LdapText
{
    /// <summary>A value in a search filter (RFC 4515 section 3): whatever it holds, it stays a value.</summary>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            // Beyond what the grammar asks for, all that is not a plain letter, digit or sign of an address.
            if (b < 0x80 && (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'@' or (byte)'.' or (byte)'-' or (byte)'_' or (byte)'+' or (byte)'=' or (byte)',' or (byte)' '))
            {
                escaped.Append((char)b);
            }
            else
            {
                escaped.Append('\\').Append(b.ToString("x2", CultureInfo.InvariantCulture));
            }
        }

        return escaped.ToString();
    }

    /// <summary>True for two writings of one distinguished name that differ in case and in blanks after commas.</summary>
    public static bool SameName(string a, string b) => Plain(a).Equals(Plain(b), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string name) => string.Join(',', name.Split(',', StringSplitOptions.TrimEntries));
}
