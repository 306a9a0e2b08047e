using Sekisho.Inspection;
using Sekisho.Storage.Sqlite;
using Statement = Sekisho.Storage.Sqlite.Statement;

namespace Sekisho.Storage.Correspondence;

/// <summary>
/// Whose address could have been meant: those with the same local part anywhere, those of the same domain that share the front or the back half of it (whatever one slip changes, one half
/// is left), those of the same name, organisations of a domain like it, and what a mail program offers the sender after three letters. Each is a bounded range of an index.
/// </summary>
internal sealed class AlikeSearch(SqliteDatabase database, AddressKeys keys)
{
    /// <summary>Candidates read of one range: an <c>info@</c> has thousands.</summary>
    private const int MaxRead = 128;

    private const int MaxAlike = 64;

    private static readonly Query s_ofLocal = new("SELECT n FROM person WHERE local = ? AND reversed IS NOT NULL ORDER BY n DESC LIMIT ?");

    private static readonly Query s_front = new("SELECT p.n, p.local FROM domain d CROSS JOIN person p ON p.domain = d.n AND p.len = ? AND p.local >= ? AND p.local < ? WHERE d.name = ? LIMIT ?");

    private static readonly Query s_back = new("SELECT p.n, p.reversed FROM domain d CROSS JOIN person p ON p.domain = d.n AND p.len = ? AND p.reversed >= ? AND p.reversed < ? WHERE d.name = ? AND p.reversed IS NOT NULL LIMIT ?");

    private static readonly Query s_ofName = new("SELECT person FROM person_name WHERE hash = ? ORDER BY person DESC LIMIT ?");

    private static readonly Query s_frontDomain = new("SELECT name, bare FROM domain WHERE len = ? AND bare >= ? AND bare < ? LIMIT ?");

    private static readonly Query s_backDomain = new("SELECT name, bare FROM domain WHERE len = ? AND reversed >= ? AND reversed < ? LIMIT ?");

    private static readonly Query s_labelled = new("SELECT name, bare FROM domain WHERE label = ? LIMIT ?");

    private static readonly Query s_offered = new("SELECT person, weight FROM contact WHERE sender = ? AND head = ? ORDER BY person DESC LIMIT ?");

    private readonly People _rows = new(database, keys);

    public IReadOnlyList<Contact> Find(AlikeQuestion question)
    {
        var key = question.Address.Key;
        var most = Math.Clamp(question.Most, 0, MaxAlike);
        var at = Decay.Clamp(question.At.ToUnixTimeMilliseconds());
        var sender = _rows.Find(question.Sender);
        var local = key[..key.LastIndexOf('@')];
        var alike = new HashSet<long>();
        if (!keys.Hashed)
        {
            alike.UnionWith(Numbers(database[s_ofLocal].Add(local).Add(MaxRead)));
            Near(local, question.Address.Domain, alike);
            if (People.NameHash(question.Name) is { } name)
            {
                alike.UnionWith(Numbers(database[s_ofName].Add(name).Add(MaxRead)));
            }
        }

        var spelt = alike.Select(_rows.FindKnown).OfType<Person>().Concat(Organisations(RegistrableDomains.Of(question.Address.Domain)));
        var best = Best(spelt, question, sender, at, most);

        // What a mail program offers after three letters is many; the others must not be lost among them.
        var room = Math.Max(most / 2, most - best.Count);
        var offered = sender is null || keys.Hashed ? [] : Offered(sender.Id, key, alike, room + 8).Select(_rows.FindKnown).OfType<Person>();
        return Order([.. best, .. Best(offered, question, sender, at, room)], most);
    }

    /// <summary>The sender's contacts with the same first letters, those he writes to most first: by their weights alone, so that not every one's row is read.</summary>
    private IEnumerable<long> Offered(long sender, string key, HashSet<long> known, int most)
    {
        var offered = new List<(long Person, double Weight)>();
        var rows = database[s_offered].Add(sender).Add(keys.Head(key)).Add(MaxRead);
        while (rows.Step())
        {
            if (!known.Contains(rows.Int64(0)))
            {
                offered.Add((rows.Int64(0), rows.Double(1)));
            }
        }

        return offered.OrderByDescending(o => o.Weight).Take(most).Select(o => o.Person);
    }

    /// <summary>Addresses of the domain that are a slip or two away.</summary>
    private void Near(string local, string domain, HashSet<long> into)
    {
        foreach (var (length, half, isFront) in Halves(local))
        {
            var rows = database[isFront ? s_front : s_back].Add(length).Add(half).Add(After(half)).Add(domain).Add(MaxRead);
            while (rows.Step())
            {
                var other = isFront ? rows.Text(1) : AddressKeys.Reversed(rows.Text(1));
                if (CorrespondenceMemory.IsNear(other, local))
                {
                    into.Add(rows.Int64(0));
                }
            }
        }
    }

    /// <summary>Organisations whose domain is a slip or two away, or begins alike and ends differently.</summary>
    private IEnumerable<Person> Organisations(string domain)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (length, half, isFront) in Halves(domain))
        {
            Take(database[isFront ? s_frontDomain : s_backDomain].Add(length).Add(half).Add(After(half)).Add(MaxRead));
        }

        Take(database[s_labelled].Add(domain[..CorrespondenceMemory.LabelOf(domain).Length]).Add(MaxRead));
        return names.Select(name => _rows.Find(ICorrespondence.OrganisationKey(name))).OfType<Person>();

        void Take(Statement rows)
        {
            while (rows.Step())
            {
                if (CorrespondenceMemory.IsLike(rows.Text(1), domain))
                {
                    names.Add(rows.Text(0));
                }
            }
        }
    }

    /// <summary>The halves that texts up to two letters shorter or longer would have, were they like this one: the letter in the middle is in neither.</summary>
    private static IEnumerable<(int Length, string Half, bool IsFront)> Halves(string text)
    {
        for (var length = Math.Max(2, text.Length - 2); length <= text.Length + 2; length++)
        {
            var front = length / 2;
            var back = length - front - 1;
            if (front <= text.Length && back <= text.Length)
            {
                yield return (length, text[..front], true);
                yield return (length, AddressKeys.Reversed(text[(text.Length - back)..]), false);
            }
        }
    }

    /// <summary>What no text with this beginning reaches; an empty one has no end but the bound of the read.</summary>
    private static string After(string beginning) => beginning + "\U0010FFFF";

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
