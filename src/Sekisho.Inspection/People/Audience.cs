using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Whose data a mail shows to whom: for every outside recipient the persons who are neither he himself nor the author's side.</summary>
/// <param name="Others">Persons whose data is shown to somebody else, in order of sight.</param>
/// <param name="Most">Most of them any one recipient gets.</param>
/// <param name="MostSensitive">Most sensitive ones any one recipient gets.</param>
/// <param name="MostMedical">Most with medical data any one recipient gets.</param>
/// <param name="Own">Persons who are recipients themselves.</param>
/// <param name="Concerned">Keys of the recipients who get somebody else's data.</param>
internal sealed record Audience(IReadOnlyList<FoundPerson> Others, int Most, int MostSensitive, int MostMedical, int Own, IReadOnlyList<string> Concerned)
{
    /// <summary>What stands on a business card.</summary>
    private const DataKinds Business = DataKinds.Name | DataKinds.Company | DataKinds.Phone | DataKinds.Email | DataKinds.PostalAddress | DataKinds.Postcode | DataKinds.Municipality
        | DataKinds.Occupation | DataKinds.Other | DataKinds.CorporateNumber;

    /// <summary>What a mention of somebody in a sentence shows.</summary>
    private const DataKinds Mention = DataKinds.Name | DataKinds.Company | DataKinds.Occupation | DataKinds.Other | DataKinds.Municipality;

    /// <summary>Fewer names than this in the text are people talked of; from here on they are a list.</summary>
    private const int ListOfNames = 5;

    /// <summary>So many people sign no thread: what is quoted then is a list.</summary>
    private const int ListOfSignatures = 10;

    private const DataKinds Grave = DataKinds.Medical | DataKinds.CardNumber | DataKinds.MyNumber | DataKinds.Credential | DataKinds.HealthInsurance | DataKinds.Passport
        | DataKinds.DrivingLicence | DataKinds.Money;

    private static readonly Audience _nobody = new([], 0, 0, 0, 0, []);

    /// <summary>True for what the law or common sense protects more than a name and an address.</summary>
    public static bool IsSensitive(FoundPerson person) => (person.Kinds & Grave) != 0
        || (person.Kinds & (DataKinds.BirthDate | DataKinds.PostalAddress)) == (DataKinds.BirthDate | DataKinds.PostalAddress)
        || ((person.Kinds & DataKinds.BankAccount) != 0 && (person.Kinds & (DataKinds.Name | DataKinds.Company)) == DataKinds.Name);

    public static Audience Of(InspectionContext context, PeopleFound found, CancellationToken cancel)
    {
        var outside = context.Analysis.Outside;
        if (found.Persons.Count == 0 || outside.Count == 0)
        {
            return _nobody;
        }

        var others = Strangers(context, found.Persons, cancel);
        if (others.Count == 0)
        {
            return _nobody;
        }

        var single = outside.Count == 1 ? Addressee.Of(context, outside[0]) : null;
        if (single is not null)
        {
            return Single(context, others, single);
        }

        return Several(context, others, outside, cancel);
    }

    private static Audience Single(InspectionContext context, List<FoundPerson> others, Addressee addressee)
    {
        var own = others.FindAll(p => addressee.Is(p) || IsColleague(context, p, addressee.Person.Organisation));
        // One person's data to an address that tells no name is most likely his own; of an illness that is not enough.
        if (own.Count == 0 && others.Count == 1 && addressee.MayBe(others[0]) && !IsMedical(others[0]))
        {
            own = others;
        }

        if (own.Count > 0)
        {
            var mine = own.ToHashSet(ReferenceEqualityComparer.Instance);
            others = others.FindAll(p => !mine.Contains(p));
        }

        return others.Count == 0 ? _nobody with { Own = own.Count }
            : new Audience(others, others.Count, others.Count(IsSensitive), others.Count(IsMedical), own.Count, [addressee.Person.Key]);
    }

    /// <summary>Everybody gets everything but what is his own: the most is all, less the least anybody has of his own.</summary>
    private static Audience Several(InspectionContext context, List<FoundPerson> others, IReadOnlyList<Person> outside, CancellationToken cancel)
    {
        var recipients = outside.Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        var owned = new Dictionary<string, Share>(StringComparer.Ordinal);
        var all = new Share();
        var own = 0;
        foreach (var person in others)
        {
            cancel.ThrowIfCancellationRequested();
            all.Add(person);
            var key = KeyOf(person);
            if (key is not null && recipients.Contains(key))
            {
                own++;
                Of(key).Add(person);
            }
            else if (key is not null && InTextOnly(person) && EmailAddress.TryParse(key, out var address))
            {
                Of("@" + context.Organisation.OrganisationOf(address)).Add(person);
            }
        }

        var concerned = new List<string>();
        var most = new Share();
        foreach (var recipient in outside)
        {
            var left = all.Less(owned.GetValueOrDefault(recipient.Key)).Less(owned.GetValueOrDefault("@" + recipient.Organisation));
            if (left.Persons > 0)
            {
                concerned.Add(recipient.Key);
                most = most.Most(left);
            }
        }

        return concerned.Count == 0 ? _nobody with { Own = own } : new Audience(others, most.Persons, most.Sensitive, most.Medical, own, concerned);

        Share Of(string key)
        {
            if (!owned.TryGetValue(key, out var share))
            {
                owned.Add(key, share = new Share());
            }

            return share;
        }
    }

