namespace Sekisho.Inspection;

/// <summary>Outside addresses in a mail's text that are news to at least one outside recipient.</summary>
/// <param name="All">Distinct, in order of sight.</param>
/// <param name="Organisations">Distinct organisations among them.</param>
/// <param name="Quoted">Distinct ones that stand in a quoted thread only and were left out of <paramref name="All"/>.</param>
/// <param name="Concerned">Keys of the recipients to whom some are news.</param>
internal sealed record ForeignAddresses(IReadOnlyList<FoundAddress> All, int Organisations, int Quoted, IReadOnlySet<string> Concerned)
{
    /// <summary>A quote of more addresses than this, in a mail that answers nothing, is a list and not a thread.</summary>
    private const int QuotedList = 20;

    /// <summary>People in the header of one quoted mail of a colleague, above which passing it on shows a list, whoever made it.</summary>
    private const int QuotedRound = 60;

    /// <summary>Comparisons of acquaintance before the rest counts as strangers: the safe side of a bound.</summary>
    private const long MaxComparisons = 5_000_000;

    private static readonly ForeignAddresses _none = new([], 0, 0, new HashSet<string>());

    public static ForeignAddresses Find(InspectionContext context, CancellationToken cancel)
    {
        var (own, quoted) = context.Analysis.Written(cancel);
        return own.All.Count + quoted.All.Count == 0 ? _none : Judge(context, own, quoted, cancel);
    }

    /// <summary>The same question for addresses that stand elsewhere than in the text, all of them the author's own.</summary>
    public static ForeignAddresses Judge(InspectionContext context, AddressSet own, AddressSet quoted, CancellationToken cancel)
    {
        var known = KnownToAll(context, cancel);
        var candidates = Candidates(context, own, known, null);
        var inQuotes = Candidates(context, quoted, known, own);
        if (candidates.Count + inQuotes.Count == 0)
        {
            return _none;
        }

        cancel.ThrowIfCancellationRequested();
        var recipients = context.Analysis.Outside;
        var gatherings = Gatherings(context, recipients, [.. candidates, .. inQuotes]);
        var budget = MaxComparisons;
        var news = NewsIn(candidates, recipients, gatherings, ref budget);
        var newsInQuotes = NewsIn(inQuotes, recipients, gatherings, ref budget);
        if (newsInQuotes.Count > QuotedList && !context.Analysis.IsReply && !AreOfOthers(context, newsInQuotes, cancel))
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

    /// <summary>
    /// What everybody sees anyway: the author's side, and the recipient fields; these only where they may stay, as individual copies will not show them.
    /// </summary>
    private static HashSet<string> KnownToAll(InspectionContext context, CancellationToken cancel)
    {
        var known = new HashSet<string>(context.Facts.AuthorKeys, StringComparer.Ordinal);
        if (!Mishap.IsLikely(context.Analysis.HeaderStrangers(cancel)))
        {
            known.UnionWith(context.Facts.Visible.Select(v => v.Address.Key));
        }

        return known;
    }

    private static List<(FoundAddress? Found, Person Person)> Candidates(InspectionContext context, AddressSet found, HashSet<string> known, AddressSet? but)
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
        var colleagues = others.GroupBy(o => o.Organisation, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var present = new Dictionary<long, int>();
        foreach (var gathering in others.SelectMany(o => (gatherings.GetValueOrDefault(o.Key) ?? []).Distinct()))
        {
            present[gathering] = present.GetValueOrDefault(gathering) + 1;
        }

        var news = new List<(FoundAddress?, Person)>();
        foreach (var one in people)
        {
            if (!KnowsAll(one.Person, others, colleagues, present, gatherings, ref budget))
            {
                news.Add(one);
            }
        }

        return news;
    }

    private static bool KnowsAll(Person person, IReadOnlyList<Person> others, Dictionary<string, int> colleagues, Dictionary<long, int> present,
        IReadOnlyDictionary<string, IReadOnlyList<long>> gatherings, ref long budget)
    {
        if (colleagues.GetValueOrDefault(person.Organisation) == others.Count)
        {
            return true;
        }

        // Nobody met anywhere: the count of colleagues was the whole answer.
        if (!gatherings.TryGetValue(person.Key, out var mine) || mine.Count == 0)
        {
            return false;
        }

        // One gathering that all of them were at: the common case of a known round, answered without asking each.
        if (mine.Any(g => present.GetValueOrDefault(g) == others.Count))
        {
            return true;
        }

        var met = mine.ToHashSet();
        foreach (var other in others)
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
}
