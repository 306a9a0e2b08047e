using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Shell;

/// <summary>Words for verdicts, states and outcomes, alike on every page: a sign, a word and a colour.</summary>
public static class Badges
{
    /// <summary>A verdict.</summary>
    public static IHtmlContent Of(PolicyAction action, Tongue tongue) => Make(Parts(action), tongue);

    /// <summary>Kind, sign and word of a verdict, for a page that writes its own badges.</summary>
    public static (string Kind, string Sign, Summary Word) Parts(PolicyAction action) => action switch
    {
        PolicyAction.Deliver => ("deliver", "✓", new("goes out", "送信")),
        PolicyAction.Individual => ("individual", "⇉", new("to each individually", "個別送信")),
        PolicyAction.Hold => ("hold", "‖", new("held", "保留")),
        PolicyAction.Approve => ("approve", "◇", new("needs approval", "要承認")),
        _ => ("refuse", "✕", new("refused", "拒否")),
    };

    /// <summary>Where a mail stands.</summary>
    public static IHtmlContent Of(MailState state, Tongue tongue) => Make(Kind(state), Sign(state), Word(state, tongue));

    /// <summary>The same in words alone, for choices in a form.</summary>
    public static string Word(MailState state, Tongue tongue) => state switch
    {
        MailState.Inspecting => tongue["being checked", "検査中"],
        MailState.Held => tongue["waits for its sender", "送信者の確認待ち"],
        MailState.Approval => tongue["waits for approval", "承認待ち"],
        MailState.Refused => tongue["refused", "拒否"],
        MailState.OnTheWay => tongue["on its way", "配送中"],
        MailState.Delivered => tongue["delivered", "配達済み"],
        MailState.Failed => tongue["not everybody got it", "一部または全部が不達"],
        _ => tongue["not sent", "送信中止"],
    };

    /// <summary>Where a part of a mail stands.</summary>
    public static IHtmlContent Of(DeliveryState state, Tongue tongue) => state switch
    {
        DeliveryState.Inspecting => Make("neutral", "…", tongue["being checked", "検査中"]),
        DeliveryState.Ready => Make("individual", "→", tongue["on its way", "配送中"]),
        DeliveryState.Held => Make("hold", "‖", tongue["waits for its sender", "送信者の確認待ち"]),
        DeliveryState.Approval => Make("approve", "◇", tongue["waits for approval", "承認待ち"]),
        DeliveryState.Refused => Make("refuse", "✕", tongue["refused", "拒否"]),
        _ => Make("neutral", "■", tongue["ended", "終了"]),
    };

    /// <summary>What became of one recipient's copy.</summary>
    public static IHtmlContent Of(Outcome outcome, Tongue tongue) => outcome switch
    {
        Outcome.Pending => Make("neutral", "…", tongue["not yet", "未配達"]),
        Outcome.Delivered => Make("deliver", "✓", tongue["delivered", "配達済み"]),
        Outcome.Bounced => Make("refuse", "↩", tongue["bounced", "不達"]),
        Outcome.Cancelled => Make("neutral", "⊘", tongue["cancelled", "取りやめ"]),
        Outcome.Refused => Make("refuse", "✕", tongue["refused", "拒否"]),
        Outcome.Expired => Make("refuse", "×", tongue["given up", "期限切れ"]),
        _ => Make("hold", "?", tongue["not known", "不明"]),
    };

    /// <summary>How grave a finding is.</summary>
    public static IHtmlContent Of(Severity severity, Tongue tongue) => Make(Parts(severity), tongue);

    /// <summary>Kind, sign and word of a gravity, for a page that writes its own badges.</summary>
    public static (string Kind, string Sign, Summary Word) Parts(Severity severity) => severity switch
    {
        Severity.Info => ("neutral", "i", new("note", "参考")),
        Severity.Low => ("neutral", "△", new("low", "低")),
        Severity.Medium => ("hold", "▲", new("medium", "中")),
        Severity.High => ("refuse", "▲", new("high", "高")),
        _ => ("refuse", "‼", new("critical", "重大")),
    };

    /// <summary>A badge of its own: <paramref name="kind"/> is one of deliver, individual, hold, approve, refuse, neutral.</summary>
    public static IHtmlContent Make(string kind, string sign, string word)
        => new HtmlString($"<span class=\"badge {kind}\"><span aria-hidden=\"true\">{HtmlEncoder.Default.Encode(sign)}</span> {Encoder.Encode(word)}</span>");

    private static IHtmlContent Make((string Kind, string Sign, Summary Word) parts, Tongue tongue) => Make(parts.Kind, parts.Sign, tongue.Of(parts.Word));

    private static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    private static string Kind(MailState state) => state switch
    {
        MailState.Held => "hold",
        MailState.Approval => "approve",
        MailState.Refused or MailState.Failed => "refuse",
        MailState.OnTheWay => "individual",
        MailState.Delivered => "deliver",
        _ => "neutral",
    };

    private static string Sign(MailState state) => state switch
    {
        MailState.Inspecting => "…",
        MailState.Held => "‖",
        MailState.Approval => "◇",
        MailState.Refused => "✕",
        MailState.OnTheWay => "→",
        MailState.Delivered => "✓",
        MailState.Failed => "↩",
        _ => "⊘",
    };
}
