using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Correspondence;

/// <summary>
/// Takes people out, in steps of bounded size. Each first loses address, names and counts, all at once, and so is nobody any more; what sets still hold his number is cleaned up after that,
/// in as many transactions as it takes, by whoever comes next (the one who asked, or the gateway's hourly purge).
/// </summary>
internal sealed class Forgetting(WriteTransaction transaction, AddressKeys keys)
{
    /// <summary>Rows written in one transaction, about.</summary>
    private const int MostRows = 2_000;

    /// <summary>People of a set above which the others are not told that it is one smaller now.</summary>
    private const int MaxCorrected = 256;

    /// <summary>Instead of the length of a local part: one who is being forgotten, and was a person or stood for an organisation.</summary>
    private const int Nobody = -1;
    private const int NoOrganisation = -2;

    private static readonly Query s_domains = new("SELECT n, name FROM domain WHERE name = ?1 UNION ALL SELECT n, name FROM domain WHERE reversed >= ?2 AND reversed < ?3");

    private static readonly Query s_peopleOf = new("SELECT n, len, names FROM person WHERE domain = ? AND n <= ? LIMIT ?");

    private static readonly Query s_countOf = new("SELECT count(*) FROM person WHERE domain = ? AND (len > 0 OR typeof(local) = 'blob')");

    private static readonly Query s_lastNumber = new("SELECT seq FROM sqlite_sequence WHERE name = 'person'");

    private static readonly Query s_anyOf = new("SELECT 1 FROM person WHERE domain = ? LIMIT 1");

    private static readonly Query s_dropDomain = new("DELETE FROM domain WHERE n = ?");

    private static readonly Query s_order = new("INSERT INTO forgetting(domain, person, until) VALUES(?,?,?)");

    private static readonly Query s_next = new("SELECT n, domain, person, until FROM forgetting ORDER BY n LIMIT 1");

    private static readonly Query s_done = new("DELETE FROM forgetting WHERE n = ?");

    private static readonly Query s_anonymous = new("UPDATE person SET domain = 0, len = ?, local = ?, reversed = NULL, names = NULL, mails = 0, weight = 0, written = 0 WHERE n = ?");

    private static readonly Query s_wasOrganisation = new("SELECT len = -2 FROM person WHERE n = ?");

    private static readonly Query s_latestOlder = new("SELECT bucket, sets FROM older WHERE person = ? ORDER BY bucket DESC LIMIT 1");

    private static readonly Query s_dropOlder = new("DELETE FROM older WHERE person = ? AND bucket = ?");

    private static readonly Query s_dropTo = new("DELETE FROM contact WHERE (sender, head, person) IN (SELECT sender, head, person FROM contact WHERE person = ? LIMIT ?)");

    private static readonly Query s_dropFrom = new("DELETE FROM contact WHERE (sender, head, person) IN (SELECT sender, head, person FROM contact WHERE sender = ? LIMIT ?)");

    private static readonly Query s_dropPerson = new("DELETE FROM person WHERE n = ?");

    private readonly People _people = new(transaction.Database, keys);
    private readonly Gatherings _gatherings = new(transaction.Database);
    private int _written;

    /// <summary>Notes that an address, or with <c>@</c> everybody of a domain and of those below it, is to be forgotten. How many people were known.</summary>
    public long Order(string addressOrDomain)
    {
        if (!addressOrDomain.StartsWith('@'))
        {
            if (_people.Find(addressOrDomain) is not { } person)
            {
                return 0;
            }

            Anonymise(person.Id, Nobody, person.NameBytes ?? []);
            return 1;
        }

        var domain = addressOrDomain[1..];
        var below = AddressKeys.Reversed("." + domain);
        var known = new List<(long Id, string Name)>();
        var rows = transaction[s_domains].Add(domain).Add(below).Add(below + "\U0010FFFF");
        while (rows.Step())
        {
            known.Add((rows.Int64(0), rows.Text(1)));
        }

        // By the reversed name also partners' groups are found, which are named after one of theirs.
        long count = 0;
        foreach (var (id, _) in known.Where(d => !d.Name.Contains(':', StringComparison.Ordinal)))
        {
            count += transaction[s_countOf].Add(id).Scalar() ?? 0;
            transaction[s_order].Add(id).AddNull().Add(transaction[s_lastNumber].Scalar() ?? 0).Run();
        }

        return count;
    }

    /// <summary>Notes that somebody is to be forgotten who is known by number; for those unseen for long.</summary>
    public void Order(long person, bool isOrganisation, ReadOnlySpan<byte> names) => Anonymise(person, isOrganisation ? NoOrganisation : Nobody, names);

    /// <summary>One step of what is to be forgotten; false when there is nothing.</summary>
    public bool Step()
    {
        _written = 0;
        var row = transaction[s_next];
        if (!row.Step())
        {
            return false;
        }

        var (order, domain, person, until) = (row.Int64(0), row.NullableInt64(1), row.NullableInt64(2), row.Int64(3));
        row.Reset();
        var isDone = domain is { } of ? ForgetDomain(of, until) : ForgetPerson(person ?? 0);
        if (isDone)
        {
            transaction[s_done].Add(order).Run();
        }

        return true;
    }

