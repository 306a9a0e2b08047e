namespace Sekisho.Inspection;

/// <summary>Values made safe to show: enough to recognise one's own data by, too little to learn anybody's.</summary>
internal static class Masking
{
    private const string Hidden = "********";

    /// <summary>
    /// <c>山田**</c>, <c>4012-****-****-1234</c>, <c>ta***@example.com</c>, <c>090-****-5678</c>. Of a secret that opens something nothing is shown but its public
    /// prefix; of a kind unknown, its first character.
    /// </summary>
    public static string Mask(DataKinds kind, string value)
    {
        Span<char> buffer = stackalloc char[ValueText.MaxValue];
        var text = buffer[..ValueText.Fold(value, buffer)];
        if (text.Length == 0)
        {
            return "";
        }

        return kind switch
        {
            DataKinds.Name => Name(text),
            DataKinds.Email => Email(text),
            DataKinds.CardNumber => Card(text),
            DataKinds.Phone => Phone(text),
            DataKinds.Postcode => $"{First(ValueText.Digits(text), 3)}-****",
            DataKinds.PostalAddress => Address(text),
            DataKinds.BirthDate => BirthDate(text),
            DataKinds.MyNumber or DataKinds.DrivingLicence => $"**********{Last(ValueText.Digits(text), 2)}",
            DataKinds.Credential => Credential(text),
            DataKinds.Company or DataKinds.Municipality => text.ToString(),
            DataKinds.Age or DataKinds.Sex or DataKinds.Money or DataKinds.Medical => "**",
            DataKinds.BankAccount or DataKinds.CorporateNumber or DataKinds.PersonId or DataKinds.Passport or DataKinds.HealthInsurance => $"{First(text, 1)}****{(text.Length >= 7 ? Last(text, 2) : "")}",
            _ => $"{First(text, 1)}**",
        };
    }

    private static string Name(ReadOnlySpan<char> name)
    {
        var surname = Names.SurnameLength(name);
        return $"{First(name, surname is > 0 && surname < name.Length ? Math.Min(surname, 12) : 1)}**";
    }

    private static string Email(ReadOnlySpan<char> address)
    {
        var at = address.LastIndexOf('@');
        return at <= 0 ? $"{First(address, 1)}***" : $"{First(address[..at], at > 3 ? 2 : 1)}***{address[at..]}";
    }

    private static string Card(ReadOnlySpan<char> text)
    {
        var digits = ValueText.Digits(text);
        return digits.Length < 14 ? Hidden : digits.Length == 16 ? $"{digits[..4]}-****-****-{digits[^4..]}" : $"{digits[..4]}-{new string('*', digits.Length - 8)}-{digits[^4..]}";
    }

    private static string Phone(ReadOnlySpan<char> text)
    {
        var digits = NumberKinds.PhoneDigits(text);
        return digits.Length < 9 ? $"{First(digits, 2)}****" : $"{digits[..(digits[0] == '+' || digits.Length == 11 ? 3 : 2)]}-****-{digits[^4..]}";
    }

    private static string Address(ReadOnlySpan<char> text)
    {
        var pref = PostalAddresses.Prefecture(text);
        var rest = text[pref..].TrimStart(' ');
        var city = PostalAddresses.Municipality(rest, pref > 0);
        return pref + city == 0 ? $"{First(text, 2)}***" : $"{text[..pref]}{rest[..city]}***";
    }

    private static string BirthDate(ReadOnlySpan<char> text)
        => DateForms.TryRead(text, bare: true, out var year, out _, out _) ? $"{year / 10}*-**-**" : "****-**-**";

    private static string Credential(ReadOnlySpan<char> text)
    {
        var key = CredentialForms.KeyLength(text);
        return key > 0 ? $"{First(text, 4)}{Hidden}" : Hidden;
    }

    private static string First(ReadOnlySpan<char> text, int count)
    {
        count = Math.Min(count, text.Length);
        return text[..(count > 0 && char.IsHighSurrogate(text[count - 1]) && count < text.Length ? count + 1 : count)].ToString();
    }

    private static string Last(ReadOnlySpan<char> text, int count) => text.Length <= count ? "" : text[^count..].ToString();
}
