namespace Sekisho.Inspection;

/// <content>Forgetting: on request, and at a limit.</content>
public sealed partial class CorrespondenceMemory
{
    /// <summary>
    /// Forgets an address, or with <c>@domain</c> everybody of a domain and of those below it, in every gathering, thread and name. Answers how many addresses were known.
    /// </summary>
    public int Forget(string addressOrDomain)
    {
        lock (_lock)
        {
            var asked = addressOrDomain.ToLowerInvariant();
            var gone = _everybody.Where(one => Meant(one.Key, asked)).ToHashSet();
            if (gone.Count > 0)
            {
                Rebuild(one => !gone.Contains(one), _ => true, _ => true);
            }

            return gone.Count(one => !one.IsOrganisation);
        }
    }

    private static bool Meant(string key, string asked)
    {
        if (!asked.StartsWith('@'))
        {
            return key == asked;
        }

        var at = key.LastIndexOf('@');
        return at >= 0 && (key.AsSpan(at).SequenceEqual(asked) || (key.AsSpan(at + 1).EndsWith(asked.AsSpan(1)) && key[^asked.Length] == '.'));
    }

    /// <summary>A tenth goes at once, so that it is not for every mail.</summary>
    private void Bound()
    {
        if (_everybody.Count > _maxPeople)
        {
            var from = Threshold(_everybody.Select(one => one.Last), _everybody.Count - (_maxPeople * 9L / 10));
            var before = _everybody.Count;
            Rebuild(one => one.Last >= from, _ => true, _ => true);
            Forgotten += before - _everybody.Count;
        }

        if (_members > _maxMembers)
        {
            var excess = _members - (_maxMembers * 9 / 10);
            var from = 0L;
            foreach (var circle in _circles.Values.OrderBy(c => c.Last).ThenBy(c => c.Id))
            {
                from = circle.Last;
                excess -= circle.Members.Length;
                if (excess <= 0)
                {
                    break;
                }
            }

            var before = _circles.Count;
            Rebuild(_ => true, circle => circle.Last > from, _ => true);
            Forgotten += before - _circles.Count;
        }

        // What mails refer to is mostly never seen again.
        if (_byId.Count > 4L * _maxPeople)
        {
            var from = Threshold(_byId.Values.Select(s => s.Last), _byId.Count / 10);
            Forgotten += EndThreads(from);
        }
    }

    /// <summary>The moment after which all but <paramref name="gone"/> and those of the same moment as the last of them are.</summary>
    private static long Threshold(IEnumerable<long> moments, long gone)
    {
        var sorted = moments.ToArray();
        Array.Sort(sorted);
        return sorted[gone - 1] + 1;
    }

    /// <summary>Drops threads without a mail since then, in place: with millions of identifiers a second table beside the first is what would take the memory. Returns how many identifiers went.</summary>
    private int EndThreads(long from)
    {
        var before = _byId.Count;
        foreach (var (id, strand) in _byId)
        {
            if (strand.Last < from)
            {
                _byId.Remove(id);
            }
        }

        foreach (var (topic, strands) in _byTopic)
        {
            if (strands.RemoveAll(s => s.Last < from) > 0 && strands.Count == 0)
            {
                _byTopic.Remove(topic);
            }
        }

        return before - _byId.Count;
    }

    /// <summary>Everything anew without what is not kept: rare, and then cheaper to trust than holes in the tables.</summary>
    private void Rebuild(Predicate<Someone> keep, Predicate<Circle> keepCircle, Predicate<Strand> keepStrand)
    {
        var numbers = new int[_everybody.Count];
        var kept = new List<Someone>(_everybody.Count);
        _people = new Dictionary<string, Someone>(StringComparer.Ordinal);
        _alike = new AlikeIndex();
        _houses.Clear();
        _changes++;
        foreach (var one in _everybody)
        {
            numbers[one.Id] = keep(one) ? kept.Count : -1;
            if (numbers[one.Id] >= 0)
            {
                one.Id = kept.Count;
                one.ForgetCircles();
                kept.Add(one);
                _people.Add(one.Key, one);
                _alike.Add(one);
                one.AddNames(_alike);
            }
        }

        _everybody = kept;
        var circles = _circles.Values.Where(c => keepCircle(c)).OrderBy(c => c.Id).ToList();
        _circles = [];
        _members = 0;
        foreach (var circle in circles)
        {
            int[] members = [.. circle.Members.Select(m => numbers[m]).Where(m => m >= 0)];
            var size = members.Count(m => !_everybody[m].IsOrganisation);
            if (size >= 2)
            {
                Gather(members, size, circle.Times, circle.Last);
            }
        }

        var habits = _habits;
        _habits = [];
        foreach (var ((from, to), habit) in habits)
        {
            if (numbers[from] >= 0 && numbers[to] >= 0)
            {
                _habits.Add((numbers[from], numbers[to]), habit);
                _alike.AddContact(_everybody[numbers[from]], _everybody[numbers[to]]);
            }
        }

        RebuildThreads(numbers, keepStrand);
    }

    private void RebuildThreads(int[] numbers, Predicate<Strand> keep)
    {
        var left = _byId.Values.Concat(_byTopic.Values.SelectMany(s => s)).Distinct().Where(s => keep(s) && s.Renumber(numbers)).ToHashSet();
        _byId = _byId.Where(p => left.Contains(p.Value)).ToDictionary(p => p.Key, p => p.Value);
        _byTopic = _byTopic.Select(p => (p.Key, Kept: p.Value.FindAll(left.Contains))).Where(p => p.Kept.Count > 0).ToDictionary(p => p.Key, p => p.Kept);
    }
}
