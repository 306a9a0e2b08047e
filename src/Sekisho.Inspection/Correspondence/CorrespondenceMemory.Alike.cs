using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <content>Whose address could have been meant.</content>
public sealed partial class CorrespondenceMemory
{
    private const int MaxAlike = 64;

    private readonly List<Someone> _read = [];
    private readonly List<(Someone One, Habit Habit, double Mine, double All)> _meant = [];

    /// <inheritdoc/>
    public IReadOnlyList<Contact> Alike(AlikeQuestion question)
    {
        lock (_lock)
        {
            var key = question.Address.Key;
            var at = question.At.UtcTicks;
            var most = Math.Clamp(question.Most, 0, MaxAlike);
            var sender = _people.GetValueOrDefault(question.Sender);
            var own = RegistrableDomains.Of(question.Address.Domain);
            _question++;
            _meant.Clear();
            _read.Clear();
            _alike.OfLocal(key, _read);
            _alike.OfName(question.Name, _read);
            Meant(question.Address, own, sender, at, near: false);
            _alike.Near(key, _read);
            _alike.OfDomain(own, _read);
            Meant(question.Address, own, sender, at, near: true);
            var spelt = Best(0, most);
            if (sender is null)
            {
                return Contacts(spelt, at);
            }

            // What a mail program offers after three letters is many; the others must not be lost among them.
            _meant.RemoveRange(spelt, _meant.Count - spelt);
            _alike.OfContacts(sender, key, _read);
            Meant(question.Address, own, sender, at, near: false);
            var offered = Best(spelt, Math.Max(most / 2, most - spelt));
            _meant.RemoveRange(spelt + offered, _meant.Count - spelt - offered);
            return Contacts(Best(0, most), at);
        }
    }

    /// <summary>Takes what was read over to those that may be meant, each once; with <paramref name="near"/> only what is spelt nearly the same.</summary>
    private void Meant(EmailAddress address, string domain, Someone? sender, long at, bool near)
    {
        foreach (var one in _read)
        {
            if (one.Met.Question != _question && one != sender && one.Key != address.Key && (!near || (one.IsOrganisation ? IsNear(one, domain) : IsNear(one, address))))
            {
                one.Met = (_question, -1);
                var habit = sender is not null && _habits.TryGetValue((sender.Id, one.Id), out var known) ? known : default;
                _meant.Add((one, habit, habit.WeightAt(at), one.Received.WeightAt(at)));
            }
        }

        _read.Clear();
    }

    /// <summary>Puts those from <paramref name="from"/> on in order, best known first, and answers how many of them are wanted.</summary>
    private int Best(int from, int most)
    {
        _meant.Sort(from, _meant.Count - from, BestKnownFirst.Instance);
        return Math.Min(most, _meant.Count - from);
    }

    private Contact[] Contacts(int count, long at)
    {
        var contacts = new Contact[count];
        for (var i = 0; i < count; i++)
        {
            contacts[i] = ContactOf(_meant[i].One, _meant[i].Habit, at);
        }

        return contacts;
    }

    private sealed class BestKnownFirst : IComparer<(Someone One, Habit Habit, double Mine, double All)>
    {
        public static BestKnownFirst Instance { get; } = new();

        public int Compare((Someone One, Habit Habit, double Mine, double All) a, (Someone One, Habit Habit, double Mine, double All) b)
        {
            var order = (b.Habit.Mails > 0).CompareTo(a.Habit.Mails > 0);
            order = order != 0 ? order : b.Mine.CompareTo(a.Mine);
            order = order != 0 ? order : b.All.CompareTo(a.All);
            return order != 0 ? order : string.CompareOrdinal(a.One.Key, b.One.Key);
        }
    }

    private static bool IsNear(Someone one, EmailAddress address)
    {
        var local = address.Key.AsSpan(0, address.Key.LastIndexOf('@'));
        return !one.IsOrganisation && one.Key.AsSpan(one.Key.LastIndexOf('@') + 1).SequenceEqual(address.Domain) && IsNear(one.Key.AsSpan(0, one.Key.LastIndexOf('@')), local);
    }

    private static bool IsNear(Someone one, string domain)
    {
        var other = one.Key.AsSpan(one.Key.LastIndexOfAny(['@', ':']) + 1);
        return one.IsOrganisation && IsLike(other, domain);
    }

    /// <summary>Whether a domain could be meant by another: a slip or two away, or ending differently.</summary>
    internal static bool IsLike(ReadOnlySpan<char> other, ReadOnlySpan<char> domain)
        => !other.SequenceEqual(domain) && (IsNear(other, domain) || LabelOf(other).SequenceEqual(LabelOf(domain)));

    /// <summary>What stands before a domain's first dot.</summary>
    internal static ReadOnlySpan<char> LabelOf(ReadOnlySpan<char> domain) => domain.IndexOf('.') is var dot and > 0 ? domain[..dot] : domain;

    /// <summary>A slip or two away. Of short words every other is two letters away.</summary>
    internal static bool IsNear(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var most = Math.Min(a.Length, b.Length) < 5 ? 1 : 2;
        return EditDistance.Of(a, b, most) <= most;
    }
}
