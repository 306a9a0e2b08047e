using System.Globalization;
using Sekisho.Inspection;
using Sekisho.Storage;

namespace Sekisho.Gateway.Notify;

/// <summary>What the notes say, in one language each.</summary>
internal abstract record NoteWords
{
    public static NoteWords English { get; } = new EnglishWords();

    public static NoteWords Japanese { get; } = new JapaneseWords();

    /// <summary>The languages of a setting, in the order they are written.</summary>
    public static IReadOnlyList<NoteWords> Of(string language) => language switch
    {
        "ja" => [Japanese],
        "en" => [English],
        _ => [Japanese, English],
    };

    public abstract string Of(Summary summary);

    public abstract string Stopped { get; }
    public abstract string Refused { get; }
    public abstract string SentIndividually { get; }
    public abstract string SentNoted { get; }
    public abstract string ApprovalWanted { get; }
    public abstract string Decided(DecisionKind kind);

    public abstract string About(string subject, DateTimeOffset at);
    public abstract string AboutFrom(string sender, string subject, DateTimeOffset at);
    public abstract string Why { get; }
    public abstract string Evidence { get; }
    public abstract string Waits(int count);
    public abstract string AwaitsApproval(int count);
    public abstract string IsRefused(int count);
    public abstract string WentIndividually(int count);
    public abstract string Went(int count);
    public abstract string WouldGo(int count);
    public abstract string Concerns(int count);
    public abstract string ApprovalBy(IReadOnlyList<string> approvers);
    public abstract string LeavesAt(DateTimeOffset at);
    public abstract string WhatYouCanDo { get; }
    public abstract string Individually { get; }
    public abstract string AsItIs { get; }
    public abstract string Cancel { get; }
    public abstract string Approve { get; }
    public abstract string Reject { get; }
    public abstract string InConsole { get; }
    public abstract string NothingHappens { get; }
    public abstract string OriginalKept { get; }
    public abstract string By(string who, string? standsFor);
    public abstract string StandsFor(string approver);
    public abstract string PassedOn { get; }
    public abstract string ApprovalsNeeded(int count);
    public abstract string DecideBy(DateTimeOffset at, AtDeadline then);
    public abstract string Reason(string reason);
    public abstract string RealCase(string text);
    public abstract string More(int count);

    public abstract string ReportSubject(ReportAction action);
    public abstract string ReportIntroduction(ReportAction action);
    public abstract string RetriedUntil(DateTimeOffset at);

    protected static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm (zzz)", CultureInfo.InvariantCulture);

    private sealed record EnglishWords : NoteWords
    {
        public override string Of(Summary summary) => summary.En;

        public override string Stopped => "Not sent yet";
        public override string Refused => "Not sent";
        public override string SentIndividually => "Sent to each individually";
        public override string SentNoted => "Sent, but please look again";
        public override string ApprovalWanted => "Your approval is needed";

        public override string Decided(DecisionKind kind) => kind switch
        {
            DecisionKind.Approve => "Approved and on its way",
            DecisionKind.Reject => "Not approved, not sent",
            DecisionKind.Cancel => "Cancelled, not sent",
            DecisionKind.ReleaseIndividually => "Released, sent to each individually",
            DecisionKind.TimerRelease => "Released, the waiting time is over",
            DecisionKind.DeadlineReturn => "Not approved in time, not sent",
            _ => "Released and on its way",
        };

        public override string About(string subject, DateTimeOffset at) => $"Your mail \"{subject}\" of {Time(at)}:";
        public override string AboutFrom(string sender, string subject, DateTimeOffset at) => $"{sender} wants to send the mail \"{subject}\" of {Time(at)}:";
        public override string Why => "Why";
        public override string Evidence => "What was seen";
        public override string Waits(int count) => $"Waiting for your decision ({Recipients(count)})";
        public override string AwaitsApproval(int count) => $"Waiting for approval ({Recipients(count)})";
        public override string IsRefused(int count) => $"Refused by the organisation's policy ({Recipients(count)})";
        public override string WentIndividually(int count) => $"Each gets a copy of his own ({Recipients(count)})";
        public override string Went(int count) => $"Sent as it is ({Recipients(count)})";
        public override string WouldGo(int count) => $"It would go to {Recipients(count)}";
        public override string Concerns(int count) => $"For {Recipients(count)}";
        public override string ApprovalBy(IReadOnlyList<string> approvers) => approvers.Count == 0 ? "An administrator decides." : $"Decided by: {string.Join(", ", approvers)}";
        public override string LeavesAt(DateTimeOffset at) => $"It leaves by itself at {Time(at)} unless you cancel it.";
        public override string WhatYouCanDo => "What you can do";
        public override string Individually => "Send one mail to each:";
        public override string AsItIs => "Send it as it is:";
        public override string Cancel => "Do not send it:";
        public override string Approve => "Let it go:";
        public override string Reject => "Turn it down:";
        public override string InConsole => "Look at it and decide in the browser";
        public override string NothingHappens => "Until then it stays where it is.";
        public override string OriginalKept => "Text and attachments are unchanged. Colleagues inside the organisation got the mail as you wrote it.";
        public override string By(string who, string? standsFor) => standsFor is null ? $"Decided by: {who}" : $"Decided by: {who}, for {standsFor}";
        public override string StandsFor(string approver) => $"You stand in for {approver}.";
        public override string PassedOn => "Those who were asked before did not decide in time.";
        public override string ApprovalsNeeded(int count) => $"{count} people must approve it.";

        public override string DecideBy(DateTimeOffset at, AtDeadline then) => then switch
        {
            AtDeadline.Escalate => $"Please decide by {Time(at)}; after that others are asked too.",
            AtDeadline.Return => $"Please decide by {Time(at)}; after that it goes back to its sender.",
            _ => $"Please decide by {Time(at)}.",
        };

