using System.Security.Cryptography;
using Sekisho.Gateway;
using Sekisho.Gateway.Deliver;
using Sekisho.Gateway.Inspect;
using Sekisho.Incidents;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Rehearse;

/// <summary>
/// Plays one reading of an incident: builds its mails, asks the real engine and the policy in force as if the organisation that sent it were ours (its domain is inside, nobody knows anybody), makes
/// the copies that would leave at once, and counts who is exposed by them. No store, no network: there is nothing here that could send.
/// </summary>
internal sealed class Rehearsal(EffectiveConfig config, InspectionEngine engine, ReenactmentVariant variant, bool faultyCarrier, TimeProvider time)
{
    /// <summary>Mails looked at of one reading; some have thousands, each like the other.</summary>
    public const int MaxMessages = 24;

    private readonly DateTimeOffset _now = time.GetUtcNow();
    private readonly Organisation _organisation = new([variant.Cast.OwnDomain]);
    private readonly RecentMail _recent = new();
    private readonly ExposureTally _with = new(variant.Cast);
    private readonly ExposureTally _without = new(variant.Cast);
    private readonly Dictionary<PolicyAction, long> _actions = [];
    private readonly Dictionary<string, int> _rules = new(StringComparer.Ordinal);

    /// <summary>Copies that wait a while before they leave: with the run stopped in time they never do.</summary>
    private readonly List<Action<CancellationToken>> _waiting = [];

    private bool _runStopped;
    private long _copies;
    private long _sealed;
    private long _looked;
    private (ShownMail Mail, IReadOnlyList<Finding> Findings, ShownCopy? Copy, bool Stopped)? _shown;

    /// <summary>Plays it. <paramref name="progress"/> gets 0 to 1. Past <paramref name="late"/> copies are no longer counted, and the result says so.</summary>
    public Rehearsed Play(IProgress<double> progress, CancellationToken late)
    {
        var messages = 0;
        var recipients = 0L;
        var played = new List<ReenactedMessage>();
        foreach (var message in variant.Messages)
        {
            messages++;
            recipients += message.Recipients.Count;
            if (played.Count < MaxMessages)
            {
                played.Add(message);
            }
        }

        var work = played.Sum(m => 20.0 + m.Recipients.Count);
        var done = 0.0;
        var complete = true;
        try
        {
            foreach (var message in played)
            {
                Play(message, part => progress.Report((done + (part * (20.0 + message.Recipients.Count))) / work), late);
                done += 20.0 + message.Recipients.Count;
                progress.Report(done / work);
            }

            foreach (var leave in _runStopped ? [] : _waiting)
            {
                leave(late);
            }
        }
        catch (OperationCanceledException) when (_shown is not null)
        {
            complete = false;
        }

        var shown = _shown ?? throw new InvalidOperationException("the reading has no mail");
        return new Rehearsed
        {
            Messages = messages,
            Recipients = recipients,
            Looked = played.Count,
            LookedRecipients = _looked,
            Mail = shown.Mail,
            Findings = shown.Findings,
            Copy = shown.Copy,
            Actions = _actions,
            Rules = _rules,
            Copies = _copies,
            Exposed = _with.Exposed,
            Forbidden = _with.Forbidden,
            ExposedWithout = _without.Exposed,
            Sealed = _sealed,
            Complete = complete,
            PolicyVersion = config.Config.Policy.Version,
        };
    }

