using Sekisho.Audit.Archives;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Audit.Report.Samples;

/// <summary>Reports as an audit of an organisation's sent mail gives them, made up of Japanese and English names; always the same ones.</summary>
public static class SampleReports
{
    private static readonly string[] s_senders =
    [
        "takahashi.yuko@minato.example", "j.whitfield@minato.example", "sato.kenji@minato.example", "priya.nair@minato.example", "yamamoto.aoi@minato.example", "oconnor@minato.example",
        "suzuki.haruto@minato.example", "newsletter@minato.example", "kimura.mei@minato.example", "tanaka.sora@minato.example",
    ];

    private static readonly string[] s_outside =
    [
        "ito.daisuke@kogyo.example", "m.garcia@harbour-books.example", "watanabe@sakura-clinic.example", "l.andersson@nordlys.example", "nakamura.rin@aozora-gakuen.example", "p.okafor@lagos-trading.example",
        "kobayashi@hoken.example", "c.dubois@librairie.example", "hayashi.toru@maruya.example", "e.rossi@vetro.example", "mori@shiyakusho.example", "s.patel@clearwater.example",
    ];

    private static readonly (string Subject, string Rule, Severity Severity, PolicyAction Verdict, int Persons)[] s_cases =
    [
        ("秋の感謝祭のご案内", RuleNames.VisibleRecipients, Severity.Critical, PolicyAction.Individual, 186),
        ("Members' list for the autumn meeting", RuleNames.PersonalData, Severity.Critical, PolicyAction.Approve, 1240),
        ("Fwd: 通院者リスト(10月)", RuleNames.PersonalData, Severity.Critical, PolicyAction.Approve, 64),
        ("Invitation: harbour tour for our partners", RuleNames.CalendarAttendees, Severity.High, PolicyAction.Individual, 38),
        ("見積書の件", "lookalike-recipient", Severity.High, PolicyAction.Hold, 1),
        ("Re: Minutes of Tuesday", "new-in-thread", Severity.Medium, PolicyAction.Hold, 0),
        ("請求書の送付先について", RuleNames.AddressesInBody, Severity.Medium, PolicyAction.Hold, 7),
        ("", RuleNames.VisibleRecipients, Severity.High, PolicyAction.Hold, 3),
        ("Contract draft, please look", "unlikely-recipient", Severity.Medium, PolicyAction.Hold, 0),
        ("職員名簿", RuleNames.InternalOnly, Severity.High, PolicyAction.Hold, 0),
    ];

    /// <summary>No mail that should not have left as it was.</summary>
    public static AuditReport Quiet() => Make([], outside: 412, broken: 0);

    /// <summary>One, and nothing else to tell.</summary>
    public static AuditReport One() => Make([Incident(0)], outside: 412, broken: 0);

    /// <summary>A year of an office: so many incidents of every kind, gravest first, a few unreadable messages.</summary>
    public static AuditReport Many(int incidents, long? inAll = null)
        => Make([.. Enumerable.Range(0, incidents).Select(Incident).OrderByDescending(i => i.Severity).ThenByDescending(i => i.Exposed).ThenBy(i => i.Date)], outside: Math.Max(10_218, (inAll ?? incidents) * 4), broken: 3, inAll);

    /// <summary>The same mail under the shipped policy and under a sterner one.</summary>
    public static AuditReport Compared()
    {
        var report = Many(40);
        var first = report.Policies[0];
        var other = Outcome([.. first.Incidents.Where((_, i) => i % 8 != 3), .. Enumerable.Range(100, 12).Select(Incident)], report.Outside, null) with { Name = "policies/strict.yaml", Version = "90ab12cd34ef5678" };
        return report with { Policies = [first, other] };
    }

