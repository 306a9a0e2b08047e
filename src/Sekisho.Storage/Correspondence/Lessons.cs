using System.Runtime.InteropServices;
using Sekisho.Inspection;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Correspondence;

/// <summary>
/// Learns from mails within one transaction. Rows of people are read once and written once, however many of the mails they are on; nothing is on its way to disk before
/// <see cref="Flush"/>.
/// </summary>
internal sealed class Lessons(SqliteDatabase database, AddressKeys keys)
{
    private static readonly Query s_habit = new("""
        INSERT INTO contact(sender, head, person, mails, last_at, weight) VALUES(?,?,?,?,?,?)
        ON CONFLICT DO UPDATE SET mails = mails + excluded.mails, last_at = max(last_at, excluded.last_at), weight = weight + excluded.weight
        """);

    private readonly Dictionary<string, Person> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<(long Sender, long Person), (string Head, Habit Habit)> _habits = [];
    private readonly People _rows = new(database, keys);
    private readonly Gatherings _gatherings = new(database);
    private readonly Strands _strands = new(database);

    /// <summary>Gatherings that were not known.</summary>
    public long NewGatherings { get; private set; }

    /// <summary>Rows of people to be written; a measure of how large the transaction is.</summary>
    public int Pending => _people.Count;

    public void Learn(LearntMail mail)
    {
        var at = Decay.Clamp(mail.At.ToUnixTimeMilliseconds());
        var sender = Known(mail.Sender, at);
        sender.Written++;
        Name(sender, mail.SenderName);

        var together = new HashSet<Person>(mail.People.Count + 4) { sender };
        var got = new HashSet<Person>(mail.People.Count);
        var organisations = new HashSet<Person>();
        if (Organisation(mail.Sender, mail.SenderOrganisation, at) is { } home)
        {
            home.Written++;
            together.Add(home);
        }

        foreach (var one in mail.People)
        {
            var person = Known(one.Key, at);
            Name(person, one.Name);
            if (person != sender && got.Add(person))
            {
                Got(sender, person, at);
            }

            var organisation = Organisation(one.Key, one.Organisation, at);
            if (organisation is not null && organisations.Add(organisation))
            {
                Got(sender, organisation, at);
            }

            if (one.Visible)
            {
                together.Add(person);
                if (organisation is not null)
                {
                    together.Add(organisation);
                }
            }
        }

        Gather(together, 1, at);
        _strands.Learn(mail, sender.Id, got.Select(one => one.Id).ToHashSet(), at);
    }

    /// <summary>Takes over a set of addresses that was learnt before there was more to learn.</summary>
    public void CarryOver(IReadOnlyList<string> addresses, long firstAt, long lastAt, long times)
    {
        var together = new HashSet<Person>(addresses.Count);
        foreach (var address in addresses)
        {
            var person = Known(address, Decay.Clamp(firstAt));
            person.At(Decay.Clamp(lastAt));
            person.Got(Decay.Clamp(lastAt), times);
            together.Add(person);
        }

        Gather(together, times, Decay.Clamp(lastAt));
    }

    /// <summary>Writes what was learnt. The object is of no use afterwards.</summary>
    public void Flush()
    {
        foreach (var person in _people.Values)
        {
            _rows.Save(person);
        }

        foreach (var ((sender, person), (head, habit)) in _habits)
        {
            database[s_habit].Add(sender).Add(head).Add(person).Add(habit.Mails).Add(habit.LastAt).Add(habit.Weight).Run();
        }
    }

    private Person Known(string key, long at)
    {
        ref var person = ref CollectionsMarshal.GetValueRefOrAddDefault(_people, key, out _);
        person ??= _rows.FindOrNew(key, at);
        person.At(at);
        return person;
    }

    /// <summary>The one who stands for an organisation; nobody for our own, and for freemail, where each address is an organisation.</summary>
    private Person? Organisation(string key, string? organisation, long at)
        => organisation is null || organisation == key ? null : Known(ICorrespondence.OrganisationKey(organisation), at);

    private void Name(Person person, string name)
    {
        if (!keys.Hashed && person.Name(name))
        {
            _rows.AddName(person, name);
        }
    }

    private void Got(Person sender, Person person, long at)
    {
        person.Got(at);
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_habits, (sender.Id, person.Id), out _);
        entry = (keys.Head(person.Key), new Habit(entry.Habit.Mails + 1, Math.Max(entry.Habit.LastAt, at), entry.Habit.Weight + Decay.Of(at)));
    }

    private void Gather(HashSet<Person> together, long times, long at)
    {
        var size = together.Count(one => !one.IsOrganisation);
        if (size < 2)
        {
            return;
        }

        var set = _gatherings.Meet([.. together.Select(one => one.Id).Order()], size, times, at, out var isNew);
        NewGatherings += isNew ? 1 : 0;
        foreach (var person in together)
        {
            person.Seen.Put(set);
        }
    }
}
