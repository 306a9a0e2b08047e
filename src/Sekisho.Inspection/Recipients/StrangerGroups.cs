namespace Sekisho.Inspection;

/// <summary>Somebody outside: the key of his address and of his organisation.</summary>
internal readonly record struct Person(string Key, string Organisation);

/// <summary>Who would see whom.</summary>
/// <param name="Groups">Groups of people who are strangers to the other groups, as one recipient at most would see them; 1 or 0 where nobody sees a stranger.</param>
/// <param name="VisibleGroups">The same among the visible alone.</param>
/// <param name="Addresses">Distinct visible addresses.</param>
/// <param name="Organisations">Distinct organisations among them.</param>
/// <param name="Viewers">Keys of the recipients who would see a stranger.</param>
internal sealed record StrangerView(int Groups, int VisibleGroups, int Addresses, int Organisations, IReadOnlySet<string> Viewers)
{
    public static StrangerView None { get; } = new(0, 0, 0, 0, new HashSet<string>());

    /// <summary>True when some recipient would see a stranger.</summary>
    public bool Shows => Groups >= 2;

    /// <summary>
    /// Visible groups with a correspondent of ours, somebody who was written to before, more than once; or to most of whom the sender wrote together before. Not counted from ten groups on.
    /// </summary>
    public int KnownGroups { get; init; }

    /// <summary>Visible groups of private persons alone. Not counted from ten groups on.</summary>
    public int PrivateGroups { get; init; }

    /// <summary>Mails the history has learnt from.</summary>
    public long History { get; init; }

    /// <summary>The mail answers or passes on one that others wrote.</summary>
    public bool Continues { get; init; }

    /// <summary>Most of the people are one round to which the sender wrote before, and the others join it.</summary>
    public bool Joins { get; init; }
}

/// <summary>
/// Counts stranger groups: connected components of the visible people under acquaintance (same organisation, or a set in common: <see cref="Acquaintance"/>), by union-find
/// over organisations and sets, never over pairs. Who stands aside is of no group. A recipient nobody sees joins no groups together; he counts as one more group where
/// he knows none of those he sees.
/// </summary>
internal static class StrangerGroups
{
    /// <summary>Houses that make a round: one firm's people are none.</summary>
    private const int Houses = 3;

    /// <summary>People of a round for each who joins it.</summary>
    private const int Growth = 2;

    /// <summary>Groups that join a round at a time; more are a list beside it, however large it is.</summary>
    private const int MostJoining = 4;

    /// <summary>Groups from which on it is a list whoever is on it, so that nobody asks who: there may be thousands.</summary>
    private const int List = 10;

    /// <summary>Houses no two of which have met, from which on no third who knows each of them makes them one circle.</summary>
    private const int ListOfApart = 5;

    /// <summary>Fewer are none either where hardly anybody else is on the mail: so many, and so many of four.</summary>
    private const int FewApart = 3;

    private const int OfFour = 3;

