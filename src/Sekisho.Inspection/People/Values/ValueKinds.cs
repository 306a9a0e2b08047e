namespace Sekisho.Inspection;

/// <summary>What a table's cell may be, by its form alone. A column's header and its other cells decide.</summary>
internal static class ValueKinds
{
    private const int Short = 48;

    /// <summary>
    /// All kinds the cell's form allows: seven digits are a postcode, an account and somebody's number. <see cref="DataKinds.None"/> for an empty cell and for text
    /// longer than 300 characters. Never throws.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="withMedical">False where nobody asks for <see cref="DataKinds.Medical"/>: a text is searched for words of illness only where it would be a name without one.</param>
    public static DataKinds Of(ReadOnlySpan<char> cell, bool withMedical = true)
    {
        if (cell.Length > ValueText.MaxValue)
        {
            return DataKinds.None;
        }

        // Folding never lengthens; most cells are short, and a buffer is cleared before it is used.
        Span<char> buffer = cell.Length <= Short ? stackalloc char[Short] : stackalloc char[ValueText.MaxValue];
        var text = buffer[..ValueText.Fold(cell, buffer)];
        if (text.Length == 0)
        {
            return DataKinds.None;
        }

        var digits = 0;
        var letters = 0;
        var wide = 0;
        var at = false;
        foreach (var c in text)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            letters += char.IsAsciiLetter(c) ? 1 : 0;
            wide += c > '\u00BF' ? 1 : 0;
            at |= c == '@';
        }

        if (at && EmailText.Holds(text))
        {
            // "山田太郎 taro@…" is a person's entry: the address is not all of it.
            return EmailText.IsAlone(text) ? DataKinds.Email : DataKinds.Email | DataKinds.Other;
        }

        var kinds = digits > 0 && letters <= 12 && wide <= 10 && text.Length <= 40 ? NumberKinds.Of(text) : DataKinds.None;
        if (wide > 0)
        {
            kinds |= Japanese(text, digits);
        }
        else if (letters > 0)
        {
            kinds |= Latin(text, digits, withMedical);
        }

        return kinds;
    }

    /// <summary>
    /// The value as it is compared: digits of numbers, addresses in lower case, names without blanks and variants of their characters, dates as <c>yyyy-MM-dd</c>.
    /// A text that is not of that kind comes back folded. Of at most 300 characters.
    /// </summary>
    public static string Normalise(DataKinds kind, ReadOnlySpan<char> value)
    {
        Span<char> buffer = stackalloc char[ValueText.MaxValue];
        var text = buffer[..ValueText.Fold(value, buffer)];
        switch (kind)
        {
            case DataKinds.Phone:
                return NumberKinds.PhoneDigits(text);
            case DataKinds.Postcode or DataKinds.CardNumber or DataKinds.MyNumber or DataKinds.CorporateNumber or DataKinds.DrivingLicence or DataKinds.HealthInsurance:
                return ValueText.Digits(text);
            case DataKinds.BirthDate:
                return DateForms.TryRead(text, bare: true, out var y, out var m, out var d) ? $"{y:D4}-{m:D2}-{d:D2}" : text.ToString();
            case DataKinds.Age:
                return ValueText.Digits(text);
            case DataKinds.Sex:
                return text.StartsWith("女") || text.StartsWith("f", StringComparison.OrdinalIgnoreCase) ? "f" : text.StartsWith("男") || text.StartsWith("m", StringComparison.OrdinalIgnoreCase) ? "m" : text.ToString();
            case DataKinds.Email:
                return EmailText.Normalise(text);
            case DataKinds.Name or DataKinds.PostalAddress or DataKinds.Company or DataKinds.Municipality:
                var length = 0;
                foreach (var c in text)
                {
                    if (c != ' ' && !(kind == DataKinds.Name && c is '・' or ','))
                    {
                        buffer[length++] = KanjiForms.Fold(c);
                    }
                }

                return buffer[..length].ToString();
            default:
                return text.ToString();
        }
    }

    private static DataKinds Japanese(ReadOnlySpan<char> text, int digits)
    {
        var kinds = DataKinds.None;
        if (CellWords.IsSex(text))
        {
            return DataKinds.Sex;
        }

        if (CellWords.IsOccupation(text))
        {
            kinds |= DataKinds.Occupation;
        }

        if (CellWords.IsCompany(text))
        {
            kinds |= DataKinds.Company;
        }

        var place = PostalAddresses.Judge(text);
        kinds |= place;
        if (MedicalWords.Contains(text))
        {
            kinds |= DataKinds.Medical;
        }

        if (digits == 0 && text.Length <= 40 && (kinds & (DataKinds.Occupation | DataKinds.Medical | DataKinds.PostalAddress)) == 0 && Names.Judge(text).IsName)
        {
            kinds |= DataKinds.Name;
        }

        return kinds;
    }

    private static DataKinds Latin(ReadOnlySpan<char> text, int digits, bool withMedical)
    {
        var kinds = DataKinds.None;
        if (CellWords.IsSex(text) || (text.Length == 1 && text[0] is 'M' or 'F' or 'm' or 'f'))
        {
            return DataKinds.Sex;
        }

        if (CellWords.IsOccupation(text))
        {
            kinds |= DataKinds.Occupation;
        }

        if (CellWords.IsCompany(text))
        {
            kinds |= DataKinds.Company;
        }

        if (digits > 0 && PostalAddresses.Western(text))
        {
            return kinds | DataKinds.PostalAddress;
        }

        if (withMedical && MedicalWords.Contains(text))
        {
            kinds |= DataKinds.Medical;
        }

        if (digits == 0 && (kinds & (DataKinds.Company | DataKinds.Medical)) == 0 && Names.Judge(text).IsName && (withMedical || !MedicalWords.Contains(text)))
        {
            kinds |= DataKinds.Name;
        }

        if (CredentialForms.IsKey(text))
        {
            return DataKinds.Credential;
        }

        if (!text.Contains(' ') && digits > 0)
        {
            kinds |= text.Length is >= 4 and <= 20 && digits >= 2 ? DataKinds.PersonId : DataKinds.None;
            kinds |= text.Length == 9 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]) && CheckDigits.AllDigits(text[2..]) ? DataKinds.Passport : DataKinds.None;
            kinds |= CheckDigits.Iban(text) ? DataKinds.BankAccount : DataKinds.None;
        }
        else if (digits > 0 && CheckDigits.Iban(text))
        {
            kinds |= DataKinds.BankAccount;
        }

        return kinds;
    }
}