    private void Play(ReenactedMessage reenacted, Action<double> progress, CancellationToken late)
    {
        var bytes = reenacted.Build();
        var message = MimeMessage.Parse(bytes);
        var input = new InspectionInput { Message = message, MailFrom = reenacted.MailFrom, Recipients = reenacted.Recipients, ReceivedAt = _now };
        // The gateway's own bound: past it, what was not looked at is a finding.
        using var limit = new CancellationTokenSource(config.Config.Limits.InspectionTime, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, late);
        var result = engine.Inspect(input, _organisation, new EmptyCorrespondence(), _recent, config.Config.Policy.Settings, stop.Token);
        late.ThrowIfCancellationRequested();
        var verdicts = config.Config.Policy.Decide(result, input).Verdicts;
        _looked += verdicts.Count;
        _runStopped |= verdicts.Any(v => v.StopRun);
        foreach (var group in verdicts.GroupBy(v => v.Action))
        {
            _actions[group.Key] = _actions.GetValueOrDefault(group.Key) + group.Count();
        }

        foreach (var rule in verdicts.SelectMany(v => v.Rules).Distinct(StringComparer.Ordinal))
        {
            _rules[rule] = _rules.GetValueOrDefault(rule) + 1;
        }

        _without.Add(bytes, reenacted.Recipients, envelope: null, mustNotLeave: false, originalBody: null);
        var copies = new CopyPreview(message, _organisation, reenacted.Recipients, config.Config.IndividualKeepsInside);
        Show(reenacted, message, result.Findings, verdicts, copies);
        var envelope = new HashSet<string>(reenacted.Recipients, StringComparer.OrdinalIgnoreCase);
        var body = ExposureTally.BodyDigest(bytes);
        void Leave(CopyKind kind, IReadOnlyList<string> to, TimeSpan wait)
        {
            if (faultyCarrier)
            {
                Misroute(bytes, to);
                return;
            }

            void Go(CancellationToken cancel)
            {
                cancel.ThrowIfCancellationRequested();
                _with.Add(copies.For(kind, to[0]), to, envelope.Contains, reenacted.MustNotLeave, kind == CopyKind.Individual ? body : null);
                _copies++;
            }

            if (wait > TimeSpan.Zero)
            {
                _waiting.Add(Go);
            }
            else
            {
                Go(late);
            }
        }

        foreach (var group in verdicts.Where(v => v.Action == PolicyAction.Deliver).GroupBy(v => v.Wait))
        {
            Leave(CopyKind.Original, [.. group.Select(v => v.Recipient)], group.Key);
        }

        var individual = verdicts.Where(v => v.Action == PolicyAction.Individual).ToList();
        for (var i = 0; i < individual.Count; i++)
        {
            Leave(CopyKind.Individual, [individual[i].Recipient], individual[i].Wait);
            if (i % 100 == 0)
            {
                progress((double)i / individual.Count);
            }
        }
    }

    // The fault of the incident: the mail is in order, what carries it takes it to somebody else. The delivery's own seal is asked.
    private void Misroute(byte[] bytes, IReadOnlyList<string> to)
    {
        var submission = new Submission
        {
            Id = SubmissionId.New(_now),
            Origin = SubmissionOrigin.Smtp,
            ReceivedAt = _now,
            MailFrom = "",
            Body = new StoredBody(bytes, SpoolName: null),
            Size = bytes.Length,
            Digest = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
        for (var i = 0; i < to.Count; i++)
        {
            var seal = RecipientSeal.Compute(submission.Id, i, to[i], submission.Digest);
            var stray = variant.Cast.People.First(p => !to.Contains(p.Address, StringComparer.OrdinalIgnoreCase)).Address;
            if (RecipientSeal.Verify(submission, new StoredRecipient(i, stray, Notify: null, OriginalRecipient: null) { Seal = seal }))
            {
                _with.Add(bytes, [stray], to.Contains, mustNotLeave: false, originalBody: null);
                _copies++;
            }
            else
            {
                _sealed++;
            }

            _without.Add(bytes, [stray], envelope: null, mustNotLeave: false, originalBody: null);
        }
    }

    private void Show(ReenactedMessage reenacted, MimeMessage message, IReadOnlyList<Finding> findings, IReadOnlyList<Verdict> verdicts, CopyPreview copies)
    {
        var stopped = reenacted.Role == MessageRole.Faulty && verdicts.Any(v => v.Action > PolicyAction.Deliver);
        if (_shown is { Stopped: true } || (_shown is not null && !stopped))
        {
            return;
        }

        var individual = verdicts.FirstOrDefault(v => v.Action == PolicyAction.Individual)?.Recipient;
        var copy = individual is null ? null : new ShownCopy(individual, MailView.Fields(MimeMessage.Parse(copies.For(CopyKind.Individual, individual))));
        // Whom a finding concerns is not shown, and would be kept for nothing: up to 16,280 addresses each.
        _shown = (MailView.Of(message, reenacted.Recipients), [.. findings.Select(f => f with { Recipients = [] })], copy, stopped);
    }
}
