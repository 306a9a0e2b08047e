using System.Diagnostics;
using System.Text;
using Sekisho.Storage.Correspondence;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Bench.Correspondence;

/// <summary>
/// Fills a store's tables as three years of learning would have left them, in the order of their keys, without syncing, indexes last: minutes instead of days. The rows are written by
/// the store's own packing.
/// </summary>
internal sealed class Seeder(World world, long members, string path)
{
    private const int BigGatherings = 100;

    private static readonly Query s_domain = new("INSERT INTO domain(n, name, len, bare, reversed, label) VALUES(?,?,?,?,?,?)");
    private static readonly Query s_person = new("INSERT INTO person(n, domain, len, local, reversed, first_at, last_at, mails, weight, written, month, older, names, seen) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    private static readonly Query s_older = new("INSERT INTO older(person, bucket, sets) VALUES(?,?,?)");
    private static readonly Query s_gathering = new("INSERT INTO gathering(n, digest, times, last_at, size, month, people) VALUES(?,?,1,?,?,?,?)");
    private static readonly Query s_contact = new("INSERT INTO contact(sender, head, person, mails, last_at, weight) VALUES(?,?,?,?,?,?)");
    private static readonly Query s_name = new("INSERT INTO person_name(hash, person) VALUES(?,?)");
    private static readonly Query s_strand = new("INSERT INTO strand(n, topic, mails, last_at, month, people) VALUES(?,?,1,?,?,?)");
    private static readonly Query s_strandMail = new("INSERT INTO strand_mail(hash, strand) VALUES(?,?)");
    private static readonly Query s_peer = new("INSERT INTO peer_member(address, gathering) VALUES(?,?)");

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int[] _members = [];
    private int[] _starts = [];
    private int _gatherings;

    public int Gatherings => _gatherings;

    /// <summary>A mail's Message-ID by its gathering.</summary>
    public static string MessageId(int gathering) => $"{gathering}@home.example";

    public void Run(bool withPeer)
    {
        using var database = SqliteDatabase.OpenWriter(path);
        database.Execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-600000; PRAGMA temp_store=FILE; PRAGMA threads=2");
        var indexes = Indexes(database);
        foreach (var (name, _) in indexes)
        {
            database.Execute($"DROP INDEX {name}");
        }

        database.Execute("BEGIN");
        Draw();
        Say($"drew {_gatherings:N0} gatherings of {_starts[_gatherings]:N0} members");
        WriteGatherings(database);
        Say("wrote gatherings and threads");
        WritePeople(database, withPeer);
        Say("wrote people" + (withPeer ? " and the peer's memberships" : ""));
        WriteContacts(database);
        Say("wrote contacts");
        database.Execute("COMMIT");
        foreach (var (name, sql) in indexes)
        {
            database.Execute(sql);
            Say($"indexed {name}");
        }

        database.Execute("PRAGMA journal_mode=WAL; PRAGMA wal_checkpoint(TRUNCATE)");
        Say("done");
    }

    private void Say(string what) => Console.WriteLine($"  {_clock.Elapsed.TotalSeconds,6:N0} s  {what}");

    private static List<(string Name, string Sql)> Indexes(SqliteDatabase database)
    {
        var found = new List<(string, string)>();
        var rows = database[new Query("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('domain','person','gathering','contact','strand','strand_mail')")];
        while (rows.Step())
        {
            found.Add((rows.Text(0), rows.Text(1)));
        }

        return found;
    }

    private void Draw()
    {
        var dice = new Dice(1);
        var drawn = new List<int>();
        _members = new int[members + 70_000];
        var starts = new List<int> { 0 };
        var at = 0;
        var every = Math.Max(1, members / 5 / BigGatherings);
        while (at < members)
        {
            world.Draw(dice, drawn, isBig: world.People > 100_000 && starts.Count % every == every / 2);
            drawn.CopyTo(_members, at);
            at += drawn.Count;
            starts.Add(at);
        }

        _starts = [.. starts];
        _gatherings = _starts.Length - 1;
    }

    private long At(int gathering) => World.Begin + (World.Length / (_gatherings + 1) * gathering);

    private void WriteGatherings(SqliteDatabase database)
    {
        var sorted = new List<long>();
        var mails = new (long Hash, int Strand)[_gatherings / 4];
        for (var g = 1; g <= _gatherings; g++)
        {
            sorted.Clear();
            var size = 0;
            for (var i = _starts[g - 1]; i < _starts[g]; i++)
            {
                sorted.Add(_members[i]);
                size += world.IsCompany(_members[i]) ? 0 : 1;
            }

            sorted.Sort();
            var people = Packed.Ascending(sorted);
            database[s_gathering].Add(g).Add(Storage.Correspondence.Gatherings.DigestOf(people)).Add(At(g)).Add(size).Add(Decay.Month(At(g))).Add(people).Run();
            if (g % 4 == 0)
            {
                var strand = g / 4;
                var writer = new System.Buffers.ArrayBufferWriter<byte>();
                foreach (var person in sorted.Where(p => !world.IsCompany((int)p)).Take(256))
                {
                    Packed.Write(writer, (ulong)person);
                    Packed.Write(writer, 1);
                }

                database[s_strand].Add(strand).Add(g % 8 == 0 ? AddressKeys.HashOf("topic:" + g) : (long?)null).Add(At(g)).Add(Decay.Month(At(g))).Add(writer.WrittenSpan).Run();
                mails[strand - 1] = (AddressKeys.HashOf("id:" + MessageId(g)), strand);
            }
        }

        Array.Sort(mails);
        foreach (var (hash, strand) in mails)
        {
            database[s_strandMail].Add(hash).Add(strand).Run();
        }
    }

    private void WritePeople(SqliteDatabase database, bool withPeer)
    {
        if (withPeer)
        {
            database.Execute("CREATE TABLE peer_member(address INTEGER NOT NULL, gathering INTEGER NOT NULL, PRIMARY KEY(address, gathering)) STRICT, WITHOUT ROWID");
        }

        // Counted, then laid out by person: a sort of all memberships without comparing any.
        var ends = new int[world.People + 2];
        for (var i = 0; i < _starts[_gatherings]; i++)
        {
            ends[_members[i] + 1]++;
        }

        for (var i = 1; i < ends.Length; i++)
        {
            ends[i] += ends[i - 1];
        }

        var sets = new int[_starts[_gatherings]];
        var next = ends.ToArray();
        for (var g = 1; g <= _gatherings; g++)
        {
            for (var i = _starts[g - 1]; i < _starts[g]; i++)
            {
                sets[next[_members[i]]++] = g;
            }
        }

        var domains = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new List<(long Hash, int Person)>();
        for (var id = 1; id <= world.People; id++)
        {
            var (domain, local) = (world.DomainOf(id), world.LocalOf(id));
            if (!domains.TryGetValue(domain, out var number))
            {
                domains.Add(domain, number = domains.Count + 1);
                database[s_domain].Add(number).Add(domain).Add(domain.Length).Add(domain).Add(AddressKeys.Reversed(domain)).Add(domain[..domain.IndexOf('.', StringComparison.Ordinal)]).Run();
            }

            WritePerson(database, id, number, local, sets.AsSpan(ends[id]..ends[id + 1]), names);
            if (withPeer)
            {
                for (var i = ends[id]; i < ends[id + 1]; i++)
                {
                    database[s_peer].Add(id).Add(sets[i]).Run();
                }
            }
        }

        names.Sort();
        foreach (var (hash, person) in names)
        {
            database[s_name].Add(hash).Add(person).Run();
        }
    }

    private void WritePerson(SqliteDatabase database, int id, int domain, string local, Span<int> sets, List<(long Hash, int Person)> names)
    {
        var seen = SeenList.Empty();
        var latest = sets.Length > SeenList.Told ? sets[^SeenList.Told..] : sets;
        foreach (var g in latest)
        {
            seen.Put(new SeenSet(g, 1, At(g), _starts[g] - _starts[g - 1]));
        }

        SetBucket? bucket = null;
        var of = -1L;
        foreach (var g in sets[..(sets.Length - latest.Length)])
        {
            if (SetBucket.Of(g) != of)
            {
                Put();
                (bucket, of) = (new SetBucket([]), SetBucket.Of(g));
            }

            bucket!.Add(g);
        }

        Put();
        var last = sets.Length == 0 ? World.Begin : At(sets[^1]);
        byte[]? nameBytes = null;
        if (id % 2 == 0 && local.Length > 0)
        {
            var text = Encoding.UTF8.GetBytes(World.NameOf(id));
            nameBytes = [1, (byte)text.Length, .. text];
            names.Add((People.NameHash(World.NameOf(id))!.Value, id));
        }

        var row = database[s_person].Add(id).Add(domain).Add(local.Length).Add(local).Add(local.Length == 0 ? null : AddressKeys.Reversed(local))
            .Add(sets.Length == 0 ? World.Begin : At(sets[0])).Add(last).Add(sets.Length).Add(sets.Length * Decay.Of(last)).Add(0).Add(Decay.Month(last)).Add(sets.Length > latest.Length);
        _ = nameBytes is null ? row.AddNull() : row.Add(nameBytes);
        row.Add(seen.Write()).Run();

        void Put()
        {
            if (bucket is not null)
            {
                database[s_older].Add(id).Add(of).Add(bucket.Write()).Run();
            }
        }
    }

    private void WriteContacts(SqliteDatabase database)
    {
        var pairs = new ulong[_starts[_gatherings] - _gatherings];
        var count = 0;
        for (var g = 0; g < _gatherings; g++)
        {
            for (var i = _starts[g] + 1; i < _starts[g + 1]; i++)
            {
                pairs[count++] = ((ulong)_members[_starts[g]] << 32) | (uint)_members[i];
            }
        }

        _members = [];
        Array.Sort(pairs);
        for (var i = 0; i < pairs.Length;)
        {
            var from = i;
            while (i < pairs.Length && pairs[i] == pairs[from])
            {
                i++;
            }

            var person = (int)pairs[from];
            var at = World.Begin + (World.Length / 3 * 2);
            database[s_contact].Add((long)(pairs[from] >> 32)).Add(AddressKeys.Clear.Head(world.KeyOf(person))).Add(person).Add(i - from).Add(at).Add((i - from) * Decay.Of(at)).Run();
        }
    }
}
