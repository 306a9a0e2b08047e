using System.Globalization;
using Sekisho.Inspection;
using Sekisho.Pages.Shell;
using Sekisho.Policy;
using static Sekisho.Audit.Report.ReportFigures;

namespace Sekisho.Audit.Report;

/// <summary>Sentences of the report in both languages. What comes out of mail is made harmless in them (<see cref="Shown"/>); encoding for a page is the page's.</summary>
internal static class ReportWords
{
    private static readonly Tongue s_english = new(Japanese: false);
    private static readonly Tongue s_japanese = new(Japanese: true);

    /// <summary>Rules that count the people whose addresses a mail shows.</summary>
    private static readonly HashSet<string> s_ofAddresses = new(StringComparer.Ordinal)
    {
        RuleNames.VisibleRecipients, RuleNames.AddressesInBody, RuleNames.AddressesInSubject, RuleNames.CalendarAttendees, RuleNames.HeaderInjection, RuleNames.ListPosting,
    };

    /// <summary>Rules that count the people whose data a mail carries.</summary>
    private static readonly HashSet<string> s_ofData = new(StringComparer.Ordinal) { RuleNames.PersonalData, RuleNames.CardNumber, RuleNames.MyNumber, RuleNames.ForeignRecords };

    /// <summary>A text made in both languages.</summary>
    public static Summary Both(Func<Tongue, string> text) => new(text(s_english), text(s_japanese));

    /// <summary>What a rule is called among people.</summary>
    public static Summary Rule(string rule) => Both(t => RuleTitles.Of(rule, t));

    /// <summary>The rules that led to an incident, gravest first; mere notes only where there is nothing else.</summary>
    public static Summary Rules(AuditIncident incident)
    {
        var grave = incident.Findings.Where(f => f.Severity > Severity.Low).ToList();
        if (incident.Findings.Count == 0)
        {
            return new("many outside organisations in sight", "社外の多くの組織が見える");
        }

        var rules = (grave.Count > 0 ? grave : incident.Findings).Select(f => f.Rule).Distinct(StringComparer.Ordinal).ToList();
        return Both(t => string.Join(t[", ", "、"], rules.Select(r => RuleTitles.Of(r, t))));
    }

    /// <summary>Who showed how many people to how many by which mail, in one sentence without the date.</summary>
    public static Summary Sentence(AuditIncident incident)
    {
        var (deed, subject, rules) = (Deed(incident), Subject(incident.Subject, 80), Rules(incident));
        return new($"{deed.En}: “{subject.En}” ({rules.En})", $"{deed.Ja}：「{subject.Ja}」（{rules.Ja}）");
    }

    /// <summary>Who showed how many people to how many.</summary>
    public static Summary Deed(AuditIncident incident)
    {
        var sender = Sender(incident.Sender);
        var worst = incident.Findings.Where(f => f.Persons is not null).MaxBy(f => f.Persons);
        var (people, to) = (Number(incident.Exposed), incident.RecipientCount);
        var houses = incident.Organisations > 1 ? incident.Organisations : 0;
        var (english, japanese) = worst switch
        {
            { Persons: > 0 } when s_ofAddresses.Contains(worst.Rule) =>
                ($"{sender.En} showed the {(incident.Exposed == 1 ? "address of 1 person" : $"addresses of {people} people")}{(houses > 0 ? $" from {Number(houses)} organisations" : "")} in a mail to {Count(to, "recipient")}",
                $"{sender.Ja} が宛先{Number(to)}人のメールで{(houses > 0 ? $"{Number(houses)}組織・" : "")}{people}人のアドレスを見せた"),
            { Persons: > 0 } when s_ofData.Contains(worst.Rule) =>
                ($"{sender.En} sent data of {(incident.Exposed == 1 ? "1 person" : $"{people} people")} in a mail to {Count(to, "recipient")}", $"{sender.Ja} が宛先{Number(to)}人のメールで{people}人分の情報を送った"),
            _ when incident.ByCount =>
                ($"{sender.En} wrote to {Count(to, "recipient")}; addresses of {Number(incident.Organisations)} outside organisations were in sight", $"{sender.Ja} が{Number(to)}人に送り、社外{Number(incident.Organisations)}組織のアドレスが見えた"),
            _ => ($"{sender.En} wrote to {Count(to, "recipient")}", $"{sender.Ja} が{Number(to)}人に送った"),
        };
        return new(english, japanese);
    }

