namespace Sekisho.Incidents;

/// <summary>How mail leaks, as the catalogue names it.</summary>
public static class Mechanisms
{
    public const string VisibleTo = "visible-recipients-to";
    public const string VisibleCc = "visible-recipients-cc";
    public const string VisibleUnspecified = "visible-recipients-unspecified";
    public const string WrongAttachment = "wrong-attachment";
    public const string AddressesInBody = "addresses-in-body";
    public const string WrongRecipient = "wrong-recipient";
    public const string Other = "other";
    public const string WrongPersonalisation = "wrong-personalisation";
    public const string HeaderBreak = "header-break";
    public const string ListOpen = "list-open-to-posting";
    public const string AddressesInSubject = "addresses-in-subject";
    public const string DoubleStart = "double-start";
    public const string SystemMisrouting = "system-misrouting";
    public const string Virus = "virus";

    /// <summary>Only ever a secondary one: taking the mail back did not work, or made it worse.</summary>
    public const string FailedRecall = "failed-recall";

    /// <summary>The three spellings of visible recipients, as one.</summary>
    public const string VisibleFamily = "visible-recipients";

    /// <summary>All of them, the commonest first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        VisibleUnspecified, VisibleTo, VisibleCc, WrongAttachment, AddressesInBody, WrongRecipient, Other, WrongPersonalisation,
        HeaderBreak, ListOpen, AddressesInSubject, DoubleStart, SystemMisrouting, Virus,
    ];

    /// <summary>The mechanism without where the addresses stood: the three visible-recipients ones become <see cref="VisibleFamily"/>.</summary>
    public static string Family(string mechanism) => mechanism.StartsWith(VisibleFamily, StringComparison.Ordinal) ? VisibleFamily : mechanism;

    /// <summary>The mechanism in words a reader understands.</summary>
    public static string Describe(string mechanism, bool japanese) => Family(mechanism) switch
    {
        VisibleFamily => japanese ? "宛先が互いに見えた" : "recipients visible to each other",
        WrongAttachment => japanese ? "添付ファイルの誤り" : "wrong attachment",
        AddressesInBody => japanese ? "本文にアドレス" : "addresses in the text",
        WrongRecipient => japanese ? "宛先の誤り" : "wrong recipient",
        WrongPersonalisation => japanese ? "差し込みの誤り" : "another person's data or name merged in",
        HeaderBreak => japanese ? "ヘッダーの改行" : "a line break inside address data",
        ListOpen => japanese ? "投稿できる状態の配信リスト" : "a list open to posts",
        AddressesInSubject => japanese ? "件名にアドレス" : "addresses in the subject",
        DoubleStart => japanese ? "配信の二重起動" : "a run started twice",
        SystemMisrouting => japanese ? "システムの誤配送" : "misrouted by a system",
        Virus => japanese ? "ウイルス" : "virus",
        FailedRecall => japanese ? "取り消しの失敗" : "a recall that failed",
        _ => japanese ? "経緯の記述なし" : "not said how",
    };
}
