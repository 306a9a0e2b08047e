namespace Sekisho.Inspection;

/// <summary>Payment card numbers by issuer range (ISO/IEC 7812), length and check digit.</summary>
internal static class CardNumbers
{
    /// <summary>True for the digits of a card: 14 to 19, a known issuer's range with one of its lengths, Luhn.</summary>
    public static bool IsCard(ReadOnlySpan<char> digits)
        => digits.Length is >= 14 and <= 19 && LengthFits(digits) && digits.ContainsAnyExcept(digits[0]) && CheckDigits.Luhn(digits);

    /// <summary>
    /// Groups as cards are written: 4-4-4-4 (and a rest), 4-6-5, 4-6-4, or none. Digits in other groups are something else's (a serial, an account).
    /// </summary>
    public static bool GroupsFit(ReadOnlySpan<int> groups) => groups switch
    {
        [_] => true,
        [4, 4, 4, 4] => true,
        [4, 4, 4, 4, >= 1 and <= 3] => true,
        [4, 6, 5] or [4, 6, 4] => true,
        [6, >= 10 and <= 13] => true,
        _ => false,
    };

    // Thirteen digits, which old Visa cards had, are left out: JAN codes of Japan begin with 45 and 49.
    private static bool LengthFits(ReadOnlySpan<char> digits)
    {
        var n = digits.Length;
        var six = 0;
        for (var i = 0; i < 6; i++)
        {
            if (!char.IsAsciiDigit(digits[i]))
            {
                return false;
            }

            six = (six * 10) + digits[i] - '0';
        }

        var four = six / 100;
        var two = six / 10_000;
        return two switch
        {
            >= 40 and <= 49 => n is 16 or 19,
            >= 51 and <= 55 => n == 16,
            34 or 37 => n == 15,
            35 => four is >= 3528 and <= 3589 && n >= 16,
            36 or 38 or 39 => n is 14 or 16,
            30 => four is >= 3000 and <= 3059 or 3095 && n is 14 or 16,
            22 or 23 or 24 or 25 or 26 or 27 => (four is >= 2221 and <= 2720 && n == 16) || (four is >= 2200 and <= 2204 && n >= 16),
            60 => four == 6011 && n is 16 or 19,
            62 or 81 => n >= 16,
            64 => four >= 6440 && n is 16 or 19,
            65 => n is 16 or 19,
            50 or 58 or 63 or 67 => n is 16 or 18 or 19 && four is 5018 or 5020 or 5038 or 5893 or 6304 or 6759 or 6761 or 6762 or 6763,
            _ => false,
        };
    }
}
