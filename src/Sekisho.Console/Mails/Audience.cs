using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Pages.Mails;

/// <summary>One recipient as shown.</summary>
/// <param name="Ordinal">His place in the envelope.</param>
/// <param name="Address">As given.</param>
/// <param name="Odd">What deceives the eye in it, or null.</param>
public sealed record Person(int Ordinal, string Address, Summary? Odd);

/// <summary>Recipients of one organisation.</summary>
/// <param name="Name">Its domains, or the address where each is alone.</param>
/// <param name="Stranger">Somebody in it would see, or be seen by, people he has nothing to do with.</param>
public sealed record House(string Name, bool Inside, bool Stranger, IReadOnlyList<Person> People);

/// <summary>Who would get a mail, by organisation: outside before inside, strangers before acquaintances, large before small.</summary>
public sealed record Audience
{
    /// <summary>Organisations outside whose people are strangers to others.</summary>
    public required IReadOnlyList<House> Strangers { get; init; }

    /// <summary>The other organisations outside.</summary>
    public required IReadOnlyList<House> Others { get; init; }

    /// <summary>The organisation's own people.</summary>
    public required IReadOnlyList<Person> Inside { get; init; }

    /// <summary>All outside, strangers first.</summary>
    public IEnumerable<House> Outside => Strangers.Concat(Others);

    /// <summary>People outside.</summary>
    public int OutsidePeople => Outside.Sum(h => h.People.Count);

    /// <summary>Organisations outside.</summary>
    public int OutsideHouses => Strangers.Count + Others.Count;

    /// <summary>Everybody.</summary>
    public int People => OutsidePeople + Inside.Count;

    /// <summary>Recipients with something odd about their address.</summary>
    public IEnumerable<Person> Odd => Outside.SelectMany(h => h.People).Concat(Inside).Where(p => p.Odd is not null);

    /// <summary>Groups them.</summary>
    /// <param name="organisation">Of this sender.</param>
    /// <param name="strangers">Keys of those who would see strangers (<see cref="Finding.Recipients"/> of the findings about visibility).</param>
    public static Audience Of(IEnumerable<(int Ordinal, string Address)> recipients, IOrganisation organisation, IReadOnlySet<string> strangers, LookalikeAddress lookalike)
    {
        var inside = new List<Person>();
        var outside = new Dictionary<string, (List<Person> People, HashSet<string> Domains, bool Stranger)>(StringComparer.Ordinal);
        foreach (var (ordinal, address) in recipients)
        {
            var recipient = EnvelopeRecipient.Of(address, organisation);
            var person = new Person(ordinal, address, recipient.Inside ? null : lookalike.Of(address));
            if (recipient.Inside)
            {
                inside.Add(person);
                continue;
            }

            if (!outside.TryGetValue(recipient.Organisation, out var house))
            {
                house = ([], new(StringComparer.Ordinal), false);
            }

            house.People.Add(person);
            house.Domains.Add(recipient.Organisation.Contains('@') ? recipient.Organisation : recipient.Address?.Domain ?? recipient.Key);
            outside[recipient.Organisation] = house with { Stranger = house.Stranger || strangers.Contains(recipient.Key) };
        }

        var houses = outside.Values
            .Select(h => new House(string.Join(", ", h.Domains.Order(StringComparer.Ordinal).Take(3).Select(LookalikeAddress.Readable)), Inside: false, h.Stranger, h.People))
            .OrderByDescending(h => h.People.Any(p => p.Odd is not null)).ThenByDescending(h => h.People.Count).ThenBy(h => h.Name, StringComparer.Ordinal).ToList();
        return new Audience { Strangers = [.. houses.Where(h => h.Stranger)], Others = [.. houses.Where(h => !h.Stranger)], Inside = inside };
    }

    /// <summary>Keys of those who would see strangers, by the findings that say so.</summary>
    public static IReadOnlySet<string> StrangersIn(IEnumerable<Finding> findings)
        => findings.Where(f => f.Rule is RuleNames.VisibleRecipients or RuleNames.CalendarAttendees or RuleNames.AddressesInBody).SelectMany(f => f.Recipients).ToHashSet(StringComparer.Ordinal);
}
