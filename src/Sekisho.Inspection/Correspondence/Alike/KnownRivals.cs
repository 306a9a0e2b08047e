using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Whether somebody known was meant: rivals written to far more often than the address in question, who are not on the mail themselves.</summary>
internal sealed class KnownRivals(InspectionContext context, CorrespondenceView view, IReadOnlySet<string> present)
{
    /// <summary>Mails from which somebody is well known.</summary>
    public const long WellKnown = 3;

    /// <summary>How many times more often than the address the rival must have been written to.</summary>
    private const long Often = 2;

    private const int MaxRivals = 32;

    /// <summary>True for an address worth a question: one hardly known, or one shown under a name it was never used with.</summary>
    public bool IsAskedFor(Contact? contact, string name, bool isFullName)
        => !LookalikeSearch.IsEstablished(contact) || LookalikeSearch.OnlyWrote(contact) || (isFullName && contact is { Names.Count: > 0 } && !FullName.IsAmong(name, contact.Names));

    /// <summary>The likeliest, or null. Of the name on the mail only a full one tells something; empty for none.</summary>
    public Lookalike? Find(EmailAddress address, string shown, Contact? contact)
    {
        if (context.Analysis.Question is not { } question)
        {
            return null;
        }

        var meant = shown.Length > 0 ? shown : Greeted();
        var rivals = context.Correspondence.Alike(new AlikeQuestion(question.Sender, address, question.At) { Name = meant, Most = MaxRivals, Least = WellKnown });
        var established = LookalikeSearch.IsEstablished(contact);
        Lookalike? best = null;
        foreach (var rival in rivals)
        {
            best = Better(best, Of(rival));
        }

        foreach (var rival in Drawn(address, question))
        {
            best = Better(best, Of(rival));
        }

        return best;

        Lookalike? Of(Contact rival)
        {
            if (rival.Mails < WellKnown || present.Contains(rival.Key))
            {
                return null;
            }

            return established ? Imitation(address, meant, shown.Length > 0, rival, contact) ?? Renamed(address, shown, rival)
                : rival.Mails >= Often * (contact?.Mails ?? 0) ? Judge(address, meant, shown.Length > 0, rival, contact) : null;
        }
    }

