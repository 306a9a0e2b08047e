using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Storage;

/// <summary>Where a submission came from.</summary>
public enum SubmissionOrigin
{
    /// <summary>SMTP.</summary>
    Smtp,

    /// <summary>Made by the gateway itself: a note or a delivery report. Never inspected.</summary>
    Gateway,
}

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>Accepted, not yet looked at. Every submission begins as one such delivery that holds all its recipients.</summary>
    Inspecting = 0,

    /// <summary>May leave at its next-attempt time.</summary>
    Ready = 1,

    /// <summary>Waits for the sender's decision or its timer.</summary>
    Held = 2,

    /// <summary>Waits for somebody else's decision.</summary>
    Approval = 3,

    /// <summary>Refused by policy; kept for the administrator.</summary>
    Refused = 4,

    /// <summary>Every recipient has an outcome.</summary>
    Done = 5,
}

/// <summary>How the copy is made from the message.</summary>
public enum CopyKind
{
    /// <summary>The message less its Bcc field.</summary>
    Original = 0,

    /// <summary>Addressed to its one recipient alone.</summary>
    Individual = 1,
}

/// <summary>What became of one recipient's copy.</summary>
public enum Outcome
{
    Pending = 0,
    Delivered = 1,
    Bounced = 2,
    Cancelled = 3,
    Refused = 4,
    Expired = 5,

    /// <summary>The reply after DATA was lost; a retry may duplicate (law 8). Not final.</summary>
    Unknown = 6,
}

/// <summary>One envelope recipient as stored.</summary>
/// <param name="Ordinal">0-based position in the envelope.</param>
/// <param name="Address">As given in RCPT TO.</param>
/// <param name="Notify">DSN NOTIFY or null.</param>
/// <param name="OriginalRecipient">DSN ORCPT or null.</param>
public sealed record StoredRecipient(int Ordinal, string Address, string? Notify, string? OriginalRecipient)
{
    /// <summary>What binds the address to its submission's envelope, set when it was accepted (<see cref="RecipientSeal"/>); empty on one that is yet to be accepted. No part of equality.</summary>
    public ReadOnlyMemory<byte> Seal { get; init; }

    /// <summary>Equal by what the envelope said.</summary>
    public bool Equals(StoredRecipient? other) =>
        other is not null && Ordinal == other.Ordinal && string.Equals(Address, other.Address, StringComparison.Ordinal)
        && string.Equals(Notify, other.Notify, StringComparison.Ordinal) && string.Equals(OriginalRecipient, other.OriginalRecipient, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Ordinal, Address);
}

/// <summary>A body that has been written and synced: bytes in the row (≤ 64 kB) or a spool file. Exactly one is set.</summary>
public sealed record StoredBody(ReadOnlyMemory<byte> Inline, string? SpoolName);

/// <summary>What is handed to the store to accept.</summary>
public sealed record NewSubmission
{
    /// <summary>26 characters, sortable by time (<see cref="SubmissionId"/>).</summary>
    public required string Id { get; init; }

    public required SubmissionOrigin Origin { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Reverse-path; empty = null sender.</summary>
    public required string MailFrom { get; init; }

    public required IReadOnlyList<StoredRecipient> Recipients { get; init; }

    public required StoredBody Body { get; init; }

    /// <summary>Bytes of the message.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the message, lower-case hex.</summary>
    public required string Digest { get; init; }

    /// <summary>8BITMIME was said, or bytes above 127 were seen.</summary>
    public bool EightBit { get; init; }

    public bool SmtpUtf8 { get; init; }

    public string? Ret { get; init; }

    public string? EnvelopeId { get; init; }

    /// <summary>Peer address, HELO name, authenticated user, TLS.</summary>
    public string Client { get; init; } = "";

    public string? User { get; init; }

    /// <summary>For the gateway's own mail: the submission it is about; else null.</summary>
    public string? About { get; init; }

    /// <summary>Subject where already known (the gateway's own mail); inspection sets it otherwise.</summary>
    public string Subject { get; init; } = "";
}

/// <summary>A submission's row.</summary>
public sealed record Submission
{
    public required string Id { get; init; }
    public required SubmissionOrigin Origin { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string MailFrom { get; init; }
    public required StoredBody Body { get; init; }
    public required long Size { get; init; }
    public required string Digest { get; init; }
    public bool EightBit { get; init; }
    public bool SmtpUtf8 { get; init; }
    public string? Ret { get; init; }
    public string? EnvelopeId { get; init; }
    public string Client { get; init; } = "";
    public string? User { get; init; }
    public string? About { get; init; }
    public string Subject { get; init; } = "";

    /// <summary>Digest of the policy that judged it, or null before.</summary>
    public string? PolicyVersion { get; init; }
}

/// <summary>A claim on a delivery: only the holder of the current fence may write its result; an expired lease is retried, never deleted.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="Owner">The claiming process (unique per start).</param>
/// <param name="Fence">Raised by one with each claim.</param>
public sealed record Lease(long DeliveryId, string Owner, long Fence);

/// <summary>A delivery with all that is needed to work on it.</summary>
public sealed record Delivery
{
    public required long Id { get; init; }
    public required Submission Submission { get; init; }
    public required DeliveryState State { get; init; }
    public required CopyKind Copy { get; init; }

