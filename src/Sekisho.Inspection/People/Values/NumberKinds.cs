using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>What a short text of mostly digits may be.</summary>
internal static class NumberKinds
{
    private static readonly SearchValues<char> _amount = SearchValues.Create("0123456789,.");

    /// <summary>All kinds, of folded text.</summary>
    public static DataKinds Of(ReadOnlySpan<char> text)
    {
        var kinds = DataKinds.None;
        if (DateForms.TryRead(text, bare: true, out var year, out _, out _) && year is >= 1900 and <= 2030)
        {
            kinds |= DataKinds.BirthDate;
        }

        if (IsAge(text))
        {
            kinds |= DataKinds.Age;
        }

        if (IsMoney(text))
        {
            kinds |= DataKinds.Money;
        }

        Span<char> digits = stackalloc char[20];
        Span<int> groups = stackalloc int[6];
        if (!Groups(text, digits, groups, out var length, out var count, out var plus, out var mark))
        {
            return kinds;
        }

        var all = digits[..length];
        if (PhoneOf(all, groups[..count], plus) != PhoneLine.None)
        {
            kinds |= DataKinds.Phone;
        }

        if (plus)
        {
            return kinds;
        }

        kinds |= length == 7 && (mark || count == 1 || (count == 2 && groups[0] == 3)) ? DataKinds.Postcode : DataKinds.None;
        if (mark)
        {
            return kinds;
        }

        kinds |= CardNumbers.IsCard(all) && CardNumbers.GroupsFit(groups[..count]) ? DataKinds.CardNumber : DataKinds.None;
        var fours = count == 1 || groups[..count] is [4, 4, 4];
        kinds |= fours && CheckDigits.MyNumber(all) ? DataKinds.MyNumber : DataKinds.None;
        kinds |= fours && CheckDigits.DrivingLicence(all) ? DataKinds.DrivingLicence : DataKinds.None;
        kinds |= count == 1 && CheckDigits.CorporateNumber(all) ? DataKinds.CorporateNumber : DataKinds.None;
        kinds |= count == 1 && CheckDigits.Insurer(all) ? DataKinds.HealthInsurance : DataKinds.None;
        kinds |= (count == 1 && length is 6 or 7) || groups[..count] is [3, 7] or [4, 3, 7] ? DataKinds.BankAccount : DataKinds.None;
        kinds |= length is >= 3 and <= 16 && (kinds & (DataKinds.BirthDate | DataKinds.Age)) == 0 ? DataKinds.PersonId : DataKinds.None;
        return kinds;
    }

    /// <summary>The kind of line of a folded number, alone in its text.</summary>
    public static PhoneLine Phone(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[20];
        Span<int> groups = stackalloc int[6];
        return Groups(text, digits, groups, out var length, out var count, out var plus, out var mark) && !mark
            ? PhoneOf(digits[..length], groups[..count], plus) : PhoneLine.None;
    }

    /// <summary>The number as dialled in Japan, or <c>+</c> and digits; where it is none, its digits.</summary>
    public static string PhoneDigits(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[20];
        Span<int> groups = stackalloc int[6];
        if (!Groups(text, digits, groups, out var length, out _, out var plus, out _))
        {
            return ValueText.Digits(text);
        }

        if (!plus)
        {
            return digits[..length].ToString();
        }

        Span<char> domestic = stackalloc char[21];
        _ = PhoneNumbers.OfInternational(digits[..length], domestic, out var size);
        return size > 0 ? domestic[..size].ToString() : "+" + digits[..length].ToString();
    }

    /// <summary>満35歳, 35才, 35 years, or 0 to 120.</summary>
    public static bool IsAge(ReadOnlySpan<char> text)
    {
        text = text.StartsWith("満") ? text[1..].TrimStart(' ') : text;
        var size = 0;
        while (size < text.Length && char.IsAsciiDigit(text[size]))
        {
            size++;
        }

        var unit = text[size..].TrimStart(' ');
        return size is >= 1 and <= 3 && int.Parse(text[..size]) <= 120 && (unit.Length == 0 || unit is "歳" or "才" or "代" or "歳代" or "years" or "years old" or "yo" or "歳以上");
    }

    private static bool IsMoney(ReadOnlySpan<char> text)
    {
        var currency = text[0] is '¥' or '\\' or '$' or '€' or '£' || text[^1] is '円' or '萬' || text.EndsWith("万円") || text.EndsWith("JPY") || text.EndsWith("USD");
        var body = text.Trim("¥\\$€£円万千億萬 JPYUSD-+");
        if (body.Length == 0 || body.ContainsAnyExcept(_amount))
        {
            return false;
        }

        return currency || body.Contains(',') || body.Length is >= 4 and <= 11 && body[0] != '0' && !body.Contains('.');
    }

    private static PhoneLine PhoneOf(ReadOnlySpan<char> digits, ReadOnlySpan<int> groups, bool plus)
    {
        Span<char> domestic = stackalloc char[21];
        if (plus)
        {
            return PhoneNumbers.OfInternational(digits, domestic, out _);
        }

        var line = PhoneNumbers.OfDomestic(digits, groups);
        return line != PhoneLine.None ? line : groups is [3, 3, 4] && PhoneNumbers.IsNorthAmerican(digits) ? PhoneLine.Abroad : PhoneLine.None;
    }

    /// <summary>Divides a text of digits and separators into groups. False for anything else in it.</summary>
    private static bool Groups(ReadOnlySpan<char> text, Span<char> digits, Span<int> groups, out int length, out int count, out bool plus, out bool mark)
    {
        length = count = 0;
        plus = mark = false;
        if (text.Length == 0)
        {
            return false;
        }

        if (text[0] == '〒')
        {
            mark = true;
            text = text[1..].TrimStart(' ');
        }
        else if (text[0] == '+')
        {
            plus = true;
            text = text[1..];
        }

        var inGroup = false;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (length == digits.Length || (!inGroup && count == groups.Length))
                {
                    return false;
                }

                if (!inGroup)
                {
                    groups[count++] = 0;
                    inGroup = true;
                }

                groups[count - 1]++;
                digits[length++] = c;
            }
            else if (c is '-' or ' ' or '(' or ')' or '.')
            {
                inGroup = false;
            }
            else
            {
                return false;
            }
        }

        return length > 0;
    }
}