    /// <summary>Persons but for the author's side, the header's, signatures in the thread, and people merely mentioned.</summary>
    private static List<FoundPerson> Strangers(InspectionContext context, IReadOnlyList<FoundPerson> persons, CancellationToken cancel)
    {
        if (persons.Count == 0)
        {
            return [];
        }

        var facts = context.Facts;
        var visible = facts.Visible.Select(v => v.Address.Key).ToHashSet(StringComparer.Ordinal);
        var visibleNames = facts.Visible.Select(v => PersonNames.Key(v.DisplayName)).Where(n => n.Length > 0).ToHashSet(StringComparer.Ordinal);
        var authors = facts.AddressFields.Where(f => f.Field.Is("From") || f.Field.Is("Sender")).SelectMany(f => f.Entries.Mailboxes)
            .Select(m => PersonNames.Key(m.DisplayName)).Where(n => n.Length > 0).ToHashSet(StringComparer.Ordinal);
        var others = new List<FoundPerson>();
        var mentions = new List<FoundPerson>();
        var signatures = new List<FoundPerson>();
        foreach (var person in persons)
        {
            cancel.ThrowIfCancellationRequested();
            var name = PersonNames.Key(person.Name);
            if (IsAuthorsSide(context, person, name, authors))
            {
                continue;
            }

            if (InTextOnly(person))
            {
                var key = KeyOf(person);
                if (name.Length == 0 && (person.Kinds & ~(DataKinds.Email | Business)) == 0
                    || key is not null && visible.Contains(key)
                    || visibleNames.Contains(name))
                {
                    continue;
                }

                if (person.Quoted && (person.Kinds & ~Business) == 0)
                {
                    signatures.Add(person);
                    continue;
                }

                if ((person.Kinds & ~Mention) == 0)
                {
                    mentions.Add(person);
                    continue;
                }
            }

            others.Add(person);
        }

        // Names with mail addresses are what every quoted header holds; telephone numbers and homes are not.
        signatures.RemoveAll(p => (p.Kinds & (DataKinds.Phone | DataKinds.PostalAddress)) == 0);
        if (signatures.Count >= ListOfSignatures)
        {
            others.AddRange(signatures);
        }

        if (mentions.Count >= ListOfNames)
        {
            others.AddRange(mentions);
        }

        return others;
    }

    private static bool IsAuthorsSide(InspectionContext context, FoundPerson person, string name, HashSet<string> authors)
    {
        if (name.Length > 0 && authors.Contains(name))
        {
            return true;
        }

        foreach (var value in person.Values)
        {
            if (value.Kind == DataKinds.Email && (context.Facts.AuthorKeys.Contains(value.Value)
                || ((person.Kinds & ~Business) == 0 && EmailAddress.TryParse(value.Value, out var address) && context.Organisation.IsInside(address))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsColleague(InspectionContext context, FoundPerson person, string organisation)
        => InTextOnly(person) && KeyOf(person) is { } key && EmailAddress.TryParse(key, out var address) && context.Organisation.OrganisationOf(address) == organisation;

    internal static bool IsMedical(FoundPerson person) => (person.Kinds & (DataKinds.Medical | DataKinds.HealthInsurance)) != 0;

    internal static bool InTextOnly(FoundPerson person) => person.File.Length == 0 && person.Files.Count <= 1;

    /// <summary>His mail address as recipients are compared by, or null.</summary>
    internal static string? KeyOf(FoundPerson person)
    {
        foreach (var value in person.Values)
        {
            if (value.Kind == DataKinds.Email)
            {
                return EmailAddress.TryParse(value.Value, out var address) ? address.Key : value.Value;
            }
        }

        return null;
    }

    /// <summary>A number of persons, and how many of them are sensitive or medical.</summary>
    private sealed class Share
    {
        public int Persons { get; private set; }

        public int Sensitive { get; private set; }

        public int Medical { get; private set; }

        public void Add(FoundPerson person)
        {
            Persons++;
            Sensitive += IsSensitive(person) ? 1 : 0;
            Medical += IsMedical(person) ? 1 : 0;
        }

        public Share Less(Share? own) => own is null ? this : new Share { Persons = Persons - own.Persons, Sensitive = Sensitive - own.Sensitive, Medical = Medical - own.Medical };

        public Share Most(Share other) => new() { Persons = Math.Max(Persons, other.Persons), Sensitive = Math.Max(Sensitive, other.Sensitive), Medical = Math.Max(Medical, other.Medical) };
    }
}