    /// <summary>Its recipients that have no final outcome yet.</summary>
    public required IReadOnlyList<StoredRecipient> Recipients { get; init; }

    /// <summary>Attempts begun so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>True when an attempt before ended without a known result: the next one may duplicate.</summary>
    public bool PossibleDuplicate { get; init; }

    /// <summary>True when a person released it: it is never held again (law 4).</summary>
    public bool Released => ReleasedAt is not null;

    /// <summary>When a person released it, or null.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>When leased; else null.</summary>
    public Lease? Lease { get; init; }
}

/// <summary>One group of recipients after inspection: what is to be done with them, as one copy. Individual copies: one recipient each.</summary>
public sealed record DeliveryPlan
{
    /// <summary>Ordinals of the submission's recipients.</summary>
    public required IReadOnlyList<int> Recipients { get; init; }

    /// <summary>Ready, Held, Approval or Refused.</summary>
    public required DeliveryState State { get; init; }

    public required CopyKind Copy { get; init; }

    /// <summary>What the policy said.</summary>
    public required PolicyAction Action { get; init; }

    /// <summary>Rules that led to it.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Ready: not before this (undo window, staging). Held: released by the timer at this. Null: at once / never.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Approval: who may decide; empty = administrators.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>Approval: on what terms.</summary>
    public ApprovalTerms Terms { get; init; } = ApprovalTerms.One;
}

/// <summary>The result of an inspection, stored with the submission in one transaction.</summary>
public sealed record InspectionRecord
{
    public required string Subject { get; init; }
    public string? MessageId { get; init; }
    /// <summary>Addresses of From and Sender: none of these people approves it. Null where nobody looked.</summary>
    public IReadOnlyList<string>? Authors { get; init; }

    public required string PolicyVersion { get; init; }
    public required string PolicyText { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Every recipient of the delivery stands in exactly one plan.</summary>
    public required IReadOnlyList<DeliveryPlan> Plans { get; init; }

    /// <summary>What it teaches of who writes with whom; null when it teaches nothing. Where it waits before it leaves, taught when it does, unless somebody decides about it meanwhile.</summary>
    public LearntMail? Learnt { get; init; }

    /// <summary>What rules that weigh gave it, by rule, 0 to 1,000: counted into the organisation's <see cref="ScoreCurve"/>s.</summary>
    public IReadOnlyDictionary<string, int> Scores { get; init; } = new Dictionary<string, int>();

    /// <summary>Kept so that the memory of recent mail survives a restart; null for none.</summary>
    public RecentMailNote? Recent { get; init; }

    /// <summary>Mail the gateway writes because of it (notes), accepted in the same transaction.</summary>
    public IReadOnlyList<NewSubmission> Notes { get; init; } = [];

    /// <summary>The sender whose other waiting mail of the same run is held too (template key), or null.</summary>
    public string? StopRunTemplate { get; init; }
}

/// <summary>What an attempt brought for one recipient.</summary>
/// <param name="Ordinal">The recipient.</param>
/// <param name="Outcome">Pending = try again; Unknown = the reply was lost, try again and say so.</param>
/// <param name="Reply">The peer's words or the error, for the record.</param>
public sealed record RecipientResult(int Ordinal, Outcome Outcome, string Reply);

/// <summary>A waiting delivery as shown to who decides.</summary>
public sealed record HeldDelivery
{
    public required long Id { get; init; }
    public required string Submission { get; init; }
    public required string Sender { get; init; }
    public required string Subject { get; init; }
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>Hold, Approve or Refuse; Deliver or Individual for what only waits out its undo window.</summary>
    public required PolicyAction Action { get; init; }

    public required IReadOnlyList<string> Rules { get; init; }
    public required DateTimeOffset Since { get; init; }
    public DateTimeOffset? Until { get; init; }
    public required IReadOnlyList<string> Approvers { get; init; }

    /// <summary>Digest of what is decided on: the message, these recipients, the copy. A decision names it; when it no longer fits, the decision is void (law 4).</summary>
    public required string DecisionDigest { get; init; }

    /// <summary>Digest of the message.</summary>
    public required string MessageDigest { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Halted by <c>stop</c> rather than by a finding.</summary>
    public bool Stopped { get; init; }

    /// <summary>The authenticated user who handed it in, or null.</summary>
    public string? Submitter { get; init; }

    /// <summary>Addresses of the message's From and Sender fields; null when nobody looked when it was inspected.</summary>
    public IReadOnlyList<string>? Authors { get; init; }

    /// <summary>Positions in the envelope of <see cref="Recipients"/>, in the same order.</summary>
    public IReadOnlyList<int> Ordinals { get; init; } = [];

    /// <summary>With approve: on what terms.</summary>
    public ApprovalTerms Terms { get; init; } = ApprovalTerms.One;

    /// <summary>With approve: those who said yes to what it is now.</summary>
    public IReadOnlyList<ApprovalVote> Votes { get; init; } = [];

    /// <summary>With approve: when the terms' deadline is, or null.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The deadline passed and others were asked too.</summary>
    public bool Escalated { get; init; }
}

/// <summary>A page of what waits.</summary>
/// <param name="Rows">Oldest first.</param>
/// <param name="Next">Where the next page begins, or null.</param>
/// <param name="Total">How many fit on all pages.</param>
public sealed record HeldPage(IReadOnlyList<HeldDelivery> Rows, string? Next, long Total);

/// <summary>What somebody decided.</summary>
public enum DecisionKind
{
    /// <summary>The sender lets a held mail go as it is.</summary>
    Release,

