using System.Globalization;
using Sekisho.Inspection;
using Sekisho.Pages.Shell;
using Sekisho.Policy;

namespace Sekisho.Pages.Administration;

/// <summary>A rule of the policy as a sentence people can read, in both languages.</summary>
public static class RuleSentences
{
    private static readonly Dictionary<string, Summary> s_measures = new(StringComparer.Ordinal)
    {
        ["groups"] = new("groups of strangers", "互いに面識のないグループ"),
        ["addresses"] = new("addresses", "アドレス数"),
        ["organisations"] = new("organisations", "組織数"),
        ["score"] = new("score", "点数"),
        ["alarms"] = new("interruptions per 1,000 of your mails", "自組織のメール1,000通あたりの確認回数"),
        ["together"] = new("addresses within one page", "1ページ内のアドレス数"),
        ["quoted"] = new("addresses in the quoted text", "引用文中のアドレス数"),
        ["run-addresses"] = new("addresses shown by the run so far", "一連のメールで見えたアドレス数"),
        ["run-messages"] = new("mails of the run", "一連のメールの通数"),
        ["staged"] = new("one of a possible run", "一連のメールの可能性"),
        ["breaks"] = new("line breaks", "改行の数"),
        ["unparsable"] = new("unreadable entries", "読み取れない宛先"),
        ["repeated"] = new("repeated fields", "重複した欄"),
        ["recipients"] = new("recipients", "宛先数"),
        ["conflicts"] = new("other people's files", "他人宛てのファイル"),
        ["list"] = new("a list of yours", "自組織の配布リスト"),
        ["foreign-name"] = new("under another's name", "別人の名義"),
        ["recall"] = new("recall requests", "取り消し依頼"),
        ["correction"] = new("corrections", "訂正・お詫び"),
        ["words"] = new("listed words", "指定語句"),
        ["matches"] = new("matches", "一致数"),
        ["cards"] = new("card numbers", "カード番号"),
        ["numbers"] = new("My Numbers", "マイナンバー"),
        ["credentials"] = new("passwords and keys", "パスワード・鍵"),
        ["keys"] = new("secret keys", "秘密鍵"),
        ["own"] = new("the recipient's own data", "本人の情報"),
        ["sensitive"] = new("sensitive data", "要配慮個人情報"),
        ["medical"] = new("medical data", "医療情報"),
        ["kinds"] = new("kinds of data", "情報の種類"),
        ["hidden"] = new("hidden persons", "隠れた個人情報"),
        ["files"] = new("files", "ファイル数"),
        ["labels"] = new("labels", "社外秘などの表示"),
        ["audience"] = new("words to the staff", "社内向けの呼びかけ"),
        ["mentions"] = new("mentions of a file", "添付への言及"),
        ["greeted"] = new("somebody else is greeted", "別の方への呼びかけ"),
        ["run"] = new("mails of this run", "同種のメールの通数"),
        ["companies"] = new("companies addressed", "宛名の会社数"),
        ["registered"] = new("from your list of companies", "登録済みの取引先"),
        ["records"] = new("records of others", "他人の記録"),
        ["owners"] = new("owners of records", "記録の持ち主"),
        ["login"] = new("somebody else's login", "他人のログイン情報"),
        ["addressee"] = new("made out to somebody else", "別の方宛ての書類"),
        ["freemail"] = new("slips in a mail provider's name", "フリーメール等のドメインの打ち間違い"),
        ["homoglyph"] = new("look-alike characters", "似た文字"),
        ["domain"] = new("slips in a domain", "ドメインの打ち間違い"),
        ["tld"] = new("other endings", "末尾の違い"),
        ["local"] = new("slips before the @", "@より前の打ち間違い"),
        ["name"] = new("known names at other addresses", "同じ名前の別アドレス"),
        ["renamed"] = new("addresses under another's name", "別人の名前の登録"),
        ["imitates-us"] = new("domains that imitate ours", "自社に似たドメイン"),
        ["distance"] = new("letters that differ", "異なる文字数"),
        ["rival-mails"] = new("mails to the one probably meant", "正しいと思われる宛先への通数"),
        ["known"] = new("mails to this address so far", "この宛先へのこれまでの通数"),
        ["new-to-sender"] = new("recipients new to the sender", "送信者には初めての宛先"),
        ["silent-days"] = new("days since the latest mail", "最後のメールからの日数"),
        ["mails"] = new("mails known", "学習済みの通数"),
        ["people"] = new("people of the thread", "やり取りにいた人数"),
        ["new"] = new("recipients new to the thread", "やり取りに初めて入る宛先"),
        ["staying"] = new("people of the thread on this mail", "引き続き宛先にいる人数"),
        ["infected"] = new("malware", "マルウェア"),
        ["unavailable"] = new("scanner not available", "検査不能"),
        ["limit"] = new("past a limit", "上限超過"),
        ["encrypted"] = new("encrypted", "暗号化"),
        ["signed"] = new("signed envelope", "署名付き"),
        ["partial"] = new("part of a mail", "分割メール"),
        ["tnef"] = new("Outlook's own form", "Outlook独自形式"),
        ["failed"] = new("failed checks", "検査の失敗"),
        ["late"] = new("out of time", "時間切れ"),
        ["ambiguous"] = new("ambiguous", "解釈が分かれる"),
        ["broken"] = new("broken", "破損"),
        ["no-tool"] = new("program missing", "プログラム不足"),
        ["unknown"] = new("unknown kind", "不明な形式"),
        ["unread"] = new("not read", "未読"),
        ["disguised"] = new("disguised", "偽装"),
    };

