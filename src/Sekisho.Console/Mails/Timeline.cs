using System.Text.Json;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Mails;

/// <summary>One line of a mail's story.</summary>
/// <param name="Sign">Drawn before it; the words say the same.</param>
/// <param name="Kind">Colour: as with badges.</param>
public sealed record Happening(DateTimeOffset At, string Sign, string Kind, string What, string? Detail);

/// <summary>A mail's story in words, from the events of its audit trail.</summary>
public static class Timeline
{
    /// <summary>Lines shown; a mail to thousands has an event for each copy.</summary>
    public const int Most = 200;

    /// <summary>Tells it, first to last; of very long stories the beginning and the end.</summary>
    public static IReadOnlyList<Happening> Of(SubmissionDetail mail, Tongue tongue)
    {
        var events = mail.Events.Count <= Most ? mail.Events : [.. mail.Events.Take(Most / 2), .. mail.Events.TakeLast(Most / 2)];
        var addresses = mail.Recipients.ToDictionary(r => r.Ordinal, r => r.Address);
        return [.. events.Select(e => Tell(e, addresses, tongue))];
    }

    private static Happening Tell(AuditEvent happened, IReadOnlyDictionary<int, string> addresses, Tongue tongue)
    {
        if (happened.Kind == "decided")
        {
            return Decided(happened, tongue);
        }

        using var json = JsonDocument.Parse(happened.DetailJson);
        var detail = json.RootElement;
        var (sign, colour, what) = happened.Kind switch
        {
            "accepted" => ("↓", "neutral", tongue["Accepted and stored", "受け付けて保存"]),
            "inspected" => ("◦", "neutral", tongue["Checked", "検査"]),
            "held" => ("‖", "hold", tongue["Held back", "保留"]),
            "approval-counted" => ("✓", "approve", tongue[$"Approved by {Shown.Text(happened.By)}; more approvals are needed", $"{Shown.Text(happened.By)} が承認（ほかの承認も必要）"]),
            "halted" => ("‖", "hold", tongue["Halted: its sender is stopped", "送信者の停止により保留"]),
            "viewed" => ("○", "neutral", Viewed(happened, detail, tongue)),
            "delivered" => ("✓", "deliver", tongue["Handed over", "引き渡し完了"]),
            "bounced" => ("↩", "refuse", tongue["Refused by the next server", "次のサーバーが拒否"]),
            "expired" => ("×", "refuse", tongue["Given up: too many days", "期限切れのため中止"]),
            "deferred" or "pending" => ("…", "hold", tongue["Not taken yet; it is tried again", "まだ受け取られず、再試行します"]),
            "unknown" => ("?", "hold", tongue["The answer was lost; trying again may make a duplicate", "応答が失われました。再試行で重複する可能性があります"]),
            "late-result" => ("?", "hold", tongue["A late answer came", "遅れて応答がありました"]),
            "attempt" => ("→", "neutral", tongue["Tried; recipients differ", "送信を試行（宛先により結果が異なる）"]),
            _ => ("·", "neutral", tongue["Another event was recorded", "その他の記録"]),
        };
        return new Happening(happened.At, sign, colour, what, Detail(happened.Kind, detail, addresses, tongue));
    }

    private static Happening Decided(AuditEvent happened, Tongue tongue)
    {
        var past = PastDecision.Of(happened);
        var went = past.Kind is "release" or "release-individually" or "approve" or "timer-release";
        var detail = tongue[past.Recipients == 1 ? "1 recipient" : $"{past.Recipients:N0} recipients", $"宛先{past.Recipients:N0}件"]
            + (past.Reason is { } reason ? tongue[$" · reason: {Shown.Text(reason, 2000)}", $"・理由: {Shown.Text(reason, 2000)}"] : "")
            + (past.Digest is { Length: >= 12 } digest ? tongue[$" · seen: {digest[..12]}…", $"・確認した内容: {digest[..12]}…"] : "");
        return new Happening(happened.At, went ? "✓" : "×", went ? "deliver" : "neutral", $"{past.Said(tongue)} · {past.Who(tongue)}", detail);
    }

    private static string Viewed(AuditEvent happened, JsonElement detail, Tongue tongue)
        => Word(detail, "what") == "original"
            ? tongue[$"Original downloaded by {Shown.Text(happened.By)}", $"{Shown.Text(happened.By)} が原本をダウンロード"]
            : tongue[$"Read by {Shown.Text(happened.By)}", $"{Shown.Text(happened.By)} が本文を閲覧"];

    private static string? Detail(string kind, JsonElement detail, IReadOnlyDictionary<int, string> addresses, Tongue tongue) => kind switch
    {
        "accepted" => Word(detail, "client") is { Length: > 0 } client ? tongue[$"from {Shown.Text(client)}", $"接続元 {Shown.Text(client)}"] : null,
        "inspected" => detail.TryGetProperty("verdicts", out var verdicts) && verdicts.ValueKind == JsonValueKind.Object
            ? string.Join(tongue[", ", "、"], verdicts.EnumerateObject().Select(v => $"{Verdict(v.Name, tongue)} {v.Value}")) : null,
        "held" => detail.TryGetProperty("rules", out var rules) && rules.ValueKind == JsonValueKind.Array
            ? string.Join(tongue[", ", "、"], rules.EnumerateArray().Take(10).Select(r => RuleTitles.Of(r.GetString() ?? "", tongue))) : null,
        "delivered" or "bounced" or "expired" or "pending" or "attempt" or "unknown" or "late-result" => Results(detail, addresses, tongue),
        _ => null,
    };

    private static string? Results(JsonElement detail, IReadOnlyDictionary<int, string> addresses, Tongue tongue)
    {
        if (!detail.TryGetProperty("results", out var results) || results.ValueKind != JsonValueKind.Array || results.GetArrayLength() == 0)
        {
            return null;
        }

        var first = results[0];
        var count = detail.TryGetProperty("recipients", out var all) && all.TryGetInt32(out var n) ? n : results.GetArrayLength();
        var who = Shown.Text(addresses.GetValueOrDefault(first[0].GetInt32(), ""), 120);
        var reply = Shown.Text(first.GetArrayLength() > 2 ? first[2].GetString() : "", 200);
        return who + (count > 1 ? tongue[$" and {count - 1:N0} more", $" ほか{count - 1:N0}件"] : "") + (reply.Length > 0 ? $": {reply}" : "");
    }

    private static string Verdict(string name, Tongue tongue) => name switch
    {
        "deliver" => tongue["go out:", "送信:"],
        "individual" => tongue["to each individually:", "個別送信:"],
        "hold" => tongue["held:", "保留:"],
        "approve" => tongue["need approval:", "要承認:"],
        _ => tongue["refused:", "拒否:"],
    };

    private static string? Word(JsonElement detail, string name) => detail.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
