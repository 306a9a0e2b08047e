namespace Sekisho.Inspection;

/// <summary>
/// Whose people are ours though their domain is not listed: other hosts of a domain that is (<c>eu.acme.example</c> beside <c>acme.example</c>). Our own name under another ending is not: it is
/// another firm's as often, and mail to its people instead of a colleague's is a slip however often it was written to.
/// </summary>
internal sealed class OurHouse
{
    private const int MaxDomains = 200;

    private readonly HashSet<string> _own;

    public OurHouse(IOrganisation organisation)
        => _own = [.. organisation.Domains.Take(MaxDomains).Where(d => !Organisation.IsFreemail(d)).Select(d => DomainParts.Of(d).Registrable)];

    /// <summary>True where an outside person is of our own house. A private person is of none; a partner's key is no domain of ours.</summary>
    public bool Has(Person person) => _own.Count > 0 && person.Organisation != person.Key && _own.Contains(DomainParts.Of(person.Organisation).Registrable);
}
