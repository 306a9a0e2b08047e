namespace Sekisho.Inspection;

/// <summary>What a mail itself tells of who is on it and whom it names, before anything is known of them.</summary>
/// <param name="People">Who gets it, and who is named in To and Cc; without the sender.</param>
/// <param name="Text">The words of the text.</param>
/// <param name="Fits">One question is about them all.</param>
internal sealed record BelongingDraft(BelongingPerson[] People, NamedInText Text, bool Fits)
{
    /// <summary>Reads the people of a mail; its text is read when somebody is looked for in it.</summary>
    public static BelongingDraft Of(InspectionContext context)
    {
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

        return new BelongingDraft([.. people.Values], NamedInText.Of(facts), people.Keys.All(context.Analysis.Asked.Contains));
    }

    /// <summary>Looks for everybody in the text, by what the mail itself tells of him.</summary>
    public void LookForAll()
    {
        foreach (var person in People)
        {
            person.CalledIn(Text);
        }
    }
}