    /// <summary>Takes a set away from everybody who was in it. How many rows that wrote.</summary>
    public int Drop(long set, IEnumerable<long> people)
    {
        _written = 1;
        foreach (var person in people)
        {
            Remove(person, set);
        }

        _gatherings.Drop(set);
        transaction.Count(Counter.Gatherings, -1);
        return _written;
    }

    private bool ForgetDomain(long domain, long until)
    {
        var people = new List<(long Id, int Length, byte[] Names)>();
        var rows = transaction[s_peopleOf].Add(domain).Add(until).Add(MostRows / 4);
        while (rows.Step())
        {
            people.Add((rows.Int64(0), rows.Int32(1), rows.IsNull(2) ? [] : rows.Bytes(2).ToArray()));
        }

        foreach (var (id, length, names) in people)
        {
            // A hashed address has no length either, but it is no organisation's.
            Anonymise(id, length == 0 && !IsHashed(id) ? NoOrganisation : Nobody, names);
        }

        if (people.Count == 0 && transaction[s_anyOf].Add(domain).Scalar() is null)
        {
            transaction[s_dropDomain].Add(domain).Run();
        }

        return people.Count == 0;
    }

    private bool IsHashed(long id) => _people.KeyOf(id) is null;

    private void Anonymise(long id, int what, ReadOnlySpan<byte> names)
    {
        _people.DropNames(id, names);
        transaction[s_anonymous].Add(what).Add(id).Add(id).Run();
        transaction[s_order].AddNull().Add(id).Add(0).Run();
    }

    /// <summary>True when nothing of him is left.</summary>
    private bool ForgetPerson(long id)
    {
        if (_people.FindAny(id) is not { } person)
        {
            return true;
        }

        var isOrganisation = transaction[s_wasOrganisation].Add(id).Scalar() == 1;
        foreach (var one in person.Seen.Sets.ToArray())
        {
            if (_written > MostRows)
            {
                break;
            }

            Leave(one.Set, id, isOrganisation);
            person.Seen.Remove(one.Set);
        }

        _people.SaveSeen(person);
        if (person.Seen.Sets.Count > 0 || ForgetOlder(person, isOrganisation))
        {
            return false;
        }

        _written += transaction[s_dropTo].Add(id).Add(MostRows).Run() + transaction[s_dropFrom].Add(id).Add(MostRows).Run();
        if (_written >= MostRows)
        {
            return false;
        }

        transaction[s_dropPerson].Add(id).Run();
        return true;
    }

    /// <summary>Leaves the older sets, a row of them at a time; false when there were none.</summary>
    private bool ForgetOlder(Person person, bool isOrganisation)
    {
        var row = transaction[s_latestOlder].Add(person.Id);
        if (!row.Step())
        {
            return false;
        }

        var (bucket, bytes) = (row.Int64(0), row.Bytes(1).ToArray());
        row.Reset();
        var left = false;
        foreach (var set in SetBucket.All(bytes, bucket))
        {
            if (_written > MostRows)
            {
                left = true;
                break;
            }

            Leave(set, person.Id, isOrganisation);
            _people.RemoveSet(person, set);
        }

        if (!left)
        {
            transaction[s_dropOlder].Add(person.Id).Add(bucket).Run();
        }

        return true;
    }

    /// <summary>Takes one person out of one set. A set of fewer than two people goes; one that is the same as another then becomes one with it.</summary>
    private void Leave(long number, long id, bool isOrganisation)
    {
        _written++;
        if (_gatherings.Read(number) is not { } known || !known.People.Remove(id))
        {
            return;
        }

        var size = known.Set.Size - (isOrganisation ? 0 : 1);
        if (size < 2)
        {
            var before = _written;
            _written = before + Drop(number, known.People);
            return;
        }

        var bytes = Packed.Ascending(known.People);
        if (_gatherings.Find(bytes) is { } same && same.Set != number)
        {
            var written = _written + Drop(number, known.People);
            var both = _gatherings.Meet(known.People, size, known.Set.Times, known.Set.LastAt, out _);
            _written = written;
            Tell(known.People, both);
            return;
        }

        _gatherings.Change(number, size, bytes);
        if (known.People.Count <= MaxCorrected)
        {
            Tell(known.People, known.Set with { Size = size }, onlyKnown: true);
        }
    }

    private void Tell(List<long> people, SeenSet set, bool onlyKnown = false)
    {
        foreach (var id in people)
        {
            _written++;
            if (_people.FindAny(id) is { } person && (!onlyKnown || person.Seen.Remove(set.Set)))
            {
                person.Seen.Put(set);
                _people.SaveSeen(person);
            }
        }
    }

    private void Remove(long id, long set)
    {
        _written++;
        if (_people.FindAny(id) is { } person)
        {
            _people.RemoveSet(person, set);
        }
    }
}
