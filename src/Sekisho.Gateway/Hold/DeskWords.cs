using System.Text.Json;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Hold;

/// <summary>What the desk answers, in both languages.</summary>
internal static class DeskWords
{
    public static Summary Nothing { get; } = new("nothing like it is waiting", "該当する保留中のメールはありません");

    public static Summary Unfitting { get; } = new("this decision does not fit what it waits for", "この操作は、このメールが待っている判断に合いません");

    public static Summary Of(DecisionResult result) => result switch
    {
        DecisionResult.NotFound => Nothing,
        DecisionResult.DigestChanged => new("it changed since it was shown; look again", "表示したあとに内容が変わりました。もう一度ご確認ください"),
        _ => Unfitting,
    };

    /// <summary>What happened.</summary>
    public static Summary Done(DecisionKind kind, int recipients)
    {
        var (en, ja) = Verb(kind);
        return new($"{en} ({(recipients == 1 ? "1 recipient" : $"{recipients:N0} recipients")})", $"{ja}（宛先 {recipients:N0} 件）");
    }

    /// <summary>Who comes second hears who came first.</summary>
    /// <param name="decided">The decision's event of the audit trail, or null where there was none.</param>
    public static Summary Already(AuditEvent? decided)
    {
        if (decided is null)
        {
            return new("it does not wait", "このメールは判断待ちではありません");
        }

        using var detail = JsonDocument.Parse(decided.DetailJson);
        var (en, ja) = detail.RootElement.TryGetProperty("kind", out var kind) ? Verb(kind.GetString()) : ("decided", "判断しました");
        return new(
            $"it was already decided: {en} by {decided.By} at {decided.At.UtcDateTime:yyyy-MM-dd HH:mm}Z",
            $"すでに判断されています: {decided.By} が {decided.At.UtcDateTime:yyyy-MM-dd HH:mm}Z に{ja}");
    }

    /// <summary>Null when the kind of decision fits what it waits for; else why not.</summary>
    public static Summary? Why(HeldDelivery held, DecisionKind kind) => (held.Action, kind) switch
    {
        (PolicyAction.Approve, DecisionKind.Release or DecisionKind.ReleaseIndividually) => new(
            "it waits for approval; releasing it is not the sender's to decide", "承認待ちのメールです。送信者が自分で送り出すことはできません"),
        (PolicyAction.Refuse, not DecisionKind.Cancel) => new("it was refused by policy and does not leave", "規則により送信が拒否されたメールです。送り出すことはできません"),
        (PolicyAction.Hold, DecisionKind.Approve or DecisionKind.Reject) => new(
            "it waits for its sender, not for approval (use release or cancel)", "承認ではなく、送信者の判断を待っています（送信または取りやめを選んでください）"),
        _ => null,
    };

    private static (string En, string Ja) Verb(DecisionKind kind) => kind switch
    {
        DecisionKind.Release => Verb("release"),
        DecisionKind.ReleaseIndividually => Verb("release-individually"),
        DecisionKind.Cancel => Verb("cancel"),
        DecisionKind.Approve => Verb("approve"),
        DecisionKind.Reject => Verb("reject"),
        DecisionKind.DeadlineReturn => Verb("deadline-return"),
        DecisionKind.DeadlineEscalate => Verb("deadline-escalate"),
        _ => Verb("timer-release"),
    };

    /// <summary>By the name under which the audit trail keeps the kind.</summary>
    private static (string En, string Ja) Verb(string? kind) => kind switch
    {
        "release" => ("released", "送信しました"),
        "release-individually" => ("released, to each alone", "一通ずつ個別に送信しました"),
        "cancel" => ("cancelled", "取りやめました"),
        "approve" => ("approved", "承認しました"),
        "reject" => ("rejected", "差し戻しました"),
        "deadline-return" => ("turned down, the time for approving was over", "承認の期限が過ぎたため差し戻しました"),
        "deadline-escalate" => ("passed on, the time for approving was over", "承認の期限が過ぎたため、ほかの承認者にも依頼しました"),
        _ => ("released by its timer", "待ち時間が過ぎたので送信しました"),
    };
}
