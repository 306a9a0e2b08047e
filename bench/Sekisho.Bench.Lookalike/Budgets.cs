using System.Globalization;
using System.Text;
using Sekisho.Bench.WrongRecipient;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Bench.Lookalike;

/// <summary>
/// What alarm budgets cost and catch: every mail is judged in date order by the rules that have one, with the history and the curves there were then, and so are mistakes planted in every third of them.
/// </summary>
internal sealed class Budgets
{
    /// <summary>Mails between two in which mistakes are planted.</summary>
    private const int Step = 3;

    /// <summary>Mails of history before the first.</summary>
    private const int Settled = 1000;

    private static readonly int[] _budgets = [1, 2, 5, 10];

    private static readonly InspectionEngine _engine = new([new VisibleRecipients(), new UnlikelyRecipient(), new LookalikeRecipient(), new FirstTimeRecipient(), new NewInThread()]);

    private readonly CorrespondenceMemory _history = new();
    private readonly Dictionary<(string Mistake, string Rule, int Budget), int> _asked = [];
    private readonly Dictionary<string, int> _mails = new(StringComparer.Ordinal);

    /// <summary>Mails that go outside.</summary>
    public int Outside => _mails.GetValueOrDefault("");

    /// <summary>Goes through all of the mail.</summary>
    public static Budgets Run(IReadOnlyList<SentMail> mails, IOrganisation organisation, int seed)
    {
        var run = new Budgets();
        var planter = new MistakePlanter(mails, organisation, seed);
        foreach (var mail in mails)
        {
            if (organisation.IsInside(mail.Sender) && mail.Recipients.Any(r => !organisation.IsInside(r)))
            {
                var scores = run.Judge("", mail.Facts.Message, mail, [.. mail.Recipients.Select(r => r.Key)], organisation);
                if (run._history.Mails > Settled && mail.Index % Step == 0)
                {
                    foreach (var (mistake, message, recipients) in planter.Plant(mail))
                        run.Judge(mistake, message, mail, recipients, organisation);
                }

                foreach (var (rule, score) in scores)
                    run._history.AddScore(rule, score);
            }

            if (Lesson.Of(mail.Facts, organisation, mail.At) is { } lesson)
                run._history.Learn(lesson);
            planter.Learn(mail);
        }

        return run;
    }

    private IReadOnlyDictionary<string, int> Judge(string mistake, MimeMessage message, SentMail mail, IReadOnlyList<string> recipients, IOrganisation organisation)
    {
        var input = new InspectionInput { Message = message, MailFrom = mail.Sender.Key, Recipients = recipients, ReceivedAt = mail.At };
        var result = _engine.Inspect(input, organisation, _history, new RecentMail(10), new RuleSettings(), CancellationToken.None);
        _mails[mistake] = _mails.GetValueOrDefault(mistake) + 1;
        foreach (var rule in result.Findings.GroupBy(f => f.Rule, StringComparer.Ordinal))
        {
            foreach (var budget in _budgets.Where(b => rule.Any(f => f.Measures["alarms"] <= b)))
                _asked[(mistake, rule.Key, budget)] = _asked.GetValueOrDefault((mistake, rule.Key, budget)) + 1;
        }

        return result.Scores;
    }

    /// <summary>Writes how the scores were spread into the product, of the rules whose reference is made here.</summary>
    public void Save(IReadOnlyList<SentMail> mails)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("SEKISHO_ROOT") ?? ".", "src", "Sekisho.Inspection", "Correspondence", "Budgets", "Data", "alarm-curves.txt");
        string[] remarks =
        [
            "Mails by score, in 101 bins of ten: what alarm budgets stand on until 1,000 mails of an organisation's own are known.",
            string.Create(CultureInfo.InvariantCulture, $"Made by bench/lookalike --curves of {mails.Count:N0} sent mails of one organisation ({mails[0].At:yyyy-MM} to {mails[^1].At:yyyy-MM}), {Outside:N0} of them to outside,"),
            "each judged in date order with the history there was then, from nothing.",
        ];
        File.WriteAllText(path, ReferenceCurves.Describe(remarks, RuleNames.Weighing.Where(r => r != RuleNames.UnlikelyRecipient).Select(r => KeyValuePair.Create(r, _history.Curve(r)))));
    }

    /// <summary>The tables of docs/accuracy.md.</summary>
    public string Markdown()
    {
        var text = new StringBuilder();
        Table(text, "interruptions of 1,000 mails, by the budget", "", Outside / 1000.0, "0.0");
        foreach (var (mistake, count) in _mails.Where(m => m.Key.Length > 0).OrderBy(m => m.Key, StringComparer.Ordinal))
            Table(text, string.Create(CultureInfo.InvariantCulture, $"{mistake}: % caught of {count:N0}, by the budget"), mistake, count / 100.0, "0.0");
        return text.ToString();
    }

    private void Table(StringBuilder text, string title, string mistake, double of, string format)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {title} | {string.Join(" | ", _budgets)} |\n|---|{string.Concat(_budgets.Select(_ => "--:|"))}\n");
        foreach (var rule in RuleNames.Weighing)
            text.Append(CultureInfo.InvariantCulture, $"| `{rule}` | {string.Join(" | ", _budgets.Select(b => (Asked(mistake, rule, b) / of).ToString(format, CultureInfo.InvariantCulture)))} |\n");
        text.Append('\n');
    }

    private int Asked(string mistake, string rule, int budget) => _asked.GetValueOrDefault((mistake, rule, budget));
}
