using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Notify;

/// <summary>
/// Writes the notes to senders and approvers: plain text and HTML, in the language of the configuration. Pure: the same facts and time give the same
/// bytes. Everything foreign in them (subject, addresses, evidence, reasons) is shown as harmless single lines.
/// </summary>
/// <param name="config">Language, From address and console links.</param>
public sealed class NoteComposer(NotifyConfig config)
{
    private const int MostFindings = 10;

    private readonly IReadOnlyList<NoteWords> _languages = NoteWords.Of(config.Language);

    /// <summary>To the sender: his mail, or part of it, waits or was refused; why, for whom, and what he can do.</summary>
    public ComposedMail Stopped(NoteFacts facts, DateTimeOffset now)
    {
        var waits = facts.Groups.Any(g => g.Action is PolicyAction.Hold or PolicyAction.Approve);
        return Compose(facts, now, [facts.Sender], reply: true, w => waits ? w.Stopped : w.Refused, (body, words) =>
        {
            body.Strong(waits ? words.Stopped : words.Refused);
            body.Paragraph(words.About(SafeText.Line(facts.Subject), facts.ReceivedAt));
            Why(body, words, facts);
            Groups(body, words, facts);
            if (!waits)
            {
                return;
            }

            var own = facts.Groups.Any(g => g.Action == PolicyAction.Hold);
            body.Heading(words.WhatYouCanDo);
            Link(body, words, facts);
            if (own)
            {
                body.Command(words.Individually, Command("release", facts, " --individually"));
                body.Command(words.AsItIs, Command("release", facts));
            }

            body.Command(words.Cancel, Command("cancel", facts));
            body.Space();
            body.Paragraph(words.NothingHappens);
        });
    }

    /// <summary>To the sender: his mail went out, to each outside recipient alone.</summary>
    public ComposedMail SentIndividually(NoteFacts facts, DateTimeOffset now)
        => Compose(facts, now, [facts.Sender], reply: true, w => w.SentIndividually, (body, words) =>
        {
            body.Strong(words.SentIndividually);
            body.Paragraph(words.About(SafeText.Line(facts.Subject), facts.ReceivedAt));
            Why(body, words, facts);
            Groups(body, words, facts);
            body.Paragraph(words.OriginalKept);
        });

    /// <summary>To the sender: his mail went out as it is, and there is something he will want to know.</summary>
    public ComposedMail SentNoted(NoteFacts facts, DateTimeOffset now)
        => Compose(facts, now, [facts.Sender], reply: true, w => w.SentNoted, (body, words) =>
        {
            body.Strong(words.SentNoted);
            body.Paragraph(words.About(SafeText.Line(facts.Subject), facts.ReceivedAt));
            Why(body, words, facts);
            Groups(body, words, facts);
        });

    /// <summary>To the approvers: somebody's mail waits for one of them.</summary>
    public ComposedMail ApprovalWanted(NoteFacts facts, IReadOnlyList<string> approvers, DateTimeOffset now)
        => Compose(facts, now, approvers, reply: false, w => w.ApprovalWanted, (body, words) =>
        {
            body.Strong(words.ApprovalWanted);
            if (facts.Asked is { PassedOn: true })
            {
                body.Paragraph(words.PassedOn);
            }

            if (facts.Asked?.StandsFor is { } absent)
            {
                body.Paragraph(words.StandsFor(SafeText.Line(absent)));
            }

            body.Paragraph(words.AboutFrom(SafeText.Line(facts.Sender), SafeText.Line(facts.Subject), facts.ReceivedAt));
            Why(body, words, facts);
            var recipients = facts.Groups.Where(g => g.Action == PolicyAction.Approve).SelectMany(g => g.Recipients).ToList();
            body.Heading(words.WouldGo(recipients.Count));
            body.Lines(recipients, words.More);
            Asked(body, words, facts);
            body.Heading(words.WhatYouCanDo);
            Link(body, words, facts);
            body.Command(words.Approve, Command("approve", facts));
            body.Command(words.Reject, Command("reject", facts, " --reason TEXT"));
            body.Space();
            body.Paragraph(words.NothingHappens);
        });