    /// <summary>Everything that came out of mail tries to be more than text.</summary>
    public static AuditReport Hostile()
    {
        const string Script = "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`&";
        const string Turned = "invoice\u202Egpj.exe\u0000\u001b[31m\u200b";
        var finding = new Finding
        {
            Rule = "own-rule<script>",
            Severity = Severity.High,
            Summary = new Summary($"Is {Script} meant? {Turned}", $"{Script} でよろしいですか？{Turned}"),
            Evidence = [Script, Turned, "=cmd|'/c calc'!A1", "https://evil.example/track.gif"],
            Recipients = [Script],
            Persons = 2,
        };
        var incident = Incident(0) with
        {
            MessageId = Script, Sender = $"{Script}@minato.example", Subject = Script + Turned, Place = $"/mail/{Script}.mbox:0", Findings = [finding], Recipients = [Script, Turned, "a@b.example"], RecipientCount = 300,
        };
        var report = Make([incident, Incident(1) with { Subject = "javascript:alert(3)", Sender = "" }], 500, 1);
        return report with
        {
            Paths = [Script], Domains = ["not a domain", Script], BrokenPlaces = [new(Script, Turned)],
            Policies = [report.Policies[0] with { Name = Script, Version = Script, ByRule = [new(Script, 2, 2, 2)], BySender = [new(Script, 9, 2)] }, report.Policies[0] with { Name = Turned }],
            MostExposed = [new(Script, 1, 2, incident.Date), new(Turned, 1, 1, incident.Date)],
        };
    }

    private static AuditReport Make(IReadOnlyList<AuditIncident> incidents, long outside, long broken, long? inAll = null) => new()
    {
        Paths = ["/srv/archive/2024-sent.mbox", "/srv/archive/退職者/Sent"],
        Messages = outside * 3,
        Bytes = outside * 3 * 18_400,
        Broken = broken,
        BrokenPlaces = [.. Enumerable.Range(0, (int)broken).Select(i => new BrokenMessage($"/srv/archive/2024-sent.mbox:{88_123_456 + (i * 4096)}", i == 0 ? "no header before the first blank line" : "cut off in the middle of a part"))],
        Outside = outside,
        Incoming = outside / 3,
        Repeated = outside / 50,
        Domains = ["minato.example", "*.minato.example"],
        From = new DateTimeOffset(2024, 4, 1, 8, 12, 0, TimeSpan.FromHours(9)),
        To = new DateTimeOffset(2025, 3, 31, 19, 40, 0, TimeSpan.FromHours(9)),
        Policies = [Outcome(incidents, outside, inAll)],
        MostExposed = incidents.Count == 0 ? [] : [.. Enumerable.Range(0, Math.Min(50, 5 + incidents.Count)).Select(i => new ExposedPerson(Outside(i), 1 + (40 / (i + 1)), 3 + (900 / (i + 1)), At(i * 7)))],
        Seconds = 44.2,
        PeakBytes = 210_000_000,
    };

    private static PolicyOutcome Outcome(IReadOnlyList<AuditIncident> incidents, long outside, long? inAll)
    {
        var interrupted = incidents.Count(i => i.Verdict >= PolicyAction.Hold) + (inAll is null ? 0 : (inAll.Value - incidents.Count));
        Dictionary<PolicyAction, long> ByVerdict(IEnumerable<AuditIncident> of, long all)
        {
            var counts = of.GroupBy(i => i.Verdict).ToDictionary(g => g.Key, g => (long)g.Count());
            counts[PolicyAction.Deliver] = all - counts.Values.Sum();
            return counts;
        }

        var months = Enumerable.Range(0, 12).Select(m => new DateOnly(2024, 4, 1).AddMonths(m)).Select(month =>
        {
            var of = incidents.Where(i => i.Date.UtcDateTime.Year == month.Year && i.Date.UtcDateTime.Month == month.Month).ToList();
            var rules = of.Where(i => i.Verdict >= PolicyAction.Hold).SelectMany(i => i.Findings.Where(f => f.Severity >= Severity.Medium).Select(f => f.Rule).Distinct()).GroupBy(r => r).ToDictionary(g => g.Key, g => (long)g.Count());
            return new MonthOutcome(month, outside / 12, ByVerdict(of, outside / 12), rules);
        });
        return new()
        {
            Name = "shipped",
            Version = "1f2e3d4c5b6a7988",
            Interrupted = interrupted,
            InterruptedInside = 0,
            ByVerdict = ByVerdict(incidents, outside),
            ByRule = [.. incidents.SelectMany(i => i.Findings.Where(f => f.Severity >= Severity.Medium).Select(f => (f.Rule, i))).GroupBy(p => p.Rule)
                .Select(g => new RuleOutcome(g.Key, g.Count() + 3, g.Count(p => p.i.Verdict >= PolicyAction.Hold), g.Count(p => p.i.Verdict >= PolicyAction.Hold && p.i.Findings.Count(f => f.Severity >= Severity.Medium) == 1)))
                .OrderByDescending(r => r.Interrupted).ThenBy(r => r.Rule, StringComparer.Ordinal)],
            ByMonth = [.. months],
            BySender = [.. incidents.GroupBy(i => i.Sender).Select(g => new SenderOutcome(g.Key, outside / 10, g.Count(i => i.Verdict >= PolicyAction.Hold))).OrderByDescending(s => s.Interrupted).ThenBy(s => s.Sender, StringComparer.Ordinal)],
            Incidents = incidents,
            IncidentCount = inAll ?? incidents.Count,
        };
    }

