using System.Text;
using AngleSharp.Html;

namespace Sekisho.Inspection;

/// <content>Character references.</content>
internal ref partial struct HtmlText
{
    private static string Decode(ReadOnlySpan<char> text)
    {
        var decoded = new StringBuilder(text.Length);
        while (text.Length > 0)
        {
            var amp = text.IndexOf('&');
            if (amp < 0)
            {
                return decoded.Append(text).ToString();
            }

            decoded.Append(text[..amp]);
            text = text[amp..];
            var length = Entity(text, out var symbol);
            decoded.Append(symbol);
            text = text[length..];
        }

        return decoded.ToString();
    }

    /// <summary>Reads a character reference at the text's start (HTML section 13.5); a lone ampersand where there is none.</summary>
    private static int Entity(ReadOnlySpan<char> text, out ReadOnlySpan<char> symbol)
    {
        symbol = "&";
        if (text.Length > 2 && text[1] == '#')
        {
            return Numeric(text, ref symbol);
        }

        var end = 1;
        while (end < text.Length && end < 34 && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        if (end == 1)
        {
            return 1;
        }

        var closed = end < text.Length && text[end] == ';';
        var name = text[1..end];
        var known = name switch
        {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "nbsp" => " ",
            _ => closed ? HtmlEntityProvider.Resolver.GetSymbol($"{name};") : null,
        };
        if (known is null)
        {
            return 1;
        }

        symbol = known;
        return closed ? end + 1 : end;
    }

    private static int Numeric(ReadOnlySpan<char> text, ref ReadOnlySpan<char> symbol)
    {
        var hex = text[2] is 'x' or 'X';
        var at = hex ? 3 : 2;
        var value = 0;
        var digits = 0;
        while (at < text.Length && (hex ? char.IsAsciiHexDigit(text[at]) : char.IsAsciiDigit(text[at])))
        {
            var digit = char.IsAsciiDigit(text[at]) ? text[at] - '0' : (text[at] | 0x20) - 'a' + 10;
            value = value > 0x10FFFF ? value : (value * (hex ? 16 : 10)) + digit;
            at++;
            digits++;
        }

        if (digits == 0)
        {
            return 1;
        }

        symbol = Rune.TryCreate(value, out var rune) && value != 0 ? rune.ToString() : "\uFFFD";
        return at < text.Length && text[at] == ';' ? at + 1 : at;
    }
}
