using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <content>Whose address could have been meant.</content>
public sealed partial class CorrespondenceMemory
{
    private const int MaxAlike = 64;

    private readonly List<Someone> _read = [];
    private readonly List<Someone> _spelt = [];
    private readonly List<Someone> _offered = [];
    private readonly List<Candidate> _meant = [];
    private readonly BestKnownFirst _bestKnownFirst = new();

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
            var local = key.AsSpan(0, key.LastIndexOf('@'));
            _question++;
            _bestKnownFirst.At = at;
            _meant.Clear();
            _spelt.Clear();
            _offered.Clear();
            _alike.OfLocal(key, _read);
            _alike.OfName(question.Name, _read);
            Take(_spelt, key, sender, near: false, [], "", own);
            _alike.Near(key, _read);
            _alike.OfDomain(own, _read);
            Take(_spelt, key, sender, near: true, local, question.Address.Domain, own);
            if (sender is not null)
            {
                // What a mail program offers after three letters is many; the others must not be lost among them.
                _alike.OfContacts(sender, key, _read);
                Take(_offered, key, sender, near: false, [], "", own);
            }

            if (_spelt.Count + _offered.Count <= most)
            {
                Weigh(_spelt, sender, at, question.Least);
                Weigh(_offered, sender, at, question.Least);
            }
            else
            {
                // Who is left out for the others' sake is told by weight alone.
                Weigh(_spelt, sender, at, 0);
                var spelt = Best(0, most);
                Weigh(_offered, sender, at, 0);
                Best(spelt, Math.Max(most / 2, most - spelt));
            }

            return Contacts(Best(0, most), at);
        }
    }

    /// <summary>Takes what was read over to those that may be meant, each once; with <paramref name="near"/> only what is spelt nearly the same.</summary>
    private void Take(List<Someone> into, string key, Someone? sender, bool near, ReadOnlySpan<char> local, string domain, string registrable)
    {
        var (letters, houseLetters) = near ? (Letters.Of(local), Letters.Of(registrable)) : default;
        foreach (var one in _read)
        {
            if (one.Met.Question != _question && one != sender && one.Key != key && (!near || (one.IsOrganisation ? IsNearHouse(one, registrable, houseLetters) : IsNear(one, local, domain, letters))))
            {
                one.Met = (_question, -1);
                into.Add(one);
            }
        }

        _read.Clear();
    }

    private void Weigh(List<Someone> some, Someone? sender, long at, long least)
    {
        foreach (var one in some)
        {
            if (one.Received.Mails >= least)
            {
                var habit = sender is not null && _habits.TryGetValue((sender.Id, one.Id), out var known) ? known : default;
                _meant.Add(new Candidate(one, habit, habit.WeightAt(at)));
            }
        }
    }

    /// <summary>Puts those from <paramref name="from"/> on in order, best known first, lets the others go, and answers how many are left of them.</summary>
    private int Best(int from, int most)
    {
        if (_meant.Count - from > 1)
        {
            _meant.Sort(from, _meant.Count - from, _bestKnownFirst);
        }

        var kept = Math.Min(most, _meant.Count - from);
        _meant.RemoveRange(from + kept, _meant.Count - from - kept);
        return kept;
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

    private readonly record struct Candidate(Someone One, Habit Habit, double Mine);

    private sealed class BestKnownFirst : IComparer<Candidate>
    {
        /// <summary>The moment weights are compared at.</summary>
        public long At { get; set; }

        public int Compare(Candidate a, Candidate b)
        {
            var order = (b.Habit.Mails > 0).CompareTo(a.Habit.Mails > 0);
            order = order != 0 ? order : b.Mine.CompareTo(a.Mine);
            order = order != 0 ? order : b.One.Received.WeightAt(At).CompareTo(a.One.Received.WeightAt(At));
            return order != 0 ? order : string.CompareOrdinal(a.One.Key, b.One.Key);
        }
    }

    private static bool IsNear(Someone one, ReadOnlySpan<char> local, string domain, uint letters)
        => Letters.MayBeNear(one.Letters, letters) && one.Key.AsSpan(one.Key.LastIndexOf('@') + 1).SequenceEqual(domain) && IsNear(one.Key.AsSpan(0, one.Key.LastIndexOf('@')), local);

    private static bool IsNearHouse(Someone one, string domain, uint letters)
    {
        var other = Letters.HouseOf(one.Key);
        return Letters.MayBeNear(one.Letters, letters) ? IsLike(other, domain) : !other.SequenceEqual(domain) && LabelOf(other).SequenceEqual(LabelOf(domain));
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