        public override string Reason(string reason) => $"Reason: {reason}";
        public override string RealCase(string text) => $"It has happened: {text}";
        public override string More(int count) => $"and {count.ToString("N0", CultureInfo.InvariantCulture)} more";

        public override string ReportSubject(ReportAction action) => action switch
        {
            ReportAction.Failed => "Could not be delivered",
            ReportAction.Delayed => "Delayed",
            _ => "Delivered",
        };

        public override string ReportIntroduction(ReportAction action) => action switch
        {
            ReportAction.Failed => "Your mail did not reach these recipients:",
            ReportAction.Delayed => "Your mail has not reached these recipients yet. It is tried again; you need not do anything:",
            ReportAction.Relayed => "Your mail was handed to the next mail server for these recipients, which gives no receipts:",
            _ => "Your mail was delivered to these recipients:",
        };

        public override string RetriedUntil(DateTimeOffset at) => $"It is tried until {Time(at)}.";

        private static string Recipients(int count) => count == 1 ? "1 recipient" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} recipients";
    }

    private sealed record JapaneseWords : NoteWords
    {
        public override string Of(Summary summary) => summary.Ja;

        public override string Stopped => "まだ送信していません";
        public override string Refused => "送信しませんでした";
        public override string SentIndividually => "一通ずつ個別に送りました";
        public override string SentNoted => "送信しましたが、ご確認ください";
        public override string ApprovalWanted => "承認をお願いします";

        public override string Decided(DecisionKind kind) => kind switch
        {
            DecisionKind.Approve => "承認され、送信しました",
            DecisionKind.Reject => "承認されず、送信しませんでした",
            DecisionKind.Cancel => "取りやめ、送信しませんでした",
            DecisionKind.ReleaseIndividually => "保留を解き、一通ずつ個別に送りました",
            DecisionKind.TimerRelease => "待ち時間が過ぎたので送信しました",
            DecisionKind.DeadlineReturn => "期限までに承認されず、送信しませんでした",
            _ => "保留を解き、送信しました",
        };

        public override string About(string subject, DateTimeOffset at) => $"{Time(at)} のメール「{subject}」について:";
        public override string AboutFrom(string sender, string subject, DateTimeOffset at) => $"{sender} さんが {Time(at)} のメール「{subject}」を送ろうとしています:";
        public override string Why => "理由";
        public override string Evidence => "見つかったもの";
        public override string Waits(int count) => $"あなたの判断を待っている宛先（{Recipients(count)}）";
        public override string AwaitsApproval(int count) => $"承認を待っている宛先（{Recipients(count)}）";
        public override string IsRefused(int count) => $"組織の規則により送らない宛先（{Recipients(count)}）";
        public override string WentIndividually(int count) => $"一通ずつ個別に送る宛先（{Recipients(count)}）";
        public override string Went(int count) => $"そのまま送った宛先（{Recipients(count)}）";
        public override string WouldGo(int count) => $"送り先（{Recipients(count)}）";
        public override string Concerns(int count) => $"対象の宛先（{Recipients(count)}）";
        public override string ApprovalBy(IReadOnlyList<string> approvers) => approvers.Count == 0 ? "管理者が判断します。" : $"承認する人: {string.Join("、", approvers)}";
        public override string LeavesAt(DateTimeOffset at) => $"取りやめなければ {Time(at)} に自動で送信します。";
        public override string WhatYouCanDo => "できること";
        public override string Individually => "一通ずつ個別に送る:";
        public override string AsItIs => "このまま送る:";
        public override string Cancel => "送信をやめる:";
        public override string Approve => "送信を認める:";
        public override string Reject => "認めない:";
        public override string InConsole => "ブラウザーで確かめて決める";
        public override string NothingHappens => "決めるまで、このメールは出ません。";
        public override string OriginalKept => "本文と添付ファイルはそのままです。社内の方には、お書きになったとおりに届いています。";
        public override string By(string who, string? standsFor) => standsFor is null ? $"決めた人: {who}" : $"決めた人: {who}（{standsFor} の代理）";
        public override string StandsFor(string approver) => $"{approver} さんの代理としてお願いします。";
        public override string PassedOn => "先に依頼した方が期限までに決めませんでした。";
        public override string ApprovalsNeeded(int count) => $"{count} 人の承認が必要です。";

        public override string DecideBy(DateTimeOffset at, AtDeadline then) => then switch
        {
            AtDeadline.Escalate => $"{Time(at)} までに決めてください。過ぎると、ほかの方にも依頼します。",
            AtDeadline.Return => $"{Time(at)} までに決めてください。過ぎると、送信者に差し戻します。",
            _ => $"{Time(at)} までに決めてください。",
        };

        public override string Reason(string reason) => $"理由: {reason}";
        public override string RealCase(string text) => $"実際にあった例: {text}";
        public override string More(int count) => $"ほか {count.ToString("N0", CultureInfo.InvariantCulture)} 件";

        public override string ReportSubject(ReportAction action) => action switch
        {
            ReportAction.Failed => "配達できませんでした",
            ReportAction.Delayed => "配達が遅れています",
            _ => "配達しました",
        };

        public override string ReportIntroduction(ReportAction action) => action switch
        {
            ReportAction.Failed => "次の宛先には届きませんでした:",
            ReportAction.Delayed => "次の宛先にはまだ届いていません。引き続き試みますので、何もなさらなくて結構です:",
            ReportAction.Relayed => "次の宛先の分は、配達の確認を返さないメールサーバーへ渡しました:",
            _ => "次の宛先に配達しました:",
        };

        public override string RetriedUntil(DateTimeOffset at) => $"{Time(at)} まで試みます。";

        private static string Recipients(int count) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} 件";
    }
}
