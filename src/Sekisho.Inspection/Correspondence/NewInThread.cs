namespace Sekisho.Inspection;

/// <summary>
/// Somebody outside, of an organisation that was on none of the mails that are answered or passed on, gets them now. A note: most who are added are meant to be, but what is quoted below was
/// not written for them.
/// </summary>
public sealed class NewInThread : IHistoryInspector
{
    /// <summary>Mails from which a thread is long enough that nobody remembers all of it.</summary>
    private const int Long = 3;

    /// <inheritdoc/>
    public string Rule => RuleNames.NewInThread;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        context.Scores[Rule] = 0;
        if (context.Analysis.Question is not { } question)
        {
            yield break;
        }

        var outside = context.Analysis.Strange;
        if (Conversation.Of(context, outside, cancel) is not { } conversation)
        {
            yield break;
        }

        var staying = conversation.Staying(question.Sender);
        if (staying == 0 && (!conversation.IsQuoted || conversation.Mails < Long))
        {
            // An answer to somebody who wrote of the same matter: what he wrote was not seen, so that he is new is not known. Or a mail is passed on, and that he did not have it is why.
            yield break;
        }

        var added = Added(context, outside, conversation, cancel);
        if (added.Count == 0)
        {
            yield break;
        }

        var score = NewInThreadScore.Of(context, added, conversation, staying, context.Analysis.Correspondence(cancel));
        context.Scores[Rule] = score;
        var quotes = !string.IsNullOrWhiteSpace(context.Facts.QuotedText);
        yield return new Finding
        {
            Rule = Rule,
            Severity = conversation.Mails >= Long || quotes || context.Facts.HasAttachment ? Severity.Low : Severity.Info,
            Summary = Say(added, conversation.Mails, staying, quotes, context.Facts.HasAttachment),
            Evidence = Wording.Some(conversation.People, conversation.People.Count),
            Recipients = [.. added.Select(p => p.Key)],
            Measures = new Dictionary<string, long>
            {
                ["mails"] = conversation.Mails,
                ["people"] = conversation.People.Count,
                ["new"] = added.Count,
                ["organisations"] = added.Select(p => p.Organisation).Distinct(StringComparer.Ordinal).Count(),
                ["staying"] = staying,
                ["score"] = score,
                ["alarms"] = new AlarmBudget(context, Rule).AlarmsAt(score),
            },
        };
    }

    private static List<Person> Added(InspectionContext context, List<Person> outside, Conversation conversation, CancellationToken cancel)
    {
        var view = context.Analysis.Correspondence(cancel);
        var names = context.Facts.Visible.ToLookup(v => v.Address.Key, v => Lesson.NameOf(v.DisplayName, v.Address), StringComparer.Ordinal);
        var added = outside.FindAll(p => !conversation.Has(p, names[p.Key].Concat(view.Contacts.GetValueOrDefault(p.Key)?.Names ?? [])));
        var own = OwnAddresses.Of(context, added, view);
        return added.FindAll(p => !own.Contains(p.Key));
    }

    private static Summary Say(List<Person> added, long mails, int staying, bool quotes, bool files)
    {
        var (one, rest) = (Wording.Safe(added[0].Key), added.Count - 1);
        var who = rest == 0 ? one : $"{one} and {Wording.Count(rest, "other", "others")}";
        var whoJa = rest == 0 ? one : $"{one} ほか{Wording.Number(rest)}人";
        var (was, gets) = rest == 0 ? ("was", "gets") : ("were", "get");
        var none = mails == 1 ? $"{was} not on the mail" : $"{was} on none of the {Wording.Number(mails)} mails";
        var noneJa = mails == 1 ? "メールに入っていませんでした" : $"{Wording.Number(mails)}通のどれにも入っていませんでした";
        var along = quotes ? " with everything quoted" : files ? " with its files" : "";
        var alongJa = quotes ? "引用された文面ごと受け取ります" : files ? "添付ファイルごと受け取ります" : "受け取ります";
        return staying == 0
            ? new Summary($"{who} {none} that {(mails == 1 ? "is" : "are")} quoted here and now {gets} {(mails == 1 ? "it" : "them")}.", $"{whoJa} は、引用されている{noneJa}が、今回それを受け取ります。")
            : new Summary($"{who} {none} of this thread and now {gets} it{along}.", $"{whoJa} は、このやり取りの{noneJa}が、今回{alongJa}。");
    }
}
