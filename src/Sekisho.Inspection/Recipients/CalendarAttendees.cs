namespace Sekisho.Inspection;

/// <summary>Attendees of a calendar part who would see each other: an invitation carries the list in its body, whatever To and Cc say.</summary>
public sealed class CalendarAttendees : IHistoryInspector
{
    private const int ManyGroups = 10;

    /// <inheritdoc/>
    public string Rule => RuleNames.CalendarAttendees;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        var analysis = context.Analysis;
        var outside = context.Facts.Attendees.Where(a => !analysis.IsInside(a) && !context.Facts.AuthorKeys.Contains(a.Key)).ToList();
        if (outside.Count == 0)
        {
            yield break;
        }

        var view = StrangerGroups.Find([.. outside.Select(a => new Person(a.Key, analysis.OrganisationOf(a)))], analysis.Outside, context, cancel);
        if (!view.Shows)
        {
            yield break;
        }

        var n = Wording.Number(view.Addresses);
        yield return new Finding
        {
            Rule = Rule,
            Severity = view.Groups >= ManyGroups ? Severity.Critical : Severity.High,
            Summary = new Summary(
                $"The invitation shows {(view.Addresses == 1 ? "an outside attendee's address" : $"{n} outside attendees' addresses")} to people who do not know "
                + $"{(view.Addresses == 1 ? "him or her" : "them")}. Send one invitation to each instead.",
                $"会議の招待に社外の参加者{n}人のメールアドレスが入っており、面識のない人にも見えてしまいます。招待は1人ずつ送ってください。"),
            Evidence = Wording.Some(outside.Select(a => a.Key), outside.Count),
            Recipients = analysis.KeysOf(view.Viewers),
            Persons = view.Addresses,
            Measures = new Dictionary<string, long>
            {
                ["groups"] = view.Groups,
                ["addresses"] = view.Addresses,
                ["organisations"] = view.Organisations,
            },
        };
    }
}
