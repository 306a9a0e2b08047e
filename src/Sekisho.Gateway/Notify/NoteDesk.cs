using System.Security.Cryptography;
using Sekisho.Gateway.Hold;
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

    /// <summary>Approvers (and those who stand in) who get a note of one mail; the others find it in their list.</summary>
    private const int MaxApprovers = 50;

    /// <summary>As long as an address can be and its link still fits a line of mail.</summary>
    private const int LongestAddress = 320;

    private const int MostNamed = 20;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);

    private readonly NoteBudget _budget = new(MaxNotes, s_window);

    /// <summary>Where the console answers where the file names no address, or null.</summary>
    public string? ConsoleAddress { get; set; }

    /// <summary>Signs the links, each for one mail and one person; null: links lead to the console's own sign-in.</summary>
    public LinkSigner? Signer { get; set; }

    /// <summary>Notes that an inspection calls for: to the sender, and to each approver, with a link of his own.</summary>
    public IReadOnlyList<NewSubmission> Stopped(EffectiveConfig config, Submission submission, IReadOnlyList<string> authors, InspectionResult result, PolicyDecision decision, DateTimeOffset now)
    {
        var passed = decision.Verdicts.All(v => v.Action == PolicyAction.Deliver);
        if (!config.Config.Notify.Enabled || (passed && !decision.TellSender))
        {
            return [];
        }

        var waiting = Waiting(submission, authors, decision, now);
        var facts = FactsOf(config, submission, result, decision, waiting, now);
        var composer = ComposerOf(config);
        var notes = new List<NewSubmission>();
        var stopped = decision.Verdicts.Any(v => v.Action >= PolicyAction.Hold);
        if (IsInside(config, submission.MailFrom) && decision.TellSender && _budget.Take(submission.MailFrom, now))
        {
            var own = facts with { Link = stopped ? LinkFor(config, submission.Id, submission.MailFrom, now) : null };
            notes.Add(Submit(stopped ? composer.Stopped(own, now) : passed ? composer.SentNoted(own, now) : composer.SentIndividually(own, now), own.NoteId, submission.Id, now));
        }

        notes.AddRange(ToApprovers(config, waiting, facts, now));
        return notes;
    }

    /// <summary>Notes that a decision calls for: the sender hears what somebody else decided; those it is passed on to are asked.</summary>
    public IReadOnlyList<NewSubmission> Decided(EffectiveConfig config, HeldDelivery held, DecisionKind kind, string by, string? standsFor, string? reason, DateTimeOffset now)
    {
        if (!config.Config.Notify.Enabled)
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
        if (kind == DecisionKind.DeadlineEscalate)
        {
            return ToApprovers(config, [held with { Escalated = true }], facts, now);
        }

        var bySender = EmailAddress.TryParse(by, out var decider) && EmailAddress.TryParse(held.Sender, out var sender) && decider.Equals(sender);
        if (bySender || !IsInside(config, held.Sender) || !_budget.Take(held.Sender, now))
        {
            return [];
        }

        return [Submit(ComposerOf(config).Decided(facts, kind, by, reason, now, standsFor), facts.NoteId, held.Submission, now)];
    }

    /// <summary>One note to each approver and to who stands in for him today.</summary>
    private List<NewSubmission> ToApprovers(EffectiveConfig config, IReadOnlyList<HeldDelivery> waiting, NoteFacts facts, DateTimeOffset now)
    {
        var notes = new List<NewSubmission>();
        var told = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var composer = ComposerOf(config);
        foreach (var held in waiting)
        {
            var approvers = Entitlement.ApproversOf(config, held);
            var people = approvers.Select(a => (Person: a, StandsFor: (string?)null))
                .Concat(approvers.SelectMany(a => Entitlement.DeputiesOf(config, held, a).Select(d => (Person: d.Substitute, StandsFor: (string?)a))));
            foreach (var (person, standsFor) in people)
            {
                // An approver who reads it in the list all the same: a group of hundreds must not become hundreds of mails in one transaction.
                if (told.Count >= MaxApprovers || !told.Add(person) || !_budget.Take(person, now))
                {
                    continue;
                }

                var deadline = held.Escalated ? null : held.Deadline;
                var own = facts with
                {
                    NoteId = SubmissionId.New(now),
                    Link = LinkFor(config, held.Submission, person, now),
                    Asked = new ApprovalAsked(standsFor, held.Terms.Needed, deadline is { } at ? Local(at) : null, held.Terms.Then, held.Escalated),
                };
                notes.Add(Submit(composer.ApprovalWanted(own, [person], now), own.NoteId, held.Submission, now));
            }
        }

        return notes;
    }

    /// <summary>What will await approval, as it will stand in the list.</summary>
    private static List<HeldDelivery> Waiting(Submission submission, IReadOnlyList<string> authors, PolicyDecision decision, DateTimeOffset now)
        => [.. decision.Verdicts.Where(v => v.Action == PolicyAction.Approve)
            .GroupBy(v => (string.Join(',', v.Approvers), v.Approval)).Select(g => new HeldDelivery
            {
                Id = 0,
                Submission = submission.Id,
                Sender = submission.MailFrom,
                Submitter = submission.User,
                Authors = authors,
                Subject = submission.Subject,
                Recipients = [.. g.Select(v => v.Recipient)],
                Action = PolicyAction.Approve,
                Rules = g.First().Rules,
                Since = submission.ReceivedAt,
                Approvers = g.First().Approvers,
                DecisionDigest = "",
                MessageDigest = submission.Digest,
                Findings = [],
                Terms = Inspect.Planner.TermsOf(g.Key.Approval),
                Deadline = g.Key.Approval.Deadline is { } within ? now + within : null,
            })];

    private NoteComposer ComposerOf(EffectiveConfig config) => new(config.Config.Notify with { ConsoleUrl = Base(config) });

    private string? Base(EffectiveConfig config) => config.Config.Notify.ConsoleUrl ?? ConsoleAddress;

    private string? LinkFor(EffectiveConfig config, string submission, string person, DateTimeOffset now)
        => Signer is { } signer && Base(config) is { } url && person.Length is > 0 and <= LongestAddress
            ? $"{url.TrimEnd('/')}/d/{signer.Sign(submission, person, now + config.Config.SignIn.LinkLife)}" : null;

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

    private NoteFacts FactsOf(EffectiveConfig config, Submission submission, InspectionResult result, PolicyDecision decision, IReadOnlyList<HeldDelivery> waiting, DateTimeOffset now)
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
                g.Key.Action, [.. g.Select(v => v.Recipient)], g.Key.ReleaseAfter is { } after ? Local(now + after) : null,
                waiting.FirstOrDefault(w => w.Approvers == g.First().Approvers) is { } one ? [.. Entitlement.ApproversOf(config, one).Take(MostNamed)] : []))],
            PolicyNotes = [.. config.Config.Policy.Rules.Where(r => matched.Contains(r.Name) && r.Note is not null).Select(r => r.Note!)],
            RealCase = findings.OrderByDescending(f => f.Severity).Select(f => realCase?.Invoke(f.Rule)).FirstOrDefault(c => c is not null),
        };
    }

    private DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone ?? TimeZoneInfo.Local);

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
