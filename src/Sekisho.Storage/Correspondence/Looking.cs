using System.Numerics;
using System.Runtime.InteropServices;
using Sekisho.Inspection;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Correspondence;

/// <summary>
/// Answers the one question of a mail: a row a person, a row a (sender, person), and of sets nothing but what stands in these rows. Further rows are read for who is missing
/// (<see cref="MaxCompanySets"/>), for people of very many sets (<see cref="MaxOlderRows"/>) and for the thread.
/// </summary>
internal sealed class Looking(SqliteDatabase database, AddressKeys keys)
{
    private const int MaxCompanions = 16;

    /// <summary>Sets read to find out who is missing, the latest.</summary>
    private const int MaxCompanySets = 64;

    /// <summary>Rows of older sets read for one question, shared by the people of very many sets: of five the latest eight million gatherings each.</summary>
    private const int MaxOlderRows = 640;

    private const int MaxOlderRowsOfSender = 256;

    /// <summary>People of a thread who are named, besides those of the question: the most frequent.</summary>
    private const int MaxThreadPeople = 64;

    private readonly People _rows = new(database, keys);
    private readonly Gatherings _gatherings = new(database);

    public CorrespondenceView Look(CorrespondenceQuestion question, long mails)
    {
        var at = Decay.Clamp(question.At.ToUnixTimeMilliseconds());
        var sender = _rows.Find(question.Sender);
        var people = new List<(Person Person, int Index)>();
        var contacts = new Dictionary<string, Contact>(StringComparer.Ordinal);
        var count = Math.Min(question.People.Count, CorrespondenceQuestion.MaxPeople);
        for (var i = 0; i < count; i++)
        {
            var key = question.People[i];
            if (key != question.Sender && !contacts.ContainsKey(key) && _rows.Find(key) is { } person)
            {
                people.Add((person, i));
                contacts.Add(key, ContactOf(person, sender, at));
            }
        }

        var found = Find(people, sender);
        return new CorrespondenceView
        {
            Mails = mails,
            SenderMails = sender?.Written ?? 0,
            Contacts = contacts,
            Gatherings = found.ConvertAll(f => new Gathering(f.Set.Set, f.Set.Size, f.Set.Times, Person.Time(f.Set.LastAt), f.WithSender, Indices(f.People))),
            Companions = Companions(found, people, sender, at),
            Thread = Thread(question, sender, people),
        };
    }

    /// <summary>See <see cref="ICorrespondence.GatheringsOf"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys, CancellationToken cancel)
    {
        var told = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
        var popular = new List<(Person Person, List<long> Sets)>();
        var read = new List<SeenSet>();
        foreach (var key in addressKeys)
        {
            cancel.ThrowIfCancellationRequested();
            if (told.ContainsKey(key) || _rows.Find(key) is not { } person)
            {
                continue;
            }

            read.Clear();
            SeenList.Read(person.SeenBytes, read, SeenList.Told);
            var sets = read.ConvertAll(s => s.Set);
            if (sets.Count > 0)
            {
                told.Add(key, sets);
            }

            if (person.HasOlder)
            {
                popular.Add((person, sets));
            }
        }

        if (popular.Count > 0 && told.Count > 1)
        {
            // A mail to thousands takes its time anyway; there the people of very many sets must not be left with a row each.
            new Meetings(database, MaxOlderRows + (2 * told.Count)).Tell([.. told.Values.SelectMany(s => s).Distinct()], popular, cancel);
        }

        return told;
    }

    private Contact ContactOf(Person person, Person? sender, long at)
        => person.AsContact(person.Key, sender is null ? default : _rows.HabitOf(sender.Id, person), at);

    /// <summary>The gatherings these people were in, latest first, and which of them were in each.</summary>
    private List<Found> Find(List<(Person Person, int Index)> people, Person? sender)
    {
        var found = new Dictionary<long, Found>();
        var read = new List<SeenSet>();
        foreach (var (person, index) in people)
        {
            read.Clear();
            SeenList.Read(person.SeenBytes, read, int.MaxValue);
            for (var i = 0; i < read.Count; i++)
            {
                // Beyond the latest, a set counts only where it is another's too.
                ref var one = ref CollectionsMarshal.GetValueRefOrAddDefault(found, read[i].Set, out _);
                one ??= new Found(read[i]);
                one.People |= 1UL << index;
                one.Told |= i < SeenList.Told;
            }
        }

        read.Clear();
        SeenList.Read(sender is null ? [] : sender.SeenBytes, read, int.MaxValue);
        foreach (var set in read)
        {
            if (found.TryGetValue(set.Set, out var one))
            {
                one.WithSender = true;
            }
        }

        Probe(found, people, sender);
        return LatestFirst([.. found.Values.Where(f => f.Told)]);
    }

