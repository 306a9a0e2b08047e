using System.ComponentModel;
using Sekisho.Gateway.Inspect;
using Sekisho.Inspection;

namespace Sekisho.Pages.Api;

/// <summary>Waiting mail in a list.</summary>
internal sealed record HeldRow(
    [property: Description("Number of the delivery; what a decision names.")] long Id,
    [property: Description("The mail it belongs to.")] string Mail,
    string Sender,
    string Subject,
    [property: Description("How many recipients wait in it.")] int RecipientCount,
    [property: Description("The first 20 of them.")] IReadOnlyList<string> Recipients,
    [property: Description("hold (its sender decides), approve (somebody else does) or refuse (kept for an administrator).")] string Action,
    IReadOnlyList<string> Rules,
    DateTimeOffset Since,
    [property: Description("With a timer: when it decides.")] DateTimeOffset? Until,
    [property: Description("Decisions this key may take on it.")] IReadOnlyList<string> May);

/// <summary>A page of waiting mail.</summary>
internal sealed record HeldPage(IReadOnlyList<HeldRow> Items, [property: Description("Give it as 'after' for the next page; absent on the last.")] string? Next);

/// <summary>What waits of one mail, with everything a decision needs.</summary>
internal sealed record HeldMail(
    string Mail,
    string Sender,
    string Subject,
    DateTimeOffset ReceivedAt,
    [property: Description("SHA-256 of the message.")] string MessageDigest,
    [property: Description("Why it was stopped.")] IReadOnlyList<FindingJson> Findings,
    IReadOnlyList<HeldPart> Waiting);

/// <summary>A delivery that waits.</summary>
internal sealed record HeldPart(
    [property: Description("Number of the delivery; what a decision names.")] long Id,
    [property: Description("Digest of what is decided on: message, recipients, copy. A decision gives it back; when it no longer fits, nothing happens.")] string Digest,
    [property: Description("hold, approve or refuse.")] string Action,
    IReadOnlyList<string> Rules,
    [property: Description("Envelope recipients that wait in it; what 'remove' and 'keepWaiting' name.")] IReadOnlyList<string> Recipients,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    [property: Description("Halted by a stop order rather than by a finding.")] bool Stopped,
    [property: Description("Decisions this key may take on it.")] IReadOnlyList<string> May,
    [property: Description("With approve: who may decide and on what terms.")] HeldApproval? Approval);

/// <summary>The terms of an approval.</summary>
internal sealed record HeldApproval(
    [property: Description("Empty: the administrators and whoever has the role approver.")] IReadOnlyList<string> Approvers,
    [property: Description("Approvals needed.")] int Needed,
    IReadOnlyList<HeldVote> Votes,
    DateTimeOffset? Deadline,
    [property: Description("wait, escalate or return.")] string AtDeadline,
    [property: Description("The deadline passed and others were asked too.")] bool Escalated);

/// <summary>One approver's yes.</summary>
internal sealed record HeldVote(string By, string? For, DateTimeOffset At);

/// <summary>A decision.</summary>
internal sealed record DecideBody
{
    /// <summary>What.</summary>
    [Description("release, release-individually, cancel, approve or reject.")]
    public required string Kind { get; init; }

    /// <summary>On what.</summary>
    [Description("The digest that was in the answer you showed, never one fetched anew.")]
    public required string Digest { get; init; }

    /// <summary>Why.</summary>
    [Description("Why, at most 2,000 characters; a rejection needs one.")]
    public string? Reason { get; init; }

    /// <summary>Struck off.</summary>
    [Description("Addresses of recipients to strike off; the decision holds for the others.")]
    public IReadOnlyList<string>? Remove { get; init; }

    /// <summary>Left.</summary>
    [Description("Addresses of recipients that go on waiting as they are.")]
    public IReadOnlyList<string>? KeepWaiting { get; init; }

    /// <summary>For whom.</summary>
    [Description("The approver you stand in for.")]
    public string? For { get; init; }
}

/// <summary>What came of a decision.</summary>
internal sealed record Decided([property: Description("done; or counted: the approval was noted and more are needed.")] string Result, Summary Told);
