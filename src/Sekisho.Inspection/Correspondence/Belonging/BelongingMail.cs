using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>One recipient as the model sees him.</summary>
/// <param name="Address">His address.</param>
/// <param name="Inside">By the organisation's domains.</param>
/// <param name="Organisation">Organisation key.</param>
/// <param name="Name">The display name on this mail; empty for none.</param>
internal sealed record BelongingPerson(EmailAddress Address, bool Inside, string Organisation, string Name = "")
{
    /// <summary>The address's key.</summary>
    public string Key => Address.Key;

    /// <summary>Under which his organisation's people are remembered together; null inside and for freemail.</summary>
    public string? House => Inside || Organisation == Key ? null : ICorrespondence.OrganisationKey(Organisation);
}

/// <summary>A mail as the model sees it: who is on it, what is known of them, and what its text says.</summary>
/// <param name="People">Distinct recipients without the sender; of a mail to very many, a part of them.</param>
/// <param name="Question">What was asked about them.</param>
/// <param name="View">What is known.</param>
/// <param name="Text">The words of the text.</param>
/// <param name="Subject">The subject, for the marks of an answer or a mail passed on.</param>
/// <param name="Total">Recipients of the whole mail.</param>
internal sealed record BelongingMail(IReadOnlyList<BelongingPerson> People, CorrespondenceQuestion Question, CorrespondenceView View, NamedInText Text, string Subject, int Total)
{
    /// <summary>People looked at together where they are too many for one question: with an organisation each, as many as one takes.</summary>
    private const int MaxPart = CorrespondenceQuestion.MaxPeople / 2;

    /// <summary>Parts looked at; people beyond are taken to belong. Such a mail is an announcement, and other rules speak of it.</summary>
    private const int MaxParts = 8;

    /// <summary>The people of a mail in the gateway: who gets it, and who is named in To and Cc; nobody where nobody writes it.</summary>
    public static IReadOnlyList<BelongingMail> Of(InspectionContext context, CancellationToken cancel)
    {
        if (context.Analysis.Question is not { } question)
        {
            return [];
        }

        var facts = context.Facts;
        var people = new Dictionary<string, BelongingPerson>(StringComparer.Ordinal);
        foreach (var one in facts.Visible)
        {
            if (Lesson.IsToOrCc(one.Field) && !facts.AuthorKeys.Contains(one.Address.Key))
            {
                people.TryAdd(one.Address.Key, new BelongingPerson(one.Address, one.Inside, one.Organisation, Lesson.NameOf(one.DisplayName, one.Address)));
            }
        }

        foreach (var one in facts.Recipients)
        {
            if (one.Address is not null && !facts.AuthorKeys.Contains(one.Key))
            {
                people.TryAdd(one.Key, new BelongingPerson(one.Address, one.Inside, one.Organisation));
            }
        }

        cancel.ThrowIfCancellationRequested();
        var text = NamedInText.Of(facts);
        return people.Keys.All(question.People.Contains)
            ? [new BelongingMail([.. people.Values], question, context.Analysis.Correspondence(cancel), text, facts.Subject, people.Count)]
            : Parts([.. people.Values], question, facts.Subject, text, context.Correspondence);
    }

    /// <summary>A mail of which only the people and the text are given; the look-ups are made here.</summary>
    public static IReadOnlyList<BelongingMail> Of(
        string sender, IEnumerable<EmailAddress> recipients, MessageFacts facts, NamedInText text, IOrganisation organisation, ICorrespondence correspondence, DateTimeOffset at)
        => Parts([.. recipients.Select(r => new BelongingPerson(r, organisation.IsInside(r), organisation.OrganisationOf(r)))],
            new CorrespondenceQuestion(sender, [], at) { References = Lesson.ReferencesOf(facts), Topic = Topic.Of(facts.Subject) }, facts.Subject, text, correspondence);

    private static List<BelongingMail> Parts(BelongingPerson[] people, CorrespondenceQuestion question, string subject, NamedInText text, ICorrespondence correspondence)
    {
        var parts = new List<BelongingMail>();
        var count = Math.Min(MaxParts, (people.Length + MaxPart - 1) / MaxPart);
        for (var i = 0; i < count; i++)
        {
            // Every so many, so that neighbours of the list, who are often colleagues, stand apart and each part is a picture of the whole.
            var part = people.Take(MaxParts * MaxPart).Where((_, p) => p % count == i).ToList();
            var asked = question with { People = [.. part.Select(p => p.Key).Concat(part.Select(p => p.House).OfType<string>()).Distinct(StringComparer.Ordinal)] };
            parts.Add(new BelongingMail(part, asked, correspondence.Look(asked), text, subject, people.Length));
        }

        return parts;
    }
}
