using Sekisho.Gateway.Inspect;
using Sekisho.Gateway.Notify;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Hold;

/// <summary>
/// Takes decisions on waiting mail from the command line, the console and timers; checks who may, and binds each to the digest of what was
/// seen. The store checks the state once more inside its transaction, so of two decisions at the same moment one wins.
/// </summary>
/// <param name="local">Stands on the gateway's own machine, behind no door: whoever is there may be the local administrator, who has no address.</param>
public sealed class DecisionDesk(IStore store, Func<EffectiveConfig> config, NoteDesk notes, TimeProvider time, bool local = false)
{
    /// <summary>Called with each decision the store was asked for, and what came of it.</summary>
    public Action<HeldDelivery, DecisionKind, DecisionResult>? Decided { get; init; }

    /// <summary>Decides one waiting delivery.</summary>
    public async Task<DeskAnswer> DecideAsync(DecisionRequest request, CancellationToken cancel)
    {
        var held = await store.FindHeldAsync(request.DeliveryId, cancel).ConfigureAwait(false);
        return held is null
            ? await NotWaitingAsync(request.DeliveryId, cancel).ConfigureAwait(false)
            : await DecideAsync(held, request, byTime: false, cancel).ConfigureAwait(false);
    }

    /// <summary>Decides one waiting delivery as <paramref name="by"/> saw it.</summary>
    public Task<DeskAnswer> DecideAsync(HeldDelivery held, DecisionKind kind, string by, string? reason, CancellationToken cancel)
        => DecideAsync(held, new DecisionRequest(held.Id, kind, by, held.DecisionDigest) { Reason = reason }, byTime: false, cancel);

    /// <summary>What time decides: a hold's timer lets go; the end of the time for approving returns or passes on, as the terms say, and never lets go.</summary>
    internal Task<DeskAnswer> TimeIsUpAsync(HeldDelivery held, CancellationToken cancel)
    {
        var kind = held.Action != PolicyAction.Approve ? DecisionKind.TimerRelease
            : held.Terms.Then == AtDeadline.Return ? DecisionKind.DeadlineReturn : DecisionKind.DeadlineEscalate;
        return DecideAsync(held, new DecisionRequest(held.Id, kind, Entitlement.Timer, held.DecisionDigest), byTime: true, cancel);
    }

    private async Task<DeskAnswer> DecideAsync(HeldDelivery held, DecisionRequest request, bool byTime, CancellationToken cancel)
    {
        // Whatever calls himself a timer and is none stands behind a door that people use.
        if (!byTime && request.By == Entitlement.Timer)
        {
            return Answer(held.Id, DecisionResult.NotAllowed, DeskWords.OnlyTime);
        }

        if (!local && request.By == Entitlement.LocalAdministrator)
        {
            return Answer(held.Id, DecisionResult.NotAllowed, DeskWords.NeitherSenderNorAdministrator(request.By));
        }

        // One person is one name, however a link, a proxy or an account spells it: his word counts once.
        request = EmailAddress.TryParse(request.By, out var person) ? request with { By = person.Key } : request;
        var current = config();
        current = current.With(await store.Deputies.DeputiesAsync(current.Today, cancel).ConfigureAwait(false));
        var detail = await store.FindSubmissionAsync(held.Submission, cancel).ConfigureAwait(false);
        if (detail is null)
        {
            return Answer(held.Id, DecisionResult.NotFound, DeskWords.Nothing);
        }

        var submission = detail.Submission;
        var kind = request.Kind;
        held = held with { Submitter = submission.User, Authors = held.Authors ?? (kind is DecisionKind.Approve or DecisionKind.Reject ? ReadAuthors(submission) : []) };
        var standing = Entitlement.Judge(current, held, request.By, kind, request.For);
        if (standing.Objection is { } objection)
        {
            return Answer(held.Id, DecisionResult.NotAllowed, objection);
        }

        if (DeskWords.Why(held, kind) is { } unfitting)
        {
            return Answer(held.Id, DecisionResult.NotAllowed, unfitting);
        }

        if (held.Stopped && kind is (DecisionKind.Release or DecisionKind.ReleaseIndividually) && await IsStoppedForAsync(current, held, request.By, cancel).ConfigureAwait(false))
        {
            return Answer(held.Id, DecisionResult.NotAllowed, DeskWords.Stopped);
        }

        if (request.SeenDigest != held.DecisionDigest)
        {
            return Answer(held.Id, DecisionResult.DigestChanged, DeskWords.Of(DecisionResult.DigestChanged));
        }

        var reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim();
        if (ReasonProblem(kind, reason) is { } problem)
        {
            return Answer(held.Id, DecisionResult.NotAllowed, problem);
        }

        if (Correction.Read(held, request, out var misfit) is not { } corrected)
        {
            return Answer(held.Id, DecisionResult.NotAllowed, misfit!);
        }

        var organisation = current.Organisation.ForSender(submission.MailFrom);
        IReadOnlyList<int> alone = GoesAlone(held, kind) ? [.. corrected.Left.Where(r => !IsInside(organisation, r.Address)).Select(r => r.Ordinal)] : [];
        var learnt = kind == DecisionKind.Release ? await LessonAsync(submission, organisation, held, corrected, cancel).ConfigureAwait(false) : null;
        var told = held with { Recipients = [.. corrected.Left.Select(r => r.Address)] };
        var decision = new Decision(held.Id, kind, request.By, request.SeenDigest, reason, alone, learnt, notes.Decided(current, told, kind, request.By, standing.For, reason, time.GetUtcNow()))
        {
            Removed = corrected.Removed,
            Waiting = corrected.Waiting,
            For = standing.For,
        };
        Failpoints.Hit("hold.before-decide");
        var result = await store.DecideAsync(decision, cancel).ConfigureAwait(false);
        Failpoints.Hit("hold.after-decide");
        Decided?.Invoke(held, kind, result);
        return result switch
        {
            DecisionResult.Done => Answer(held.Id, result, DeskWords.Done(kind, corrected.Left.Count, corrected.Removed.Count, corrected.Waiting.Count)),
            DecisionResult.Counted => Answer(held.Id, result, DeskWords.Counted(await MissingAsync(held, cancel).ConfigureAwait(false))),
            DecisionResult.AlreadyDecided => await AlreadyAsync(held.Id, decision, cancel).ConfigureAwait(false),
            _ => Answer(held.Id, result, DeskWords.Of(result)),
        };
    }

