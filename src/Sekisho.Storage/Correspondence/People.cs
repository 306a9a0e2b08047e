using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Correspondence;

/// <summary>The rows of people as one connection sees them.</summary>
internal sealed class People(SqliteDatabase database, AddressKeys keys)
{
    private const string Columns = "p.n, p.first_at, p.last_at, p.mails, p.weight, p.written, p.older, p.names, p.seen";

    private static readonly Query s_find = new($"SELECT {Columns} FROM domain d CROSS JOIN person p ON p.domain = d.n AND p.len = ? AND p.local = ? WHERE d.name = ?");

    private static readonly Query s_outline = new("SELECT p.n, p.first_at, p.last_at, p.mails, p.weight, p.written, p.older, p.names, x'', d.name, p.local, p.len FROM person p LEFT JOIN domain d ON d.n = p.domain WHERE p.n = ?");

    private static readonly Query s_byNumber = new($"SELECT {Columns}, d.name, p.local, p.len FROM person p LEFT JOIN domain d ON d.n = p.domain WHERE p.n = ?");

    private static readonly Query s_keyOf = new("SELECT d.name, p.local, p.len FROM person p LEFT JOIN domain d ON d.n = p.domain WHERE p.n = ?");

    private static readonly Query s_habit = new("SELECT mails, last_at, weight FROM contact WHERE sender = ? AND head = ? AND person = ?");

    private static readonly Query s_domain = new("SELECT n FROM domain WHERE name = ?");

    private static readonly Query s_addDomain = new("INSERT INTO domain(name, len, bare, reversed, label) VALUES(?,?,?,?,?)");

    private static readonly Query s_lastNumber = new("SELECT seq FROM sqlite_sequence WHERE name = 'person'");

    private static readonly Query s_add = new("""
        INSERT INTO person(n, domain, len, local, reversed, first_at, last_at, mails, weight, written, month, older, names, seen) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)
        """);

    private static readonly Query s_change = new("UPDATE person SET first_at = ?, last_at = ?, mails = ?, weight = ?, written = ?, month = ?, older = ?, names = ?, seen = ? WHERE n = ?");

    private static readonly Query s_changeSeen = new("UPDATE person SET older = ?, seen = ? WHERE n = ?");

    private static readonly Query s_bucket = new("SELECT sets FROM older WHERE person = ? AND bucket = ?");

    private static readonly Query s_putBucket = new("INSERT INTO older(person, bucket, sets) VALUES(?,?,?) ON CONFLICT DO UPDATE SET sets = excluded.sets");

    private static readonly Query s_dropBucket = new("DELETE FROM older WHERE person = ? AND bucket = ?");

    private static readonly Query s_hash = new("UPDATE person SET len = 0, local = ?, reversed = NULL, names = NULL WHERE n = ?");

    private static readonly Query s_hashHeads = new("UPDATE contact SET head = '' WHERE person = ? AND head <> ''");

    private static readonly Query s_addName = new("INSERT OR IGNORE INTO person_name(hash, person) VALUES(?,?)");

    private static readonly Query s_dropName = new("DELETE FROM person_name WHERE hash = ? AND person = ?");

    private long _next;

    public SqliteDatabase Database => database;

    public AddressKeys Keys => keys;

    /// <summary>The one with this address, or null.</summary>
    public Person? Find(string key)
    {
        var stored = keys.Of(key);
        return Find(key, stored) ?? (keys.Changing && stored.Hash is not null ? Find(key, AddressKeys.InClear(key)) : null);
    }

    /// <summary>The same for somebody who is about to write: what still stands in clear is hashed on the way, and who is not known gets a number.</summary>
    public Person FindOrNew(string key, long at)
    {
        var stored = keys.Of(key);
        if (Find(key, stored) is { } known)
        {
            return known;
        }

        if (keys.Changing && stored.Hash is not null && Find(key, AddressKeys.InClear(key)) is { } clear)
        {
            HashRow(clear.Id, clear.NameBytes, stored.Hash);
            clear.NameBytes = null;
            return clear;
        }

        _next = _next == 0 ? (database[s_lastNumber].Scalar() ?? 0) + 1 : _next + 1;
        return new Person { Id = _next, Key = key, IsNew = true, FirstAt = at, LastAt = at };
    }

