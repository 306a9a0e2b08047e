using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>What a mail teaches about who writes with whom, read from its facts. Whether it may teach is for the caller to say: a mail that was itself a finding teaches nothing.</summary>
public static class Lesson
{
    /// <summary>Identifiers kept of what a mail refers to: the first, which began the thread, and the latest.</summary>
    private const int MaxReferences = 32;

    private const int MaxName = 100;

    /// <summary>Outside organisations above which a mail nobody judged teaches nothing.</summary>
    private const int MaxOrganisations = 9;

    /// <summary>
    /// The lesson of a mail that everybody of its envelope got. The writer is the envelope's sender, or the author where the mail comes in or has a null sender. Who is named in To or Cc and got
    /// it was seen by the others; who is only named, saw nothing, and is left out. Null when there is no writer, or nobody else who got it.
    /// </summary>
    public static LearntMail? Of(MessageFacts facts, IOrganisation organisation, DateTimeOffset at)
        => Of(facts, organisation, facts.Recipients, at);

    /// <summary>The lesson of a mail that <paramref name="got"/> got.</summary>
    public static LearntMail? Of(MessageFacts facts, IOrganisation organisation, IEnumerable<EnvelopeRecipient> got, DateTimeOffset at)
    {
        var writer = facts.Sender is { } sender && organisation.IsInside(sender) ? sender : facts.Author ?? facts.Sender;
        if (writer is null)
        {
            return null;
        }

        var visible = NamedIn(facts);
        var known = new HashSet<string>(StringComparer.Ordinal) { writer.Key };
        var people = new List<LearntPerson>();
        foreach (var one in got)
        {
            if (one.Address is not null && known.Add(one.Key))
            {
                var isNamed = visible.TryGetValue(one.Key, out var name);
                people.Add(new LearntPerson(one.Key, one.Inside ? null : one.Organisation, isNamed, name ?? ""));
            }
        }

        return people.Count == 0 ? null : new LearntMail(writer.Key, at, people)
        {
            MessageId = facts.MessageId,
            References = ReferencesOf(facts),
            Topic = facts.Topic,
            SenderName = NameOf(writer, facts),
            SenderOrganisation = organisation.IsInside(writer) ? null : organisation.OrganisationOf(writer),
        };
    }

    /// <summary>The lesson of a message of which only the header need be there, for those of its recipients who got it.</summary>
    public static LearntMail? Of(MimeMessage message, string mailFrom, IReadOnlyList<string> got, IOrganisation organisation, DateTimeOffset at)
    {
        var input = new InspectionInput { Message = message, MailFrom = mailFrom, Recipients = got, ReceivedAt = at };
        using var lease = ExpansionGate.Shared.Open(CancellationToken.None);
        return Of(FactsReader.Read(input, FactsReader.Recipients(input, organisation), organisation, services: null, lease, CancellationToken.None), organisation, at);
    }

    /// <summary>The same when everybody outside got a copy of his own: nobody outside saw another, so only that they were written to is learnt.</summary>
    public static LearntMail Apart(LearntMail lesson)
        => lesson with { People = [.. lesson.People.Select(p => p.Organisation is null ? p : p with { Visible = false })] };

    /// <summary>The lesson of a mail that was not judged, or null where it shows so many outside organisations to each other that it is more likely an accident than an acquaintance.</summary>
    public static LearntMail? UnlessAccident(LearntMail? lesson)
        => lesson is not null && lesson.People.Select(p => p.Organisation).Append(lesson.SenderOrganisation).OfType<string>().Distinct(StringComparer.Ordinal).Count() <= MaxOrganisations ? lesson : null;

    /// <summary>What a mail answers or refers to, as the correspondence is asked and taught: the first and the latest.</summary>
    internal static IReadOnlyList<string> ReferencesOf(MessageFacts facts)
    {
        var all = facts.References;
        return all.Count <= MaxReferences ? all : [all[0], .. all.Skip(all.Count - MaxReferences + 1)];
    }

    /// <summary>A display name that says more than the address itself; else empty.</summary>
    internal static string NameOf(string displayName, EmailAddress address)
    {
        var name = TextFolding.StripInvisible(displayName).Trim(' ', '\'', '"');
        return name.Length is 0 or > MaxName || name.Contains('@') || name == address.LocalPart ? "" : name;
    }

    private static Dictionary<string, string> NamedIn(MessageFacts facts)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in facts.Visible)
        {
            if (IsToOrCc(one.Field) && (!named.TryGetValue(one.Address.Key, out var name) || name.Length == 0))
            {
                named[one.Address.Key] = NameOf(one.DisplayName, one.Address);
            }
        }

        return named;
    }

    private static string NameOf(EmailAddress writer, MessageFacts facts)
    {
        foreach (var field in facts.AddressFields)
        {
            if (field.Field.Is("From"))
            {
                foreach (var one in field.Entries.Mailboxes)
                {
                    if (one.Address is { } address && address.Equals(writer))
                    {
                        return NameOf(one.DisplayName, address);
                    }
                }
            }
        }

        return "";
    }

    /// <summary>True for the two fields everybody sees recipients in.</summary>
    internal static bool IsToOrCc(string field)
        => field.Equals("To", StringComparison.OrdinalIgnoreCase) || field.Equals("Cc", StringComparison.OrdinalIgnoreCase);
}
