using Sekisho.Gateway.Inspect;
using Sekisho.Gateway.Notify;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Storage;

namespace Sekisho.Gateway.Hold;

/// <summary>
/// Takes decisions on waiting mail from the command line, the console and timers; checks who may, and binds each to the digest of what was
/// seen. The store checks the state once more inside its transaction, so of two decisions at the same moment one wins.
/// </summary>
public sealed class DecisionDesk(IStore store, Func<EffectiveConfig> config, NoteDesk notes, TimeProvider time)
{
    /// <summary>Decides one waiting delivery.</summary>
    public async Task<DeskAnswer> DecideAsync(DecisionRequest request, CancellationToken cancel)
    {
        var held = await store.FindHeldAsync(request.DeliveryId, cancel).ConfigureAwait(false);
        return held is null
            ? await NotWaitingAsync(request.DeliveryId, cancel).ConfigureAwait(false)
            : await DecideAsync(held, request, cancel).ConfigureAwait(false);
    }

    /// <summary>Decides one waiting delivery as <paramref name="by"/> saw it.</summary>
    public Task<DeskAnswer> DecideAsync(HeldDelivery held, DecisionKind kind, string by, string? reason, CancellationToken cancel)
        => DecideAsync(held, new DecisionRequest(held.Id, kind, by, held.DecisionDigest) { Reason = reason }, cancel);

    private async Task<DeskAnswer> DecideAsync(HeldDelivery held, DecisionRequest request, CancellationToken cancel)
    {
        var current = config();
        var (kind, by, reason) = (request.Kind, request.By, request.Reason);
        var detail = await store.FindSubmissionAsync(held.Submission, cancel).ConfigureAwait(false);
        if (detail is null)
        {
            return Answer(held.Id, DecisionResult.NotFound, DeskWords.Nothing);
        }

        if (request.Remove.Count > 0 || request.KeepWaiting.Count > 0 || request.For is not null)
        {
            return Answer(held.Id, DecisionResult.NotAllowed, DeskWords.Unfitting);
        }

        if (Entitlement.Objection(current, held, detail.Submission.User, by, kind) is { } objection)
        {
            return Answer(held.Id, DecisionResult.NotAllowed, new Summary(objection, objection));
        }

        if (DeskWords.Why(held, kind) is { } unfitting)
        {
            return Answer(held.Id, DecisionResult.NotAllowed, unfitting);
        }

        var organisation = current.Organisation.ForSender(detail.Submission.MailFrom);
        IReadOnlyList<int> alone = GoesAlone(held, kind) ? OutsideOrdinals(detail, held.Id, organisation) : [];
        var gathering = kind == DecisionKind.Release && held.Rules.Contains(RuleNames.VisibleRecipients) ? Visible(detail.Submission, organisation) : null;
        var decision = new Decision(held.Id, kind, by, request.SeenDigest, reason, alone, gathering,
            notes.Decided(current, held, kind, by, reason, time.GetUtcNow()));
        Failpoints.Hit("hold.before-decide");
        var result = await store.DecideAsync(decision, cancel).ConfigureAwait(false);
        Failpoints.Hit("hold.after-decide");
        return result switch
        {
            DecisionResult.AlreadyDecided => await NotWaitingAsync(held.Id, cancel).ConfigureAwait(false),
            DecisionResult.Done => Answer(held.Id, result, DeskWords.Done(kind, held.Recipients.Count)),
            _ => Answer(held.Id, result, DeskWords.Of(result)),
        };
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

    private static int[] OutsideOrdinals(SubmissionDetail detail, long deliveryId, IOrganisation organisation)
        => [.. detail.Recipients
            .Where(r => r.DeliveryId == deliveryId && !(EmailAddress.TryParse(r.Address, out var address) && organisation.IsInside(address)))
            .Select(r => r.Ordinal)];

    /// <summary>Sending as it is teaches that these know each other.</summary>
    private List<string>? Visible(Submission submission, IOrganisation organisation)
    {
        using var body = store.Spool.Open(submission.Body, submission.Size);
        var message = MimeMessage.Parse(body.Bytes);
        var keys = message.Headers.Addresses("To").Mailboxes.Concat(message.Headers.Addresses("Cc").Mailboxes)
            .Where(m => m.Address is not null && !organisation.IsInside(m.Address))
            .Select(m => m.Address!.Key).Distinct(StringComparer.Ordinal).ToList();
        return keys.Count >= 2 ? keys : null;
    }
}
