namespace Sekisho.Inspection;

/// <summary>Outside recipients nobody here ever wrote to, only somebody else did, or nobody did for more than a year. A note; other rules are graver with it.</summary>
public sealed class FirstTimeRecipient : IHistoryInspector
{
    /// <summary>Mails of history below which everybody would be a first.</summary>
    private const long Enough = 300;

    /// <summary>Mails of the sender's own below which everybody would be new to him.</summary>
    private const long EnoughOfSender = 50;

    private static readonly TimeSpan _silent = TimeSpan.FromDays(365);

    /// <inheritdoc/>
    public string Rule => RuleNames.FirstTimeRecipient;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var view = context.Analysis.Correspondence(cancel);
        if (view.Mails < Enough || context.Analysis.Question is not { } question)
        {
            yield break;
        }

        context.Scores[Rule] = 0;
        var asked = context.Analysis.Asked;
        var first = new List<Person>();
        var fresh = new List<Person>();
        var silent = new List<(Person Person, int Days)>();
        foreach (var person in context.Analysis.Outside)
        {
            if (!asked.Contains(person.Key))
            {
                continue;
            }

            var contact = view.Contacts.GetValueOrDefault(person.Key);
            if (contact is not { Mails: > 0 })
            {
                // Who wrote first is answered, not written to for the first time.
                if (!Writes(context, person, contact))
                {
                    first.Add(person);
                }
            }
            else if (question.At - contact.LastAt > _silent)
            {
                silent.Add((person, (int)(question.At - contact.LastAt).TotalDays));
            }
            else if (contact.BySender == 0 && view.SenderMails >= EnoughOfSender && !Writes(context, person, contact))
            {
                fresh.Add(person);
            }
        }

        if (first.Count + silent.Count + fresh.Count == 0)
        {
            yield break;
        }

        var days = silent.Count == 0 ? 0 : silent.Max(s => s.Days);
        var quiet = silent.ConvertAll(s => s.Person);
        var strange = new FirstTimeScore(context, context.Analysis.Strange.Count - first.Count - silent.Count - fresh.Count, cancel);
        var firstScore = first.Count == 0 ? 0 : strange.OfFirst(first);
        var silentScore = silent.Count == 0 ? 0 : strange.OfSilent(quiet, days / _silent.TotalDays);
        var freshScore = fresh.Count == 0 ? 0 : strange.OfNewToSender(fresh);
        context.Scores[Rule] = Math.Max(firstScore, Math.Max(silentScore, freshScore));
        var budget = new AlarmBudget(context, Rule);

        // Apart, so that a rule that is graver with a first mail means those people and no others.
        if (first.Count > 0)
        {
            var houses = first.Where(p => p.Organisation != p.Key).Select(p => p.Organisation).Distinct(StringComparer.Ordinal)
                .Count(o => view.Contacts.GetValueOrDefault(ICorrespondence.OrganisationKey(o)) is not { Mails: > 0 });
            yield return Of(first, FirstTime(first, houses), [("recipients", first.Count), ("organisations", houses)], firstScore);
        }

        if (silent.Count > 0)
        {
            yield return Of(quiet, LongSilent(silent.Count, silent.MaxBy(s => s.Days).Person.Key, days), [("silent-days", days)], silentScore);
        }

        if (fresh.Count > 0)
        {
            yield return Of(fresh, NewToSender(fresh), [("new-to-sender", fresh.Count)], freshScore);
        }

        Finding Of(List<Person> people, Summary summary, ReadOnlySpan<(string Name, long Value)> own, int score)
        {
            var measures = new Dictionary<string, long> { ["recipients"] = 0, ["organisations"] = 0, ["new-to-sender"] = 0, ["silent-days"] = 0, ["mails"] = view.Mails };
            foreach (var (name, value) in own)
            {
                measures[name] = value;
            }

            measures["score"] = score;
            measures["alarms"] = budget.AlarmsAt(score);
            return new()
            {
                Rule = Rule,
                Severity = Severity.Info,
                Summary = summary,
                Evidence = Wording.Some(people.Select(p => p.Key), people.Count),
                Recipients = [.. people.Select(p => p.Key)],
                Measures = measures,
            };
        }
    }

    private static bool Writes(InspectionContext context, Person person, Contact? contact)
        => contact is { Written: > 0 } || context.Facts.QuotedText.Contains(person.Key, StringComparison.OrdinalIgnoreCase);

    private static Summary FirstTime(List<Person> people, int houses)
    {
        var (one, rest) = (Wording.Safe(people[0].Key), people.Count - 1);
        return rest == 0
            ? houses > 0
                ? new Summary($"Nobody here has written to {one} before, nor to anybody of that organisation.", $"{one} へも、その組織のどなたへも、送るのは初めてです。")
                : new Summary($"Nobody here has written to {one} before.", $"{one} へ送るのは初めてです。")
            : new Summary($"Nobody here has written to {one} and {Wording.Count(rest, "other recipient", "other recipients")} before.", $"{one} ほか{Wording.Number(rest)}人へ送るのは初めてです。");
    }

    private static Summary LongSilent(int people, string key, int days) => people == 1
        ? new Summary($"Nobody here has written to {Wording.Safe(key)} for {Wording.Number(days)} days.", $"{Wording.Safe(key)} へ送るのは{Wording.Number(days)}日ぶりです。")
        : new Summary($"Nobody here has written to {Wording.Safe(key)} for {Wording.Number(days)} days, and to {Wording.Count(people - 1, "other recipient", "other recipients")} for more than a year.",
            $"{Wording.Safe(key)} へ送るのは{Wording.Number(days)}日ぶりで、ほか{Wording.Number(people - 1)}人へも一年以上送っていません。");

    private static Summary NewToSender(List<Person> people) => people.Count == 1
        ? new Summary($"You have not written to {Wording.Safe(people[0].Key)} before; somebody else here has.", $"{Wording.Safe(people[0].Key)} へ、あなたから送るのは初めてです（ほかの方は送っています）。")
        : new Summary($"You have not written to {Wording.Count(people.Count, "recipient", "recipients")} of this mail before; somebody else here has.", $"このメールの{Wording.Number(people.Count)}人へ、あなたから送るのは初めてです（ほかの方は送っています）。");
}
