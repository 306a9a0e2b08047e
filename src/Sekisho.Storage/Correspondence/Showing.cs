using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Correspondence;

/// <summary>Tells a person, or whoever answers for the data, what is kept.</summary>
internal sealed class Showing(SqliteDatabase database, AddressKeys keys)
{
    private const int MaxNamed = 64;

    private static readonly Query s_from = new("SELECT sender, mails, last_at FROM contact WHERE person = ? ORDER BY mails DESC, last_at DESC LIMIT ?");

    private static readonly Query s_to = new("SELECT person, mails, last_at FROM contact WHERE sender = ? ORDER BY mails DESC, last_at DESC LIMIT ?");

    private static readonly Query s_people = new("SELECT count(*) FROM person WHERE len <> 0 OR typeof(local) = 'blob'");

    private static readonly Query s_everybody = new("SELECT count(*) FROM person");

    private static readonly Query s_gatherings = new("SELECT count(*) FROM gathering");

    private static readonly Query s_threads = new("SELECT count(*) FROM strand");

    private static readonly Query s_contacts = new("SELECT count(*) FROM contact");

    private static readonly Query s_oldest = new("SELECT min(last_at) FROM person WHERE month = (SELECT min(month) FROM person)");

    private static readonly Query s_forgetting = new("SELECT count(*) FROM forgetting");

    private readonly People _people = new(database, keys);
    private readonly Gatherings _gatherings = new(database);

    public KnownAddress? Show(string key)
    {
        if (_people.Find(key) is not { } person)
        {
            return null;
        }

        var latest = person.Seen.Sets;
        return new KnownAddress(key, Person.Time(person.FirstAt), Person.Time(person.LastAt), person.Mails, person.Written, [.. person.Names.OrderByDescending(n => n.Times).Select(n => new KnownName(n.Name, n.Times))], keys.Hashed)
        {
            From = Habits(database[s_from].Add(person.Id)),
            To = Habits(database[s_to].Add(person.Id)),
            GatheringCount = latest.Select(s => s.Set).Concat(person.HasOlder ? OlderSets.All(database, person.Id) : []).Distinct().LongCount(),
            Gatherings = [.. latest.Take(KnownAddress.Most).Select(Set)],
        };
    }

    public CorrespondenceStats Count(long mails)
    {
        var (form, changing) = AddressForms.FormOf(database);
        var people = database[s_people].Scalar() ?? 0;
        return new CorrespondenceStats(
            form,
            changing,
            mails,
            people,
            (database[s_everybody].Scalar() ?? 0) - people,
            database[s_gatherings].Scalar() ?? 0,
            database[s_threads].Scalar() ?? 0,
            database[s_contacts].Scalar() ?? 0,
            database[s_oldest].Scalar() is { } at ? Person.Time(at) : null,
            database[s_forgetting].Scalar() ?? 0);
    }

    private List<KnownHabit> Habits(Statement rows)
    {
        var habits = new List<(long Person, long Mails, long At)>();
        rows.Add(KnownAddress.Most);
        while (rows.Step())
        {
            habits.Add((rows.Int64(0), rows.Int64(1), rows.Int64(2)));
        }

        return habits.ConvertAll(h => new KnownHabit(_people.KeyOf(h.Person), h.Mails, Person.Time(h.At)));
    }

    private KnownSet Set(SeenSet set) => new(
        set.Size,
        set.Times,
        Person.Time(set.LastAt),
        [.. (_gatherings.Read(set.Set)?.People ?? []).Take(MaxNamed).Select(_people.KeyOf).OfType<string>().Order(StringComparer.Ordinal)]);
}
