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
}

/// <summary>
/// Counts stranger groups: connected components of the visible people under acquaintance (same organisation, or a gathering in common), by union-find
/// over organisations and gatherings, never over pairs. A recipient nobody sees joins no groups together; he counts as one more group where
/// he knows none of those he sees.
/// </summary>
internal static class StrangerGroups
{
    public static StrangerView Find(IReadOnlyList<Person> visible, IReadOnlyList<Person> recipients, ICorrespondence correspondence, CancellationToken cancel)
    {
        var index = new Dictionary<string, int>(visible.Count, StringComparer.Ordinal);
        var people = new List<Person>(visible.Count);
        foreach (var person in visible)
        {
            if (index.TryAdd(person.Key, people.Count))
            {
                people.Add(person);
            }
        }

        if (people.Count == 0 || recipients.Count == 0)
        {
            return StrangerView.None;
        }

        var sets = new DisjointSets(people.Count);
        var byOrganisation = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < people.Count; i++)
        {
            Join(byOrganisation, people[i].Organisation, i, sets);
        }

        var organisations = byOrganisation.Count;
        var unseen = recipients.Where(r => !index.ContainsKey(r.Key)).ToList();
        if (sets.Count < 2 && unseen.TrueForAll(r => byOrganisation.ContainsKey(r.Organisation)))
        {
            return new StrangerView(sets.Count, sets.Count, people.Count, organisations, new HashSet<string>());
        }

        cancel.ThrowIfCancellationRequested();
        var gatherings = correspondence.GatheringsOf([.. people.Select(p => p.Key), .. unseen.Select(p => p.Key)]);
        var byGathering = new Dictionary<long, int>();
        for (var i = 0; i < people.Count; i++)
        {
            foreach (var gathering in gatherings.GetValueOrDefault(people[i].Key) ?? [])
            {
                Join(byGathering, gathering, i, sets);
            }
        }

        bool Knows(Person viewer) => byOrganisation.ContainsKey(viewer.Organisation)
            || (gatherings.GetValueOrDefault(viewer.Key) ?? []).Any(byGathering.ContainsKey);

        var strangers = unseen.Where(r => !Knows(r)).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var groups = sets.Count + (strangers.Count > 0 ? 1 : 0);
        if (sets.Count >= 2)
        {
            strangers.UnionWith(recipients.Select(r => r.Key));
        }

        return new StrangerView(groups, sets.Count, people.Count, organisations, strangers);
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

        private int Root(int item)
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
