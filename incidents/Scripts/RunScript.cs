namespace Sekisho.Incidents;

/// <summary>Runs of single mails that go wrong: started twice, merged with the wrong rows, carried astray.</summary>
internal static class RunScript
{
    /// <summary>
    /// Two runs of one job share their work files. The first sends right papers until the second starts; from then on each takes the paper
    /// the other has just made. Seven mails of one run and six of the other carry another customer's paper: thirteen.
    /// </summary>
    public static IReadOnlyList<ReenactmentVariant> DoubleStart(Incident incident) =>
    [
        Variant(incident, 0, secondFirst: true, ListKind.Pdf),
        .. ListFile.KindsOf(incident).Select((kind, i) => Variant(incident, i + 1, secondFirst: i % 2 == 1, kind)),
    ];

    private static ReenactmentVariant Variant(Incident incident, int variant, bool secondFirst, ListKind kind)
    {
        var wrong = incident.Replay.Messages!.Value;
        var larger = (wrong + 1) / 2;
        var right = larger;
        var stage = Stage.Of(incident, variant, right + larger);
        var people = stage.Cast.People;
        return new ReenactmentVariant($"{ListFile.NameOf(kind)}, {(secondFirst ? "second" : "first")} run's mail first", stage.Cast, Messages()) { Ordered = true };

        IEnumerable<ReenactedMessage> Messages()
        {
            for (var i = 0; i < right; i++)
            {
                yield return Paper(stage, kind, people[i], people[i], MessageRole.Clean, i + 1);
            }

            // The second run begins at customer 1 while the first is at customer right+1; they take turns.
            for (var i = 0; i < wrong; i++)
            {
                var turn = i / 2;
                var bySecond = i % 2 == 0 == secondFirst;
                yield return bySecond
                    ? Paper(stage, kind, people[turn], people[right + turn], MessageRole.Faulty, right + i + 1)
                    : Paper(stage, kind, people[right + turn], people[turn], MessageRole.Faulty, right + i + 1);
            }
        }
    }

    private static ReenactedMessage Paper(Stage stage, ListKind kind, Person to, Person about, MessageRole role, int number)
        => new(role, stage.Sender, [to.Address], () => stage.Mail(
            stage.Header("【取引報告書】本日の残高のお知らせ", MailText.Mailbox(to.Name, to.Address, stage.Style), number),
            $"{to.NameSama}\n\n本日のお取引の報告書をお送りします。添付ファイルをご確認ください。\n\n{stage.SenderName}\n", Report(stage, kind, about)));

    /// <summary>One customer's account paper: a letter as PDF, else a form with a field a line.</summary>
    internal static MailFile Report(Stage stage, ListKind kind, Person about)
    {
        IReadOnlyList<string>[] fields =
        [
            ["お客様番号", about.Record], ["お名前", about.NameSama], ["ご住所", Rows.Postal(about)], ["取引日", $"{stage.Incident.Date:yyyy/M/d}"],
            ["取引回数", $"{about.Index % 9 + 1}"], ["預り金残高", $"{(about.Index + 3) * 120_000}"],
        ];
        return kind == ListKind.Pdf ? new MailFile("report.pdf", "application/pdf", PdfWriter.Letter(["取引報告書", "", .. fields.Select(f => string.Join("  ", f))]))
            : ListFile.Create(kind, "report", new Sheet("取引報告書", fields), stage.Style);
    }

    /// <summary>Another person's name or data merged into each mail: the rows of the list are shifted by one.</summary>
    public static IReadOnlyList<ReenactmentVariant> Personalisation(Incident incident) => incident.Id switch
    {
        "2021-01-27-kyushu-electric-td" => FileScript.OthersRows(incident),
        "2006-01-23-the-r" => [Shifted(incident, incident.Replay.Messages!.Value, AudienceMix.Business, "",
            (stage, other) => $"{other.Company}\n{other.NameSama} (会員番号 {other.Record})\n\n{stage.Letter(stage.Subject)}")],
        _ => [Shifted(incident, incident.Replay.AddressesInBody, AudienceMix.Consumers, "one notice to each registrant, with one other registrant in it",
            (stage, other) => $"ご登録ありがとうございます。\n\nログイン用アドレス: {other.Address}\nパスワード: pw{Cast.Seed(other.Record):x8}\n\n{stage.SenderName}\n")],
    };

    private static ReenactmentVariant Shifted(Incident incident, int count, AudienceMix mix, string assumed, Func<Stage, Person, string> text)
    {
        var stage = Stage.Of(incident, 0, count, mix: mix);
        var people = stage.Cast.People;
        return new ReenactmentVariant("shifted rows", stage.Cast, people.Select(person =>
            new ReenactedMessage(MessageRole.Faulty, stage.Sender, [person.Address], () => stage.Mail(
                stage.Header(stage.Subject, person.Address, person.Index + 1), text(stage, people[(person.Index + 1) % people.Count])))))
        {
            Assumed = assumed,
        };
    }

    /// <summary>Ordinary small mail from fifty desks to one outside person each, every tenth with a colleague in Cc. The fault is in the carrier.</summary>
    public static IReadOnlyList<ReenactmentVariant> Misrouting(Incident incident)
    {
        const int Desks = 50;
        var stage = Stage.Of(incident, 0, incident.Replay.Messages!.Value, Desks, AudienceMix.Business);
        var people = stage.Cast.People;
        return
        [
            new ReenactmentVariant("clean mail", stage.Cast, people.Where(p => !p.Inside).Select(person =>
            {
                var from = people[people.Count - Desks + person.Index % Desks];
                var colleague = person.Index % 10 == 0 ? people[people.Count - Desks + (person.Index + 1) % Desks] : null;
                string[] recipients = colleague is null ? [person.Address] : [person.Address, colleague.Address];
                return new ReenactedMessage(MessageRole.Faulty, from.Address, recipients, () => stage.Mail(
                    stage.Header($"お打ち合わせの件 {person.Index + 1}", MailText.Mailbox(person.Name, person.Address, stage.Style), person.Index + 1,
                        colleague?.Address, MailText.Mailbox(from.Name, from.Address, stage.Style)),
                    $"{person.NameSama}\n\nお世話になっております。先日の件、{person.Index % 28 + 1}日にお伺いします。\n\n{from.Name}\n"));
            })),
        ];
    }
}
