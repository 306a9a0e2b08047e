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

    public static Summary OwnMail { get; } = new(
        "the sender cannot decide on his own mail; it waits for somebody else (he can cancel it)", "ご自身のメールを自分で承認することはできません。ほかの方の判断を待っています（取りやめることはできます）");

    public static Summary Stopped { get; } = new(
        "all mail of this sender is stopped; an administrator lets it go, or lifts the stop", "この送信者のメールはすべて停止されています。送り出せるのは管理者だけです");

    public static Summary OnlyTime { get; } = new("only the waiting time decides so", "この操作は、待ち時間の経過によってのみ行われます");

    public static Summary OnlyAdministrator { get; } = new("only an administrator can remove refused mail", "拒否されたメールを取り除けるのは管理者だけです");

    public static Summary ReasonNeeded { get; } = new("give a reason: its sender is told why", "理由を入力してください。送信者に伝えます");

    public static Summary ReasonTooLong { get; } = new(
        $"the reason is too long; at most {DecisionRequest.MaxReason:N0} characters", $"理由が長すぎます。{DecisionRequest.MaxReason:N0} 文字以内で入力してください");

    public static Summary NobodyLeft { get; } = new("nobody would be left to send it to; cancel it instead", "送る相手がいなくなります。送信を取りやめてください");

    public static Summary NothingToStrike { get; } = new(
        "recipients are struck off what is sent; to cancel for some, name those who go on waiting", "宛先を外せるのは送るときだけです。一部だけ取りやめるときは、引き続き待つ宛先を選んでください");

    public static Summary NotAmong(string address) => new($"{address} is not among its recipients, or stands on both lists", $"{address} は宛先にないか、両方の一覧に入っています");

    public static Summary NeitherSenderNorAdministrator(string by) => new($"{by} is neither the sender nor an administrator", $"{by} は送信者でも管理者でもありません");

    public static Summary NoApprover(string by) => new($"{by} is not an approver of this mail", $"{by} はこのメールの承認者ではありません");

    public static Summary NoDeputy(string by, string approver) => new($"{by} does not stand in for {approver} today", $"{by} は本日 {approver} の代理ではありません");

    public static Summary NobodyFor(string approver) => new($"it is {approver}'s own mail; nobody approves it for him", $"{approver} 本人のメールです。代理で承認することはできません");

    /// <summary>An approval that counts and does not suffice yet.</summary>
    public static Summary Counted(int more) => new(
        more == 1 ? "approved; 1 more approval is needed" : $"approved; {more} more approvals are needed", $"承認しました。あと {more} 人の承認が必要です");

    /// <summary>His word, or that of who he stands in for, counts already.</summary>
    public static Summary CountedBefore(ApprovalVote vote) => new(
        $"this approval is counted already: {vote.By}{(vote.For is null ? "" : $" for {vote.For}")} approved; somebody else is needed",
        $"すでに承認済みです（{vote.By}{(vote.For is null ? "" : $"、{vote.For} の代理")}）。ほかの方の承認が必要です");

    public static Summary Of(DecisionResult result) => result switch
    {
        DecisionResult.NotFound => Nothing,
        DecisionResult.DigestChanged => new("it changed since it was shown; look again", "表示したあとに内容が変わりました。もう一度ご確認ください"),
        _ => Unfitting,
    };

    /// <summary>What happened.</summary>
    public static Summary Done(DecisionKind kind, int recipients, int removed, int waiting)
    {
        var (en, ja) = Verb(kind);
        return new(
            $"{en} ({(recipients == 1 ? "1 recipient" : $"{recipients:N0} recipients")}{(removed > 0 ? $", {removed:N0} removed" : "")}{(waiting > 0 ? $", {waiting:N0} still waiting" : "")})",
            $"{ja}（宛先 {recipients:N0} 件{(removed > 0 ? $"、外した宛先 {removed:N0} 件" : "")}{(waiting > 0 ? $"、引き続き待つ宛先 {waiting:N0} 件" : "")}）");
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
        (PolicyAction.Deliver or PolicyAction.Individual, not DecisionKind.Cancel) => new("it leaves by itself; it can only be taken back", "まもなく自動で送信されます。取りやめることだけができます"),
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
