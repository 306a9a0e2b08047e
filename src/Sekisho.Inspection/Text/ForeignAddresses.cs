using System.Runtime.InteropServices;

namespace Sekisho.Inspection;

/// <summary>Outside addresses in a mail's text that are news to at least one outside recipient.</summary>
/// <param name="All">Distinct, in order of sight.</param>
/// <param name="Organisations">Distinct organisations among them.</param>
/// <param name="Quoted">Distinct ones that stand in a quoted thread only and were left out of <paramref name="All"/>.</param>
/// <param name="Concerned">Keys of the recipients to whom some are news.</param>
internal sealed record ForeignAddresses(IReadOnlyList<FoundAddress> All, int Organisations, int Quoted, IReadOnlySet<string> Concerned)
{
    /// <summary>
    /// A quote of more addresses than this is a list and not a thread, unless they stand in the headers of its mails. That the mail refers to another proves nothing: whatever is passed on does.
    /// </summary>
    private const int QuotedList = 20;

    /// <summary>People in the header of one quoted mail of a colleague, above which passing it on shows a list, whoever made it.</summary>
    private const int QuotedRound = 30;

    /// <summary>Characters of a page of text.</summary>
    private const int Page = 3_000;

    /// <summary>Comparisons of acquaintance before the rest counts as strangers: the safe side of a bound.</summary>
    private const long MaxComparisons = 5_000_000;

    /// <summary>Addresses from which on they are no note for oneself.</summary>
    private const int List = 100;

    private static readonly IReadOnlySet<string> _nobody = new HashSet<string>();

    private static readonly ForeignAddresses _none = new([], 0, 0, new HashSet<string>());

    public static ForeignAddresses Find(InspectionContext context, CancellationToken cancel)
    {
        var (own, quoted) = context.Analysis.Written(cancel);
        if (own.All.Count + quoted.All.Count == 0)
        {
            return _none;
        }

        // What stands in the recipient fields is news to nobody where it may stay there, as it nearly always may.
        var (candidates, inQuotes) = Mishap.IsLikely(context.Analysis.HeaderStrangers(cancel)) ? Candidates(context, own, context.Analysis.NewlyQuoted(cancel), context.Facts.AuthorKeys) : context.Analysis.News(cancel);
        return Judge(context, candidates, inQuotes, cancel);
    }