    /// <summary>A subject, or that there is none.</summary>
    public static Summary Subject(string subject, int max)
    {
        var text = Shown.Text(subject, max);
        return text.Length > 0 ? new(text, text) : new("no subject", "件名なし");
    }

    /// <summary>A sender, or that he is not named.</summary>
    public static Summary Sender(string sender)
    {
        var text = Shown.Text(sender, 120);
        return text.Length > 0 ? new(text, text) : new("somebody unnamed", "差出人不明");
    }

    /// <summary>The day as the mail's author had it: two runs on machines of different time zones say the same.</summary>
    public static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>From when to when; a dash without mail.</summary>
    public static Summary Period(AuditReport report) => report is { From: { } from, To: { } to } ? new($"{Day(from)} to {Day(to)}", $"{Day(from)}〜{Day(to)}") : new("–", "–");

    /// <summary>How many incidents and how grave.</summary>
    public static Summary Incidents(PolicyOutcome policy)
    {
        var (stopped, anyway) = (Stopped(policy), LeftAnyway(policy));
        var also = anyway == 0
            ? new Summary("", "")
            : new Summary($"; {(anyway == 1 ? "1 more is" : $"{Number(anyway)} more are")} listed because addresses of many outside organisations were in sight", $"。ほかに、社外の多くの組織のアドレスが見えていたメール{Number(anyway)}通も載せています");
        if (stopped == 0)
        {
            return new("The policy would have let every mail go as it was" + also.En, "すべてのメールが、そのまま送られたはずのものでした" + also.Ja);
        }

        var (counts, whole) = Gravity(policy);
        var of = Both(t => string.Join(t[", ", "、"], counts.Select(c => t[$"{Number(c.Count)} {t.Of(Word(c.Severity))}", $"{t.Of(Word(c.Severity))}{Number(c.Count)}件"])));
        var more = policy.IncidentCount - policy.Incidents.Count;
        return new($"{(stopped == 1 ? "1 mail" : $"{Number(stopped)} mails")} would not have left as {(stopped == 1 ? "it was" : "they were")}: {of.En}{(whole ? "" : $", {Number(more)} less grave")}{also.En}",
            $"そのままでは送られなかったはずのメール：{Number(stopped)}通（{of.Ja}{(whole ? "" : $"、より軽いもの{Number(more)}件")}）{also.Ja}");
    }

    /// <summary>How often the policy would have interrupted.</summary>
    public static Summary Interruptions(AuditReport report, PolicyOutcome policy)
        => new($"{PerThousand(policy.Interrupted, report.Outside)} interruptions per 1,000 mails to outside ({Number(policy.Interrupted)} of {Number(report.Outside)}); {(policy.InterruptedInside == 0 ? "none of mails that stay inside" : $"{Number(policy.InterruptedInside)} of mails that stay inside")}",
            $"社外宛て1,000通あたり{PerThousand(policy.Interrupted, report.Outside)}回の中断（{Number(report.Outside)}通中{Number(policy.Interrupted)}通）。社内だけのメールの中断は{(policy.InterruptedInside == 0 ? "なし" : $"{Number(policy.InterruptedInside)}通")}");

    /// <summary>A gravity in a word.</summary>
    public static Summary Word(Severity severity) => Badges.Parts(severity).Word;

    /// <summary>A verdict in a word.</summary>
    public static Summary Word(PolicyAction action) => Badges.Parts(action).Word;

    private static string Count(long n, string one) => n == 1 ? $"1 {one}" : $"{Number(n)} {one}s";
}