    /// <summary>The sender lets a held mail go, each outside recipient alone.</summary>
    ReleaseIndividually,

    /// <summary>The sender, or an administrator, takes it back.</summary>
    Cancel,

    /// <summary>An approver lets it go.</summary>
    Approve,

    /// <summary>An approver turns it down.</summary>
    Reject,

    /// <summary>The rule's timer ran out and lets it go.</summary>
    TimerRelease,

    /// <summary>The time for approving is over: it is turned down and its sender told.</summary>
    DeadlineReturn,

    /// <summary>The time for approving is over: others may decide too.</summary>
    DeadlineEscalate,
}

/// <summary>A decision, recorded with the delivery and in the audit trail. The caller (Gateway/Hold) has checked that <paramref name="By"/> is entitled.</summary>
/// <param name="DeliveryId">What is decided on.</param>
/// <param name="Kind">What.</param>
/// <param name="By">Who: a mail address, or <c>timer</c>.</param>
/// <param name="DecisionDigest">The digest of what was seen.</param>
/// <param name="Reason">Free text, or null.</param>
/// <param name="Individually">For <see cref="DecisionKind.ReleaseIndividually"/>, and for an approval or a timer where strangers would see each other: ordinals
/// that become copies of their own (the outside ones); the rest stays together. Empty where everybody gets the same.</param>
/// <param name="Learnt">For <see cref="DecisionKind.Release"/>: what sending it as it is teaches, or null.</param>
/// <param name="Notes">Mail the gateway writes because of it.</param>
public sealed record Decision(long DeliveryId, DecisionKind Kind, string By, string DecisionDigest, string? Reason,
    IReadOnlyList<int> Individually, LearntMail? Learnt, IReadOnlyList<NewSubmission> Notes)
{
    /// <summary>Ordinals that are struck off (cancelled) in the same transaction; the decision holds for the others. Copies then do not name them either.</summary>
    public IReadOnlyList<int> Removed { get; init; } = [];

    /// <summary>Ordinals that go on waiting as they are, in a delivery of their own.</summary>
    public IReadOnlyList<int> Waiting { get; init; } = [];

    /// <summary>The approver <see cref="By"/> stands in for (a deputy, or an administrator for one who is absent), or null. Recorded.</summary>
    public string? For { get; init; }
}

/// <summary>Whether a decision took effect.</summary>
public enum DecisionResult
{
    Done,

    /// <summary>The approval was noted; more are needed.</summary>
    Counted,

    /// <summary>No such delivery.</summary>
    NotFound,

    /// <summary>It no longer waits: somebody decided before, or it was cancelled.</summary>
    AlreadyDecided,

    /// <summary>What was seen is not what is there now.</summary>
    DigestChanged,

    /// <summary>The kind of decision does not fit what it waits for (e.g. release of what awaits approval). Checked here too, whatever the caller did.</summary>
    NotAllowed,
}

/// <summary>One event of the audit trail. Append-only; each carries the hash of the one before.</summary>
public sealed record AuditEvent(long Number, DateTimeOffset At, string Kind, string? Submission, long? Delivery, string By, string DetailJson, string Hash);

/// <summary>The chain's check: <paramref name="BrokenAt"/> is the first event that does not fit, null when all do.</summary>
public sealed record AuditVerification(long Events, string HeadHash, long? BrokenAt, string? Problem);

/// <summary>Numbers for <c>status</c> and the console.</summary>
public sealed record StoreCounts(long Submissions, long Inspecting, long Ready, long Held, long Approval, long Refused, long Delivered, long Bounced, long Cancelled, long Expired, long PossibleDuplicates, DateTimeOffset? OldestReady, long Gatherings, int SchemaVersion);

/// <summary>A sender who is stopped: what he sends waits until it is lifted.</summary>
public sealed record StopOrder(string Sender, string By, DateTimeOffset Since);

/// <summary>Everything about one submission, for <c>held show</c> and the timeline.</summary>
public sealed record SubmissionDetail(Submission Submission, IReadOnlyList<Finding> Findings, IReadOnlyList<RecipientDetail> Recipients, IReadOnlyList<AuditEvent> Events);

/// <summary>One recipient's fate.</summary>
public sealed record RecipientDetail(int Ordinal, string Address, long DeliveryId, DeliveryState State, CopyKind Copy, PolicyAction Action, Outcome Outcome, string? LastReply, int Attempts, bool PossibleDuplicate);
