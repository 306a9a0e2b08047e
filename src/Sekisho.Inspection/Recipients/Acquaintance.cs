namespace Sekisho.Inspection;

/// <summary>
/// What is known of who knows whom among the outside people of one mail, and on what ground. Only what happened before counts, or what somebody else wrote: nothing the mail itself
/// could assert. Each evidence stands in docs/rules/visible-recipients.md with the accident it must not excuse.
/// </summary>
internal sealed class Acquaintance
{
    /// <summary>People a quoted header may name and still be a round of people; more are a list somebody wrote to.</summary>
    private const int MaxRound = 12;

    /// <summary>Rounds, each with somebody new, after which one stands in everybody's circle.</summary>
    private const int Regular = 2;

    /// <summary>Mails to somebody after which he is a correspondent and not a first contact.</summary>
    private const int Repeatedly = 3;

    private readonly IReadOnlyDictionary<string, IReadOnlyList<long>> _gatherings;
    private readonly Dictionary<string, List<long>> _quoted = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, int> _rounds;
    private readonly CorrespondenceView _view;
    private readonly IReadOnlySet<string> _ownAddresses;

    private Acquaintance(InspectionContext context, IReadOnlyList<Person> people, CancellationToken cancel)
    {
        string[] keys = [.. people.Select(p => p.Key).Concat(people.Where(p => p.Organisation != p.Key).Select(p => ICorrespondence.OrganisationKey(p.Organisation))).Distinct(StringComparer.Ordinal)];
        _view = context.Analysis.Correspondence(cancel);
        _gatherings = context.Correspondence.GatheringsOf(keys);
        _rounds = _gatherings.Count == 0 || people.Count > CorrespondenceQuestion.MaxPeople ? new Dictionary<string, int>() : context.Correspondence.RoundsOf([.. people.Select(Together).Distinct(StringComparer.Ordinal)]);
        _ownAddresses = OwnAddresses.Of(context, people, _view);
        ReadQuotes(context, cancel);
    }

    /// <summary>Asks the history about these people.</summary>
    public static Acquaintance Of(InspectionContext context, IReadOnlyList<Person> people, CancellationToken cancel) => new(context, people, cancel);

    /// <summary>Mails the history has learnt from.</summary>
    public long Mails => _view.Mails;

    /// <summary>
    /// Sets in which somebody stood with others: gatherings he, or somebody of his organisation, was in, and rounds in the quoted thread. Two people with a set in common are acquainted.
    /// </summary>
    public IEnumerable<long> SetsOf(Person person)
    {
        var organisation = person.Organisation == person.Key ? null : ICorrespondence.OrganisationKey(person.Organisation);
        return [.. _gatherings.GetValueOrDefault(person.Key) ?? [], .. organisation is null ? [] : _gatherings.GetValueOrDefault(organisation) ?? [], .. _quoted.GetValueOrDefault(person.Key) ?? []];
    }

    /// <summary>
    /// True for one who is a stranger to nobody and introduces nobody to another: the sender's own private address, and one (a law firm, an agency) whom we brought
    /// together with others at least twice before, each time with an organisation new to him.
    /// </summary>
    public bool StandsAside(Person person) => _ownAddresses.Contains(person.Key) || _rounds.GetValueOrDefault(Together(person)) >= Regular;

    /// <summary>Under which his organisation is remembered; himself, where he has none.</summary>
    private static string Together(Person person) => person.Organisation == person.Key ? person.Key : ICorrespondence.OrganisationKey(person.Organisation);

    /// <summary>True for a correspondent of ours: somebody here wrote to him before, more than once, and never together with those who are strangers to him.</summary>
    public bool IsCorrespondent(Person person) => _view.Contacts.TryGetValue(person.Key, out var known) && known.Mails >= Repeatedly;

    /// <summary>
    /// Who stands together in the header of a mail that somebody outside wrote and this one quotes. Not of our own quoted mails: what we sent together is known, and an announcement of ours that
    /// went wrong must not excuse its correction.
    /// </summary>
    private void ReadQuotes(InspectionContext context, CancellationToken cancel)
    {
        var round = 0L;
        foreach (var mail in context.Analysis.QuotedMails(cancel))
        {
            var together = mail.Author.Concat(mail.People).Where(a => !context.Analysis.IsInside(a)).Select(a => a.Key).Distinct(StringComparer.Ordinal).ToList();
            if (together.Count is < 2 or > MaxRound || !context.Analysis.IsByOthers(mail))
            {
                continue;
            }

            // Gatherings have positive ids.
            round--;
            foreach (var key in together)
            {
                if (!_quoted.TryGetValue(key, out var rounds))
                {
                    _quoted.Add(key, rounds = []);
                }

                rounds.Add(round);
            }
        }
    }
}
