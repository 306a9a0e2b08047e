using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>An outside address that is looked at.</summary>
/// <param name="Address">Itself.</param>
/// <param name="Name">The name shown with it; empty for none.</param>
/// <param name="InEnvelope">It gets the mail; else it is only shown.</param>
/// <param name="Slip">What its domain is a slip for, by what needs no history; else null.</param>
/// <param name="HasFullName">The name is one person's.</param>
internal sealed record Suspect(EmailAddress Address, string Name, bool InEnvelope, Lookalike? Slip, bool HasFullName);

/// <summary>What a mail itself tells of whose addresses could be slips, before anything is known of them.</summary>
/// <param name="People">Outside recipients, then others shown in the header.</param>
/// <param name="Present">Keys of everybody on the mail, whom nobody can have meant instead.</param>
internal sealed record LookalikeDraft(IReadOnlyList<Suspect> People, IReadOnlySet<string> Present)
{
    /// <summary>People looked at for slips in the domain; each distinct domain costs once.</summary>
    private const int MaxPeople = 50_000;

    /// <summary>Reads a mail.</summary>
    public static LookalikeDraft Of(InspectionContext context)
    {
        var facts = context.Facts;
        var watch = DomainWatch.Of(context.Organisation);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var shown in facts.Visible)
        {
            if (!shown.Inside && (!names.TryGetValue(shown.Address.Key, out var name) || name.Length == 0))
            {
                names[shown.Address.Key] = Lesson.NameOf(shown.DisplayName, shown.Address);
            }
        }

        var people = new List<Suspect>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var recipient in facts.Recipients)
        {
            if (!recipient.Inside && recipient.Address is { } address)
            {
                Add(address, inEnvelope: true);
            }
        }

        foreach (var shown in context.Analysis.VisibleOutside)
        {
            Add(shown.Address, inEnvelope: false);
        }

        return new LookalikeDraft(people, (HashSet<string>)[.. facts.Recipients.Select(r => r.Key), .. facts.Visible.Select(v => v.Address.Key), .. facts.AuthorKeys]);

        void Add(EmailAddress address, bool inEnvelope)
        {
            if (people.Count < MaxPeople && seen.Add(address.Key))
            {
                var name = names.GetValueOrDefault(address.Key, "");
                people.Add(new Suspect(address, name, inEnvelope, watch.Slip(address), FullName.IsOne(name)));
            }
        }
    }
}
