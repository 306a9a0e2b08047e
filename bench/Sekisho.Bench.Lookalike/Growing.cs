using System.Text;
using Sekisho.Bench.WrongRecipient;
using Sekisho.Inspection;
using Sekisho.Mime;

namespace Sekisho.Bench.Lookalike;

/// <summary>Judges the mails in date order, each with the history it had then.</summary>
internal sealed class Growing
{
    private static readonly InspectionEngine _engine = new([new LookalikeRecipient(), new FirstTimeRecipient()]);

    private readonly CorrespondenceMemory _history = new();
    private DateTimeOffset _last;

    public int Outside { get; private set; }

    public List<string> Held { get; } = [];

    public List<string> Notes { get; } = [];

    public int Noted => Notes.Count;

    public int FirstTime { get; private set; }

    public int Silent { get; private set; }

    public int NewToSender { get; private set; }

    public static Growing Run(IReadOnlyList<SentMail> mails, IOrganisation organisation, bool releaseTeaches)
    {
        var run = new Growing();
        foreach (var mail in mails)
            run.Next(mail, organisation, releaseTeaches);
        return run;
    }

    /// <summary>How a mail with a slip is judged after all of the history.</summary>
    public Severity? Judge(PlantedSlip slip, IOrganisation organisation)
    {
        var text = $"From: {slip.Sender}\r\nTo: {slip.Typed}\r\nSubject: Meeting on Friday\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee you there.\r\n";
        var input = new InspectionInput { Message = MimeMessage.Parse(Encoding.UTF8.GetBytes(text)), MailFrom = slip.Sender, Recipients = [slip.Typed], ReceivedAt = _last.AddDays(1) };
        return _engine.Inspect(input, organisation, _history, new RecentMail(10), new RuleSettings(), CancellationToken.None).Findings
            .Where(f => f.Rule == RuleNames.LookalikeRecipient).Select(f => (Severity?)f.Severity).Max();
    }

    private void Next(SentMail mail, IOrganisation organisation, bool releaseTeaches)
    {
        var input = new InspectionInput { Message = mail.Facts.Message, MailFrom = mail.Sender.Key, Recipients = [.. mail.Recipients.Select(r => r.Key)], ReceivedAt = mail.At };
        var result = _engine.Inspect(input, organisation, _history, new RecentMail(10), new RuleSettings(), CancellationToken.None);
        var outside = result.Facts.Outside.Any() && organisation.IsInside(mail.Sender);
        Outside += outside ? 1 : 0;
        var held = false;
        foreach (var finding in result.Findings.Where(_ => outside))
        {
            if (finding.Rule == RuleNames.FirstTimeRecipient)
            {
                FirstTime += finding.Measures["recipients"] > 0 ? 1 : 0;
                Silent += finding.Measures["silent-days"] > 0 ? 1 : 0;
                NewToSender += finding.Measures["new-to-sender"] > 0 ? 1 : 0;
                continue;
            }

            held |= finding.Severity >= Severity.High;
            var kinds = string.Join(' ', finding.Measures.Where(m => m.Value > 0 && m.Key is not ("distance" or "rival-mails" or "known")).Select(m => m.Key));
            (finding.Severity >= Severity.High ? Held : Notes).Add($"{mail.At:yyyy-MM-dd} {mail.Sender.Key} [{kinds}] {string.Join("; ", finding.Evidence)}");
        }

        if ((!held || releaseTeaches) && Lesson.Of(result.Facts, organisation, mail.At) is { } lesson)
            _history.Learn(lesson);
        _last = mail.At > _last ? mail.At : _last;
    }
}
