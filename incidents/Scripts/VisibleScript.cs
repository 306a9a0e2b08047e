namespace Sekisho.Incidents;

/// <summary>Everybody in To or Cc, in one message or in groups.</summary>
internal static class VisibleScript
{
    public static IReadOnlyList<ReenactmentVariant> Variants(Incident incident) => incident.Mechanism switch
    {
        Mechanisms.VisibleTo => [Variant(incident, 0, cc: false)],
        Mechanisms.VisibleCc => [Variant(incident, 0, cc: true)],
        _ => [Variant(incident, 0, cc: false), Variant(incident, 1, cc: true)],
    };

    /// <summary>Outside addresses in a visible field, for incidents that may or may not have been that.</summary>
    public static ReenactmentVariant Plain(Incident incident, int variant, int count, bool cc, bool names)
    {
        var stage = Stage.Of(incident, variant, count);
        return new ReenactmentVariant(cc ? "Cc" : "To", stage.Cast, [Message(stage, stage.Cast.People, [], 1, cc, names ? p => p.Name : null)]);
    }

    private static ReenactmentVariant Variant(Incident incident, int variant, bool cc)
    {
        var (visible, assumed) = Visible(incident);
        var inside = incident.Id == "2021-10-26-aist" ? 86 : 0;
        // Recipients beyond those who could be seen got the mail without standing in it.
        var blind = Math.Max(0, (incident.Recipients ?? 0) - visible);
        // The rest of the mailing, where the source counts it, went out as it should.
        var clean = Math.Max(0, (incident.MailingTotal ?? 0) - visible);
        var companies = incident.RecipientOrgs;
        var stage = Stage.Of(incident, variant, visible - inside + blind + clean, inside, companies is null ? null : AudienceMix.Business, companies);
        var people = stage.Cast.People;
        Person[] shown = [.. people.Take(visible - inside), .. people.Where(p => p.Inside)];
        Person[] unseen = [.. people.Skip(visible - inside).Take(blind)];
        Person[] rest = [.. people.Skip(visible - inside + blind).Take(clean)];
        var name = NameOf(incident);
        return new ReenactmentVariant(cc ? "Cc" : "To", stage.Cast, Messages())
        {
            Assumed = assumed,
            Ordered = incident.SecondaryMechanisms.Contains(Mechanisms.FailedRecall),
            StopsSender = incident.Replay.Notes.Contains("presses stop", StringComparison.Ordinal) ? stage.Sender : null,
        };

        IEnumerable<ReenactedMessage> Messages()
        {
            var number = 0;
            foreach (var (start, count) in Groups(incident, shown.Length))
            {
                number++;
                yield return Message(stage, new ArraySegment<Person>(shown, start, count), number == 1 ? unseen : [], number, cc, name);
            }

            if (incident.SecondaryMechanisms.Contains(Mechanisms.FailedRecall))
            {
                yield return Recall(stage, shown, number, name);
            }

            foreach (var (start, count) in rest.Length == 0 ? [] : Stage.Split(rest.Length, Math.Max(1, (incident.Batches ?? 2) - 1)))
            {
                number++;
                yield return Blind(stage, new ArraySegment<Person>(rest, start, count), number);
            }
        }
    }

    private static (int Count, string Assumed) Visible(Incident incident)
    {
        var replay = incident.Replay;
        var both = (replay.ToCount ?? 0) + (replay.CcCount ?? 0);
        if (both > 0)
        {
            return (both, replay.Messages is not null ? ""
                : incident.Recipients > both ? "1 message with the visible ones in its header and everybody in its envelope"
                : "2 messages: the source does not give the split");
        }

        var stated = new[] { replay.ToCount, replay.CcCount, incident.Recipients, incident.Exposed }.FirstOrDefault(n => n > 0);
        if (stated is { } n)
        {
            return (n, "");
        }

        if (incident.RecipientOrgs is { } companies)
        {
            return (companies, $"{companies} addresses: one at each company");
        }

        // "Ten-odd" in one case, no figure at all in the others.
        return incident.Replay.Notes.Contains("ten-odd", StringComparison.Ordinal) ? (14, "14 addresses for 'ten-odd'")
            : (Reenactment.UnstatedCount, $"{Reenactment.UnstatedCount} addresses: the source gives no number");
    }

    private static IEnumerable<(int Start, int Count)> Groups(Incident incident, int visible) => incident switch
    {
        { Id: "2006-05-23-japan-information-processing" } => [(0, 60), (60, 235)],
        { SecondaryMechanisms: var second } when second.Contains(Mechanisms.FailedRecall) => [(0, visible)],
        { Replay.Messages: null, Recipients: var all } when all > visible => [(0, visible)],
        { Replay.Messages: null } => Stage.Split(visible, 2),
        _ => Stage.Split(visible, incident.Replay.Messages!.Value),
    };

    private static Func<Person, string?>? NameOf(Incident incident)
    {
        var notes = incident.Replay.Notes;
        return notes.Contains("name / user ID", StringComparison.Ordinal) ? p => $"{p.Name} / U{p.Index + 10000}"
            : notes.Contains("surname / company / title", StringComparison.Ordinal) ? p => $"{p.Name.Split(' ')[0]} / {p.Company} / {p.Title}"
            : notes.Contains("display name", StringComparison.Ordinal) || incident.ExposedKinds.Contains("name") ? p => p.Name
            : null;
    }

    private static ReenactedMessage Message(Stage stage, IReadOnlyList<Person> shown, IReadOnlyList<Person> blind, int number, bool cc, Func<Person, string?>? name)
        => new(MessageRole.Faulty, stage.Sender, [.. Stage.Addresses(shown), .. Stage.Addresses(blind)], () =>
        {
            var list = MailText.List(shown, stage.Style, name);
            var own = MailText.Mailbox(stage.SenderName, stage.Sender, stage.Style);
            return stage.Mail(stage.Header(stage.Subject, cc ? own : list, number, cc ? list : null), stage.Letter(stage.Subject));
        });

    private static ReenactedMessage Blind(Stage stage, IReadOnlyList<Person> people, int number)
        => new(MessageRole.Clean, stage.Sender, Stage.Addresses(people), () =>
            stage.Mail(stage.Header(stage.Subject, MailText.Mailbox(stage.SenderName, stage.Sender, stage.Style), number), stage.Letter(stage.Subject)));

    // What a mail client's "recall this message" sends to people outside its own server: one more mail to the same list.
    private static ReenactedMessage Recall(Stage stage, IReadOnlyList<Person> shown, int recalled, Func<Person, string?>? name)
        => new(MessageRole.Recall, stage.Sender, Stage.Addresses(shown), () =>
        {
            var list = MailText.List(shown, stage.Style, name);
            var own = MailText.Mailbox(stage.SenderName, stage.Sender, stage.Style);
            var extra = $"In-Reply-To: <{recalled}.reenactment@{stage.Cast.OwnDomain}>\r\nReferences: <{recalled}.reenactment@{stage.Cast.OwnDomain}>\r\n";
            return stage.Mail(stage.Header($"取り消し: {stage.Subject}", own, recalled + 1, list, extra: extra),
                $"{stage.SenderName} は次のメッセージを取り消します:「{stage.Subject}」\n");
        });
}
