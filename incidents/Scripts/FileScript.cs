namespace Sekisho.Incidents;

/// <summary>A file (or the same rows as text) to people who should not have it, in every kind of file that could have been meant.</summary>
internal static class FileScript
{
    private const string ListName = "名簿";

    // Who gets the file stands in it too (the members' list goes to the members); elsewhere recipients and rows are different people.
    private static readonly HashSet<string> s_ownList = new(StringComparer.Ordinal)
    {
        "2005-07-26-tokio-marine-risk-consulting", "2005-10-07-kaigai-kaihatsu-center", "2006-03-15-jnsa", "2006-05-24-sakai-niwashirodai-school",
        "2006-10-12-careerbrain", "2006-12-08-trenders", "2006-12-15-kodansha", "2005-10-21-alphacommo", "2006-08-24-leafage",
    };

    public static IReadOnlyList<ReenactmentVariant> Variants(Incident incident)
    {
        var rows = incident.Replay.Attachment.Rows;
        return incident.Id switch
        {
            "2005-10-20-mic" => [.. InKinds(incident, 0, Attached), VisibleScript.Plain(incident, Kinds(incident), rows!.Value, cc: false, names: false)],
            "2006-05-24-sakai-niwashirodai-school" => [.. InKinds(incident, 0, Attached), VisibleScript.Plain(incident, Kinds(incident), rows!.Value, cc: false, names: true)],
            "2005-10-21-alphacommo" or "2006-08-24-leafage" => Unsaid(incident, incident.Exposed!.Value, incident.ExposedKinds.Contains("name")),
            "2006-09-21-trend-micro" => [OrderRows(incident, 0, null), .. InKinds(incident, 1, (i, v, kind) => OrderRows(i, v, kind))],
            "2007-01-10-chiba-univ-hospital" => [Mistyped(incident, 0, null), .. InKinds(incident, 1, (i, v, kind) => Mistyped(i, v, kind))],
            "2006-06-28-nankai-broadcasting" => [Confirmations(incident)],
            "2006-04-28-chubu-electric-internal" => [InternalText(incident)],
            "2018-05-18-kanagawa-bank" => OthersRows(incident),
            _ => [.. InKinds(incident, 0, Attached)],
        };
    }

    private static int Kinds(Incident incident) => ListFile.KindsOf(incident).Count;

    /// <summary>The same mistake once in each kind of file, each time with people of its own.</summary>
    private static IEnumerable<ReenactmentVariant> InKinds(Incident incident, int firstVariant, Func<Incident, int, ListKind, ReenactmentVariant> script)
        => ListFile.KindsOf(incident).Select((kind, i) => script(incident, firstVariant + i, kind));

    private static List<ReenactmentVariant> Unsaid(Incident incident, int count, bool names) =>
    [
        VisibleScript.Plain(incident, 0, count, cc: false, names),
        VisibleScript.Plain(incident, 1, count, cc: true, names),
        BodyScript.ListInText(incident, 2, count, names),
        .. InKinds(incident, 3, (i, variant, kind) => Attached(i, variant, kind, count, names ? ["name", "email"] : ["email"])),
    ];

    private static ReenactmentVariant Attached(Incident incident, int variant, ListKind kind) => Attached(incident, variant, kind, null, null);

