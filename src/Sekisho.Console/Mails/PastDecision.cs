using System.Text.Json;
using Sekisho.Inspection;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Mails;

/// <summary>A decision that was taken, as the audit trail has it.</summary>
/// <param name="Kind">By its name there: <c>release</c>, <c>approve</c> …</param>
/// <param name="For">The approver he stood in for, or null.</param>
public sealed record PastDecision(DateTimeOffset At, long? Delivery, string Kind, string By, string? For, string? Reason, int Recipients, string? Digest)
{
    /// <summary>All of a mail, first to last.</summary>
    public static IReadOnlyList<PastDecision> In(SubmissionDetail detail) => [.. detail.Events.Where(e => e.Kind == "decided").Select(Of)];

    /// <summary>Reads the event.</summary>
    public static PastDecision Of(AuditEvent decided)
    {
        using var json = JsonDocument.Parse(decided.DetailJson);
        string? Word(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var recipients = json.RootElement.TryGetProperty("recipients", out var count) && count.ValueKind == JsonValueKind.Number ? count.GetInt32() : 0;
        return new PastDecision(decided.At, decided.Delivery, Word("kind") ?? "", decided.By, Word("for"), Word("reason"), recipients, Word("digest"));
    }

    /// <summary>What it was, as a short sentence's beginning.</summary>
    public string Said(Tongue tongue) => Kind switch
    {
        "release" => tongue["Sent as it is", "そのまま送信"],
        "release-individually" => tongue["Sent to each individually", "1通ずつ個別に送信"],
        "cancel" => tongue["Not sent: taken back", "送信を取りやめ"],
        "approve" => tongue["Approved", "承認"],
        "reject" => tongue["Rejected, not sent", "差し戻し（送信しません）"],
        "deadline-return" => tongue["Not sent: nobody approved in time", "期限までに承認されず、送信しませんでした"],
        "deadline-escalate" => tongue["Others were asked too: nobody approved in time", "期限までに承認されず、ほかの人にも依頼"],
        _ => tongue["Sent: the waiting time was over", "待ち時間が過ぎたため送信"],
    };

    /// <summary>Who, as shown.</summary>
    public string Who(Tongue tongue) => By switch
    {
        "timer" => tongue["by itself", "自動"],
        "administrator" => tongue["an administrator on the machine itself", "サーバー上の管理者"],
        _ when For is not null => tongue[$"{Shown.Text(By)} for {Shown.Text(For)}", $"{Shown.Text(By)}（{Shown.Text(For)} の代理）"],
        _ => Shown.Text(By),
    };
}
