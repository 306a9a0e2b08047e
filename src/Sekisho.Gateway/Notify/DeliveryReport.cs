using System.Globalization;
using System.Text;
using Sekisho.Policy;

namespace Sekisho.Gateway.Notify;

/// <summary>
/// Writes delivery status notifications (RFC 3464 inside RFC 6522's multipart/report) as RFC 3461 asks for them: none to the null sender, none for
/// recipients with <c>NOTIFY=NEVER</c>, failures and delays unless others were asked for, successes only where asked for.
/// </summary>
public static class DeliveryReport
{
    /// <summary>The most of an original that is returned with <c>RET=FULL</c>; above it, and without RET, the header alone.</summary>
    public const int MostReturned = 32 * 1024;

    /// <summary>A report, or null when nobody is to be told anything.</summary>
    public static ComposedMail? Compose(ReportFacts facts, NotifyConfig config, DateTimeOffset now)
    {
        var told = facts.Recipients.Where(r => IsAskedFor(r.Notify, r.Action)).ToList();
        if (facts.Sender.Length == 0 || told.Count == 0)
        {
            return null;
        }

        var languages = NoteWords.Of(config.Language);
        var gravest = told.Min(r => r.Action);
        var subject = $"{string.Join(" / ", languages.Select(w => w.ReportSubject(gravest)))}: {SafeText.Line(facts.Subject)}";
        var returned = ReturnedOriginal.Of(facts.Original, facts.Ret);
        var boundary = Boundary(facts, returned);

        var mail = new MailWriter();
        var from = config.From ?? "sekisho@" + MailWriter.DomainOf(facts.Sender);
        var messageId = MailHeader.Write(mail, new(facts.ReportId, from, [facts.Sender], subject, now, facts.MessageId, Reply: true));
        mail.Field("Content-Type", "multipart/report; report-type=delivery-status;");
        mail.Line($" boundary=\"{boundary}\"");
        mail.EmptyLine();
        mail.Line("--" + boundary);
        mail.TextPart("text/plain", Words(facts, told, languages));
        mail.Line("--" + boundary);
        mail.Field("Content-Type", "message/delivery-status");
        mail.EmptyLine();
        Status(mail, facts, told);
        mail.Line("--" + boundary);
        mail.Field("Content-Type", returned.IsFull ? "message/rfc822" : "text/rfc822-headers");
        if (returned.Bytes.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)127))
        {
            mail.Field("Content-Transfer-Encoding", "8bit");
        }

        mail.EmptyLine();
        mail.Verbatim(returned.Bytes);
        mail.Line($"--{boundary}--");
        return new(mail.Bytes, [facts.Sender], SafeText.Line(subject, 400), messageId, mail.EightBit, mail.SmtpUtf8);
    }

    /// <summary>RFC 3461 section 4.1: without NOTIFY, failures and delays; with it, what it lists.</summary>
    public static bool IsAskedFor(string? notify, ReportAction action)
    {
        if (string.IsNullOrWhiteSpace(notify))
        {
            return action is ReportAction.Failed or ReportAction.Delayed;
        }

        var wanted = action switch
        {
            ReportAction.Failed => "FAILURE",
            ReportAction.Delayed => "DELAY",
            _ => "SUCCESS",
        };
        return notify.Split(',', StringSplitOptions.TrimEntries).Contains(wanted, StringComparer.OrdinalIgnoreCase);
    }

    private static string Words(ReportFacts facts, List<ReportedRecipient> told, IReadOnlyList<NoteWords> languages)
    {
        var body = new NoteBody();
        foreach (var words in languages)
        {
            if (words != languages[0])
            {
                body.Divide();
            }

            body.Paragraph(words.About(SafeText.Line(facts.Subject), facts.ReceivedAt));
            foreach (var group in told.GroupBy(r => r.Action).OrderBy(g => g.Key))
            {
                body.Heading(words.ReportIntroduction(group.Key));
                body.Lines([.. group.Select(r => $"{SafeText.Line(r.Address, 150)}: {SafeText.Line(r.Reply, 300)}")], words.More);
                if (group.Max(r => r.RetriedUntil) is { } until)
                {
                    body.Paragraph(words.RetriedUntil(until));
                }
            }
        }

        return body.Text();
    }

    private static void Status(MailWriter mail, ReportFacts facts, List<ReportedRecipient> told)
    {
        if (!string.IsNullOrEmpty(facts.EnvelopeId))
        {
            Folded(mail, "Original-Envelope-Id", facts.EnvelopeId);
        }

        Folded(mail, "Reporting-MTA", "dns; " + facts.ReportingHost);
        mail.Field("Arrival-Date", MailWriter.Date(facts.ReceivedAt));
        foreach (var recipient in told)
        {
            mail.EmptyLine();
            if (!string.IsNullOrEmpty(recipient.OriginalRecipient))
            {
                Folded(mail, "Original-Recipient", OriginalRecipient(recipient.OriginalRecipient));
            }

            Folded(mail, "Final-Recipient", TypedAddress(recipient.Address));
            mail.Field("Action", recipient.Action.ToString().ToLowerInvariant());
            mail.Field("Status", StatusCode(recipient));
            if (!string.IsNullOrEmpty(recipient.RemoteHost))
            {
                Folded(mail, "Remote-MTA", "dns; " + recipient.RemoteHost);
            }

            if (recipient.Reply.Length > 0)
            {
                Folded(mail, "Diagnostic-Code", (IsReply(recipient.Reply) ? "smtp; " : "x-sekisho; ") + recipient.Reply);
            }

            if (recipient.LastAttempt is { } last)
            {
                mail.Field("Last-Attempt-Date", MailWriter.Date(last));
            }

            if (recipient is { Action: ReportAction.Delayed, RetriedUntil: { } until })
            {
                mail.Field("Will-Retry-Until", MailWriter.Date(until));
            }
        }

        mail.EmptyLine();
    }

    /// <summary>RFC 3463: the code in the reply where it fits the action, else one that says as much as is known.</summary>
    private static string StatusCode(ReportedRecipient recipient)
    {
        var wanted = recipient.Action switch { ReportAction.Failed => '5', ReportAction.Delayed => '4', _ => '2' };
        if (recipient.Expired)
        {
            return "4.4.7";
        }

        var words = recipient.Reply.Split([' ', '-', '\r', '\n'], 3);
        if (IsReply(recipient.Reply) && words.Length > 1 && words[1].Length is >= 5 and <= 9 && words[1][0] == wanted)
        {
            var parts = words[1].Split('.');
            if (parts.Length == 3 && parts.All(p => p.Length is >= 1 and <= 3 && p.All(char.IsAsciiDigit)))
            {
                return words[1];
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{wanted}.0.0");
    }

    private static bool IsReply(string text) => text.Length > 3 && text[0] is '2' or '4' or '5' && char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]) && text[3] is ' ' or '-';

    // RFC 6533 section 3: an address beyond ASCII stands as utf-8 with \x{…}, so that the part stays ASCII.
    private static string TypedAddress(string address)
    {
        if (address.All(c => c < 128))
        {
            return "rfc822; " + address;
        }

        var text = new StringBuilder("utf-8; ");
        foreach (var rune in address.EnumerateRunes())
        {
            _ = rune.Value is > ' ' and <= '~' and not '\\' ? text.Append((char)rune.Value) : text.Append(CultureInfo.InvariantCulture, $"\\x{{{rune.Value:X}}}");
        }

        return text.ToString();
    }

    private static string OriginalRecipient(string given)
    {
        var semicolon = given.IndexOf(';', StringComparison.Ordinal);
        return semicolon <= 0 || !given.AsSpan(semicolon + 1).ContainsAnyExceptInRange('\0', '\x7f') ? given : TypedAddress(given[(semicolon + 1)..].Trim());
    }

    // Foreign text in a field: one safe ASCII line, folded at blanks and cut so that no line passes 998 octets even without any.
    private static void Folded(MailWriter mail, string name, string value)
    {
        var line = new StringBuilder(name).Append(':');
        var length = line.Length;
        foreach (var word in SafeText.AsciiLine(value).Split(' '))
        {
            if (length + word.Length + 1 > 76 && length > name.Length + 1)
            {
                mail.Line(line.ToString());
                line.Clear();
                length = 0;
            }

            line.Append(' ').Append(word);
            length += word.Length + 1;
        }

        mail.Line(line.ToString());
    }

    private static string Boundary(ReportFacts facts, ReturnedOriginal returned)
    {
        var boundary = "=_" + SafeText.Word(facts.ReportId);
        for (var i = 0; returned.Bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("--" + boundary)) >= 0; i++)
        {
            boundary = string.Create(CultureInfo.InvariantCulture, $"=_{SafeText.Word(facts.ReportId)}.{i}");
        }

        return boundary;
    }
}
