using Sekisho.Gateway.Hold;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Program.Commands;

/// <summary>What somebody at the command line wants decided; for each delivery it becomes a request.</summary>
internal sealed record HeldWish(DecisionKind Kind, string By)
{
    public string? Reason { get; init; }

    /// <summary>The digest of what he saw, or null: what the list shows now.</summary>
    public string? Digest { get; init; }

    public string? StandsFor { get; init; }

    public IReadOnlyList<string> Remove { get; init; } = [];

    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Those alone; the others wait on. Who is none of the recipients is told to the desk too, which objects.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The request for one delivery.</summary>
    public DecisionRequest On(HeldDelivery held) => new(held.Id, Kind, By, Digest ?? held.DecisionDigest)
    {
        Reason = Reason,
        For = StandsFor,
        Remove = Remove,
        KeepWaiting = Only.Count == 0 ? Keep : [.. held.Recipients.Except(Only, StringComparer.OrdinalIgnoreCase), .. Only.Except(held.Recipients, StringComparer.OrdinalIgnoreCase)],
    };
}

/// <summary>What the list says of waiting mail.</summary>
internal static class HeldWords
{
    private const int MostNamed = 10;

    public static string Waits(HeldDelivery one) => one.Action switch
    {
        PolicyAction.Approve => "waits for approval",
        PolicyAction.Refuse => "refused",
        _ when one.Stopped => "stopped",
        _ => "waits for the sender",
    };

    public static string Choices(HeldDelivery one) => one.Action switch
    {
        PolicyAction.Approve => $"sekisho held approve {one.Id} · sekisho held reject {one.Id} --reason TEXT · sekisho held cancel {one.Id}",
        PolicyAction.Refuse => $"sekisho held cancel {one.Id} (removes it)",
        _ => $"sekisho held release {one.Id} --individually · sekisho held release {one.Id} · sekisho held cancel {one.Id}",
    };

    /// <summary>Who approves, how many of them have, and until when; nothing for what waits for its sender.</summary>
    public static IEnumerable<string> Terms(HeldDelivery one)
    {
        if (one.Action != PolicyAction.Approve)
        {
            yield break;
        }

        var named = string.Join(", ", one.Approvers.Take(MostNamed).Select(Terminal.Clean));
        var more = one.Approvers.Count > MostNamed ? $" and {one.Approvers.Count - MostNamed:N0} more" : "";
        yield return $"decided by: {(one.Approvers.Count == 0 ? "the organisation's approvers, else the administrators" : named + more)}";
        if (one.Terms.Needed > 1)
        {
            var votes = string.Join(", ", one.Votes.Select(v => Terminal.Clean(v.By) + (v.For is null ? "" : $" (for {Terminal.Clean(v.For)})")));
            yield return $"approved by {one.Votes.Count} of {one.Terms.Needed}{(votes.Length == 0 ? "" : ": " + votes)}";
        }

        if (one.Deadline is { } deadline)
        {
            var then = one.Terms.Then switch
            {
                AtDeadline.Escalate => "is passed on",
                AtDeadline.Return => "goes back to its sender",
                _ => "goes on waiting",
            };
            yield return one.Escalated ? $"the time for approving was over at {deadline:yyyy-MM-dd HH:mm}Z; others were asked too" : $"until {deadline:yyyy-MM-dd HH:mm}Z; then it {then}";
        }
    }
}
