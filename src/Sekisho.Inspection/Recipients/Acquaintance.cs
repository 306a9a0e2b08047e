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
    private readonly Dictionary<string, long[]> _sets = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, int> _rounds;
    private readonly CorrespondenceView _view;
    private readonly IReadOnlySet<string> _ownAddresses;
    private readonly OurHouse _ours;

    private Acquaintance(InspectionContext context, IReadOnlyList<Person> people, CancellationToken cancel)
    {
        string[] keys = [.. people.Select(p => p.Key).Concat(people.Where(p => p.Organisation != p.Key).Select(p => ICorrespondence.OrganisationKey(p.Organisation))).Distinct(StringComparer.Ordinal)];
        _view = context.Analysis.Correspondence(cancel);
        _gatherings = context.Correspondence.GatheringsOf(keys);
        _rounds = _gatherings.Count == 0 ? new Dictionary<string, int>() : people.Count > CorrespondenceQuestion.MaxPeople ? RoundsAmong(people) : context.Correspondence.RoundsOf([.. people.Select(TogetherOf).Distinct(StringComparer.Ordinal)]);
        _ownAddresses = OwnAddresses.Of(context, people, _view);
        _ours = new OurHouse(context.Organisation);
        ReadQuotes(context, cancel);
    }

    /// <summary>Asks the history about these people.</summary>
    public static Acquaintance Of(InspectionContext context, IReadOnlyList<Person> people, CancellationToken cancel) => new(context, people, cancel);

    /// <summary>Mails the history has learnt from.</summary>
    public long Mails => _view.Mails;

    /// <summary>
    /// Sets in which somebody stood with others: gatherings he, or somebody of his organisation, was in, and rounds in the quoted thread. Two people with a set in common are acquainted.
    /// </summary>
    public long[] SetsOf(Person person)
    {
        if (!_sets.TryGetValue(person.Key, out var sets))
        {
            _sets.Add(person.Key, sets = ReadSets(person));
        }

        return sets;
    }

    private long[] ReadSets(Person person)
    {
        var organisation = person.Organisation == person.Key ? null : ICorrespondence.OrganisationKey(person.Organisation);
        return [.. _gatherings.GetValueOrDefault(person.Key) ?? [], .. organisation is null ? [] : _gatherings.GetValueOrDefault(organisation) ?? [], .. _quoted.GetValueOrDefault(person.Key) ?? []];
    }

    /// <summary>True for the sender's own private address, and for one of our house: strangers to nobody, and they introduce nobody to another.</summary>
    public bool IsOwn(Person person) => _ownAddresses.Contains(person.Key) || _ours.Has(person);

    /// <summary>
    /// True where the sender wrote to most of these people together before, more than once: a round of his own. Asked about the people of one mail.
    /// </summary>
    public bool IsRound(InspectionContext context, IReadOnlyList<Person> people)
    {
        if (context.Analysis.Question is not { } question)
        {
            return false;
        }

        var keys = people.Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        return _view.Gatherings.Where(g => g.WithSender && g.People.Count(i => keys.Contains(question.People[i])) * 2 >= people.Count).Sum(g => g.Times) >= Regular;
    }

    /// <summary>
    /// True for one (a law firm, an agency) whom we brought together with others at least twice before, each time with an organisation new to him. He introduces nobody to another, and
    /// is a stranger to nobody as long as he is the only one of his kind on the mail.
    /// </summary>
    public bool IsRegular(Person person) => _rounds.GetValueOrDefault(TogetherOf(person)) >= Regular;

    /// <summary>True for a correspondent of ours: somebody here wrote to him before, more than once, and never together with those who are strangers to him.</summary>
    public bool IsCorrespondent(Person person) => _view.Contacts.TryGetValue(person.Key, out var known) && known.Mails >= Repeatedly;

    /// <summary>
    /// Of a list too long to ask about everybody's past: the rounds that its own people had with each other. Whoever was brought together with each customer, one by one, would
    /// else make one group of them all.
    /// </summary>
    private Dictionary<string, int> RoundsAmong(IReadOnlyList<Person> people)
    {
        var setsOf = new Dictionary<string, HashSet<long>>(StringComparer.Ordinal);
        var members = new Dictionary<long, HashSet<string>>();
        foreach (var person in people)
        {
            var together = TogetherOf(person);
            if (!setsOf.TryGetValue(together, out var sets))
            {
                setsOf.Add(together, sets = [.. _gatherings.GetValueOrDefault(together) ?? []]);
            }

            sets.UnionWith(_gatherings.GetValueOrDefault(person.Key) ?? []);
        }

        foreach (var (together, sets) in setsOf)
        {
            foreach (var set in sets)
            {
                if (!members.TryGetValue(set, out var circle))
                {
                    members.Add(set, circle = new HashSet<string>(StringComparer.Ordinal));
                }

                circle.Add(together);
            }
        }

        var rounds = new Dictionary<string, int>(StringComparer.Ordinal);
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (together, sets) in setsOf)
        {
            met.Clear();
            met.Add(together);
            var count = 0;
            foreach (var set in sets.Order().TakeWhile(_ => count < ICorrespondence.MaxRounds))
            {
                // Whoever was there as well, new to him or not, is known from now on: one big round counts once.
                var known = met.Count;
                if (members[set] is { Count: > 1 and <= CorrespondenceQuestion.MaxCompany } circle)
                {
                    met.UnionWith(circle);
                }

                count += met.Count > known ? 1 : 0;
            }

            // Among so many, to have met two of the others is nothing out of the ordinary.
            if (count == ICorrespondence.MaxRounds)
            {
                rounds.Add(together, count);
            }
        }

        return rounds;
    }

    private static string TogetherOf(Person person) => person.Organisation == person.Key ? person.Key : ICorrespondence.OrganisationKey(person.Organisation);

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
