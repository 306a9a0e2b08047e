using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>English headers by their words: <c>customer_name</c>, <c>PupilName</c>, <c>E-mail address</c>, <c>Date of birth</c>.</summary>
internal static class EnglishHeaders
{
    private const int MaxTokens = 6;

    private enum Token
    {
        Name,
        Family,
        Given,
        Kana,
        PersonRole,
        SecondRole,
        WeakRole,
        Company,
        Thing,
        Email,
        Phone,
        Address,
        Place,
        Postcode,
        Birth,
        Age,
        Sex,
        Card,
        MyNumber,
        Account,
        Passport,
        Licence,
        Insurance,
        Medical,
        Money,
        Credential,
        Id,
        Occupation,
        Remark,
        Emergency,
        Date,
        Ip,
    }

    private static readonly FrozenDictionary<string, Token> _tokens = Build();

    private static readonly FrozenDictionary<string, Token>.AlternateLookup<ReadOnlySpan<char>> _lookup = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly WordShapes _shapes = WordShapes.Of(_tokens.Keys);

    /// <summary>What the header says; null where none of its words is known.</summary>
    public static ColumnMeaning? Read(ReadOnlySpan<char> text)
    {
        var seen = 0u;
        var tokens = 0;
        var known = 0;
        var last = default(Token?);
        Span<char> word = stackalloc char[24];
        var length = 0;
        var previousLower = false;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? TextFolding.FoldWidth(text[i]) : ' ';
            var letter = char.IsAsciiLetter(c);
            var boundary = !letter || (char.IsAsciiLetterUpper(c) && previousLower);
            if (boundary && length > 0)
            {
                if (++tokens > MaxTokens)
                {
                    return null;
                }

                if (_shapes.Fits(word[..length]) && _lookup.TryGetValue(word[..length], out var token))
                {
                    known++;
                    seen |= 1u << (int)token;
                    last = token;
                }

                length = 0;
            }

            if (c > 0x7F)
            {
                return null;
            }

            if (letter && length < word.Length)
            {
                word[length++] = char.ToLowerInvariant(c);
            }

            previousLower = char.IsAsciiLetterLower(c);
        }

