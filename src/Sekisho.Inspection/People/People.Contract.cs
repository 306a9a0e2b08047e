namespace Sekisho.Inspection;

/// <summary>A kind of personal or secret value. As flags: the kinds a value may be, or a person's record holds.</summary>
[Flags]
public enum DataKinds
{
    None = 0,

    /// <summary>A person's name: kanji, kana or Latin letters; family and given name, or one of them where a column says so.</summary>
    Name = 1 << 0,

    /// <summary>A postal address, from a municipality on (市町村 alone is <see cref="Municipality"/>).</summary>
    PostalAddress = 1 << 1,
    Postcode = 1 << 2,

    /// <summary>Telephone or fax, landline or mobile.</summary>
    Phone = 1 << 3,
    Email = 1 << 4,
    BirthDate = 1 << 5,
    Age = 1 << 6,
    Sex = 1 << 7,

    /// <summary>Payment card number (ISO/IEC 7812 with Luhn, known issuer ranges).</summary>
    CardNumber = 1 << 8,

    /// <summary>個人番号, 12 digits with check digit.</summary>
    MyNumber = 1 << 9,

    /// <summary>法人番号, 13 digits with check digit: a company's, nobody's personal data.</summary>
    CorporateNumber = 1 << 10,
    BankAccount = 1 << 11,
    Passport = 1 << 12,
    DrivingLicence = 1 << 13,
    HealthInsurance = 1 << 14,

    /// <summary>Illness, treatment, examination, disability, medication.</summary>
    Medical = 1 << 15,

    /// <summary>Salary, income, balance, loan.</summary>
    Money = 1 << 16,

    /// <summary>Password, key, token.</summary>
    Credential = 1 << 17,

    /// <summary>A number that names a person in somebody's files: customer, member, employee, pupil, patient number.</summary>
    PersonId = 1 << 18,

    /// <summary>Name of a company, shop, school or office.</summary>
    Company = 1 << 19,

    /// <summary>Prefecture or municipality without more.</summary>
    Municipality = 1 << 20,

    /// <summary>Occupation, post, job history.</summary>
    Occupation = 1 << 21,

    /// <summary>What else a column about a person holds: hobby, size, answer, remark.</summary>
    Other = 1 << 22,
}

/// <summary>A value found. <paramref name="Value"/> is normalised for comparison and never leaves this room unmasked.</summary>
public sealed record PersonalValue(DataKinds Kind, string Value);

/// <summary>One person as the files and the text show him.</summary>
public sealed record FoundPerson
{
    /// <summary>All his kinds.</summary>
    public required DataKinds Kinds { get; init; }

    /// <summary>Name as written, spaces folded; empty where none is known.</summary>
    public string Name { get; init; } = "";

    /// <summary>His values, one of each kind at least where comparison needs it (name, e-mail, phone, company, person id).</summary>
    public IReadOnlyList<PersonalValue> Values { get; init; } = [];

    /// <summary>File path, or empty for the mail's own text.</summary>
    public string File { get; init; } = "";

    /// <summary>Sheet, page or part.</summary>
    public string Place { get; init; } = "";

    /// <summary>1-based row or line; 0 where there is none.</summary>
    public int Row { get; init; }

    /// <summary>True where he stands in the mail's text as quoted from an earlier mail, and nowhere else.</summary>
    public bool Quoted { get; init; }

    /// <summary>True where he stands only in places the sender may never have seen: hidden sheets, rows and slides, comments, speaker notes, text a tracked change deleted.</summary>
    public bool Hidden { get; init; }

    /// <summary>Every file he stands in, the empty path for the mail's own text; at least <see cref="File"/>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>A secret that needs no person to be one: card number, MyNumber, credential.</summary>
public sealed record FoundSecret(DataKinds Kind, string Masked, string File, string Place, int Row)
{
    /// <summary>The same for the same value within this process, 0 where nobody made one: a mail says everything twice, in text and in HTML.</summary>
    internal int Key { get; init; }
}

/// <summary>Everything personal a mail carries, before anybody asks whose it is.</summary>
public sealed record PeopleFound(IReadOnlyList<FoundPerson> Persons, IReadOnlyList<FoundSecret> Secrets, IReadOnlyList<RecordTable> Tables)
{
    /// <summary>Nothing.</summary>
    public static PeopleFound None { get; } = new([], [], []);
}

/// <summary>A table of records, about persons or not (plants, orders, accounts), for the rules that ask whose records they are.</summary>
/// <param name="File">File path, or empty for the mail's text.</param>
/// <param name="Place">Sheet or part.</param>
/// <param name="Columns">What each column holds.</param>
/// <param name="Rows">Records, header and totals left out.</param>
public sealed record RecordTable(string File, string Place, IReadOnlyList<RecordColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A column's header as written (empty without one) and what it holds.</summary>
public sealed record RecordColumn(string Header, DataKinds Kind);
