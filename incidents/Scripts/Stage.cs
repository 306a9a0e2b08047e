using System.Text;

namespace Sekisho.Incidents;

/// <summary>One variant in the making: its slug, style, people and header lines.</summary>
internal sealed class Stage
{
    private static readonly string[] s_businessWords =
    [
        "journalist", "client", "contacts", "carriers", "business", "corporate", "firms", "companies", "organisations", "seminar", "trade fair",
        "workshop", "safety-data-sheet", "groupware", "press mail", "PR firm", "subscribers of a groupware", "power producers",
        "meant for one", "customers of the Kansai branch", "interior shop's trade",
    ];

    private Stage(Incident incident, int variant, MailStyle style, Cast cast)
        => (Incident, Variant, Style, Cast) = (incident, variant, style, cast);

    public Incident Incident { get; }

    public int Variant { get; }

    public MailStyle Style { get; }

    public Cast Cast { get; }

    /// <summary>Where the organisation's bulk mail comes from.</summary>
    public string Sender => Cast.Own("info");

    public static Stage Of(Incident incident, int variant, int outside, int inside = 0, AudienceMix? mix = null, int? companies = null)
    {
        var slug = variant == 0 ? incident.Id : $"{incident.Id}-{(char)('a' + variant)}";
        return new Stage(incident, variant, MailText.StyleOf(incident, variant), Cast.Create(slug, outside, mix ?? Mix(incident), inside, companies));
    }

    private static AudienceMix Mix(Incident incident)
        => Array.Exists(s_businessWords, w => incident.Audience.Contains(w, StringComparison.OrdinalIgnoreCase)) ? AudienceMix.Business : AudienceMix.Consumers;

    /// <summary>The header up to the content fields. <paramref name="to"/> and the others are finished header values; null leaves the field out.</summary>
    public string Header(string subject, string? to, int number, string? cc = null, string? from = null, string extra = "")
    {
        var header = new StringBuilder()
            .Append("Date: ").Append(MailText.Date(Incident.Date, number % 600)).Append("\r\n")
            .Append("From: ").Append(from ?? MailText.Mailbox(SenderName, Sender, Style)).Append("\r\n");
        if (to is not null)
        {
            header.Append("To: ").Append(to).Append("\r\n");
        }

        if (cc is not null)
        {
            header.Append("Cc: ").Append(cc).Append("\r\n");
        }

        return header.Append("Subject: ").Append(MailText.EncodeWords(subject, Style)).Append("\r\n")
            .Append("Message-ID: <").Append(number).Append(".reenactment@").Append(Cast.OwnDomain).Append(">\r\n")
            .Append(extra).ToString();
    }

    /// <summary>The sender as display name: what it is, never the organisation's name.</summary>
    public string SenderName => "お客様窓口";

    /// <summary>Header and body in one.</summary>
    public byte[] Mail(string header, string text, params MailFile[] files) => ReenactedMessage.Compose(header, MailBody.Create(text, Style, files));

    /// <summary>The mail's ordinary text.</summary>
    public string Letter(string subject) => $"""
        いつもお世話になっております。

        {subject}をお送りします。
        詳しくは下記のページをご覧ください。
        https://www.{Cast.OwnDomain}/news/{Incident.Year}/{Incident.Date:MMdd}

        今後ともよろしくお願いいたします。
        --
        {SenderName}
        {Sender}

        """;

    /// <summary>A subject that fits who is written to.</summary>
    public string Subject
    {
        get
        {
            var audience = Incident.Audience;
            var topic = audience.Contains("newsletter", StringComparison.Ordinal) || audience.Contains("readers", StringComparison.Ordinal) ? "会報"
                : audience.Contains("winner", StringComparison.Ordinal) ? "ご当選のお知らせ"
                : audience.Contains("seminar", StringComparison.Ordinal) || audience.Contains("workshop", StringComparison.Ordinal) ? "セミナーのご案内"
                : audience.Contains("survey", StringComparison.Ordinal) || audience.Contains("monitor", StringComparison.Ordinal) ? "アンケートのお願い"
                : audience.Contains("journalist", StringComparison.Ordinal) || audience.Contains("press", StringComparison.Ordinal) ? "報道資料"
                : audience.Contains("brochure", StringComparison.Ordinal) ? "資料のご案内"
                : audience.Contains("invited", StringComparison.Ordinal) || audience.Contains("event", StringComparison.Ordinal) ? "催しのご案内"
                : "お知らせ";
            return $"【{topic}】{Incident.Date:yyyy年M月d日}号";
        }
    }

    /// <summary>Even groups, the larger ones first; their sizes add up to the total.</summary>
    public static IEnumerable<(int Start, int Count)> Split(int total, int groups)
    {
        var start = 0;
        for (var g = 0; g < groups; g++)
        {
            var count = total / groups + (g < total % groups ? 1 : 0);
            yield return (start, count);
            start += count;
        }
    }

    public static string[] Addresses(IEnumerable<Person> people) => [.. people.Select(p => p.Address)];
}