    /// <summary>
    /// The most of them that stand within a page of each other. Addresses strewn over a long text (press clippings, each with its reporter's) are no list; one that is not found as it is spelt counts
    /// as beside every other.
    /// </summary>
    public int Together(string text)
    {
        var places = new List<(int At, int Address)>();
        var hidden = 0;
        for (var i = 0; i < All.Count; i++)
        {
            var known = places.Count;
            for (var at = text.IndexOf(All[i].Key, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(All[i].Key, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                places.Add((at, i));
            }

            hidden += places.Count == known ? 1 : 0;
        }

        places.Sort();
        var most = 0;
        var seen = new Dictionary<int, int>();
        for (int first = 0, last = 0; last < places.Count; last++)
        {
            seen[places[last].Address] = seen.GetValueOrDefault(places[last].Address) + 1;
            for (; places[last].At - places[first].At > Page; first++)
            {
                if (--seen[places[first].Address] == 0)
                {
                    seen.Remove(places[first].Address);
                }
            }

            most = Math.Max(most, seen.Count);
        }

        return most + hidden;
    }

    /// <summary>The same question for addresses that stand elsewhere than in the text, all of them the author's own.</summary>
    public static ForeignAddresses Judge(InspectionContext context, AddressSet own, CancellationToken cancel)
    {
        var (candidates, inQuotes) = Candidates(context, own, new AddressSet(), Mishap.IsLikely(context.Analysis.HeaderStrangers(cancel)) ? context.Facts.AuthorKeys : SeenByAll(context));
        return Judge(context, candidates, inQuotes, cancel);
    }

    private static ForeignAddresses Judge(InspectionContext context, List<(FoundAddress? Found, Person Person)> candidates, List<(FoundAddress? Found, Person Person)> inQuotes, CancellationToken cancel)
    {
        if (candidates.Count + inQuotes.Count == 0)
        {
            return _none;
        }

        cancel.ThrowIfCancellationRequested();
        var recipients = Readers(context, candidates.Count + inQuotes.Count, cancel);
        if (recipients.Count == 0)
        {
            return _none;
        }

        var gatherings = Gatherings(context, recipients, [.. candidates, .. inQuotes]);
        var budget = MaxComparisons;
        var news = NewsIn(candidates, recipients, gatherings, ref budget);
        var newsInQuotes = NewsIn(inQuotes, recipients, gatherings, ref budget);
        if (newsInQuotes.Count > QuotedList && !AreOfOthers(context, newsInQuotes, cancel))
        {
            news.AddRange(newsInQuotes);
            newsInQuotes = [];
        }

        var persons = news.ConvertAll(c => c.Person);
        var concerned = persons.Count == 0 ? []
            : NewsIn([.. recipients.Select(r => (Found: (FoundAddress?)null, Person: r))], persons, gatherings, ref budget).Select(r => r.Person.Key);
        return new ForeignAddresses(
            news.ConvertAll(c => c.Found!),
            persons.Select(p => p.Organisation).Distinct(StringComparer.Ordinal).Count(),
            newsInQuotes.Count,
            concerned.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>
    /// True where all but a few stand in the headers of mails that were sent before: what their readers showed each other is a thread, though it names nothing it answers. A colleague's mail to a whole
    /// list was a mishap of its own, and is none the less one when it is passed on.
    /// </summary>
    private static bool AreOfOthers(InspectionContext context, List<(FoundAddress? Found, Person Person)> quoted, CancellationToken cancel)
    {
        var theirs = context.Analysis.QuotedMails(cancel).Where(m => context.Analysis.IsByOthers(m) || m.People.Count <= QuotedRound).SelectMany(m => m.Author.Concat(m.People)).Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
        return quoted.Count(q => !theirs.Contains(q.Person.Key)) <= QuotedList;
    }

    /// <summary>What may be news to somebody: the author's own and what only the quotes have, but for what is known to all. Asks no history.</summary>
    public static (List<(FoundAddress? Found, Person Person)> Own, List<(FoundAddress? Found, Person Person)> InQuotes) Candidates(
        InspectionContext context, AddressSet own, AddressSet quoted, IReadOnlySet<string> known)
        => (Candidates(context, own, known, null), Candidates(context, quoted, known, own));

    /// <summary>What everybody sees: the author's side, and the recipient fields; these only where they may stay, as individual copies will not show them.</summary>
    public static IReadOnlySet<string> SeenByAll(InspectionContext context)
    {
        var known = new HashSet<string>(context.Facts.AuthorKeys, StringComparer.Ordinal);
        foreach (var shown in context.Facts.Visible)
        {
            known.Add(shown.Address.Key);
        }

        return known;
    }

    /// <summary>
    /// Those to whom an address can be news: not the sender at his own private address, who knows what he writes. A list of a hundred and more leaves the house all the same.
    /// </summary>
    private static IReadOnlyList<Person> Readers(InspectionContext context, int addresses, CancellationToken cancel)
    {
        var own = addresses < List ? context.Analysis.OwnAddresses(cancel) : _nobody;
        return own.Count == 0 ? context.Analysis.Outside : [.. context.Analysis.Outside.Where(p => !own.Contains(p.Key))];
    }

    private static List<(FoundAddress? Found, Person Person)> Candidates(InspectionContext context, AddressSet found, IReadOnlySet<string> known, AddressSet? but)
    {
        var candidates = new List<(FoundAddress?, Person)>();
        var only = context.Analysis.Outside.Count == 1 ? context.Analysis.Outside[0].Key : null;
        foreach (var address in found.All)
        {
            var isKnown = known.Contains(address.Key) || (address.Wide is { } wide && (known.Contains(wide) || wide == only)) || address.Key == only;
            if (!isKnown && but?.Contains(address.Key) != true && !context.Analysis.IsInside(address))
            {
                candidates.Add((address, new Person(address.Key, context.Analysis.OrganisationOf(address))));
            }
        }

        return candidates;
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<long>> Gatherings(InspectionContext context, IReadOnlyList<Person> recipients,
        List<(FoundAddress? Found, Person Person)> candidates)
        => context.Correspondence.GatheringsOf([.. recipients.Select(r => r.Key).Concat(candidates.Select(c => c.Person.Key)).Distinct(StringComparer.Ordinal)]);

    /// <summary>Those of <paramref name="people"/> who are a stranger to at least one of <paramref name="others"/>.</summary>
    private static List<(FoundAddress? Found, Person Person)> NewsIn(List<(FoundAddress? Found, Person Person)> people, IReadOnlyList<Person> others,
        IReadOnlyDictionary<string, IReadOnlyList<long>> gatherings, ref long budget)
    {
        var round = new Round(others, gatherings);
        var news = new List<(FoundAddress?, Person)>();
        foreach (var one in people)
        {
            if (!KnowsAll(one.Person, round, gatherings, ref budget))
            {
                news.Add(one);
            }
        }

        return news;
    }

    private static bool KnowsAll(Person person, Round round, IReadOnlyDictionary<string, IReadOnlyList<long>> gatherings, ref long budget)
    {
        if (round.AreColleagues(person))
        {
            return true;
        }

        // Nobody met anywhere: the count of colleagues was the whole answer.
        if (!gatherings.TryGetValue(person.Key, out var mine) || mine.Count == 0)
        {
            return false;
        }

        // One gathering that all of them were at: the common case of a known round, answered without asking each.
        if (round.WereAllAt(mine))
        {
            return true;
        }

        var met = mine.ToHashSet();
        foreach (var other in round.People)
        {
            if (other.Organisation == person.Organisation || other.Key == person.Key)
            {
                continue;
            }

            var theirs = gatherings.GetValueOrDefault(other.Key) ?? [];
            budget -= 1 + theirs.Count;
            if (budget < 0 || !theirs.Any(met.Contains))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>People who are asked about together; what they have in common is worked out when somebody is compared with it.</summary>
    private sealed class Round(IReadOnlyList<Person> people, IReadOnlyDictionary<string, IReadOnlyList<long>> gatherings)
    {
        private Dictionary<long, (int Count, int Last)>? _present;

        public IReadOnlyList<Person> People => people;

        /// <summary>True where all of them are of his organisation.</summary>
        public bool AreColleagues(Person person)
        {
            foreach (var one in people)
            {
                if (one.Organisation != person.Organisation)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>True where all of them were at one of these.</summary>
        public bool WereAllAt(IReadOnlyList<long> some)
        {
            var present = _present ??= Count();
            for (var i = 0; i < some.Count; i++)
            {
                if (present.TryGetValue(some[i], out var there) && there.Count == people.Count)
                {
                    return true;
                }
            }

            return false;
        }

        private Dictionary<long, (int Count, int Last)> Count()
        {
            var present = new Dictionary<long, (int Count, int Last)>();
            for (var p = 0; p < people.Count; p++)
            {
                var theirs = gatherings.GetValueOrDefault(people[p].Key) ?? [];
                for (var i = 0; i < theirs.Count; i++)
                {
                    ref var there = ref CollectionsMarshal.GetValueRefOrAddDefault(present, theirs[i], out var known);
                    there = known && there.Last == p ? there : (there.Count + 1, p);
                }
            }

            return present;
        }
    }
}
