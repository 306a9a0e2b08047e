using System.Buffers;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Mail addresses in short texts, folded by <see cref="ValueText.Fold"/>.</summary>
internal static class EmailText
{
    private static readonly SearchValues<char> _local = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-%");

    private static readonly SearchValues<char> _domain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

    /// <summary>True where an address stands in the text.</summary>
    public static bool Holds(ReadOnlySpan<char> text) => AddressScanner.Holds(text);

    /// <summary>True where nothing but a label or brackets stands beside the first address.</summary>
    public static bool IsAlone(ReadOnlySpan<char> text)
    {
        if (!Plain(text, out var start, out var end))
        {
            return true;
        }

        var letters = 0;
        foreach (var c in text[..start])
        {
            letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters < 3 || text[..start].Contains("mail", StringComparison.OrdinalIgnoreCase) || text[..start].Contains("メール", StringComparison.Ordinal) || text[end..].Contains('@');
    }

    /// <summary>The address as it is compared, in lower case; text around it is left out. A text without one comes back in lower case.</summary>
    public static string Normalise(ReadOnlySpan<char> text)
    {
        var plain = Plain(text, out var start, out var end);
        if (!plain || (end - start != text.Length && text.Contains('"')))
        {
            return EmailAddress.TryParse(text, out var address) ? address.Key : text.ToString().ToLowerInvariant();
        }

        var part = text[start..end];
        return part.ContainsAnyInRange('A', 'Z') ? part.ToString().ToLowerInvariant() : part.ToString();
    }

    /// <summary>The first address of ASCII letters, digits and the usual signs; its domain ends in letters.</summary>
    private static bool Plain(ReadOnlySpan<char> text, out int start, out int end)
    {
        start = end = 0;
        var at = text.IndexOf('@');
        if (at <= 0)
        {
            return false;
        }

        start = text[..at].LastIndexOfAnyExcept(_local) + 1;
        while (start < at && text[start] is '.' or '-')
        {
            start++;
        }

        var size = text[(at + 1)..].IndexOfAnyExcept(_domain);
        var domain = (size < 0 ? text[(at + 1)..] : text.Slice(at + 1, size)).TrimEnd(".-");
        end = at + 1 + domain.Length;
        var dot = domain.LastIndexOf('.');
        return start < at && dot > 0 && domain.Length - dot > 2 && char.IsAsciiLetter(domain[^1]) && domain[0] is not ('.' or '-') && !domain.Contains("..", StringComparison.Ordinal);
    }
}
