using System.Text.Json;
using Sekisho.Gateway.Inspect;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Administration;

/// <summary>
/// What a changed policy would have made of stored mail. What the inspectors found is taken as it was stored, for who knew whom then is not known any more: mail
/// delivered since has taught that. Only rules whose words or lists change look again. Both policies are applied the same way, so that every difference is theirs.
/// </summary>
/// <param name="busy">True while the gateway has work of its own: this waits.</param>
public sealed class WhatIf(IStore store, InspectionRoom room, TimeProvider time, Func<bool> busy)
{
    private const int Chunk = 200;
    private static readonly TimeSpan s_giveWay = TimeSpan.FromMilliseconds(20);

    /// <summary>Judges all mail received within the last <paramref name="span"/>. Bounded memory; a mail at a time.</summary>
    public async Task<WhatIfResult> RunAsync(EffectiveConfig before, EffectiveConfig after, TimeSpan span, IProgress<WhatIfProgress>? progress, CancellationToken cancel)
    {
        var until = time.GetUtcNow();
        var from = until - span;
        var tally = new WhatIfTally(before, after);
        var again = new Again(room, before, after);
        string? last = null;
        while (await store.InspectedAsync(from, last, Chunk, cancel).ConfigureAwait(false) is { Count: > 0 } names)
        {
            foreach (var name in names)
            {
                cancel.ThrowIfCancellationRequested();
                while (busy())
                {
                    await Task.Delay(s_giveWay, time, cancel).ConfigureAwait(false);
                }

                // Gone meanwhile, or come later than asked for.
                if (await store.FindSubmissionAsync(name, cancel).ConfigureAwait(false) is { } mail && mail.Submission.ReceivedAt >= from && mail.Submission.ReceivedAt <= until)
                {
                    Judge(mail, tally, again, before, after, cancel);
                    progress?.Report(new(tally.Read, span > TimeSpan.Zero ? Math.Clamp((mail.Submission.ReceivedAt - from) / span, 0, 1) : 1));
                }
            }

            last = names[^1];
        }

        return tally.Result(from, until);
    }

    private void Judge(SubmissionDetail mail, WhatIfTally tally, Again again, EffectiveConfig before, EffectiveConfig after, CancellationToken cancel)
    {
        var given = mail.Recipients.Select(r => r.Address).ToList();
        var (now, then) = (Seen(mail, given, before), Seen(mail, given, after));
        if (Differs(now, then))
        {
            tally.NotJudged();
            return;
        }

        var (found, wouldFind) = (mail.Findings, mail.Findings);
        if (again.Needed)
        {
            using var body = OpenBody(mail.Submission);
            if (body is null)
            {
                tally.Bodiless();
            }
            else
            {
                (found, wouldFind) = again.Look(mail, given, body.Bytes, cancel);
            }
        }

        var input = InputOf(mail.Submission, given, MimeMessage.Parse(ReadOnlyMemory<byte>.Empty));
        tally.Judged(mail.Submission.Id, before.Config.Policy.Decide(new InspectionResult(found, now, Recent: null), input), after.Config.Policy.Decide(new InspectionResult(wouldFind, then, Recent: null), input));
    }

    private static MessageFacts Seen(SubmissionDetail mail, List<string> given, EffectiveConfig config)
    {
        var organisation = config.Organisation.ForSender(mail.Submission.MailFrom);
        return new MessageFacts
        {
            Message = MimeMessage.Parse(ReadOnlyMemory<byte>.Empty),
            Sender = EmailAddress.TryParse(mail.Submission.MailFrom, out var sender) ? sender : null,
            Subject = mail.Submission.Subject,
            Recipients = given.ConvertAll(g => EnvelopeRecipient.Of(g, organisation)),
        };
    }

    // Another inside, or other groups among several outside people: the stored findings do not hold, and looking again would ask today's acquaintances.
    private static bool Differs(MessageFacts a, MessageFacts b)
    {
        var pairs = a.Recipients.Zip(b.Recipients).ToList();
        return pairs.Exists(p => p.First.Inside != p.Second.Inside)
            || (pairs.Count(p => !p.First.Inside) > 1 && pairs.Exists(p => !p.First.Inside && p.First.Organisation != p.Second.Organisation));
    }

    private IBodyLease? OpenBody(Submission submission)
    {
        if (submission.Body.SpoolName is null && submission.Body.Inline.Length != submission.Size)
        {
            return null;
        }

        try
        {
            return store.Spool.Open(submission.Body, submission.Size);
        }
        catch (StoreException)
        {
            return null;
        }
    }

    private static InspectionInput InputOf(Submission submission, List<string> given, MimeMessage message) => new()
    {
        Id = submission.Id,
        Message = message,
        MailFrom = submission.MailFrom,
        Recipients = given,
        User = submission.User,
        ReceivedAt = submission.ReceivedAt,
    };

    /// <summary>The rules whose own words or lists change; they ask neither acquaintances nor recent mail, so they can look again and see what they would have seen.</summary>
    private sealed class Again
    {
        private readonly EffectiveConfig _before;
        private readonly EffectiveConfig _after;
        private readonly List<IInspector> _rules = [];
        private readonly InspectionEngine _engine;

        public Again(InspectionRoom room, EffectiveConfig before, EffectiveConfig after)
        {
            (_before, _after) = (before, after);
            var (a, b) = (before.Config.Policy.Settings, after.Config.Policy.Settings);
            Add(new Keyword(), a.Keywords, b.Keywords);
            Add(new AttachmentName(), a.FileNames, b.FileNames);
            Add(new ListPosting(), a.Lists.OrderBy(l => l.Key, StringComparer.Ordinal), b.Lists.OrderBy(l => l.Key, StringComparer.Ordinal));
            Add(new SenderNotAuthorised(), (a.MassMailers, a.MassMailFrom).ToTuple(), (b.MassMailers, b.MassMailFrom).ToTuple());
            Add(new CompanyMismatch(), a.Companies, b.Companies);
            _engine = room.EngineOf(_rules);
        }

        public bool Needed => _rules.Count > 0;

        public (IReadOnlyList<Finding> Before, IReadOnlyList<Finding> After) Look(SubmissionDetail mail, List<string> given, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
            => (Look(_before, mail, given, bytes, cancel), Look(_after, mail, given, bytes, cancel));

        private List<Finding> Look(EffectiveConfig config, SubmissionDetail mail, List<string> given, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(config.Config.Limits.InspectionTime);
            var result = _engine.Inspect(InputOf(mail.Submission, given, MimeMessage.Parse(bytes)), config.Organisation.ForSender(mail.Submission.MailFrom), new EmptyCorrespondence(), new RecentMail(),
                config.Config.Policy.Settings, limit.Token);
            cancel.ThrowIfCancellationRequested();
            return [.. mail.Findings.Where(f => !_rules.Exists(r => r.Rule == f.Rule)), .. result.Findings.Where(f => f.Rule != RuleNames.Uninspectable)];
        }

        private void Add<T>(IInspector rule, T before, T after)
        {
            if (JsonSerializer.Serialize(before) != JsonSerializer.Serialize(after))
            {
                _rules.Add(rule);
            }
        }
    }
}