    // One file by Bcc, so that nothing but the file can give it away; over several days where the source says so.
    private static ReenactmentVariant Attached(Incident incident, int variant, ListKind kind, int? rowCount, IReadOnlyList<string>? columns)
    {
        var facts = incident.Replay.Attachment;
        var rows = rowCount ?? facts.Rows!.Value;
        columns ??= facts.Columns;
        var single = incident.Audience is "a wrongly chosen addressee" or "outside of the university";
        var stated = incident.Replay.BccCount is > 0 and var bcc ? bcc : incident.Recipients;
        var recipients = stated ?? (single ? 1 : Reenactment.UnstatedCount);
        var own = s_ownList.Contains(incident.Id);
        var stage = Stage.Of(incident, variant, own ? Math.Max(rows, recipients) : rows + recipients,
            mix: incident.RecipientOrgs is null ? null : AudienceMix.Business, companies: incident.RecipientOrgs is { } orgs ? (incident.ExposedOrgs ?? orgs) : null);
        var listed = stage.Cast.Slice(0, rows);
        // Of an own list the first ones get it; with companies in turn, so many of them are reached.
        var receivers = own ? stage.Cast.Slice(0, recipients) : stage.Cast.Slice(rows, recipients);
        if (incident.RecipientOrgs is { } firms && incident.ExposedOrgs is { } all && own)
        {
            receivers = new ArraySegment<Person>([.. listed.Where(p => p.Index % all < firms).Take(recipients)]);
        }

        var messages = incident.Replay.Messages ?? (incident.DateRange is null ? 1 : 5);
        var file = new Shelf(() => ListFile.Create(kind, ListName, Rows.List("名簿", columns, listed), stage.Style));
        return new ReenactmentVariant(ListFile.NameOf(kind), stage.Cast, Stage.Split(receivers.Count, messages).Select((part, i) =>
            new ReenactedMessage(MessageRole.Faulty, stage.Sender, Stage.Addresses(receivers.Slice(part.Start, part.Count)), () =>
                stage.Mail(stage.Header(stage.Subject, stage.Sender, i + 1), stage.Letter(stage.Subject), file.Take()))))
        {
            Assumed = (stated, incident.Replay.Messages) switch
            {
                (null, _) => $"{recipients} recipient{(recipients == 1 ? "" : "s")}, in Bcc: the source gives no number",
                (_, null) => $"{messages} messages, one a day",
                _ => "",
            },
        };
    }

    /// <summary>Each recipient gets rows that belong to others; the rows are shared out over the messages.</summary>
    public static IReadOnlyList<ReenactmentVariant> OthersRows(Incident incident) => [.. InKinds(incident, 0, OthersRows)];

    private static ReenactmentVariant OthersRows(Incident incident, int variant, ListKind kind)
    {
        var facts = incident.Replay.Attachment;
        var rows = facts.Rows!.Value;
        var messages = incident.Replay.Messages!.Value;
        var companies = incident.RecipientOrgs!.Value;
        var stage = Stage.Of(incident, variant, rows + companies, mix: AudienceMix.OneEach);
        return new ReenactmentVariant(ListFile.NameOf(kind), stage.Cast, Stage.Split(rows, messages).Select((part, i) =>
        {
            var to = stage.Cast.People[rows + i % companies];
            return new ReenactedMessage(MessageRole.Faulty, stage.Cast.Own($"branch{i % 7 + 1}"), [to.Address], () => stage.Mail(
                stage.Header($"ご依頼の資料 {i + 1}", MailText.Mailbox(to.Name, to.Address, stage.Style), i + 1), $"{to.Company}\n{to.NameSama}\n\n{stage.Letter("資料")}",
                ListFile.Create(kind, $"資料{i + 1}", Rows.List("資料", facts.Columns, stage.Cast.Slice(part.Start, part.Count)), stage.Style)));
        }))
        {
            Assumed = incident.Batches is null ? "" : "the rows are shared out evenly",
        };
    }

    private static ReenactmentVariant OrderRows(Incident incident, int variant, ListKind? kind)
    {
        var rows = incident.Replay.AddressesInBody;
        var recipients = incident.Replay.ToCount!.Value;
        var stage = Stage.Of(incident, variant, rows + recipients);
        string[] columns = ["name", "email", "order_no"];
        var listed = stage.Cast.Slice(0, rows);
        return new ReenactmentVariant(kind is { } k ? ListFile.NameOf(k) : "text", stage.Cast, stage.Cast.Slice(rows, recipients).Select((to, i) =>
            new ReenactedMessage(MessageRole.Faulty, stage.Sender, [to.Address], () =>
            {
                var header = stage.Header("【発送のお知らせ】", MailText.Mailbox(to.Name, to.Address, stage.Style), i + 1);
                var letter = $"{to.NameSama}\n\nご注文の商品を発送しました。\n\n{stage.SenderName}\n";
                return kind is { } file ? stage.Mail(header, letter, ListFile.Create(file, "注文", Rows.List("注文", columns, listed), stage.Style))
                    : stage.Mail(header, letter + Rows.Lines(columns, listed, ' '));
            })));
    }

