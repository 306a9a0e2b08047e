using Sekisho.Policy;

namespace Sekisho.Storage;

/// <summary>Who stands in for an approver, and when (whole days, in the gateway's own time zone, both included).</summary>
/// <param name="Id">Shown number; 0 for one that is yet to be stored.</param>
public sealed record Deputy(long Id, string Approver, string Substitute, DateOnly From, DateOnly Until, string By);

/// <summary>One approver's word on a waiting delivery that needs several. Bound, like every decision, to the digest of what he saw: a change voids it.</summary>
/// <param name="By">Who gave it.</param>
/// <param name="For">The approver he stands in for, or null.</param>
public sealed record ApprovalVote(string By, string? For, DateTimeOffset At, string DecisionDigest);

/// <summary>What happens when the time for approving is over; never a release.</summary>
public enum AtDeadline
{
    /// <summary>It goes on waiting.</summary>
    Wait = 0,

    /// <summary>Others are asked (<see cref="ApprovalTerms.EscalateTo"/>).</summary>
    Escalate = 1,

    /// <summary>It is turned down and its sender is told.</summary>
    Return = 2,
}

/// <summary>On what terms a delivery is approved.</summary>
/// <param name="Needed">Approvers needed, at least 1.</param>
/// <param name="Within">From the moment it waits; null = no end.</param>
/// <param name="EscalateTo">Who may decide besides from then on; empty = the administrators.</param>
public sealed record ApprovalTerms(int Needed, TimeSpan? Within, AtDeadline Then, IReadOnlyList<string> EscalateTo)
{
    /// <summary>One approver, no end.</summary>
    public static ApprovalTerms One { get; } = new(1, Within: null, AtDeadline.Wait, []);
}

/// <summary>Deputies.</summary>
public interface IDeputyStore
{
    /// <summary>All that have not ended before <paramref name="day"/>.</summary>
    Task<IReadOnlyList<Deputy>> DeputiesAsync(DateOnly day, CancellationToken cancel);

    /// <summary>The same at once, on the caller's thread: one look-up of a small table.</summary>
    IReadOnlyList<Deputy> DeputiesNow(DateOnly day);

    /// <summary>Raised after one was added or ended by this process.</summary>
    event Action? Changed;

    /// <summary>Adds one, with an event of the audit trail; returns its number.</summary>
    Task<long> AddDeputyAsync(Deputy deputy, CancellationToken cancel);

    /// <summary>Ends one. False when there is none.</summary>
    Task<bool> RemoveDeputyAsync(long id, string by, CancellationToken cancel);
}