    /// <summary>What a measure counts.</summary>
    public static string Measure(string name, Tongue tongue) => s_measures.TryGetValue(name, out var words) ? tongue.Of(words) : name;

    /// <summary>The whole rule.</summary>
    public static string Of(PolicyRule rule, Tongue tongue)
    {
        var when = Conditions(rule.When, tongue);
        var unless = rule.Unless is null ? null : Conditions(rule.Unless, tongue, named: false);
        var then = Then(rule, tongue);
        return tongue[
            $"When {when}{(unless is null ? "" : $", unless {unless}")}: {then}.",
            $"{when}とき{(unless is null ? "" : $"（{unless}場合を除く）")}、{then}。"];
    }

    /// <summary>What happens.</summary>
    public static string Then(PolicyRule rule, Tongue tongue) => rule.Then switch
    {
        PolicyAction.Deliver => rule.Wait > TimeSpan.Zero ? tongue[$"it goes out after {Times.Span(rule.Wait, tongue)}", $"{Times.Span(rule.Wait, tongue)}待ってから送る"] : tongue["it goes out", "そのまま送る"],
        PolicyAction.Individual => tongue["each gets a copy of his own", "一通ずつ個別に送る"],
        PolicyAction.Hold => rule.ReleaseAfter is { } after
            ? tongue[$"it waits, and leaves by itself after {Times.Span(after, tongue)}", $"保留し、{Times.Span(after, tongue)}後に自動で送る"]
            : tongue["it waits for its sender", "送信者の確認を待つ"],
        PolicyAction.Approve => rule.Approvers.Count > 0
            ? tongue[$"it waits for approval by {string.Join(", ", rule.Approvers)}", $"{string.Join("、", rule.Approvers)}の承認を待つ"]
            : tongue["it waits for approval", "承認を待つ"],
        _ => tongue["it does not go out", "送らない"],
    };

    /// <summary>A comparison in signs: ≥ 10, 2–9.</summary>
    public static string Sign(Comparison comparison)
        => (comparison.Min, comparison.Max) switch
        {
            (var min, long.MaxValue) => string.Create(CultureInfo.InvariantCulture, $"≥ {min:N0}"),
            (var min, var max) when min == max => string.Create(CultureInfo.InvariantCulture, $"= {min:N0}"),
            (0, var max) => string.Create(CultureInfo.InvariantCulture, $"≤ {max:N0}"),
            var (min, max) => string.Create(CultureInfo.InvariantCulture, $"{min:N0}–{max:N0}"),
        };

    private static string Conditions(PolicyConditions c, Tongue tongue, bool named = true)
    {
        var parts = new List<string>();
        if (c.Findings.Count > 0)
        {
            var titles = c.Findings.Select(f => RuleTitles.Of(f, tongue));
            parts.Add(tongue[$"“{string.Join("” or “", titles)}” is found", $"「{string.Join("」または「", titles)}」に当たる"]);
        }

        parts.AddRange(c.Measures.Select(m => tongue[$"{Measure(m.Key, tongue)} {Sign(m.Value)}", $"{Measure(m.Key, tongue)}が{Sign(m.Value)}の"]));
        Add(c.Persons is not null, () => tongue[$"persons {Sign(c.Persons!.Value)}", $"個人情報の人数が{Sign(c.Persons!.Value)}の"]);
        Add(c.Severity is not null, () => tongue[$"its gravity is {Sign(c.Severity!.Value)} of 4", $"重大度が4段階中{Sign(c.Severity!.Value)}の"]);
        Add(c.With is not null, () => tongue[$"for the same recipient {Conditions(c.With!, tongue)}", $"同じ宛先が{Conditions(c.With!, tongue)}"]);
        Add(c.Sender.Count > 0, () => tongue[$"the sender is {Some(c.Sender)}", $"送信者が{Some(c.Sender)}の"]);
        Add(c.Recipient.Count > 0, () => tongue[$"the recipient is {Some(c.Recipient)}", $"宛先が{Some(c.Recipient)}の"]);
        Add(c.Recipients is not null, () => tongue[$"outside recipients {Sign(c.Recipients!.Value)}", $"社外の宛先が{Sign(c.Recipients!.Value)}の"]);
        Add(c.Keywords.Count > 0, () => tongue[$"{Where(c, tongue)} contains {Some(c.Keywords)}", $"{Where(c, tongue)}に{Some(c.Keywords)}がある"]);
        Add(c.Attachments.Count > 0, () => tongue[$"a file is named like {Some(c.Attachments)}", $"ファイル名が{Some(c.Attachments)}に合う"]);
        return parts.Count == 0 ? tongue[named ? "any mail leaves" : "always", named ? "すべてのメールの" : "すべての"] : string.Join(tongue[" and ", "、"], parts);

        void Add(bool has, Func<string> text)
        {
            if (has)
            {
                parts.Add(text());
            }
        }
    }

    private static string Where(PolicyConditions c, Tongue tongue)
        => (c.InSubject, c.InBody) switch { (true, false) => tongue["the subject", "件名"], (false, true) => tongue["the text", "本文"], _ => tongue["the mail", "メール"] };

    private static string Some<T>(IReadOnlyList<T> all)
        => string.Join(", ", all.Take(5).Select(a => Shown.Text(a!.ToString(), 60))) + (all.Count > 5 ? $" … ({all.Count})" : "");
}
