using System.Text.Json;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Administration;

/// <summary>Events of the audit trail as sentences, in both languages.</summary>
public static class AuditSentences
{
    /// <summary>Every kind there is, for the filter; the newest program may know more than these.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "accepted", "inspected", "held", "halted", "decided", "approval-counted", "escalated", "delivered", "bounced", "expired", "deferred", "attempt", "pending", "unknown", "late-result",
        "stopped", "stop-lifted", "policy-activated", "policy-activated-unseen", "policy-activation-failed", "policy-reloaded", "account-saved", "account-removed", "signed-in", "sign-in-failed",
        "token-added", "token-revoked", "deputy-added", "deputy-ended", "original-viewed", "gateway-started", "gateway-stopped",
    ];

    /// <summary>What a kind is called in a list of choices.</summary>
    public static string Kind(string kind, Tongue tongue) => kind switch
    {
        "accepted" => tongue["mail accepted", "メールの受付"],
        "inspected" => tongue["mail inspected", "メールの検査"],
        "held" => tongue["mail held", "メールの保留"],
        "halted" => tongue["mail halted by a stop", "停止によるメールの保留"],
        "decided" => tongue["decision", "確認・承認の決定"],
        "approval-counted" => tongue["one of several approvals", "複数承認のうちの1件"],
        "escalated" => tongue["others were asked too", "上位者への引き継ぎ"],
        "delivered" => tongue["delivered", "配達"],
        "bounced" => tongue["bounced", "不達"],
        "expired" => tongue["given up", "期限切れ"],
        "cancelled" => tongue["cancelled", "取りやめ"],
        "deferred" or "pending" => tongue["delivery put off", "配送の延期"],
        "attempt" => tongue["delivery attempt", "配送の試み"],
        "unknown" => tongue["outcome not known", "結果不明"],
        "late-result" => tongue["late result", "遅れて届いた結果"],
        "stopped" => tongue["sender stopped", "送信者の停止"],
        "stop-lifted" => tongue["stop lifted", "停止の解除"],
        "policy-activated" => tongue["policy put in force", "ポリシーの適用"],
        "policy-activated-unseen" => tongue["policy put in force unseen", "影響未確認でのポリシー適用"],
        "policy-activation-failed" => tongue["policy not put in force", "ポリシー適用の失敗"],
        "policy-reloaded" => tongue["configuration read again", "設定の再読み込み"],
        "account-saved" => tongue["account changed", "アカウントの変更"],
        "account-removed" => tongue["account removed", "アカウントの削除"],
        "signed-in" => tongue["signed in", "サインイン"],
        "sign-in-failed" => tongue["sign-in failed", "サインインの失敗"],
        "token-added" => tongue["key made", "APIキーの作成"],
        "token-revoked" => tongue["key revoked", "APIキーの失効"],
        "deputy-added" => tongue["deputy named", "代理人の指定"],
        "deputy-ended" => tongue["deputy ended", "代理人の終了"],
        "original-viewed" => tongue["original looked at", "原本の閲覧"],
        "gateway-started" => tongue["gateway started", "ゲートウェイの起動"],
        "gateway-stopped" => tongue["gateway stopped", "ゲートウェイの停止"],
        _ => Shown.Text(kind, 60),
    };

    /// <summary>One event.</summary>
    public static string Of(AuditEvent line, Tongue tongue)
    {
        using var document = Parse(line.DetailJson);
        var detail = document?.RootElement ?? default;
        var by = Shown.Text(line.By, 100);
        return line.Kind switch
        {
            "accepted" => tongue[$"Accepted from {by}{Recipients(detail, tongue)}.", $"{by}から受け付けました{Recipients(detail, tongue)}。"],
            "inspected" => tongue["Inspected by the policy in force.", "適用中のポリシーで検査しました。"],
            "held" => tongue["Held.", "保留しました。"],
            "halted" => tongue["Halted, since its sender is stopped.", "送信者が停止中のため、保留しました。"],
            "decided" or "approval-counted" or "escalated" => Decision(by, detail, tongue),
            "stopped" => tongue[$"{by} stopped the mail of {Text(detail, "sender")}.", $"{by}が{Text(detail, "sender")}のメールを停止しました。"],
            "stop-lifted" => tongue[$"{by} lifted the stop of {Text(detail, "sender")}.", $"{by}が{Text(detail, "sender")}の停止を解除しました。"],
            "policy-activated" when line.By == Gateway.Administration.ConfigKeeper.ByHand => tongue[$"Found in the file, kept as version {Text(detail, "number")}.", $"ファイルで直接変更された内容を第{Text(detail, "number")}版として保存しました。"],
            "policy-activated" => tongue[$"{by} put version {Text(detail, "number")} of the policy in force{Note(detail, tongue)}.", $"{by}がポリシーの第{Text(detail, "number")}版を適用しました{Note(detail, tongue)}。"],
            "policy-activated-unseen" => tongue[$"{by} put a policy in force without having looked at its effect.", $"{by}が影響を確かめずにポリシーを適用しました。"],
            "policy-activation-failed" => tongue[$"Version {Text(detail, "number")} could not be written, so it is not in force.", $"第{Text(detail, "number")}版は書き込めなかったため、適用されていません。"],
            "policy-reloaded" => tongue[$"The configuration was read again; policy {Text(detail, "policy")} is in force.", $"設定を読み直しました（ポリシー {Text(detail, "policy")}）。"],
            "account-saved" => tongue[$"{by} changed the account {Text(detail, "account")}.", $"{by}がアカウント{Text(detail, "account")}を変更しました。"],
            "account-removed" => tongue[$"{by} removed the account {Text(detail, "account")}.", $"{by}がアカウント{Text(detail, "account")}を削除しました。"],
            "signed-in" => tongue[$"{by} signed in.", $"{by}がサインインしました。"],
            "sign-in-failed" => tongue[$"Wrong passwords for {by}; locked for a while.", $"{by}のパスワード間違いが続いたため、一時的にロックしました。"],
            "token-added" => tongue[$"{by} made the key “{Text(detail, "name")}” for {Text(detail, "owner")}.", $"{by}が{Text(detail, "owner")}のAPIキー「{Text(detail, "name")}」を作りました。"],
            "token-revoked" => tongue[$"{by} revoked the key “{Text(detail, "name")}” of {Text(detail, "owner")}.", $"{by}が{Text(detail, "owner")}のAPIキー「{Text(detail, "name")}」を失効させました。"],
            "deputy-added" => tongue[$"{by} named a deputy.", $"{by}が代理人を指定しました。"],
            "deputy-ended" => tongue[$"{by} ended a deputy.", $"{by}が代理を終了しました。"],
            "original-viewed" => tongue[$"{by} looked at the original.", $"{by}が原本を閲覧しました。"],
            "gateway-started" => tongue["The gateway started.", "ゲートウェイが起動しました。"],
            "gateway-stopped" => tongue["The gateway stopped.", "ゲートウェイが停止しました。"],
            _ => char.ToUpperInvariant(Kind(line.Kind, tongue)[0]) + Kind(line.Kind, tongue)[1..] + Recipients(detail, tongue) + tongue[".", "。"],
        };
    }

    private static string Decision(string by, JsonElement detail, Tongue tongue)
    {
        var what = Text(detail, "kind") switch
        {
            "release" => tongue["sent it as it is", "そのまま送信"],
            "release-individually" => tongue["sent it to each individually", "個別に送信"],
            "cancel" => tongue["took it back", "送信を取りやめ"],
            "approve" => tongue["approved it", "承認"],
            "reject" => tongue["turned it down", "却下"],
            "timer-release" => tongue["let it go when its time was up", "時間の経過により送信"],
            "deadline-return" => tongue["returned it, its time being over", "期限切れにより差し戻し"],
            "deadline-escalate" => tongue["asked others too, its time being over", "期限切れにより上位者へ引き継ぎ"],
            var other => other,
        };
        var standsIn = Text(detail, "for") is { Length: > 0 } other2 ? tongue[$" for {other2}", $"（{other2}の代理）"] : "";
        var reason = Text(detail, "reason") is { Length: > 0 } words ? tongue[$" Reason: {words}", $"理由：{words}"] : "";
        return tongue[$"{by}{standsIn} {what}{Recipients(detail, tongue)}.{reason}", $"{by}{standsIn}が{what}しました{Recipients(detail, tongue)}。{reason}"];
    }

    private static string Recipients(JsonElement detail, Tongue tongue)
        => detail.ValueKind == JsonValueKind.Object && detail.TryGetProperty("recipients", out var count) && count.TryGetInt64(out var n) ? tongue[n == 1 ? " (1 recipient)" : $" ({n:N0} recipients)", $"（宛先{n:N0}件）"] : "";

    private static string Note(JsonElement detail, Tongue tongue) => Text(detail, "note") is { Length: > 0 } note ? tongue[$": {note}", $"：{note}"] : "";

    private static string Text(JsonElement detail, string name)
        => detail.ValueKind == JsonValueKind.Object && detail.TryGetProperty(name, out var value) ? Shown.Text(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText(), 200) : "";

    private static JsonDocument? Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
