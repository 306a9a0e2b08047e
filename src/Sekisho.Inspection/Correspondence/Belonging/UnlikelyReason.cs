using System.Numerics;

namespace Sekisho.Inspection;

/// <summary>What speaks against one recipient, in counts a person can check.</summary>
/// <param name="Mails">The sender's known mails on which at least half of the other recipients were together, or the one other.</param>
/// <param name="WithHim">On how many of them he was too.</param>
/// <param name="Thread">Known mails of the thread; 0 for none.</param>
/// <param name="InThread">On how many of them he was.</param>
/// <param name="Written">Mails from the sender to him.</param>
/// <param name="LastAt">The latest of them.</param>
/// <param name="Rival">Somebody of a like address who fits better, and is not on the mail.</param>
/// <param name="RivalMails">Mails on which the rival was with the other recipients.</param>
/// <param name="RivalNamed">The text calls the rival by his name.</param>
internal sealed record UnlikelyReason(long Mails, long WithHim, long Thread, long InThread, long Written, DateTimeOffset? LastAt, string? Rival, long RivalMails, bool RivalNamed)
{
    /// <summary>Collects it for one of the people; looks for rivals, so only for one who is to be explained.</summary>
    public static UnlikelyReason Of(BelongingMail mail, BelongingPerson him, ICorrespondence correspondence)
    {
        var (mails, withHim) = Together(mail, him.Key);
        var contact = mail.View.Contacts.GetValueOrDefault(him.Key);
        var (rival, rivalMails, named) = RivalOf(mail, him, correspondence);
        return new UnlikelyReason(mails, withHim, mail.View.Thread?.Mails ?? 0, mail.View.Thread?.People.GetValueOrDefault(him.Key) ?? 0, contact?.BySender ?? 0, contact?.LastBySender,
            rival, rivalMails, named);
    }

    private static (long Mails, long WithHim) Together(BelongingMail mail, string him)
    {
        var (others, his, count) = (0UL, 0UL, 0);
        foreach (var person in mail.People)
        {
            count += person.Key != him ? 1 : 0;
            for (var i = 0; i < mail.Question.People.Count && i < CorrespondenceQuestion.MaxPeople; i++)
            {
                if (mail.Question.People[i] == person.Key)
                {
                    others |= person.Key != him ? 1UL << i : 0;
                    his |= person.Key == him ? 1UL << i : 0;
                    break;
                }
            }
        }

        var wanted = (count + 1) / 2;
        var (mails, withHim) = (0L, 0L);
        foreach (var meeting in mail.View.Meetings)
        {
            if (meeting.WithSender && BitOperations.PopCount(meeting.People & others) >= wanted)
            {
                mails += meeting.Times;
                withHim += (meeting.People & his) != 0 ? meeting.Times : 0;
            }
        }

        return (mails, withHim);
    }

    private static (string? Key, long Mails, bool Named) RivalOf(BelongingMail mail, BelongingPerson him, ICorrespondence correspondence)
    {
        var on = mail.People.Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        var best = ((string?)null, 0L, false);
        foreach (var one in correspondence.Alike(new AlikeQuestion(mail.Question.Sender, him.Address, mail.Question.At) { Name = him.Name }))
        {
            if (one.BySender == 0 || on.Contains(one.Key))
            {
                continue;
            }

            var mails = mail.View.Companions.FirstOrDefault(c => c.Contact.Key == one.Key)?.Together ?? 0;
            var named = PersonWords.Of(one.Key, one.Names).In(mail.Text).Whole != TextPlace.None;
            if ((named && !best.Item3) || (named == best.Item3 && mails > best.Item2))
            {
                best = (one.Key, mails, named);
            }
        }

        return best;
    }

    /// <summary>The reason in a sentence.</summary>
    public Summary Say(string key, int people)
    {
        var who = Wording.Safe(key);
        var (en, ja) = Against(who, people);
        if (Rival is { } rival && (RivalMails > 0 || RivalNamed))
        {
            var other = Wording.Safe(rival);
            en += RivalNamed ? $" {other} is named in the text." : $" {other} was on {Wording.Count(RivalMails, "mail", "mails")} with them.";
            ja += RivalNamed ? $"本文には {other} と思われる名前があります。" : $"{other} は{Wording.Number(RivalMails)}通で一緒でした。";
        }

        return new Summary(en + " Is this the right recipient?", ja + "宛先に間違いはありませんか？");
    }

    private (string En, string Ja) Against(string who, int people)
    {
        // The larger count convinces: forty mails to these people say more than the one this answers.
        if (Thread > 0 && InThread == 0 && (WithHim > 0 || Thread >= Mails))
        {
            return (Thread == 1 ? $"{who} was not on the earlier mail of this thread." : $"{who} was on none of the {Wording.Number(Thread)} earlier mails of this thread.", $"{who} は、このやり取りの以前のメール{Wording.Number(Thread)}通のどれにも入っていません。");
        }

        if (Mails > 0 && WithHim == 0)
        {
            var earlier = Mails == 1 ? "was not on your earlier mail" : $"was on none of your {Wording.Number(Mails)} mails";
            return ($"{who} {earlier} to {(people == 2 ? "the other recipient" : "the other recipients")}.",
                $"{who} は、ほかの宛先へのこれまでのメール{Wording.Number(Mails)}通のどれにも入っていません。");
        }

        if (Written == 0)
        {
            return ($"You have not written to {who} before, and nothing in the mail points to that address.", $"{who} に送るのは初めてで、本文にもこの宛先を示すものがありません。");
        }

        return Mails > 0
            ? ($"{who} was on only {Wording.Number(WithHim)} of your {Wording.Count(Mails, "mail", "mails")} to the others.", $"{who} が、ほかの宛先へのメール{Wording.Number(Mails)}通のうち一緒だったのは{Wording.Number(WithHim)}通だけです。")
            : ($"{who} and the other recipients have never been on a mail of yours together.", $"{who} とほかの宛先とに一緒に送るのは初めてです。");
    }

    /// <summary>The counts, a line each.</summary>
    public IEnumerable<string> Evidence(string key)
    {
        yield return $"to: {key}";
        if (Mails > 0)
        {
            yield return $"with the others: {Wording.Number(WithHim)} of {Wording.Count(Mails, "mail", "mails")}";
        }

        if (Thread > 0)
        {
            yield return $"in this thread: {Wording.Number(InThread)} of {Wording.Count(Thread, "mail", "mails")}";
        }

        yield return LastAt is { } last ? $"from this sender: {Wording.Count(Written, "mail", "mails")}, the last on {last:yyyy-MM-dd}" : "from this sender: never";
        if (Rival is { } rival && (RivalMails > 0 || RivalNamed))
        {
            yield return $"perhaps meant: {rival}";
        }
    }
}
