using System.Security.Cryptography;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Notify;

/// <summary>
/// Decides who is told what, and hands the notes over as the gateway's own submissions. A sender outside is not told of stops (his address may
/// be forged); a sender whose program sends thousands is told a few times, not thousands.
/// </summary>
/// <param name="realCase">For a rule's name: a real case of the same mistake in one sentence, or null.</param>
/// <param name="zone">Times are told in this zone; null: the machine's.</param>
public sealed class NoteDesk(Func<string, Summary?>? realCase = null, TimeZoneInfo? zone = null)
{
    /// <summary>Notes to one person within <see cref="s_window"/>; what comes beyond is seen in the list only.</summary>
    private const int MaxNotes = 20;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);

    private readonly NoteBudget _budget = new(MaxNotes, s_window);

    /// <summary>Notes that an inspection calls for: to the sender, and to the approvers.</summary>
    public IReadOnlyList<NewSubmission> Stopped(EffectiveConfig config, Submission submission, InspectionResult result, PolicyDecision decision, DateTimeOffset now)
    {
        var passed = decision.Verdicts.All(v => v.Action == PolicyAction.Deliver);
        if (!config.Config.Notify.Enabled || (passed && !decision.TellSender))
        {
            return [];
        }

        var facts = FactsOf(config, submission, result, decision, now);
        var composer = new NoteComposer(config.Config.Notify);
        var notes = new List<NewSubmission>();
        var stopped = decision.Verdicts.Any(v => v.Action >= PolicyAction.Hold);
        if (IsInside(config, submission.MailFrom) && decision.TellSender && _budget.Take(submission.MailFrom, now))
        {
            notes.Add(Submit(stopped ? composer.Stopped(facts, now) : passed ? composer.SentNoted(facts, now) : composer.SentIndividually(facts, now), facts.NoteId, submission.Id, now));
        }

        var approvers = Approvers(config, decision, submission.MailFrom).Where(a => _budget.Take(a, now)).ToList();
        if (approvers.Count > 0)
        {
            facts = facts with { NoteId = SubmissionId.New(now) };
            notes.Add(Submit(composer.ApprovalWanted(facts, approvers, now), facts.NoteId, submission.Id, now));
        }

        return notes;
    }

    /// <summary>Notes that a decision calls for: the sender hears what somebody else decided.</summary>
    public IReadOnlyList<NewSubmission> Decided(EffectiveConfig config, HeldDelivery held, DecisionKind kind, string by, string? reason, DateTimeOffset now)
    {
        var bySender = EmailAddress.TryParse(by, out var decider) && EmailAddress.TryParse(held.Sender, out var sender) && decider.Equals(sender);
        if (!config.Config.Notify.Enabled || bySender || !IsInside(config, held.Sender) || !_budget.Take(held.Sender, now))
        {
            return [];
        }

        var facts = new NoteFacts
        {
            NoteId = SubmissionId.New(now),
            Reference = held.Submission,
            Sender = held.Sender,
            Subject = held.Subject,
            ReceivedAt = Local(held.Since),
            Findings = held.Findings,
            Groups = [new NoteGroup(held.Action, held.Recipients)],
        };
        return [Submit(new NoteComposer(config.Config.Notify).Decided(facts, kind, by, reason, now), facts.NoteId, held.Submission, now)];
    }

    /// <summary>
    /// Delivery reports (RFC 3464) that an attempt's results call for; none for the gateway's own mail, whose sender is null. <paramref name="relayed"/>: the
    /// next server gives no reports, so those who asked to hear of success hear of the handing over (RFC 3461 section 5.2.2).
    /// </summary>
    public static IReadOnlyList<NewSubmission> Reports(EffectiveConfig config, Delivery delivery, ReadOnlyMemory<byte> original, IReadOnlyList<RecipientResult> results, bool relayed, string hostName, DateTimeOffset now)
    {
        var told = results.Where(r => r.Outcome is Outcome.Bounced or Outcome.Expired || (r.Outcome == Outcome.Delivered && relayed)).ToDictionary(r => r.Ordinal);
        if (told.Count == 0 || delivery.Submission.MailFrom.Length == 0)
        {
            return [];
        }

        var submission = delivery.Submission;
        var facts = new ReportFacts
        {
            ReportId = SubmissionId.New(now),
            Sender = submission.MailFrom,
            Subject = submission.Subject,
            ReceivedAt = submission.ReceivedAt,
            EnvelopeId = submission.EnvelopeId,
            Ret = submission.Ret,
            ReportingHost = hostName,
            Original = original,
            Recipients = [.. delivery.Recipients.Where(r => told.ContainsKey(r.Ordinal)).Select(r => Reported(r, told[r.Ordinal], now))],
        };
        return DeliveryReport.Compose(facts, config.Config.Notify, now) is { } report ? [Submit(report, facts.ReportId, submission.Id, now)] : [];
    }

    private static ReportedRecipient Reported(StoredRecipient recipient, RecipientResult result, DateTimeOffset now) => new(
        recipient.Address, result.Outcome == Outcome.Delivered ? ReportAction.Relayed : ReportAction.Failed, result.Reply, recipient.Notify, recipient.OriginalRecipient,
        LastAttempt: now, Expired: result.Outcome == Outcome.Expired);

    private NoteFacts FactsOf(EffectiveConfig config, Submission submission, InspectionResult result, PolicyDecision decision, DateTimeOffset now)
    {
        var decisive = decision.Verdicts.SelectMany(v => v.Rules).ToHashSet(StringComparer.Ordinal);
        var matched = decision.MatchedRules.ToHashSet(StringComparer.Ordinal);

        // A rule that lets mail pass and only tells the sender decides no verdict; what it tells of is shown all the same.
        decisive.UnionWith(config.Config.Policy.Rules.Where(r => r.TellsSender && matched.Contains(r.Name)).SelectMany(r => r.When.Findings));
        var findings = result.Findings.Where(f => decisive.Contains(f.Rule)).ToList();
        return new NoteFacts
        {
            NoteId = SubmissionId.New(now),
            Reference = submission.Id,
            Sender = submission.MailFrom,
            Subject = result.Facts.Subject,
            MessageId = result.Facts.MessageId,
            ReceivedAt = Local(submission.ReceivedAt),
            Findings = findings,
            Groups = [.. decision.Verdicts.GroupBy(v => (v.Action, v.ReleaseAfter, Approvers: string.Join(',', v.Approvers))).Select(g => new NoteGroup(
                g.Key.Action, [.. g.Select(v => v.Recipient)], g.Key.ReleaseAfter is { } after ? Local(now + after) : null, g.First().Approvers))],
            PolicyNotes = [.. config.Config.Policy.Rules.Where(r => matched.Contains(r.Name) && r.Note is not null).Select(r => r.Note!)],
            RealCase = findings.OrderByDescending(f => f.Severity).Select(f => realCase?.Invoke(f.Rule)).FirstOrDefault(c => c is not null),
        };
    }

    private DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone ?? TimeZoneInfo.Local);

    private static IEnumerable<string> Approvers(EffectiveConfig config, PolicyDecision decision, string sender)
    {
        var waiting = decision.Verdicts.Where(v => v.Action == PolicyAction.Approve).ToList();
        if (waiting.Count == 0)
        {
            return [];
        }

        var named = waiting.SelectMany(v => v.Approvers).ToList();
        if (named.Count == 0)
        {
            named = [.. config.Config.Approvers, .. config.Config.Users.Where(u => u.Roles.Contains("approver")).Select(u => u.Address)];
        }

        if (named.Count == 0)
        {
            named = [.. config.Config.Users.Where(u => u.Roles.Contains("administrator")).Select(u => u.Address)];
        }

        return named.Distinct(StringComparer.OrdinalIgnoreCase).Where(a => !string.Equals(a, sender, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsInside(EffectiveConfig config, string sender)
        => EmailAddress.TryParse(sender, out var address) && config.Organisation.ForSender(sender).IsInside(address);

    private static NewSubmission Submit(ComposedMail mail, string id, string about, DateTimeOffset now) => new()
    {
        Id = id,
        Origin = SubmissionOrigin.Gateway,
        ReceivedAt = now,
        MailFrom = "",
        Recipients = [.. mail.To.Select((address, i) => new StoredRecipient(i, address, Notify: null, OriginalRecipient: null))],
        Body = new StoredBody(mail.Bytes, SpoolName: null),
        Size = mail.Bytes.Length,
        Digest = Convert.ToHexStringLower(SHA256.HashData(mail.Bytes.Span)),
        EightBit = mail.EightBit,
        SmtpUtf8 = mail.SmtpUtf8,
        About = about,
        Subject = mail.Subject,
        Client = "gateway",
    };
}
