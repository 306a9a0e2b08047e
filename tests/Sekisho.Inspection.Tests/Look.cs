using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection.Tests;

/// <summary>One mail under inspection, with everything a test may want to set.</summary>
internal sealed record Look
{
    private static readonly InspectionEngine _engine = InspectionEngine.CreateDefault();

    public static DateTimeOffset Noon { get; } = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);

    public string From { get; init; } = "sender@home.example";

    public IReadOnlyList<string> To { get; init; } = ["taro@client.example"];

    public string? User { get; init; }

    public string? Id { get; init; }

    public DateTimeOffset At { get; init; } = Noon;

    public IReadOnlyList<string> Domains { get; init; } = ["home.example"];

    public IReadOnlyList<IReadOnlyList<string>> Partners { get; init; } = [];

    public ICorrespondence Correspondence { get; init; } = new Gatherings();

    public IRecentMail Recent { get; init; } = new RecentMail();

    public RuleSettings Settings { get; init; } = new();

    public InspectionEngine Engine { get; init; } = _engine;

    public InspectionResult Inspect(string mail, CancellationToken cancel = default) => Inspect(Bytes(mail), cancel);

    public InspectionResult Inspect(byte[] mail, CancellationToken cancel = default)
        => Engine.Inspect(
            new InspectionInput { Message = MimeMessage.Parse(mail), MailFrom = From, Recipients = To, User = User, ReceivedAt = At, Id = Id },
            new Organisation(Domains, Partners).ForSender(From), Correspondence, Recent, Settings, cancel);

    /// <summary>The findings of one rule.</summary>
    public IReadOnlyList<Finding> Findings(string rule, string mail) => [.. Inspect(mail).Findings.Where(f => f.Rule == rule)];

    /// <summary>The one finding of a rule, or null.</summary>
    public Finding? Finding(string rule, string mail) => Findings(rule, mail).SingleOrDefault();

    /// <summary>The context of a mail without anything in it, for what asks the history alone.</summary>
    public static InspectionContext Context(ICorrespondence correspondence)
    {
        var message = MimeMessage.Parse(Bytes("From: sender@home.example\n\n"));
        return new InspectionContext
        {
            Input = new InspectionInput { Message = message, MailFrom = "sender@home.example", Recipients = [], ReceivedAt = Noon },
            Facts = new MessageFacts { Message = message, Recipients = [] },
            Organisation = new Organisation(["home.example"]),
            Correspondence = correspondence,
            Recent = new RecentMail(),
            Settings = new RuleSettings(),
        };
    }

    /// <summary>Line ends as mail has them; UTF-8.</summary>
    public static byte[] Bytes(string mail) => Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"));

    /// <summary>An ordinary mail to <c>taro@client.example</c> with this text.</summary>
    public static string Plain(string text, string header = "To: taro@client.example\n", string subject = "Hello", string type = "text/plain; charset=utf-8")
        => $"From: sender@home.example\n{header}Subject: {subject}\nMIME-Version: 1.0\nContent-Type: {type}\n\n{text}\n";

    public static string Html(string html) => Plain(html, type: "text/html; charset=utf-8");

    /// <summary>Invented people: every third at a webmail provider, the others each at a company of his own.</summary>
    public static string[] People(int count, int seed = 0)
        => [.. Enumerable.Range(seed, count).Select(i => i % 3 == 0 ? $"invented.person{i}@gmail.com" : $"person{i}@company{i}.example")];
}

/// <summary>A correspondence in memory.</summary>
internal sealed class Gatherings(params IReadOnlyList<string>[] gatherings) : ICorrespondence
{
    public int Asked { get; private set; }

    public IReadOnlyDictionary<string, IReadOnlyList<long>> GatheringsOf(IReadOnlyCollection<string> addressKeys)
    {
        Asked++;
        var wanted = addressKeys.ToHashSet(StringComparer.Ordinal);
        return gatherings.SelectMany((g, i) => g.Where(wanted.Contains).Select(a => (Address: a, Id: (long)i)))
            .GroupBy(x => x.Address).ToDictionary(g => g.Key, g => (IReadOnlyList<long>)[.. g.Select(x => x.Id)]);
    }
}