    /// <summary>Whose mail was stopped does not let it go himself, be it he or somebody in his account, while the stop is in force.</summary>
    private async Task<bool> IsStoppedForAsync(EffectiveConfig current, HeldDelivery held, string by, CancellationToken cancel)
        => !Entitlement.IsAdministrator(current, by, held.Sender) && (await store.StopsAsync(cancel).ConfigureAwait(false)).Any(s => Entitlement.Same(s.Sender, held.Sender));

    private static Summary? ReasonProblem(DecisionKind kind, string? reason)
        => reason?.Length > DecisionRequest.MaxReason ? DeskWords.ReasonTooLong : kind == DecisionKind.Reject && reason is null ? DeskWords.ReasonNeeded : null;

    /// <summary>Approvals that are missing still, at least one: his own did not suffice.</summary>
    private async Task<int> MissingAsync(HeldDelivery held, CancellationToken cancel)
        => Math.Max(1, held.Terms.Needed - ((await store.FindHeldAsync(held.Id, cancel).ConfigureAwait(false))?.Votes.Count ?? 0));

    /// <summary>Decided by somebody else meanwhile, or his word counts already and another's is needed.</summary>
    private async Task<DeskAnswer> AlreadyAsync(long deliveryId, Decision decision, CancellationToken cancel)
    {
        var now = await store.FindHeldAsync(deliveryId, cancel).ConfigureAwait(false);
        string[] names = [decision.By, decision.For ?? decision.By];
        var vote = now?.Votes.FirstOrDefault(v => names.Any(n => Entitlement.Same(n, v.By) || Entitlement.Same(n, v.For ?? v.By)));
        return vote is null
            ? await NotWaitingAsync(deliveryId, cancel).ConfigureAwait(false)
            : Answer(deliveryId, DecisionResult.AlreadyDecided, DeskWords.CountedBefore(vote));
    }

    /// <summary>Who comes second hears what already happened.</summary>
    private async Task<DeskAnswer> NotWaitingAsync(long deliveryId, CancellationToken cancel)
    {
        var submission = await store.SubmissionOfAsync(deliveryId, cancel).ConfigureAwait(false);
        var detail = submission is null ? null : await store.FindSubmissionAsync(submission, cancel).ConfigureAwait(false);
        return detail is null
            ? Answer(deliveryId, DecisionResult.NotFound, DeskWords.Nothing)
            : Answer(deliveryId, DecisionResult.AlreadyDecided, DeskWords.Already(detail.Events.LastOrDefault(e => e.Kind == "decided" && e.Delivery == deliveryId)));
    }

    private static DeskAnswer Answer(long deliveryId, DecisionResult result, Summary told)
        => new(result is DecisionResult.Done or DecisionResult.Counted, $"{deliveryId}: {told.En}") { Told = told, Result = result };

    /// <summary>
    /// An approver answers a graver question than whether strangers may see each other, and a timer answers none: only the sender, asked just that,
    /// sends it as it is. For the others the milder verdict still holds.
    /// </summary>
    private static bool GoesAlone(HeldDelivery held, DecisionKind kind) => kind == DecisionKind.ReleaseIndividually
        || (kind is DecisionKind.Approve or DecisionKind.TimerRelease && held.Rules.Contains(RuleNames.VisibleRecipients));

    private static bool IsInside(IOrganisation organisation, string recipient) => EmailAddress.TryParse(recipient, out var address) && organisation.IsInside(address);

    /// <summary>
    /// Sending as it is teaches who is written to, and that these know each other: those it names and goes to, or went to. Nobody who is only named in it or struck off, and nobody
    /// whose part of it still waits for a decision of its own.
    /// </summary>
    private async Task<LearntMail?> LessonAsync(Submission submission, IOrganisation organisation, HeldDelivery held, Correction corrected, CancellationToken cancel)
    {
        var without = (await store.HeldOfAsync(submission.Id, cancel).ConfigureAwait(false)).SelectMany(h => h.Recipients).Concat(held.Recipients).Select(Correction.KeyOf).ToHashSet(StringComparer.Ordinal);
        without.ExceptWith(corrected.Left.Select(r => Correction.KeyOf(r.Address)));
        without.UnionWith((await store.RemovedAsync(submission.Id, cancel).ConfigureAwait(false)).Select(Correction.KeyOf));
        var got = (await store.EnvelopeAsync(submission.Id, cancel).ConfigureAwait(false)).Where(r => !without.Contains(Correction.KeyOf(r))).ToList();
        using var body = store.Spool.Open(submission.Body, submission.Size);
        return Lesson.Of(MimeMessage.Parse(body.Bytes), submission.MailFrom, got, organisation, submission.ReceivedAt);
    }

    /// <summary>The authors of a mail that was inspected before they were kept.</summary>
    private IReadOnlyList<string> ReadAuthors(Submission submission)
    {
        using var body = store.Spool.Open(submission.Body, submission.Size);
        return Authors.Of(MimeMessage.Parse(body.Bytes));
    }
}
