namespace Sekisho.Inspection;

/// <summary>A person as he takes shape while lines of <paramref name="text"/> are read; every value is a part of it.</summary>
internal sealed class PersonDraft(string text)
{
    /// <summary>What tells one person from all others, or is nobody's business beside his name.</summary>
    private const DataKinds Identifying = DataKinds.Phone | DataKinds.Email | DataKinds.PostalAddress | DataKinds.BirthDate | DataKinds.CardNumber | DataKinds.MyNumber | DataKinds.PersonId
        | DataKinds.BankAccount | DataKinds.Passport | DataKinds.DrivingLicence | DataKinds.HealthInsurance | DataKinds.Medical | DataKinds.Money;

    /// <summary>What a business card does not show.</summary>
    private const DataKinds Private = DataKinds.BirthDate | DataKinds.Age | DataKinds.Sex | DataKinds.CardNumber | DataKinds.MyNumber | DataKinds.PersonId | DataKinds.BankAccount | DataKinds.Passport
        | DataKinds.DrivingLicence | DataKinds.HealthInsurance | DataKinds.Medical | DataKinds.Money;

    private const int MaxValues = 16;

    private readonly ValueSlice[] _values = new ValueSlice[MaxValues];
    private int _count;

    public DataKinds Kinds { get; private set; }

    public string Name { get; private set; } = "";

    public bool HasName => Name.Length > 0;

    /// <summary>Fields with labels: a form somebody filled in.</summary>
    public int Fields { get; set; }

    /// <summary>A company's word, address or contact label stands with him.</summary>
    public bool Company { get; set; }

    /// <summary>Below the line that opens a signature.</summary>
    public bool Signature { get; set; }

    public bool Mobile { get; private set; }

    public int FirstLine { get; private set; } = -1;

    public int LastLine { get; private set; }

    /// <summary>True where nothing but a name, if that, was seen.</summary>
    public bool IsBare => (Kinds & ~DataKinds.Name) == 0;

    public void Call(ReadOnlySpan<char> name, int line)
    {
        Span<char> folded = stackalloc char[60];
        Name = folded[..ValueText.Fold(name, folded)].ToString();
        Keep(DataKinds.Name, name);
        Kinds |= DataKinds.Name;
        Touch(line);
    }

    public void Add(DataKinds kind, ReadOnlySpan<char> value, HitNote note, int line)
    {
        if ((note & HitNote.Free) != 0)
        {
            Company = true;
            return;
        }

        Mobile |= (note & HitNote.Mobile) != 0;
        Kinds |= kind;
        if (kind != DataKinds.Credential)
        {
            Keep(kind, value);
        }

        Touch(line);
    }

    /// <summary>The person, or null where what was seen makes none: a bare name, a company's contact, a signature.</summary>
    public FoundPerson? Finish(ProsePlace place)
    {
        var form = Fields >= 2;
        var identified = (Kinds & Identifying) != 0;
        var enough = HasName ? identified
            : (Mobile && (Kinds & DataKinds.PostalAddress) != 0) || (form && Several(Kinds & (DataKinds.Phone | DataKinds.Email | DataKinds.PostalAddress | DataKinds.BirthDate | DataKinds.PersonId)));
        var business = (Company || Signature) && (Kinds & Private) == 0 && !(form && HasName && !Signature);
        if (!enough || business)
        {
            return null;
        }

        return new FoundPerson { Kinds = Kinds, Name = Name, Values = new ProseValues(text, _values.AsSpan(0, _count).ToArray()), File = place.File, Place = place.Place, Row = FirstLine + 1, Quoted = place.Quoted };
    }

    /// <summary>Nobody yet.</summary>
    public void Clear()
    {
        (Kinds, Name, Fields, Company, Signature, Mobile, FirstLine, LastLine, _count) = (DataKinds.None, "", 0, false, false, false, -1, 0, 0);
    }

    private void Keep(DataKinds kind, ReadOnlySpan<char> value)
    {
        if (_count < MaxValues && text.AsSpan().Overlaps(value, out var start))
        {
            _values[_count++] = new ValueSlice(kind, start, value.Length);
        }
    }

    private static bool Several(DataKinds kinds) => ((int)kinds & ((int)kinds - 1)) != 0;

    private void Touch(int line)
    {
        FirstLine = FirstLine < 0 ? line : FirstLine;
        LastLine = line;
    }
}
