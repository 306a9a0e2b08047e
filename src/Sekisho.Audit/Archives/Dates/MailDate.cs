namespace Sekisho.Audit.Archives;

/// <summary>
/// Dates as mail writes them (RFC 5322 section 3.3 and its obsolete forms in section 4.3, RFC 850, asctime, ISO 8601), read from bytes. Lenient about order and punctuation,
/// strict about values: a day that its month does not have is no date.
/// </summary>
internal static class MailDate
{
    private const int LongestOffset = 14 * 60;

    private static readonly System.Buffers.SearchValues<byte> s_ends = System.Buffers.SearchValues.Create(" \t\r\n,("u8);

    /// <summary>Reads a date; what follows a comment or is no part of a date is passed over. Without a zone it is UTC. Never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset at)
    {
        var parts = new DateParts(lenient: true);
        while (true)
        {
            text = text.TrimStart(" \t\r\n,"u8);
            if (text.IsEmpty)
            {
                return parts.TryMake(out at);
            }

            if (text[0] == '(')
            {
                text = AfterComment(text);
                continue;
            }

            var length = text.IndexOfAny(s_ends);
            var token = length < 0 ? text : text[..length];
            if (!parts.Take(token))
            {
                at = default;
                return false;
            }

            text = text[token.Length..];
        }
    }

    /// <summary>Minutes east of UTC that a zone's name or number stands for; false when it is none.</summary>
    internal static bool TryZone(ReadOnlySpan<byte> token, out int minutes)
    {
        minutes = 0;
        if (token is [(byte)'+' or (byte)'-', ..])
        {
            var digits = token[1..];
            var colon = digits.IndexOf((byte)':');
            if (!(colon < 0 ? TryNumber(digits, out var number) : TryNumber(digits[..colon], out var hours) & TryNumber(digits[(colon + 1)..], out number)))
            {
                return false;
            }

            var value = colon >= 0 ? (Number(digits[..colon]) * 60) + number : digits.Length <= 2 ? number * 60 : (number / 100 * 60) + (number % 100);
            // An offset no place on earth has says nothing (RFC 5322 section 4.3: treat as -0000).
            minutes = value > LongestOffset ? 0 : token[0] == '-' ? -value : value;
            return true;
        }

        return ZoneNames.TryFind(token, out minutes);
    }

    internal static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        if (digits.IsEmpty || digits.Length > 6 || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        number = Number(digits);
        return true;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            number = (number * 10) + (digit - '0');
        }

        return number;
    }

    private static ReadOnlySpan<byte> AfterComment(ReadOnlySpan<byte> text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    return text[(i + 1)..];
            }
        }

        return [];
    }
}
