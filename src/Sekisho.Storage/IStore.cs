using Sekisho.Inspection;

namespace Sekisho.Storage;

/// <summary>
/// The durable state. Every writing method returns only after its transaction is synced to disk, and throws <see cref="StoreException"/>
/// when it is not: then nothing of it happened. Writes of many callers share a transaction (group commit).
/// Safe to use from many threads, and from several processes beside each other (the command line beside a running gateway).
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>Takes a submission in: message, recipients, one Inspecting delivery (for the gateway's own mail: Ready) with all of them, first audit event; one transaction. The delivery comes leased to <paramref name="leaseOwner"/> when that is not null.</summary>
    Task<Delivery> AcceptAsync(NewSubmission submission, string? leaseOwner, TimeSpan leaseFor, CancellationToken cancel);

    /// <summary>Claims due deliveries of a state (Inspecting or Ready) that nobody holds or whose lease has run out, oldest first. For Ready ones an attempt row is written in the same transaction, before any DATA; an attempt left open by a dead owner marks the delivery as a possible duplicate.</summary>
    Task<IReadOnlyList<Delivery>> LeaseAsync(DeliveryState state, int max, string owner, TimeSpan leaseFor, CancellationToken cancel);

    /// <summary>Puts every lease of owners other than <paramref name="owner"/> back at once; for the start of the one gateway on this store. Returns how many.</summary>
    Task<int> ReclaimAsync(string owner, CancellationToken cancel);

    /// <summary>Longer lease for slow work. False when it is no longer ours.</summary>
    Task<bool> RenewAsync(Lease lease, TimeSpan leaseFor, CancellationToken cancel);

    /// <summary>Stores an inspection's result and splits the delivery by its plans. Ready plans that are due come back leased to the same owner with an attempt begun. Null when the lease is no longer ours (nothing happened). A sender under a stop order: what would be Ready is Held.</summary>
    Task<IReadOnlyList<Delivery>?> RecordInspectionAsync(Lease lease, InspectionRecord record, TimeSpan leaseFor, CancellationToken cancel);

    /// <summary>Ends an attempt: outcomes by recipient; the delivery is Done when none is pending, else Ready at <paramref name="retryAt"/>. <paramref name="reports"/> are delivery reports accepted in the same transaction. False when the lease is no longer ours (the results are recorded in the audit trail all the same).</summary>
    Task<bool> EndAttemptAsync(Lease lease, IReadOnlyList<RecipientResult> results, DateTimeOffset retryAt, IReadOnlyList<NewSubmission> reports, CancellationToken cancel);

    /// <summary>Gives a lease back unused: no byte was sent (e.g. on shutdown or when stopped). The attempt does not count.</summary>
    Task ReturnAsync(Lease lease, CancellationToken cancel);

    /// <summary>The earliest time a Ready delivery (at the latest when its lease runs out) or a timed Held one becomes due, or a deadline for approving ends, or null.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancel);

    /// <summary>Decides one waiting delivery.</summary>
    Task<DecisionResult> DecideAsync(Decision decision, CancellationToken cancel);

    /// <summary>Held deliveries whose timer has run out, at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<HeldDelivery>> DueTimersAsync(int max, CancellationToken cancel);

    /// <summary>What awaits approval and whose deadline has passed with something left to do about it (escalate or return), at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<HeldDelivery>> DueDeadlinesAsync(int max, CancellationToken cancel);

    /// <summary>Addresses of a submission's envelope that were struck off by a decision (cancelled) and get nothing of it: no copy that leaves may name them.</summary>
    Task<IReadOnlyList<string>> RemovedAsync(string submissionId, CancellationToken cancel);

    /// <summary>Waiting deliveries (Held, Approval, Refused), oldest first.</summary>
    Task<IReadOnlyList<HeldDelivery>> HeldAsync(CancellationToken cancel);

    /// <summary>
    /// A page of the waiting deliveries that fit, oldest first. <paramref name="fits"/> gets each as an outline (<see cref="HeldOutlinesAsync"/>); the page's rows are whole. Throws <see cref="ArgumentException"/> when <paramref name="after"/> or <paramref name="max"/> (1–200) is none of ours.
    /// </summary>
    /// <param name="fits">Whose list it is; quick and without effects.</param>
    /// <param name="after">Where the page before ended (<see cref="HeldPage.Next"/>), or null.</param>
    /// <param name="max">Rows wanted.</param>
    /// <param name="cancel">Ends it.</param>
    Task<HeldPage> HeldPageAsync(Func<HeldDelivery, bool> fits, string? after, int max, CancellationToken cancel);

    /// <summary>
    /// Pages of several lists in one pass over what waits, each as by <see cref="HeldPageAsync"/>. Throws <see cref="ArgumentException"/> as that does.
    /// </summary>
    /// <param name="listOf">On which list an outline stands, counted as in <paramref name="after"/>; null: on none. Quick and without effects.</param>
    /// <param name="after">For each list where its page before ended, or null.</param>
    /// <param name="max">Rows wanted of each.</param>
    /// <param name="cancel">Ends it.</param>
    Task<IReadOnlyList<HeldPage>> HeldPagesAsync(Func<HeldDelivery, int?> listOf, IReadOnlyList<string?> after, int max, CancellationToken cancel);

    /// <summary>All waiting deliveries as outlines, oldest first: whose they are and who may decide, without recipients, votes, findings and digests. Thousands in some tens of milliseconds.</summary>
    Task<IReadOnlyList<HeldDelivery>> HeldOutlinesAsync(CancellationToken cancel);

    /// <summary>What waits of one submission, oldest first.</summary>
    Task<IReadOnlyList<HeldDelivery>> HeldOfAsync(string submissionId, CancellationToken cancel);

    /// <summary>One delivery that waits (or may still be taken back while its undo window is open: action Deliver or Individual), or null.</summary>
    Task<HeldDelivery?> FindHeldAsync(long deliveryId, CancellationToken cancel);

    /// <summary>Halts at once what has not left of a sender, and what he sends from now on, until lifted. What somebody holds a lease on is halted when it comes back (returned, deferred, expired, reclaimed). Returns how many deliveries were halted.</summary>
    Task<int> StopAsync(string sender, string by, CancellationToken cancel);

    /// <summary>Lifts a stop order; what was halted stays held until decided. False when there was none.</summary>
    Task<bool> LiftStopAsync(string sender, string by, CancellationToken cancel);

    /// <summary>Stop orders in force.</summary>
    Task<IReadOnlyList<StopOrder>> StopsAsync(CancellationToken cancel);

    /// <summary>A number that changes when another process wrote; cheap enough to ask many times a second.</summary>
    Task<long> ChangeCounterAsync(CancellationToken cancel);

    /// <summary>One submission with all that happened to it, or null. <paramref name="id"/> may be a unique beginning of it.</summary>
    Task<SubmissionDetail?> FindSubmissionAsync(string id, CancellationToken cancel);

    /// <summary>Every address of a submission's envelope, in order; empty for an unknown one.</summary>
    Task<IReadOnlyList<string>> EnvelopeAsync(string submissionId, CancellationToken cancel);

    /// <summary>The submission a delivery belongs to, whatever its state, or null.</summary>
    Task<string?> SubmissionOfAsync(long deliveryId, CancellationToken cancel);

    /// <summary>Numbers.</summary>
    Task<StoreCounts> CountsAsync(CancellationToken cancel);

    /// <summary>Recent-mail notes since a moment, oldest first, to fill the memory at start.</summary>
    Task<IReadOnlyList<(DateTimeOffset At, RecentMailNote Note)>> RecentNotesAsync(DateTimeOffset since, CancellationToken cancel);

    /// <summary>Gatherings the addresses were seen in (see <see cref="ICorrespondence"/>); asked in chunks, so any number of keys is fine.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<long>>> GatheringsOfAsync(IReadOnlyCollection<string> addressKeys, CancellationToken cancel);

    /// <summary>How often each was brought together with organisations new to him (see <see cref="ICorrespondence.RoundsOf"/>).</summary>
    Task<IReadOnlyDictionary<string, int>> RoundsOfAsync(IReadOnlyCollection<string> addressKeys, CancellationToken cancel);

    /// <summary>What is known about the people of one mail (see <see cref="ICorrespondence.Look"/>).</summary>
    Task<CorrespondenceView> LookAsync(CorrespondenceQuestion question, CancellationToken cancel);

    /// <summary>Whom could be meant instead (see <see cref="ICorrespondence.Alike"/>).</summary>
    Task<IReadOnlyList<Contact>> AlikeAsync(AlikeQuestion question, CancellationToken cancel);

    /// <summary>How the organisation's own mail scored under a rule.</summary>
    Task<ScoreCurve> CurveAsync(string rule, CancellationToken cancel);

    /// <summary>Remembers who was on these mails together (an observe listener, an import), in their order, in transactions of bounded size: a failure midway leaves what came before learnt. The same set again only raises its count and date.</summary>
    Task LearnAsync(IReadOnlyList<LearntMail> mails, CancellationToken cancel);

    /// <summary>Counts scores of past mail into the curves, by rule.</summary>
    Task AddScoresAsync(IReadOnlyDictionary<string, ScoreCurve> scores, CancellationToken cancel);

    /// <summary>
    /// Forgets an address, or with a leading <c>@</c> everybody of a domain: names, counts, and his part in gatherings and threads. Recorded in the audit trail with a digest of
    /// what was forgotten, not the address itself. Returns how many addresses were known.
    /// </summary>
    Task<int> ForgetAsync(string addressOrDomain, string by, CancellationToken cancel);

    /// <summary>Forgets gatherings, threads and people last seen before a moment, at most about <paramref name="max"/> rows a call. Returns how many; 0: nothing older is left. Quickest for the beginning of a month.</summary>
    Task<int> ForgetBeforeAsync(DateTimeOffset moment, int max, CancellationToken cancel);

    /// <summary>
    /// Keeps the correspondence's addresses in this form from now on; true while there is more to do: call it again, it does a little each time, and goes on after a kill. To hashed: those
    /// that are there are hashed too, under the key in <c>correspondence.key</c> of the data directory, made when there is none. To plain: no way leads back, everything hashed is forgotten.
    /// Throws <see cref="StoreException"/> where that key is gone or is another.
    /// </summary>
    Task<bool> KeepAddressesAsync(AddressForm form, CancellationToken cancel);

    /// <summary>How the correspondence keeps addresses.</summary>
    Task<AddressForm> AddressFormAsync(CancellationToken cancel);

    /// <summary>All that the correspondence knows of an address or (with <c>@</c>) an organisation, or null.</summary>
    Task<KnownAddress?> ShowAddressAsync(string addressKey, CancellationToken cancel);

    /// <summary>How much the correspondence knows. Counts rows: seconds for many millions.</summary>
    Task<CorrespondenceStats> CorrespondenceStatsAsync(CancellationToken cancel);

    /// <summary>Adds an event of the gateway's own life (start, stop, policy change).</summary>
    Task AppendAuditAsync(string kind, string by, string detailJson, CancellationToken cancel);

    /// <summary>Events of the audit trail, from the trail itself. Looks through a bounded number of them.</summary>
    Task<AuditPage> EventsAsync(AuditQuery query, CancellationToken cancel);

    /// <summary>Names of inspected submissions received since a moment, oldest first, above the name <paramref name="after"/>; the gateway's own mail not counted.</summary>
    Task<IReadOnlyList<string>> InspectedAsync(DateTimeOffset since, string? after, int max, CancellationToken cancel);

    /// <summary>Adds an event that concerns a submission, e.g. that somebody looked at it. Throws <see cref="StoreException"/> also where there is none of that name.</summary>
    Task AppendAuditAsync(string kind, string by, string detailJson, string submissionId, CancellationToken cancel);

    /// <summary>Reads the whole chain and recomputes it. <paramref name="progress"/> gets the number of events read.</summary>
    Task<AuditVerification> VerifyAuditAsync(IProgress<long>? progress, CancellationToken cancel);

    /// <summary>Removes bodies of submissions that are done and older than <paramref name="before"/>, and spool files nobody owns. Findings and audit trail stay. Returns how many bodies went.</summary>
    Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancel);

    /// <summary>Where large bodies live.</summary>
    ISpool Spool { get; }

    /// <summary>Who may sign in.</summary>
    IAccountStore Accounts { get; }

    /// <summary>Who stands in for whom.</summary>
    IDeputyStore Deputies { get; }

    /// <summary>Configurations put in force from the console.</summary>
    IConfigHistory Configurations { get; }

    /// <summary>Archives of past mail that were learnt from.</summary>
    IImportStore Imports { get; }
}

