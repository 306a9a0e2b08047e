using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <content>Whose address could have been meant.</content>
public sealed partial class CorrespondenceMemory
{
    private const int MaxAlike = 64;

    /// <inheritdoc/>
    public IReadOnlyList<Contact> Alike(AlikeQuestion question)
    {
        lock (_lock)
        {
            var key = question.Address.Key;
            var most = Math.Clamp(question.Most, 0, MaxAlike);
            var sender = _people.GetValueOrDefault(question.Sender);
            var alike = new HashSet<Someone>();
            alike.UnionWith(_alike.OfLocal(key));
            alike.UnionWith(_alike.Near(key).Where(one => IsNear(one, question.Address)));
            alike.UnionWith(_alike.OfName(question.Name));
            var own = RegistrableDomains.Of(question.Address.Domain);
            alike.UnionWith(_alike.OfDomain(own).Where(one => IsNear(one, own)));

            // What a mail program offers after three letters is many; the others must not be lost among them.
            var offered = sender is null ? [] : _alike.OfContacts(sender, key).Where(one => !alike.Contains(one)).Distinct();
            var spelt = Best(alike, question, sender, most);
            return Order([.. spelt, .. Best(offered, question, sender, Math.Max(most / 2, most - spelt.Count))], most);
        }
    }

    private List<Contact> Best(IEnumerable<Someone> people, AlikeQuestion question, Someone? sender, int most)
        => Order(people.Where(one => one.Key != question.Address.Key && one != sender).Select(one => ContactOf(one, sender, question.At.UtcTicks)), most);

    /// <summary>The sender's own first, then by how often, the latest counting most.</summary>
    internal static List<Contact> Order(IEnumerable<Contact> contacts, int most)
        => [.. contacts.OrderByDescending(c => c.BySender > 0).ThenByDescending(c => c.WeightBySender).ThenByDescending(c => c.Weight).ThenBy(c => c.Key, StringComparer.Ordinal).Take(most)];

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