    /// <summary>People of very many sets are asked about the others' ones, instead of telling theirs.</summary>
    private void Probe(Dictionary<long, Found> found, List<(Person Person, int Index)> people, Person? sender)
    {
        if (found.Count == 0 || (sender is not { HasOlder: true } && !people.Exists(p => p.Person.HasOlder)))
        {
            return;
        }

        var sets = found.Keys.ToArray();
        var all = found.Values.ToArray();
        Array.Sort(sets, all);
        if (sender is { HasOlder: true })
        {
            new OlderSets(database, MaxOlderRowsOfSender).In(sender.Id, sets, i => all[i].WithSender = true);
        }

        // Of one alone there is nothing to ask: his own sets are those told.
        var popular = people.Count > 1 ? people.FindAll(p => p.Person.HasOlder) : [];
        foreach (var (person, index) in popular)
        {
            new OlderSets(database, MaxOlderRows / popular.Count).In(person.Id, sets, i => all[i].People |= 1UL << index);
        }
    }

    private static List<Found> LatestFirst(Found[] told)
    {
        // Sorted by their keys, not by looking each up at every comparison: there are thousands.
        var order = Array.ConvertAll(told, static f => (-f.Set.LastAt, -f.Set.Set));
        Array.Sort(order, told);
        return [.. told];
    }

    private List<Companion> Companions(List<Found> found, List<(Person Person, int Index)> people, Person? sender, long at)
    {
        if (keys.Hashed)
        {
            // Nobody could be named.
            return [];
        }

        var present = people.Select(p => p.Person.Id).ToHashSet();
        present.Add(sender?.Id ?? 0);
        var together = new Dictionary<long, long>();
        foreach (var one in found.Where(f => f.Set.Size <= CorrespondenceQuestion.MaxCompany && f.Set.Size > BitOperations.PopCount(f.People)).Take(MaxCompanySets))
        {
            foreach (var id in _gatherings.Read(one.Set.Set)?.People ?? [])
            {
                if (!present.Contains(id))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(together, id, out _) += one.Set.Times;
                }
            }
        }

        // A few more than wanted, because some are organisations and equal ones stand in the order of the alphabet.
        return [.. together.OrderByDescending(t => t.Value).ThenBy(t => t.Key).Take(3 * MaxCompanions)
            .Select(t => (Key: _rows.KeyOf(t.Key), Id: t.Key, Together: t.Value)).Where(c => c.Key is not null && !c.Key.StartsWith('@'))
            .OrderByDescending(c => c.Together).ThenBy(c => c.Key, StringComparer.Ordinal).Take(MaxCompanions)
            .Select(c => new Companion(ContactOf(_rows.FindKnown(c.Id)!, sender, at), c.Together))];
    }

    private KnownThread? Thread(CorrespondenceQuestion question, Person? sender, List<(Person Person, int Index)> people)
    {
        var (strands, byReference) = new Strands(database).Find(question, sender?.Id, [.. people.Where(p => !p.Person.IsOrganisation).Select(p => p.Person.Id)]);
        if (strands.Count == 0)
        {
            return null;
        }

        var times = new Dictionary<long, long>();
        foreach (var (person, mails) in strands.SelectMany(s => s.People))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(times, person, out _) += mails;
        }

        var told = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var person in people.Select(p => p.Person).Concat(sender is null ? [] : [sender]))
        {
            if (times.Remove(person.Id, out var mails))
            {
                told[person.Key] = (int)mails;
            }
        }

        foreach (var (person, mails) in times.OrderByDescending(t => t.Value).ThenBy(t => t.Key).Take(MaxThreadPeople))
        {
            if (_rows.KeyOf(person) is { } key)
            {
                told[key] = (int)mails;
            }
        }

        return new KnownThread(strands.Sum(s => s.Mails), byReference, told);
    }

    private static int[] Indices(ulong people)
    {
        var indices = new int[BitOperations.PopCount(people)];
        for (var i = 0; people != 0; people &= people - 1)
        {
            indices[i++] = BitOperations.TrailingZeroCount(people);
        }

        return indices;
    }

    /// <summary>A set at least one of the people was in.</summary>
    private sealed class Found(SeenSet set)
    {
        public SeenSet Set => set;

        public ulong People { get; set; }

        public bool WithSender { get; set; }

        /// <summary>Among the latest of one of them.</summary>
        public bool Told { get; set; }
    }
}