    private static AuditIncident Incident(int i)
    {
        var (subject, rule, severity, verdict, persons) = s_cases[i % s_cases.Length];
        var many = persons > 30 && rule is RuleNames.VisibleRecipients or RuleNames.CalendarAttendees;
        var to = many ? persons + 1 : 1 + (i % 4);
        string[] recipients = ["yamada@minato.example", .. Enumerable.Range(i, Math.Max(1, Math.Min(to, 200) - 1)).Select(Outside)];
        var findings = new List<Finding> { Find(rule, severity, persons, recipients) };
        if (i % 5 == 2)
        {
            findings.Add(Find("first-time-recipient", Severity.Info, 0, [recipients[^1]]));
        }

        return new()
        {
            MessageId = $"20240{4 + (i % 6)}{i:00000}.{i * 7919 % 99991:X}@mx.minato.example",
            Date = At(i * 5),
            Sender = s_senders[i * 3 % s_senders.Length],
            Subject = subject,
            Place = $"/srv/archive/2024-sent.mbox:{(long)i * 18_437}",
            Verdict = verdict,
            Severity = severity,
            Findings = findings,
            Exposed = persons,
            Recipients = recipients,
            RecipientCount = Math.Max(to, recipients.Length),
            Organisations = many ? persons * 3 / 4 : Math.Min(to, 3),
        };
    }

    private static Finding Find(string rule, Severity severity, int persons, IReadOnlyList<string> recipients) => new()
    {
        Rule = rule,
        Severity = severity,
        Summary = rule switch
        {
            RuleNames.VisibleRecipients or RuleNames.CalendarAttendees => new($"{persons} people who do not know each other would see each other's addresses. Send one mail to each instead?", $"お互いに面識のない{persons}人に、互いのメールアドレスが見えてしまいます。1通ずつ個別に送りますか？"),
            RuleNames.PersonalData => new($"Data of {persons:N0} people are in an attached file. Is it meant for outside?", $"添付ファイルに{persons:N0}人分の個人情報が入っています。社外に送ってよいですか？"),
            "lookalike-recipient" => new("ito.daisuke@kogyo.example is usually written to; this is ito.daisuke@kougyo.example. Which is meant?", "いつもの宛先は ito.daisuke@kogyo.example ですが、今回は ito.daisuke@kougyo.example です。どちらですか？"),
            _ => new("Please look again at who gets this mail.", "このメールの宛先をもう一度確かめてください。"),
        },
        Evidence = persons > 1 ? [.. recipients.Take(15).Select(r => $"To: {r}"), $"… +{Math.Max(1, persons - 15)}"] : [$"To: {recipients[^1]}"],
        Recipients = recipients,
        Persons = persons > 0 ? persons : null,
    };

    private static string Outside(int i) => i < s_outside.Length ? s_outside[i] : $"{s_outside[i % s_outside.Length].Split('@')[0]}{i / s_outside.Length}@{s_outside[i * 5 % s_outside.Length].Split('@')[1]}";

    private static DateTimeOffset At(int days) => new DateTimeOffset(2024, 4, 2, 9, 30, 0, TimeSpan.FromHours(9)).AddDays(days * 37 % 360).AddMinutes(days * 13 % 480);
}
