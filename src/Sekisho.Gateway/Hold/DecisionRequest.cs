using Sekisho.Inspection;
using Sekisho.Storage;

namespace Sekisho.Gateway.Hold;

/// <summary>What somebody wants decided, from whatever door it comes: a page, a signed link, the API, the command line.</summary>
/// <param name="DeliveryId">What is decided on.</param>
/// <param name="Kind">What.</param>
/// <param name="By">Who: a mail address, or <see cref="Entitlement.LocalAdministrator"/>.</param>
/// <param name="SeenDigest">The <see cref="HeldDelivery.DecisionDigest"/> that stood on what he looked at; never one that was fetched when he acted (law 4).</param>
public sealed record DecisionRequest(long DeliveryId, DecisionKind Kind, string By, string SeenDigest)
{
    /// <summary>Free text, at most <see cref="MaxReason"/> characters; needed to reject.</summary>
    public string? Reason { get; init; }

    /// <summary>Recipients (as shown) who are struck off: they get nothing, and no copy names them.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Recipients (as shown) who go on waiting while the decision holds for the others.</summary>
    public IReadOnlyList<string> KeepWaiting { get; init; } = [];

    /// <summary>The approver he stands in for, or null: found out where he can only be one's deputy.</summary>
    public string? For { get; init; }

    /// <summary>Longest reason.</summary>
    public const int MaxReason = 2000;
}

/// <summary>What came of a decision: whether it took effect, and a sentence for whoever asked.</summary>
/// <param name="Done">It took effect (an approval that counts but does not yet suffice included).</param>
/// <param name="Message">The delivery's number and the English sentence; for the command line.</param>
public sealed record DeskAnswer(bool Done, string Message)
{
    /// <summary>The sentence in both languages, without the number.</summary>
    public required Summary Told { get; init; }

    /// <summary>The same for programs.</summary>
    public required DecisionResult Result { get; init; }
}