/// <summary>Large bodies as files. A name is valid after <see cref="ISpoolWriter.CommitAsync"/> returned: content and directory entry are synced.</summary>
public interface ISpool
{
    /// <summary>Begins a file.</summary>
    Task<ISpoolWriter> CreateAsync(CancellationToken cancel);

    /// <summary>Maps a committed body (or wraps an inline one) for reading; dispose to unmap. Throws <see cref="StoreException"/> when it is missing.</summary>
    IBodyLease Open(StoredBody body, long size);

    /// <summary>Removes a committed file that no submission took.</summary>
    void Discard(string name);

    /// <summary>Free bytes on the disk it is on.</summary>
    long FreeBytes { get; }
}

/// <summary>Writes one body.</summary>
public interface ISpoolWriter : IAsyncDisposable
{
    /// <summary>Appends.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Syncs content and directory entry; returns the name. Without it, disposing leaves nothing behind.</summary>
    Task<string> CommitAsync(CancellationToken cancel);
}

/// <summary>A body's bytes while in use.</summary>
public interface IBodyLease : IDisposable
{
    /// <summary>The whole message.</summary>
    ReadOnlyMemory<byte> Bytes { get; }
}

/// <summary>The store could not do it; nothing happened. <see cref="IsFull"/>: the disk is full, try later (452).</summary>
public sealed class StoreException(string message, Exception? inner = null, bool isFull = false) : Exception(message, inner)
{
    /// <summary>No space left.</summary>
    public bool IsFull { get; } = isFull;
}