    /// <summary>To the sender: what was decided, by whom and why.</summary>
    public ComposedMail Decided(NoteFacts facts, DecisionKind kind, string by, string? reason, DateTimeOffset now, string? standsFor = null)
        => Compose(facts, now, [facts.Sender], reply: true, w => w.Decided(kind), (body, words) =>
        {
            body.Strong(words.Decided(kind));
            body.Paragraph(words.About(SafeText.Line(facts.Subject), facts.ReceivedAt));
            if (kind is not (DecisionKind.TimerRelease or DecisionKind.DeadlineReturn))
            {
                body.Paragraph(words.By(SafeText.Line(by), standsFor is null ? null : SafeText.Line(standsFor)));
            }

            if (!string.IsNullOrWhiteSpace(reason))
            {
                body.Paragraph(words.Reason(SafeText.Line(reason, 500)));
            }

            var recipients = facts.Groups.SelectMany(g => g.Recipients).ToList();
            body.Heading(words.Concerns(recipients.Count));
            body.Lines(recipients, words.More);
        });

    private static void Why(NoteBody body, NoteWords words, NoteFacts facts)
    {
        foreach (var finding in facts.Findings.OrderByDescending(f => f.Severity).Take(MostFindings))
        {
            body.Paragraph(words.Of(finding.Summary));
            if (finding.Evidence.Count > 0)
            {
                body.Heading(words.Evidence);
                body.Lines(finding.Evidence, words.More);
            }
        }

        foreach (var note in facts.PolicyNotes)
        {
            body.Paragraph(words.Of(note));
        }

        if (facts.RealCase is not null)
        {
            body.Paragraph(words.RealCase(words.Of(facts.RealCase)));
        }
    }

    private static void Groups(NoteBody body, NoteWords words, NoteFacts facts)
    {
        foreach (var group in facts.Groups.Where(g => g.Recipients.Count > 0).OrderByDescending(g => g.Action))
        {
            var count = group.Recipients.Count;
            body.Heading(group.Action switch
            {
                PolicyAction.Hold => words.Waits(count),
                PolicyAction.Approve => words.AwaitsApproval(count),
                PolicyAction.Refuse => words.IsRefused(count),
                PolicyAction.Individual => words.WentIndividually(count),
                _ => words.Went(count),
            });
            body.Lines(group.Recipients, words.More);
            if (group.Action == PolicyAction.Approve)
            {
                body.Paragraph(words.ApprovalBy([.. (group.Approvers ?? []).Select(a => SafeText.Line(a))]));
            }

            if (group is { Action: PolicyAction.Hold, Until: { } until })
            {
                body.Paragraph(words.LeavesAt(until));
            }
        }
    }

    private static void Asked(NoteBody body, NoteWords words, NoteFacts facts)
    {
        if (facts.Asked is { Needed: > 1 } several)
        {
            body.Paragraph(words.ApprovalsNeeded(several.Needed));
        }

        if (facts.Asked is { Deadline: { } deadline } asked)
        {
            body.Paragraph(words.DecideBy(deadline, asked.Then));
        }
    }

    private void Link(NoteBody body, NoteWords words, NoteFacts facts)
    {
        if (facts.Link is { } link)
        {
            body.Link(words.InConsole, link);
        }
        else if (config.ConsoleUrl is { Length: > 0 } url)
        {
            body.Link(words.InConsole, $"{url.TrimEnd('/')}/held/{SafeText.Word(facts.Reference)}");
        }
    }

    private static string Command(string verb, NoteFacts facts, string option = "") => $"sekisho held {verb} {SafeText.Word(facts.Reference)}{option}";

    private ComposedMail Compose(NoteFacts facts, DateTimeOffset now, IReadOnlyList<string> to, bool reply, Func<NoteWords, string> title, Action<NoteBody, NoteWords> write)
    {
        var from = config.From ?? "sekisho@" + MailWriter.DomainOf(facts.Sender);
        var subject = $"{string.Join(" / ", _languages.Select(title))}: {SafeText.Line(facts.Subject)}";
        var body = new NoteBody();
        foreach (var words in _languages)
        {
            if (words != _languages[0])
            {
                body.Divide();
            }

            write(body, words);
        }

        var mail = new MailWriter();
        var messageId = MailHeader.Write(mail, new(facts.NoteId, from, to, subject, now, reply ? facts.MessageId : null, reply));
        var boundary = $"=_{SafeText.Word(facts.NoteId)}";
        mail.Field("Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        mail.EmptyLine();
        mail.Line("--" + boundary);
        mail.TextPart("text/plain", body.Text());
        mail.Line("--" + boundary);
        mail.TextPart("text/html", body.HtmlText());
        mail.Line($"--{boundary}--");
        return new(mail.Bytes, to, SafeText.Line(subject, 400), messageId, mail.EightBit, mail.SmtpUtf8);
    }
}
