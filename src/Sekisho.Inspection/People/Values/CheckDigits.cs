namespace Sekisho.Inspection;

/// <summary>The arithmetic that tells a number somebody was given from digits in a row. All take ASCII digits only and answer false for anything else.</summary>
internal static class CheckDigits
{
    /// <summary>Luhn's formula (ISO/IEC 7812-1, annex B).</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        var twice = false;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            var d = digits[i] - '0';
            if ((uint)d > 9)
            {
                return false;
            }

            sum += twice ? d > 4 ? (2 * d) - 9 : 2 * d : d;
            twice = !twice;
        }

        return digits.Length > 1 && sum % 10 == 0;
    }

    /// <summary>個人番号: 12 digits, the last is the check digit (平成26年総務省令第85号 第5条).</summary>
    public static bool MyNumber(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 12 || !AllDigits(digits) || AllSame(digits))
        {
            return false;
        }

        var sum = 0;
        for (var n = 1; n <= 11; n++)
        {
            sum += (digits[11 - n] - '0') * (n <= 6 ? n + 1 : n - 5);
        }

        var rest = sum % 11;
        return digits[11] - '0' == (rest <= 1 ? 0 : 11 - rest);
    }

    /// <summary>法人番号: 13 digits, the first is the check digit (平成26年財務省令第70号 第2条).</summary>
    public static bool CorporateNumber(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 13 || !AllDigits(digits) || AllSame(digits) || digits[0] == '0')
        {
            return false;
        }

        var sum = 0;
        for (var n = 1; n <= 12; n++)
        {
            sum += (digits[13 - n] - '0') * (n % 2 == 1 ? 1 : 2);
        }

        return digits[0] - '0' == 9 - (sum % 9);
    }

    /// <summary>Driving licence of Japan: 12 digits; a public safety commission's code first, the check digit eleventh.</summary>
    public static bool DrivingLicence(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 12 || !AllDigits(digits) || AllSame(digits))
        {
            return false;
        }

        var commission = ((digits[0] - '0') * 10) + digits[1] - '0';
        if (commission is not (>= 10 and <= 14 or >= 20 and <= 25 or 30 or >= 40 and <= 49 or >= 50 and <= 55 or >= 60 and <= 65 or >= 70 and <= 74 or >= 80 and <= 83 or >= 90 and <= 97))
        {
            return false;
        }

        ReadOnlySpan<byte> weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }

        return digits[10] - '0' == (11 - (sum % 11)) % 10;
    }

    /// <summary>保険者番号: 8 digits (6 for national health insurance), the last is the check digit of weights 2 and 1 from the right.</summary>
    public static bool Insurer(ReadOnlySpan<char> digits)
    {
        if (digits.Length is not (6 or 8) || !AllDigits(digits) || AllSame(digits))
        {
            return false;
        }

        if (digits.Length == 8)
        {
            var law = ((digits[0] - '0') * 10) + digits[1] - '0';
            if (law is not (>= 1 and <= 4 or 6 or 7 or >= 31 and <= 34 or 39 or 63 or 67 or >= 72 and <= 75))
            {
                return false;
            }
        }

        return Luhn(digits);
    }

    /// <summary>IBAN (ISO 13616-1): country, two check digits, up to 30 more; mod 97 is 1 (ISO/IEC 7064). Blanks may stand between groups.</summary>
    public static bool Iban(ReadOnlySpan<char> text)
    {
        Span<char> plain = stackalloc char[34];
        var length = 0;
        foreach (var c in text)
        {
            if (c == ' ')
            {
                continue;
            }

            if (length == plain.Length || !char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }

            plain[length++] = char.ToUpperInvariant(c);
        }

        if (length < 15 || !char.IsAsciiLetter(plain[0]) || !char.IsAsciiLetter(plain[1]) || !char.IsAsciiDigit(plain[2]) || !char.IsAsciiDigit(plain[3]))
        {
            return false;
        }

        var rest = 0;
        for (var i = 0; i < length; i++)
        {
            var c = plain[(i + 4) % length];
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }

        return rest == 1;
    }

    /// <summary>True where every character is an ASCII digit.</summary>
    public static bool AllDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');

    private static bool AllSame(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(text[0]);
}
