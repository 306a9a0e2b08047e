namespace Sekisho.Inspection;

/// <summary>What is asked about a mail.</summary>
internal static class CorrespondenceQuestions
{
    /// <summary>
    /// The one question for all rules; null where nobody writes the mail. Outside people come first, each followed by the one who stands for his organisation, then our own people:
    /// where there are more than can be asked about, those are left out whom the rules need least.
    /// </summary>
    public static CorrespondenceQuestion? Of(InspectionContext context)
    {
        var facts = context.Facts;
        if ((facts.Sender ?? facts.Author)?.Key is not { } sender)
        {
            return null;
        }

        var people = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal) { sender };
        foreach (var person in facts.Outside)
        {
            Add(person.Key, person.Organisation);
        }

        foreach (var person in facts.Visible)
        {
            if (!person.Inside)
            {
                Add(person.Address.Key, person.Organisation);
            }
        }

        foreach (var person in facts.Recipients)
        {
            Add(person.Key, person.Key);
        }

        foreach (var person in facts.Visible)
        {
            Add(person.Address.Key, person.Address.Key);
        }

        return new CorrespondenceQuestion(sender, people, context.Input.ReceivedAt)
        {
            References = Lesson.ReferencesOf(facts),
            Topic = facts.Topic,
            ReadAtOnce = true,
        };

        void Add(string key, string organisation)
        {
            if (people.Count < CorrespondenceQuestion.MaxPeople && known.Add(key))
            {
                people.Add(key);
                if (organisation != key && ICorrespondence.OrganisationKey(organisation) is var together && known.Add(together))
                {
                    people.Add(together);
                }
            }
        }
    }
}