    /// <summary>By number, with his key, without his sets; null where there is none, or where his address is hashed or forgotten.</summary>
    public Person? FindKnown(long id)
    {
        var row = database[s_outline].Add(id);
        if (!row.Step())
        {
            return null;
        }

        var person = ReadKey(row, 9) is { } key ? Read(row, key) : null;
        row.Reset();
        return person;
    }

    /// <summary>By number for the upkeep of sets; his key does not matter.</summary>
    public Person? FindAny(long id)
    {
        var row = database[s_byNumber].Add(id);
        if (!row.Step())
        {
            return null;
        }

        var person = Read(row, ReadKey(row, 9) ?? "");
        row.Reset();
        return person;
    }

    /// <summary>The address of a number; null where there is none, or where it is hashed or forgotten.</summary>
    public string? KeyOf(long id)
    {
        var row = database[s_keyOf].Add(id);
        if (!row.Step())
        {
            return null;
        }

        var key = ReadKey(row, 0);
        row.Reset();
        return key;
    }

    /// <summary>The number of a domain; null where nobody is known there.</summary>
    public long? DomainNumber(string name) => database[s_domain].Add(name).Scalar();

    public Habit HabitOf(long sender, Person person)
    {
        var row = database[s_habit].Add(sender).Add(keys.Head(person.Key)).Add(person.Id);
        if (!row.Step())
        {
            // Hashing begins with the new ones: an older row may still have its letters.
            return keys.Changing && !person.IsOrganisation ? HabitInClear(sender, person) : default;
        }

        return ReadHabit(row);
    }

    /// <summary>Writes a row, and the sets that no longer fit into it beside it.</summary>
    public void Save(Person person)
    {
        PutOlder(person, person.Seen.Trim());
        var (month, names, seen) = (Decay.Month(person.LastAt), keys.Hashed ? null : person.WriteNames(), person.WriteSeen());
        if (person.IsNew)
        {
            var stored = keys.Of(person.Key);
            var insert = database[s_add].Add(person.Id).Add(DomainOf(stored.Domain));
            _ = stored.Hash is { } hash
                ? insert.Add(0).Add(hash).AddNull()
                : insert.Add(stored.Local!.Length).Add(stored.Local).Add(stored.IsOrganisation ? null : AddressKeys.Reversed(stored.Local));
            AddBytes(insert.Add(person.FirstAt).Add(person.LastAt).Add(person.Mails).Add(person.Weight).Add(person.Written).Add(month).Add(person.HasOlder), names).Add(seen).Run();
        }
        else
        {
            AddBytes(database[s_change].Add(person.FirstAt).Add(person.LastAt).Add(person.Mails).Add(person.Weight).Add(person.Written).Add(month).Add(person.HasOlder), names).Add(seen).Add(person.Id).Run();
        }
    }

    /// <summary>Writes only what is known of sets.</summary>
    public void SaveSeen(Person person) => database[s_changeSeen].Add(person.HasOlder).Add(person.WriteSeen()).Add(person.Id).Run();

    public void AddName(Person person, string name)
    {
        if (!keys.Hashed && NameHash(name) is { } hash)
        {
            database[s_addName].Add(hash).Add(person.Id).Run();
        }
    }

    public void DropNames(long id, ReadOnlySpan<byte> names)
    {
        foreach (var (name, _) in Person.ReadNames(names))
        {
            if (NameHash(name) is { } hash)
            {
                database[s_dropName].Add(hash).Add(id).Run();
            }
        }
    }

