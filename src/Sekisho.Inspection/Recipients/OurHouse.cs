namespace Sekisho.Inspection;

/// <summary>
/// Whose people are ours though their domain is not listed: other hosts of a domain that is (<c>eu.acme.example</c> beside <c>acme.example</c>), and our own name under another ending, once it was
/// written to often. An address that imitates ours is asked about each time until then (<see cref="LookalikeRecipient"/>), so that it does not get there by a slip.
/// </summary>
internal sealed class OurHouse
{
    /// <summary>Mails to another ending of our name after which it is ours.</summary>
    private const int Known = 3;

    /// <summary>Shorter names are many people's.</summary>
    private const int ShortestName = 4;

    private const int MaxDomains = 200;

    private readonly IReadOnlyList<DomainParts> _own;
    private readonly CorrespondenceView _view;

    public OurHouse(InspectionContext context, CorrespondenceView view)
        => (_own, _view) = ([.. context.Organisation.Domains.Take(MaxDomains).Where(d => !Organisation.IsFreemail(d)).Select(DomainParts.Of)], view);

    /// <summary>True where an outside person is of our own house.</summary>
    public bool Has(Person person)
    {
        // A private person is of no house; a partner's key is no domain of ours.
        if (_own.Count == 0 || person.Organisation == person.Key)
        {
            return false;
        }

        var theirs = DomainParts.Of(person.Organisation);
        return _own.Any(o => o.Registrable == theirs.Registrable) || (theirs.Name.Length >= ShortestName && !theirs.IsPublicBody && _own.Any(o => o.Name == theirs.Name && !o.IsPublicBody)
            && _view.Contacts.TryGetValue(ICorrespondence.OrganisationKey(person.Organisation), out var known) && known.Mails >= Known);
    }
}
