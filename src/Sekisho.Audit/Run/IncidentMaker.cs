using Sekisho.Audit.Report;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Audit.Run;

/// <summary>Which mails are listed as incidents, and what is kept of them.</summary>
internal static class IncidentMaker
{
    private const int MostRecipients = 200;

    /// <summary>The incident a mail is: it would have been stopped or split, or so many outside organisations stand in To and Cc that it is listed whatever the policy says; else null.</summary>
    public static AuditIncident? Of(JudgedMail mail)
    {
        if (mail.Verdict < PolicyAction.Individual && !mail.Mail.ShowsMany)
        {
            return null;
        }

        var rules = mail.Decision.Verdicts.SelectMany(v => v.Rules).ToHashSet(StringComparer.Ordinal);
        var led = mail.Result.Findings.Where(f => rules.Contains(f.Rule)).OrderByDescending(f => f.Severity).Select(Bounded).ToList();
        return new AuditIncident
        {
            MessageId = mail.Result.Facts.MessageId ?? "",
            Date = mail.Where.At,
            Sender = mail.Sender,
            Subject = mail.Result.Facts.Subject,
            Place = mail.Place,
            Verdict = mail.Verdict,
            Severity = led.Count > 0 ? led[0].Severity : Severity.Info,
            Findings = led,
            Exposed = Math.Max(led.Select(f => (long?)f.Persons ?? 0).DefaultIfEmpty().Max(), mail.Mail.ShowsMany ? mail.Mail.OutsideVisible : 0),
            Recipients = [.. mail.Mail.Recipients.Take(MostRecipients)],
            RecipientCount = mail.Mail.Recipients.Count,
            Organisations = mail.Mail.Organisations,
            ByCount = mail.Mail.ShowsMany,
        };
    }

    private static Finding Bounded(Finding finding)
        => finding.Recipients.Count <= MostRecipients ? finding : finding with { Recipients = [.. finding.Recipients.Take(MostRecipients)] };
}