        // A sentence that happens to hold a known word is no header.
        return known == 0 || known * 2 < tokens ? null : Judge(seen, last!.Value, tokens);
    }

    private static ColumnMeaning? Judge(uint seen, Token last, int tokens)
    {
        if (Has(Token.Ip))
        {
            return new ColumnMeaning(DataKinds.None);
        }

        if (Has(Token.Email))
        {
            return new ColumnMeaning(DataKinds.Email);
        }

        // A heading that merely mentions passwords, tokens or keys is none; nothing but the word itself, or the word with whose it is.
        if (Has(Token.Credential) && tokens <= 3 && (last == Token.Credential || tokens == 1))
        {
            return new ColumnMeaning(DataKinds.Credential);
        }

        if (Has(Token.Phone) || (Has(Token.Emergency) && !Has(Token.Name)))
        {
            return new ColumnMeaning(DataKinds.Phone);
        }

        if (Has(Token.Card))
        {
            return new ColumnMeaning(Has(Token.Date) ? DataKinds.Other : Has(Token.Name) ? DataKinds.Name : DataKinds.CardNumber, Has(Token.Name) ? NamePart.Full : NamePart.None);
        }

        foreach (var (token, kind) in _kinds)
        {
            if (Has(token))
            {
                return new ColumnMeaning(kind);
            }
        }

        if (Has(Token.Thing) && !Has(Token.PersonRole))
        {
            return new ColumnMeaning(DataKinds.None);
        }

        return Name() ?? (Has(Token.Id) ? new ColumnMeaning(Has(Token.PersonRole) || Has(Token.SecondRole) || Has(Token.WeakRole) ? DataKinds.PersonId : DataKinds.None)
            : Has(Token.Company) ? new ColumnMeaning(DataKinds.Company)
            : Has(Token.Occupation) ? new ColumnMeaning(DataKinds.Occupation)
            : Has(Token.Remark) || Has(Token.Date) ? new ColumnMeaning(DataKinds.Other)
            : null);

        bool Has(Token token) => (seen & (1u << (int)token)) != 0;

        ColumnMeaning? Name()
        {
            if (Has(Token.Id))
            {
                return null;
            }

            if (Has(Token.Kana))
            {
                return new ColumnMeaning(DataKinds.Name, Has(Token.Family) ? NamePart.KanaFamily : Has(Token.Given) ? NamePart.KanaGiven : NamePart.KanaFull);
            }

            if ((Has(Token.Family) || Has(Token.Given)) && (tokens == 1 || Has(Token.Name)))
            {
                return new ColumnMeaning(DataKinds.Name, Has(Token.Family) ? NamePart.Family : NamePart.Given);
            }

            if (Has(Token.Company) && !Has(Token.PersonRole) && !Has(Token.SecondRole))
            {
                return new ColumnMeaning(DataKinds.Company);
            }

            return Has(Token.SecondRole) ? new ColumnMeaning(DataKinds.Name, NamePart.Full, Trust.Second)
                : Has(Token.PersonRole) && (Has(Token.Name) || last == Token.PersonRole) ? new ColumnMeaning(DataKinds.Name, NamePart.Full, Has(Token.Name) ? Trust.Sure : Trust.Weak)
                : Has(Token.Name) || Has(Token.WeakRole) ? new ColumnMeaning(DataKinds.Name, NamePart.Full, Trust.Weak)
                : null;
        }
    }

    /// <summary>Words that decide whatever else stands beside them, in the order they decide.</summary>
    private static readonly (Token Token, DataKinds Kind)[] _kinds =
    [
        (Token.MyNumber, DataKinds.MyNumber), (Token.Passport, DataKinds.Passport), (Token.Licence, DataKinds.DrivingLicence), (Token.Insurance, DataKinds.HealthInsurance),
        (Token.Postcode, DataKinds.Postcode), (Token.Address, DataKinds.PostalAddress), (Token.Place, DataKinds.Municipality), (Token.Birth, DataKinds.BirthDate),
        (Token.Age, DataKinds.Age), (Token.Sex, DataKinds.Sex), (Token.Medical, DataKinds.Medical), (Token.Money, DataKinds.Money), (Token.Account, DataKinds.BankAccount),
    ];

    private static FrozenDictionary<string, Token> Build()
    {
        var words = new Dictionary<string, Token>(StringComparer.Ordinal);
        Add(Token.Name, "name names fullname namae shimei");
        Add(Token.Family, "last family surname lastname familyname sei");
        Add(Token.Given, "first given forename firstname givenname middle mei");
        Add(Token.Kana, "kana furigana romaji katakana hiragana yomi phonetic");
        Add(Token.PersonRole, "customer client patient pupil student child member employee staff applicant participant attendee guest user subscriber person passenger candidate "
            + "resident tenant borrower debtor policyholder cardholder holder insured donor winner player teacher buyer purchaser recipient consignee respondent owner driver volunteer trainee contact full personal kokyaku");
        Add(Token.SecondRole, "guardian parent father mother doctor physician spouse manager supervisor approver assignee author clerk representative");
        Add(Token.WeakRole, "contractor account supplier vendor partner contract");
        Add(Token.Company, "company corporation corp organization organisation org employer business firm shop store branch school university hospital clinic plant factory facility team club agency institution office");
        Add(Token.Thing, "product item sku model part file project task event course category brand price qty quantity amount total unit stock order invoice status url host domain server column table field key version version serial "
            + "description subject type time step count module function class method sport league score rank points result");
        Add(Token.Email, "email mail mailaddress emailaddress");
        Add(Token.Phone, "phone tel telephone mobile cell cellphone fax phonenumber keitai");
        Add(Token.Address, "address addr street addresses jusho");
        Add(Token.Place, "city town municipality prefecture state county district region country");
        Add(Token.Postcode, "zip zipcode postal postcode postalcode");
        Add(Token.Birth, "birth birthday birthdate dob born");
        Add(Token.Age, "age");
        Add(Token.Sex, "sex gender");
        Add(Token.Card, "card creditcard cardnumber cc pan");
        Add(Token.MyNumber, "mynumber");
        Add(Token.Account, "bank iban");
        Add(Token.Passport, "passport");
        Add(Token.Licence, "licence license");
        Add(Token.Insurance, "insurance");
        Add(Token.Medical, "medical diagnosis disease treatment symptom symptoms illness medication prescription allergy allergies surgery disability blood");
        Add(Token.Money, "salary income wage wages pay payroll bonus balance loan debt deposit");
        Add(Token.Credential, "password passwd pwd passcode pin apikey");
        Add(Token.Id, "id no number code num");
        Add(Token.Occupation, "job occupation position department dept role grade history desired profession industry title");
        Add(Token.Remark, "remark remarks note notes comment comments memo hobby size answer motivation survey wear shoe schedule transactions transaction sales");
        Add(Token.Emergency, "emergency");
        Add(Token.Date, "expiry expiration joined hired registered created updated date");
        Add(Token.Ip, "ip mac");
        return words.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(Token token, string list)
        {
            foreach (var word in list.Split(' '))
            {
                words.TryAdd(word, token);
            }
        }
    }
}