    /// <summary>The one that speaks for itself, then one spelt alike before one called alike, the nearer, the better known; of two alike the first.</summary>
    private static Lookalike? Better(Lookalike? one, Lookalike? other)
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }

        var order = other.Strong.CompareTo(one.Strong);
        order = order != 0 ? order : (one.Kind == AlikeKind.Name).CompareTo(other.Kind == AlikeKind.Name);
        order = order != 0 ? order : one.Distance.CompareTo(other.Distance);
        order = order != 0 ? order : other.RivalMails.CompareTo(one.RivalMails);
        return order > 0 ? other : one;
    }

    /// <summary>Whoever is written as this address looks: letters of another script, or several digits for letters, are found by no spelling.</summary>
    private IEnumerable<Contact> Drawn(EmailAddress address, CorrespondenceQuestion question)
    {
        var local = address.Key[..address.Key.LastIndexOf('@')];
        var (drawnLocal, drawnDomain) = (Skeleton.Of(local), Skeleton.Of(Skeleton.Seen(address.Domain)));
        if (drawnLocal == local && drawnDomain == address.Domain)
        {
            return [];
        }

        var people = new HashSet<string>(StringComparer.Ordinal);
        foreach (var drawn in (string[])[$"{drawnLocal}@{drawnDomain}", $"{local}@{drawnDomain}", $"{drawnLocal}@{address.Domain}"])
        {
            if (EmailAddress.TryParse(drawn, out var other) && other.Key != address.Key)
            {
                people.Add(other.Key);
                people.Add(ICorrespondence.OrganisationKey(context.Organisation.OrganisationOf(other)));
            }
        }

        return people.Count == 0 ? [] : context.Correspondence.Look(question with { People = [.. people], References = [], Topic = "" }).Contacts.Values;
    }

    private Lookalike? Judge(EmailAddress address, string name, bool isShown, Contact rival, Contact? contact)
    {
        var house = HouseMails(address);
        var fresh = contact is not { Mails: > 0 } && house == 0;
        var at = rival.Key.LastIndexOf('@');
        if (at == 0)
        {
            return house < WellKnown ? OfHouse(address, rival, fresh) : null;
        }

        var (local, domain) = (rival.Key[..at], rival.Key[(at + 1)..]);
        var typed = address.Key[..address.Key.LastIndexOf('@')];
        if (domain == address.Domain)
        {
            return LocalLikeness.Compare(typed, local) is { } slip
                ? new Lookalike(address, slip.Kind, rival.Key, slip.Distance, slip.Strong && contact is not { Mails: > 0 } && rival.BySender >= WellKnown) { RivalMails = rival.Mails }
                : OfName(address, name, isShown, rival, fresh);
        }

        // The same person at a domain one slip away: what alone would prove nothing is enough with him.
        if (local == typed && house < WellKnown && !Organisation.IsFreemail(address.Domain) && DomainLikeness.Compare(DomainParts.Of(address.Domain), DomainParts.Of(domain), samePerson: true) is { } near)
        {
            return new Lookalike(address, near.Kind, rival.Key, near.Distance, fresh) { RivalMails = rival.Mails };
        }

        return OfName(address, name, isShown, rival, fresh) ?? Namesake(address, typed, local, rival, fresh);
    }

    /// <summary>Of one who only wrote to us: a domain that is drawn like a known one is nobody's slip, and no better for it.</summary>
    private Lookalike? Imitation(EmailAddress address, string name, bool isShown, Contact rival, Contact? contact)
        => LookalikeSearch.OnlyWrote(contact) && Judge(address, name, isShown, rival, contact) is { Kind: AlikeKind.Homoglyph } found && !found.Meant.EndsWith("@" + address.Domain, StringComparison.Ordinal) ? found : null;

    private Lookalike? OfHouse(EmailAddress address, Contact rival, bool fresh)
    {
        var domain = rival.Key[(rival.Key.LastIndexOfAny(['@', ':']) + 1)..];
        if (Organisation.IsFreemail(address.Domain) || DomainLikeness.Compare(DomainParts.Of(address.Domain), DomainParts.Of(domain)) is not { } slip)
        {
            return null;
        }

        var found = Lookalike.OfDomain(address, slip.Kind, domain, slip.Distance, slip.Strong && fresh) with { RivalMails = rival.Mails };
        return present.Contains(found.Meant) ? null : found;
    }

    /// <summary>Mails to people there: where there are some, the domain is what it is.</summary>
    private long HouseMails(EmailAddress address)
        => view.Contacts.TryGetValue(ICorrespondence.OrganisationKey(context.Organisation.OrganisationOf(address)), out var house) ? house.Mails : 0;

    private Lookalike? OfName(EmailAddress address, string name, bool isShown, Contact rival, bool fresh)
        => name.Length > 0 && FullName.IsAmong(name, rival.Names)
            ? new Lookalike(address, AlikeKind.Name, rival.Key, 0, fresh && isShown && Belongs(rival)) { RivalMails = rival.Mails }
            : null;

    /// <summary>Somebody of the same name at another house, who belongs to the people of this mail as this one never did.</summary>
    private Lookalike? Namesake(EmailAddress address, string typed, string local, Contact rival, bool fresh)
        => typed == local && FullName.IsPersonal(typed) && Belongs(rival)
            ? new Lookalike(address, AlikeKind.Name, rival.Key, 0, fresh && IsOfThread(rival)) { RivalMails = rival.Mails }
            : null;

    private static Lookalike? Renamed(EmailAddress address, string name, Contact rival)
        => name.Length > 0 && rival.Key.LastIndexOf('@') > 0 && FullName.IsAmong(name, rival.Names) ? new Lookalike(address, AlikeKind.Renamed, rival.Key, 0, Strong: false) { RivalMails = rival.Mails } : null;

    private bool Belongs(Contact rival) => IsOfThread(rival) || view.Companions.Any(c => c.Contact.Key == rival.Key && c.Together >= WellKnown);

    private bool IsOfThread(Contact rival) => view.Thread is { ByReference: true, Mails: >= 2 } thread && thread.People.GetValueOrDefault(rival.Key) >= 2;

    /// <summary>The one person the mail greets by family and given name; empty where there is none.</summary>
    private string Greeted()
        => context.Analysis.Outside.Count == 1 && context.Analysis.Greeting(default).Greetings.Persons is [{ Given.Length: > 0 } one] ? one.Latin ? $"{one.Given} {one.Surname}" : $"{one.Surname} {one.Given}" : "";
}
