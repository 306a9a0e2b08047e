using System.Buffers;
using System.Globalization;

namespace Sekisho.Mime;

/// <summary>Domains as lower-case A-labels (RFC 5890). The platform's mapping runs without its Unicode tables here, so widths and case are folded first.</summary>
internal static class DomainName
{
    private const int MaxDomain = 255;

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t\r\n,;:<>()\"@\\[]\0");

    /// <summary>The domain's lower-case A-label form, trailing dots off; null when it is no domain.</summary>
    public static string? Normalise(ReadOnlySpan<char> text)
    {
        text = text.Trim(" \t");
        if (text.Length > 0 && text[0] == '[')
        {
            return Literal(text);
        }

        text = text.TrimEnd(".\u3002\uFF0E\uFF61");
        if (text.Length is 0 or > MaxDomain * 4)
        {
            return null;
        }

        Span<char> lower = stackalloc char[text.Length];
        text.ToLowerInvariant(lower);
        if (lower.IndexOfAnyExcept(Plain) >= 0)
        {
            var folded = Fold(lower);
            return folded is null ? null : ToALabels(folded);
        }

        return lower.Length <= MaxDomain && lower[0] != '.' && lower.IndexOf("..", StringComparison.Ordinal) < 0 ? lower.ToString() : null;
    }

    private static string? Fold(ReadOnlySpan<char> lower)
    {
        if (lower.IndexOfAny(Separators) >= 0)
        {
            return null;
        }

        var text = lower.ToString();
        var folded = string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = source[i] switch
                {
                    '\u3002' or '\uFF0E' or '\uFF61' => '.',
                    >= '\uFF01' and <= '\uFF5E' => (char)(source[i] - 0xFEE0),
                    _ => source[i],
                };
            }
        }).ToLowerInvariant();
        folded = Composition.Compose(folded).TrimEnd('.');
        foreach (var c in folded)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c) || Separators.Contains(c))
            {
                return null;
            }
        }

        return folded.Length > 0 && folded[0] != '.' && !folded.Contains("..", StringComparison.Ordinal) ? folded : null;
    }

    private static string? ToALabels(string domain)
    {
        if (domain.AsSpan().IndexOfAnyExceptInRange('\0', '\x7F') < 0)
        {
            // ASCII that is not a host name (a%b, a!b): kept, for a client shows it and a sender meant something by it.
            return domain.Length <= MaxDomain ? domain : null;
        }

        foreach (var label in domain.AsSpan().Split('.'))
        {
            // An A-label holds at most 63 octets; checked first because the encoding's time grows with the square of a label.
            if (label.End.Value - label.Start.Value > 63)
            {
                return null;
            }
        }

        try
        {
            return new IdnMapping { AllowUnassigned = true }.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? Literal(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text.Length > MaxDomain || text[^1] != ']')
        {
            return null;
        }

        foreach (var c in text[1..^1])
        {
            if (c is <= ' ' or > '~' or '[' or ']' or '\\' or '<' or '>' or '@')
            {
                return null;
            }
        }

        return text.ToString().ToLowerInvariant();
    }
}
