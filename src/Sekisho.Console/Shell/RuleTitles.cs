using Sekisho.Inspection;

namespace Sekisho.Pages.Shell;

/// <summary>What each rule is called among people. Pages show these, never the rule's name alone.</summary>
public static class RuleTitles
{
    private static readonly Dictionary<string, Summary> s_titles = new(StringComparer.Ordinal)
    {
        [RuleNames.VisibleRecipients] = new("Strangers see each other's addresses", "宛先が互いに見える"),
        [RuleNames.AddressesInBody] = new("Addresses in the text", "本文にメールアドレス"),
        [RuleNames.AddressesInSubject] = new("Address in the subject", "件名にメールアドレス"),
        [RuleNames.HeaderInjection] = new("Broken address lines", "宛先欄の異常"),
        [RuleNames.CalendarAttendees] = new("Invitation shows the attendees", "招待に参加者一覧"),
        [RuleNames.DuplicateSend] = new("The same mail again", "同じメールの重複"),
        [RuleNames.ListPosting] = new("Post to many by one not entitled", "権限のない一斉投稿"),
        [RuleNames.RecalledMessage] = new("Recalled mail", "取り消されたメール"),
        [RuleNames.PersonalData] = new("Personal data", "個人情報"),
        [RuleNames.CardNumber] = new("Card numbers", "クレジットカード番号"),
        [RuleNames.MyNumber] = new("My Number", "マイナンバー"),
        [RuleNames.Credentials] = new("Passwords or keys", "パスワード・鍵"),
        [RuleNames.Malware] = new("Malware", "マルウェア"),
        [RuleNames.Uninspectable] = new("Cannot be looked into", "中身を確認できない"),
        [RuleNames.ForgottenAttachment] = new("Attachment forgotten", "添付忘れ"),
        [RuleNames.InternalOnly] = new("Marked as internal", "社外秘の表示"),
        [RuleNames.GreetingMismatch] = new("Greets somebody else", "宛名の不一致"),
        [RuleNames.CompanyMismatch] = new("Names another company", "会社名の不一致"),
        [RuleNames.ForeignRecords] = new("Records of somebody else", "別の相手のデータ"),
        [RuleNames.SenderNotAuthorised] = new("Sender not entitled", "差出人の権限なし"),
        [RuleNames.Keyword] = new("Watched words", "注意語句"),
        [RuleNames.AttachmentName] = new("Watched file name", "注意するファイル名"),
        ["first-time-recipient"] = new("First mail to this address", "初めての宛先"),
        ["lookalike-recipient"] = new("Look-alike address", "似た宛先"),
        ["new-in-thread"] = new("New in this conversation", "やり取りに新しい宛先"),
        ["unlikely-recipient"] = new("Unlikely recipient", "普段と違う宛先"),
    };

    /// <summary>Every rule's name, in the order of the documentation.</summary>
    public static IReadOnlyCollection<string> Names => s_titles.Keys;

    /// <summary>Its title; for a rule of the organisation's own its name, made safe to show.</summary>
    public static string Of(string rule, Tongue tongue) => s_titles.TryGetValue(rule, out var title) ? tongue.Of(title) : Shown.Text(rule, 60);
}
