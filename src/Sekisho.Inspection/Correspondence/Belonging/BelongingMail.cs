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
    public string? House { get; } = Inside || Organisation == Address.Key ? null : ICorrespondence.OrganisationKey(Organisation);

    private Called? _called;

    /// <summary>Where his mail's text calls him by his address or the name on this mail.</summary>
    public Called CalledIn(NamedInText text) => _called ??= Called.Of(PersonWords.Of(Key, Name.Length > 0 ? [Name] : []), text);

    /// <summary>The same, by the names known for him as well.</summary>
    public Called CalledIn(NamedInText text, IReadOnlyList<string> names)
    {
        var called = CalledIn(text);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] != Name)
            {
                called = called.Or(Called.Of(PersonWords.OfName(names[i]), text));
            }
        }

        return called;
    }
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

        cancel.ThrowIfCancellationRequested();
        var draft = context.Analysis.Belonging;
        return draft.Fits
            ? [new BelongingMail(draft.People, question, context.Analysis.Correspondence(cancel), draft.Text, context.Facts.Subject, draft.People.Length)]
            : Parts(draft.People, question, context.Facts.Subject, draft.Text, context.Correspondence);
    }

    /// <summary>A mail of which only the people and the text are given; the look-ups are made here.</summary>
    public static IReadOnlyList<BelongingMail> Of(
        string sender, IEnumerable<EmailAddress> recipients, MessageFacts facts, NamedInText text, IOrganisation organisation, ICorrespondence correspondence, DateTimeOffset at)
        => Parts([.. recipients.Select(r => new BelongingPerson(r, organisation.IsInside(r), organisation.OrganisationOf(r)))],
            new CorrespondenceQuestion(sender, [], at) { References = Lesson.ReferencesOf(facts), Topic = facts.Topic }, facts.Subject, text, correspondence);

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