    // Meant for himself: one letter of his own address is wrong, and the domain that results is a stranger's.
    private static ReenactmentVariant Mistyped(Incident incident, int variant, ListKind? kind)
    {
        var facts = incident.Replay.Attachment;
        var stage = Stage.Of(incident, variant, facts.Rows!.Value);
        var sender = stage.Cast.Own("physician");
        var wrong = $"physician@{stage.Cast.Slug.Replace("hospital", "hospitl", StringComparison.Ordinal)}.example";
        return new ReenactmentVariant(kind is { } k ? ListFile.NameOf(k) : "text", stage.Cast,
        [
            new ReenactedMessage(MessageRole.Faulty, sender, [wrong], () =>
            {
                var header = stage.Header("検査データ", wrong, 1, from: sender);
                return kind is { } file ? stage.Mail(header, "自分用。\n", ListFile.Create(file, "データ", Rows.List("データ", facts.Columns, stage.Cast.People), stage.Style))
                    : stage.Mail(header, Rows.Lines(facts.Columns, stage.Cast.People, '\t'));
            }),
        ]);
    }

    // Order confirmations with the same nineteen strangers in Bcc each time.
    private static ReenactmentVariant Confirmations(Incident incident)
    {
        var orders = incident.Replay.ToCount!.Value;
        var strangers = incident.Replay.BccCount!.Value;
        var stage = Stage.Of(incident, 0, orders + strangers);
        var blind = Stage.Addresses(stage.Cast.Slice(orders, strangers));
        return new ReenactmentVariant("Bcc", stage.Cast, stage.Cast.Slice(0, orders).Select(buyer =>
            new ReenactedMessage(MessageRole.Faulty, stage.Sender, [buyer.Address, .. blind], () => stage.Mail(
                stage.Header($"【ご注文の確認】受付番号 {buyer.Index + 501}", MailText.Mailbox(buyer.Name, buyer.Address, stage.Style), buyer.Index + 1),
                $"{buyer.NameSama}\n\nご注文ありがとうございます。受付番号は {buyer.Index + 501} です。\n\n{stage.SenderName}\n"))))
        {
            Assumed = "14 buyers; the source says 14 in one place and 15 in another",
        };
    }

    // The source has no figure. Three customers in the text: below what any rule about address lists can notice.
    private static ReenactmentVariant InternalText(Incident incident)
    {
        const int Mentioned = 3;
        var stage = Stage.Of(incident, 0, Reenactment.UnstatedCount + Mentioned);
        var sender = stage.Cast.Own("sales");
        var mentioned = stage.Cast.Slice(Reenactment.UnstatedCount, Mentioned);
        return new ReenactmentVariant("text", stage.Cast,
        [
            new ReenactedMessage(MessageRole.Faulty, sender, Stage.Addresses(stage.Cast.Slice(0, Reenactment.UnstatedCount)), () => stage.Mail(
                stage.Header("【社内限】苦情対応の状況", stage.Cast.Own("sales-all"), 1, from: MailText.Mailbox("営業部", sender, stage.Style)),
                "営業部各位\n\n社外秘。下記のお客様への対応を本日中にお願いします。\n\n"
                    + string.Concat(mentioned.Select(p => $"・{p.NameSama} {p.Address} {Rows.Postal(p)}\n")))) { MustNotLeave = true },
        ])
        {
            Assumed = $"{Reenactment.UnstatedCount} recipients and {Mentioned} customers in the text: the source gives no number",
        };
    }
}
