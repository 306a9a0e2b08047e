using Sekisho.Inspection;
using Sekisho.Storage.Sqlite;
using Statement = Sekisho.Storage.Sqlite.Statement;

namespace Sekisho.Storage.Correspondence;

/// <summary>
/// Whose address could have been meant: those of the same domain spelt nearly the same, organisations of a domain like it, those of the same name, those with the same local part anywhere, and
/// what a mail program offers the sender after three letters. Each is a bounded range of an index, and of all together no more than <see cref="MaxRows"/> people's rows are read, each of which lies
/// somewhere else in the file.
/// </summary>
internal sealed class AlikeSearch(SqliteDatabase database, AddressKeys keys)
{
    /// <summary>People taken of one kind: an <c>info@</c> has thousands.</summary>
    private const int MaxOfKind = 32;

    /// <summary>Organisations of a domain like it: more would take the places of people, who are less known than their houses.</summary>
    private const int MaxDomains = 8;

    /// <summary>People of all kinds whose row is read, but for those offered.</summary>
    private const int MaxRows = 64;

    /// <summary>The sender's contacts with the same first letters; they lie beside each other.</summary>
    private const int MaxOffered = 128;

    private const int MaxAlike = 64;

    private static readonly Query s_ofLocal = new("SELECT n FROM person WHERE local = ? AND reversed IS NOT NULL ORDER BY n DESC LIMIT ?");

    private static readonly Query s_ofLocalThere = new("SELECT n FROM person WHERE domain = ? AND len = ? AND local = ?");

    private static readonly Query s_ofName = new("SELECT person FROM person_name WHERE hash = ? ORDER BY person DESC LIMIT ?");

    private static readonly Query s_labelled = new("SELECT n, bare FROM domain WHERE label = ? LIMIT ?");

    private static readonly Query s_organisation = new("SELECT n FROM person WHERE domain = ? AND len = 0 AND local = ''");

    private static readonly Query s_offered = new("SELECT person, weight FROM contact WHERE sender = ? AND head = ? ORDER BY person DESC LIMIT ?");

    private readonly People _rows = new(database, keys);
    private readonly NearSpelling _near = new(database);

    public IReadOnlyList<Contact> Find(AlikeQuestion question)
    {
        var key = question.Address.Key;
        var most = Math.Clamp(question.Most, 0, MaxAlike);
        var at = Decay.Clamp(question.At.ToUnixTimeMilliseconds());
        var sender = _rows.Find(question.Sender);
        var local = key[..key.LastIndexOf('@')];
        var domain = RegistrableDomains.Of(question.Address.Domain);
        var (near, labelled) = (_near.Domains(domain, MaxDomains), Labelled(domain));
        var organisations = (IReadOnlyList<List<long>>)[Organisations(near), Organisations(labelled)];
        var alike = Fairly(keys.Hashed ? organisations : [Near(local, question.Address.Domain), .. organisations, OfName(question.Name), OfLocal(local, [.. near, .. labelled])]);
        var best = Best(alike.Select(_rows.FindKnown).OfType<Person>(), question, sender, at, most);

        // What a mail program offers after three letters is many; the others must not be lost among them.
        var room = Math.Max(most / 2, most - best.Count);
        var offered = sender is null || keys.Hashed ? [] : Offered(sender.Id, key, alike, room + 8).Select(_rows.FindKnown).OfType<Person>();
        return Order([.. best, .. Best(offered, question, sender, at, room)], most);
    }

    /// <summary>One of each kind in turn, until there are enough: where one kind is a crowd, it does not crowd out the others.</summary>
    private static HashSet<long> Fairly(IReadOnlyList<IReadOnlyList<long>> kinds)
    {
        var taken = new HashSet<long>();
        for (var i = 0; i < MaxOfKind; i++)
        {
            foreach (var kind in kinds)
            {
                if (i < kind.Count && taken.Count < MaxRows)
                {
                    taken.Add(kind[i]);
                }
            }
        }

        return taken;
    }

    /// <summary>Addresses of the domain that are a slip or two away.</summary>
    private List<long> Near(string local, string domain) => _rows.DomainNumber(domain) is { } number ? _near.Locals(local, number, MaxOfKind) : [];

    /// <summary>Addresses with the same local part; where there are many, those at a domain like this one first.</summary>
    private List<long> OfLocal(string local, List<long> domains)
    {
        var same = Numbers(database[s_ofLocal].Add(local).Add(MaxOfKind));
        return same.Count < MaxOfKind ? same : [.. domains.SelectMany(domain => Numbers(database[s_ofLocalThere].Add(domain).Add(local.Length).Add(local))), .. same];
    }

    /// <summary>Addresses a display name was used for.</summary>
    private List<long> OfName(string name) => People.NameHash(name) is { } hash ? Numbers(database[s_ofName].Add(hash).Add(MaxOfKind)) : [];

    /// <summary>Domains that begin alike and end differently.</summary>
    private List<long> Labelled(string domain)
    {
        var labelled = new List<long>();
        var rows = database[s_labelled].Add(domain[..CorrespondenceMemory.LabelOf(domain).Length]).Add(MaxDomains + 1);
        while (rows.Step())
        {
            if (rows.Text(1) != domain)
            {
                labelled.Add(rows.Int64(0));
            }
        }

        return labelled;
    }

    /// <summary>Who stand for the organisations of these domains.</summary>
    private List<long> Organisations(List<long> domains) => [.. domains.SelectMany(domain => Numbers(database[s_organisation].Add(domain)))];

    /// <summary>The sender's contacts with the same first letters, those he writes to most first: by their weights alone, so that not every one's row is read.</summary>
    private IEnumerable<long> Offered(long sender, string key, HashSet<long> known, int most)
    {
        var offered = new List<(long Person, double Weight)>();
        var rows = database[s_offered].Add(sender).Add(keys.Head(key)).Add(MaxOffered);
        while (rows.Step())
        {
            if (!known.Contains(rows.Int64(0)))
            {
                offered.Add((rows.Int64(0), rows.Double(1)));
            }
        }

        return offered.OrderByDescending(o => o.Weight).Take(most).Select(o => o.Person);
    }

    private List<Contact> Best(IEnumerable<Person> people, AlikeQuestion question, Person? sender, long at, int most)
        => Order(people.Where(one => one.Key != question.Address.Key && one.Id != sender?.Id).Select(one => one.AsContact(one.Key, sender is null ? default : _rows.HabitOf(sender.Id, one), at)), most);

    /// <summary>The sender's own first, then by how often, the latest counting most.</summary>
    private static List<Contact> Order(IEnumerable<Contact> contacts, int most)
        => [.. contacts.OrderByDescending(c => c.BySender > 0).ThenByDescending(c => c.WeightBySender).ThenByDescending(c => c.Weight).ThenBy(c => c.Key, StringComparer.Ordinal).Take(most)];

    private static List<long> Numbers(Statement rows)
    {
        var numbers = new List<long>();
        while (rows.Step())
        {
            numbers.Add(rows.Int64(0));
        }

        return numbers;
    }
}