    public static StrangerView Find(IReadOnlyList<Person> visible, IReadOnlyList<Person> recipients, InspectionContext context, CancellationToken cancel)
    {
        if (WithoutHistory(visible, recipients) is { } plain)
        {
            return plain;
        }

        var everybody = visible.DistinctBy(p => p.Key).ToList();
        var seen = everybody.Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        var unseen = recipients.Where(r => !seen.Contains(r.Key)).ToList();
        var organisations = everybody.Select(p => p.Organisation).Distinct(StringComparer.Ordinal).Count();
        cancel.ThrowIfCancellationRequested();
        var acquaintance = Acquaintance.Of(context, [.. everybody, .. unseen], cancel);
        bool IsRegular(Person one) => !acquaintance.IsOwn(one) && acquaintance.IsRegular(one);
        var people = new Circles(everybody.FindAll(p => !acquaintance.IsOwn(p) && !acquaintance.IsRegular(p)), acquaintance);

        // One firm is everybody's counsel. Two who do not know each other are two customers with business of their own, and a list of such is a list of strangers.
        List<Person> counsel = [.. everybody.Concat(unseen).Where(IsRegular)];
        var aside = counsel.Count == 0 || new Circles(counsel, acquaintance).Count <= 1;
        var regulars = new Circles(aside ? [] : everybody.FindAll(IsRegular), acquaintance);
        List<List<Person>> groups = [.. people.Groups, .. regulars.Groups.Where(g => !g.Exists(people.Know))];
        var linked = groups;
        var apart = Apart(everybody.FindAll(p => !acquaintance.IsOwn(p)), acquaintance);
        if (apart.Count > groups.Count)
        {
            groups = apart;
        }

        bool Knows(Person viewer) => groups.Count == 0 || acquaintance.IsOwn(viewer) || (aside && acquaintance.IsRegular(viewer)) || people.Know(viewer) || (!aside && regulars.Know(viewer));

        var strangers = unseen.Where(r => !Knows(r)).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var count = groups.Count + (strangers.Count > 0 ? 1 : 0);
        if (groups.Count >= 2)
        {
            strangers.UnionWith(recipients.Select(r => r.Key));
        }

        return new StrangerView(count, groups.Count, everybody.Count, organisations, strangers)
        {
            // Who ties others together is in no group of those apart; that he is a correspondent of ours counts all the same.
            KnownGroups = groups.Count < List ? Math.Max(linked.Count(IsKnown), groups.Count(IsKnown)) : 0,
            PrivateGroups = groups.Count < List ? Math.Max(linked.Count(IsPrivate), groups.Count(IsPrivate)) : 0,
            History = acquaintance.Mails,
            Continues = context.Analysis.Continues(cancel),
            Joins = Joins(),
        };

        bool IsKnown(List<Person> group) => group.Exists(acquaintance.IsCorrespondent) || (group.Count > 1 && acquaintance.IsRound(context, group));

        bool IsPrivate(List<Person> group) => group.TrueForAll(p => p.Organisation == p.Key) && !IsUs(group);

        bool IsUs(List<Person> group) => group.TrueForAll(p => OwnAddresses.IsNamedLikeUs(context, p));

        // A round that grows: most of them are one circle to which the sender wrote before, of three houses and more, and the new ones are nobody we correspond with on their own.
        bool Joins()
        {
            if (groups.Count is < 2 or > MostJoining + 1)
            {
                return false;
            }

            var largest = groups.MaxBy(g => g.Count)!;
            var added = groups.Where(g => g != largest).Sum(g => g.Count);
            List<Person> round = [.. largest, .. everybody.Where(p => aside && IsRegular(p))];
            return added * Growth <= round.Count && round.DistinctBy(OnePerson).Count() >= Houses
                && groups.TrueForAll(g => g == largest || !g.Exists(acquaintance.IsCorrespondent)) && acquaintance.IsRound(context, round);
        }
    }

    /// <summary>The answer where it does not matter who knows whom: nobody is shown, or all are of one organisation; else null.</summary>
    public static StrangerView? WithoutHistory(IReadOnlyList<Person> visible, IReadOnlyList<Person> recipients)
    {
        if (visible.Count == 0 || recipients.Count == 0)
        {
            return StrangerView.None;
        }

        var one = visible[0].Organisation;
        return visible.All(p => p.Organisation == one) && recipients.All(p => p.Organisation == one || visible.Any(v => v.Key == p.Key))
            ? new StrangerView(1, 1, visible.Select(p => p.Key).Distinct(StringComparer.Ordinal).Count(), 1, new HashSet<string>())
            : null;
    }

    /// <summary>The organisation; for a private person his name at the provider, who hands out the same mailbox under several hosts (msn.com, email.msn.com).</summary>
    private static string OnePerson(Person person)
        => person.Organisation == person.Key && person.Key.LastIndexOf('@') is > 0 and var at ? $"{person.Key[..at]}@{RegistrableDomains.Of(person.Key[(at + 1)..])}" : person.Organisation;

