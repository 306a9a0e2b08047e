namespace Sekisho.Inspection;

/// <summary>What the recipients and their houses are called: by greeting, display names, domains and the registered companies.</summary>
internal sealed class OwnNames
{
    private const int MaxRecipients = 100;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);

    /// <summary>True where a company or a person among the recipients is known by name.</summary>
    public bool Known => _names.Count > 0;

    /// <summary>Reads them off one mail; the sender's own organisation counts too, for a firm's own records are its to send.</summary>
    public static OwnNames Of(InspectionContext context, CancellationToken cancel)
    {
        var own = new OwnNames();
        var facts = context.Facts;
        var greetings = context.Analysis.Greeting(cancel).Greetings;
        foreach (var person in greetings.Persons)
        {
            own.Add(person.Surname + person.Given);
            own.Add(person.Given + person.Surname);
        }

        foreach (var line in greetings.CompanyLines)
        {
            own.Add(CompanyName.AddressedIn(line));
        }

        foreach (var recipient in facts.Outside.Take(MaxRecipients))
        {
            foreach (var shown in facts.Visible.Where(v => v.Address.Key == recipient.Key).Take(3))
            {
                own.Add(shown.DisplayName);
                own.Add(CompanyName.AddressedIn(shown.DisplayName));
            }

            if (recipient.Address is { } address && !Organisation.IsFreemail(address.Domain))
            {
                own._labels.Add(RecordOwners.KeyOf(RegistrableDomains.Of(address.Domain)));
                own._labels.Add(RegistrableDomains.Of(address.Domain).Split('.')[0].Replace("-", "", StringComparison.Ordinal));
            }

            foreach (var company in context.Settings.Companies.Where(c => c.Domains.Any(d => d.EndsWith(recipient.Address?.Domain ?? "?", StringComparison.Ordinal))))
            {
                foreach (var name in company.Names)
                {
                    own.Add(name);
                }
            }
        }

        return own;
    }

    /// <summary>True for an owner's key (<see cref="RecordOwners.KeyOf"/>) that may be one of them.</summary>
    public bool Has(string owner)
        => _names.Contains(owner) || _labels.Contains(owner)
            || _names.Any(n => Math.Min(n.Length, owner.Length) > 2 && (n.StartsWith(owner, StringComparison.Ordinal) || owner.StartsWith(n, StringComparison.Ordinal)));

    private void Add(string? name)
    {
        if (name is { Length: > 1 and <= 200 } && RecordOwners.KeyOf(name) is { Length: > 1 } key)
        {
            _names.Add(key);
        }
    }
}