    /// <summary>Takes a set out of what is known of somebody, wherever it stands.</summary>
    public void RemoveSet(Person person, long set)
    {
        if (person.Seen.Remove(set))
        {
            SaveSeen(person);
        }

        if (person.HasOlder && Bucket(person.Id, SetBucket.Of(set)) is { } bucket)
        {
            bucket.Remove(set);
            var bytes = bucket.Write();
            _ = bytes.Length == 0
                ? database[s_dropBucket].Add(person.Id).Add(SetBucket.Of(set)).Run()
                : database[s_putBucket].Add(person.Id).Add(SetBucket.Of(set)).Add(bytes).Run();
        }
    }

    /// <summary>Replaces an address in clear by its hash; names go, letters to find it by too.</summary>
    public void HashRow(long id, ReadOnlySpan<byte> names, byte[] hash)
    {
        DropNames(id, names);
        database[s_hash].Add(hash).Add(id).Run();
        database[s_hashHeads].Add(id).Run();
    }

    /// <summary>What a display name is looked up by, or null where it says too little.</summary>
    public static long? NameHash(string name) => Inspection.AlikeIndex.NameKey(name) is { Length: > 0 } key ? AddressKeys.HashOf(key) : null;

    private Habit HabitInClear(long sender, Person person)
    {
        var row = database[s_habit].Add(sender).Add(AddressKeys.Clear.Head(person.Key)).Add(person.Id);
        return row.Step() ? ReadHabit(row) : default;
    }

    private static Habit ReadHabit(Statement row)
    {
        var habit = new Habit(row.Int64(0), row.Int64(1), row.Double(2));
        row.Reset();
        return habit;
    }

    private Person? Find(string key, StoredKey stored)
    {
        var find = database[s_find];
        _ = stored.Hash is { } hash ? find.Add(0).Add(hash) : find.Add(stored.Local!.Length).Add(stored.Local);
        find.Add(stored.Domain);
        if (!find.Step())
        {
            return null;
        }

        var person = Read(find, key);
        find.Reset();
        return person;
    }

    private static Person Read(Statement row, string key)
    {
        var person = new Person
        {
            Id = row.Int64(0),
            Key = key,
            FirstAt = row.Int64(1),
            LastAt = row.Int64(2),
            Mails = row.Int64(3),
            Weight = row.Double(4),
            Written = row.Int64(5),
            HasOlder = row.Bool(6),
            NameBytes = row.IsNull(7) ? null : row.Bytes(7).ToArray(),
        };
        person.SetSeen(row.Bytes(8));
        return person;
    }

    private static string? ReadKey(Statement row, int from) => row.IsBlob(from + 1) || row.Int64(from + 2) < 0 ? null : $"{row.Text(from + 1)}@{row.Text(from)}";

    private long DomainOf(string name)
    {
        if (DomainNumber(name) is { } known)
        {
            return known;
        }

        var bare = name[(name.LastIndexOf(':') + 1)..];
        var label = bare.IndexOf('.') is var dot and > 0 ? bare[..dot] : bare;
        database[s_addDomain].Add(name).Add(bare.Length).Add(bare).Add(AddressKeys.Reversed(bare)).Add(label).Run();
        return database.LastInsertRowId;
    }

    private void PutOlder(Person person, List<long> sets)
    {
        foreach (var bucket in sets.GroupBy(SetBucket.Of))
        {
            var stored = Bucket(person.Id, bucket.Key) ?? new SetBucket([]);
            foreach (var set in bucket)
            {
                stored.Add(set);
            }

            database[s_putBucket].Add(person.Id).Add(bucket.Key).Add(stored.Write()).Run();
            person.HasOlder = true;
        }
    }

    private SetBucket? Bucket(long person, long bucket)
    {
        var row = database[s_bucket].Add(person).Add(bucket);
        if (!row.Step())
        {
            return null;
        }

        var sets = new SetBucket(row.Bytes(0));
        row.Reset();
        return sets;
    }

    private static Statement AddBytes(Statement to, byte[]? bytes) => bytes is null ? to.AddNull() : to.Add(bytes);
}