    /// <summary>
    /// Houses of which no two have met, however they are linked through others: an agent who stands in copy to each customer, or a chain of introductions, would else make one circle of people
    /// who never saw each other. Those with the fewest ties come first, so that whoever ties the others together is left out. None where they are few beside those who belong together.
    /// </summary>
    private static List<List<Person>> Apart(List<Person> people, Acquaintance acquaintance)
    {
        var houses = people.GroupBy(OnePerson, StringComparer.Ordinal).Select(h => h.ToList()).ToList();
        if (houses.Count < FewApart)
        {
            return [];
        }

        var sets = houses.ConvertAll(h => h.SelectMany(acquaintance.SetsOf).ToHashSet());
        var shared = sets.SelectMany(s => s).CountBy(s => s).Where(s => s.Value > 1).Select(s => s.Key).ToHashSet();
        sets.ForEach(s => s.IntersectWith(shared));
        var apart = new List<List<Person>>();
        var taken = new HashSet<long>();
        foreach (var house in Enumerable.Range(0, houses.Count).OrderBy(h => sets[h].Count))
        {
            // Asked of the many for the few: a walk through all that was taken, for each house, would be quadratic.
            if (!taken.Overlaps(sets[house]))
            {
                taken.UnionWith(sets[house]);
                apart.Add(houses[house]);
            }
        }

        return apart.Count >= ListOfApart || (apart.Count >= FewApart && apart.Count * 4 >= houses.Count * OfFour) ? apart : [];
    }

    /// <summary>People, and which of them are linked.</summary>
    private sealed class Circles
    {
        private readonly Dictionary<string, int> _byOrganisation = new(StringComparer.Ordinal);
        private readonly Dictionary<long, int> _bySet = [];
        private readonly Acquaintance _acquaintance;
        private readonly List<Person> _people;
        private readonly DisjointSets _sets;

        public Circles(List<Person> people, Acquaintance acquaintance)
        {
            (_people, _acquaintance, _sets) = (people, acquaintance, new DisjointSets(people.Count));
            for (var i = 0; i < people.Count; i++)
            {
                Join(_byOrganisation, OnePerson(people[i]), i, _sets);
                foreach (var set in acquaintance.SetsOf(people[i]))
                {
                    Join(_bySet, set, i, _sets);
                }
            }
        }

        public int Count => _sets.Count;

        /// <summary>Those who are linked, in the order of their first.</summary>
        public List<List<Person>> Groups
        {
            get
            {
                var groups = new List<List<Person>>(_sets.Count);
                var ofRoot = new List<Person>?[_people.Count];
                for (var i = 0; i < _people.Count; i++)
                {
                    ref var group = ref ofRoot[_sets.Root(i)];
                    if (group is null)
                    {
                        groups.Add(group = []);
                    }

                    group.Add(_people[i]);
                }

                return groups;
            }
        }

        /// <summary>True where one of them knows him.</summary>
        public bool Know(Person one) => _byOrganisation.ContainsKey(OnePerson(one)) || Array.Exists(_acquaintance.SetsOf(one), _bySet.ContainsKey);
    }

    private static void Join<T>(Dictionary<T, int> firsts, T key, int item, DisjointSets sets)
        where T : notnull
    {
        if (!firsts.TryAdd(key, item))
        {
            sets.Union(firsts[key], item);
        }
    }

    private sealed class DisjointSets(int count)
    {
        private readonly int[] _parent = [.. Enumerable.Range(0, count)];

        public int Count { get; private set; } = count;

        public void Union(int a, int b)
        {
            var (x, y) = (Root(a), Root(b));
            if (x != y)
            {
                // By number, not by size: with path halving that is near-linear as well, and the same input gives the same forest.
                _parent[Math.Max(x, y)] = Math.Min(x, y);
                Count--;
            }
        }

        public int Root(int item)
        {
            while (_parent[item] != item)
            {
                _parent[item] = _parent[_parent[item]];
                item = _parent[item];
            }

            return item;
        }
    }
}
