using System.Collections.Frozen;
using Sekisho.Incidents;
using Sekisho.Inspection;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Charts;

/// <summary>What each rule looks for, in a sentence or two for people; what it cannot see stands in the documentation.</summary>
public static class RuleMeanings
{
    private static readonly FrozenDictionary<string, Summary> s_meanings = new Dictionary<string, Summary>(StringComparer.Ordinal)
    {
        ["visible-recipients"] = new("Outside recipients would see each other's addresses in To or Cc although they have nothing to do with one another. Many strangers each get a copy of their own; with a few the sender is asked.",
                "関わりのない社外の宛先どうしが、To や Cc で互いのアドレスを見てしまいます。多いときは一人ずつの個別送信に変え、少ないときは送信者に確認します。"),
        ["addresses-in-body"] = new("The text shows outside people's addresses to somebody for whom they are news. Quoted threads are left out.",
                "本文に、受け取る人がまだ知らない社外の人のアドレスが並んでいます。引用されたやり取りは数えません。"),
        ["addresses-in-subject"] = new("The subject line shows an outside person's address.", "件名に社外の人のアドレスが入っています。"),
        ["header-injection"] = new("A line break or broken data in the header, by which addresses fall into the text or a mail gets fields its author never wrote.",
                "ヘッダーに改行や壊れたデータがあり、宛先が本文にこぼれたり、書いていない項目が加わったりします。"),
        ["calendar-attendees"] = new("An invitation shows its outside attendees to people who do not know them.", "予定の招待状に、互いに面識のない社外の出席者が並んでいます。"),
        ["duplicate-send"] = new("The same mail goes to the same person again within ten minutes; or two runs of one job get in each other's way.",
                "同じメールが10分以内に同じ人へもう一度送られています。または、同じ配信が二重に動いています。"),
        ["list-posting"] = new("An outsider's mail would be passed on to many outside people, or somebody posts to a list he may not post to.",
                "社外からのメールが多くの社外の人へ転送されるところです。または、投稿を許されていない人がリストへ送っています。"),
        ["recalled-message"] = new("A recall request, or a mail asking outside people to delete an earlier one: it goes to the same list a second time.",
                "送信の取り消し、または前のメールの削除を社外の人に頼むメールです。同じ宛先へもう一度送ることになります。"),
        ["personal-data"] = new("Other people's data on its way outside: a customer list, a class register, one patient's record to somebody who is not the patient. Persons are counted, in the text and in files.",
                "顧客名簿、学級名簿、本人以外へ送る患者の記録など、他人の情報が社外へ出ようとしています。本文と添付ファイルから人数を数えます。"),
        ["card-number"] = new("The text or a file holds numbers of payment cards, and the mail goes outside.", "本文または添付ファイルに支払いカードの番号があり、社外へ送られます。"),
        ["my-number"] = new("The text or a file holds Individual Numbers of Japan, and the mail goes outside.", "本文または添付ファイルにマイナンバー(個人番号)があり、社外へ送られます。"),
        ["credentials"] = new("The text or a file holds passwords, keys or tokens, and the mail goes outside.", "本文または添付ファイルにパスワード、鍵、トークンがあり、社外へ送られます。"),
        ["malware"] = new("The mail carries a virus or another harmful program.", "ウイルスなどの有害なプログラムが入っています。"),
        ["uninspectable"] = new("A check failed, ran out of time, or could not look inside. What could not be checked does not pass silently.",
                "確認が失敗したか、時間切れになったか、中を読めませんでした。確認できないものをそのまま通すことはありません。"),
        ["forgotten-attachment"] = new("The author says that something is attached, and nothing is.", "「添付」と書かれていますが、何も添付されていません。"),
        ["internal-only"] = new("A mail or a file that is labelled for inside goes outside, or a mail speaks to the staff.", "社内限りと記されたメールやファイル、または社員に宛てた文面が社外へ送られます。"),
        ["greeting-mismatch"] = new("The person the mail greets is none of those who get it; or a run of merged mails greets everybody by somebody else's name.",
                "文面の宛名の人が宛先にいません。または、差し込み配信の宛名が一件ずつずれています。"),
        ["company-mismatch"] = new("The company a mail addresses is not its recipient's.", "文面の会社名が宛先の会社と違います。"),
        ["foreign-records"] = new("What the mail carries is about another customer or company than the one who gets it.", "受け取る人とは別の客や会社についての内容が入っています。"),
        ["first-time-recipient"] = new("Nobody here has written to this address before.", "この組織からこのアドレスへ送るのは初めてです。"),
        ["lookalike-recipient"] = new("The address differs by a letter from one that is often written to.", "よく送る相手のアドレスと一文字違いです。"),
        ["new-in-thread"] = new("Somebody outside is added to a conversation that he was not part of.", "これまでのやり取りにいなかった社外の人が加わっています。"),
        ["unlikely-recipient"] = new("The recipient does not fit the others or the content.", "ほかの宛先や内容に合わない宛先です。"),
        ["sender-not-authorised"] = new("Mail to many outside recipients from somebody not meant to send such, or mail a signed-in user sends under an outside name.",
                "一斉送信を許されていない人から多数の社外宛て、または社外の名前を名乗った送信です。"),
        ["keyword"] = new("Words of the policy's lists stand in the subject or the text.", "組織が登録した語句が件名か本文にあります。"),
        ["attachment-name"] = new("A file has a name that a rule of the policy asks for.", "組織の規則に当てはまる名前のファイルがあります。"),
        ["delivery-seal"] = new("No rule of the policy but a law of the delivery: directly before a copy is sent, each recipient is checked against the envelope that was accepted. What a faulty system mixes up is not sent.",
                "ポリシーの規則ではなく配送の決まりです。送る直前に、受け付けた封筒の宛先と一件ずつ照らし合わせます。仕組みの誤りで宛先が入れ替わったものは送られません。"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What it looks for; empty for a rule of the organisation's own.</summary>
    public static string Of(string rule, Tongue tongue) => s_meanings.TryGetValue(rule, out var meaning) ? tongue.Of(meaning) : "";

    /// <summary>The title of what stops an incident: a rule, or the delivery seal.</summary>
    public static string Title(string rule, Tongue tongue)
        => rule == StoppingRule.DeliverySeal ? tongue["Check of the envelope before sending", "送信直前の宛先照合"] : RuleTitles.Of(rule, tongue);
}
