using Sekisho.Gateway.Inspect;
using Sekisho.Gateway.Notify;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Storage;

namespace Sekisho.Gateway.Hold;

/// <summary>What came of a decision: whether it took effect, and a sentence for whoever asked.</summary>
public sealed record DeskAnswer(bool Done, string Message);

/// <summary>
/// Takes decisions on waiting mail from the command line, the console and timers; checks who may, and binds each to the digest of what was
/// seen. The store checks the state once more inside its transaction, so of two decisions at the same moment one wins.
/// </summary>
public sealed class DecisionDesk(IStore store, Func<EffectiveConfig> config, NoteDesk notes, TimeProvider time)
{
    /// <summary>Decides one waiting delivery as <paramref name="by"/> saw it.</summary>
    public async Task<DeskAnswer> DecideAsync(HeldDelivery held, DecisionKind kind, string by, string? reason, CancellationToken cancel)
    {
        var current = config();
        var detail = await store.FindSubmissionAsync(held.Submission, cancel).ConfigureAwait(false);
        if (detail is null)
        {
            return new DeskAnswer(Done: false, $"{held.Id}: its submission is gone");
        }

        if (Entitlement.Objection(current, held, detail.Submission.User, by, kind) is { } objection)
        {
            return new DeskAnswer(Done: false, $"{held.Id}: {objection}");
        }

        if (Unfitting(held, kind) is { } unfitting)
        {
            return new DeskAnswer(Done: false, $"{held.Id}: {unfitting}");
        }

        var organisation = current.Organisation.ForSender(detail.Submission.MailFrom);
        IReadOnlyList<int> alone = GoesAlone(held, kind) ? OutsideOrdinals(detail, held.Id, organisation) : [];
        var gathering = kind == DecisionKind.Release && held.Rules.Contains(RuleNames.VisibleRecipients) ? Visible(detail.Submission, organisation) : null;
        var decision = new Decision(held.Id, kind, by, held.DecisionDigest, reason, alone, gathering,
            notes.Decided(current, held, kind, by, reason, time.GetUtcNow()));
        Failpoints.Hit("hold.before-decide");
        var result = await store.DecideAsync(decision, cancel).ConfigureAwait(false);
        Failpoints.Hit("hold.after-decide");
        return result switch
        {
            DecisionResult.Done => new DeskAnswer(Done: true, $"{held.Id}: {Done(kind)} ({Count(held.Recipients.Count)})"),
            DecisionResult.NotFound => new DeskAnswer(Done: false, $"{held.Id}: nothing like it is waiting"),
            DecisionResult.AlreadyDecided => new DeskAnswer(Done: false, $"{held.Id}: it was already decided"),
            DecisionResult.DigestChanged => new DeskAnswer(Done: false, $"{held.Id}: it changed since it was shown; look again"),
            _ => new DeskAnswer(Done: false, $"{held.Id}: this decision does not fit what it waits for"),
        };
    }

    /// <summary>
    /// An approver answers a graver question than whether strangers may see each other, and a timer answers none: only the sender, asked just that,
    /// sends it as it is. For the others the milder verdict still holds.
    /// </summary>
    private static bool GoesAlone(HeldDelivery held, DecisionKind kind) => kind == DecisionKind.ReleaseIndividually
        || (kind is DecisionKind.Approve or DecisionKind.TimerRelease && held.Rules.Contains(RuleNames.VisibleRecipients));

    private static string? Unfitting(HeldDelivery held, DecisionKind kind) => (held.Action, kind) switch
    {
        (Policy.PolicyAction.Approve, DecisionKind.Release or DecisionKind.ReleaseIndividually) => "it waits for approval; releasing it is not the sender's to decide",
        (Policy.PolicyAction.Refuse, not DecisionKind.Cancel) => "it was refused by policy and does not leave",
        (Policy.PolicyAction.Hold, DecisionKind.Approve or DecisionKind.Reject) => "it waits for its sender, not for approval (use release or cancel)",
        _ => null,
    };

    private static string Done(DecisionKind kind) => kind switch
    {
        DecisionKind.Release => "released",
        DecisionKind.ReleaseIndividually => "released, to each alone",
        DecisionKind.Cancel => "cancelled",
        DecisionKind.Approve => "approved",
        DecisionKind.Reject => "rejected",
        _ => "released by its timer",
    };

    private static string Count(int recipients) => recipients == 1 ? "1 recipient" : $"{recipients} recipients";

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
