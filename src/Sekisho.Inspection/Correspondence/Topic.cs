using System.Buffers;
using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>What a mail is about, by its subject: the same for a mail, its answers and what is passed on of it.</summary>
public static class Topic
{
    private const int MaxLength = 200;

    private const int MaxMarks = 32;

    private const int MaxTag = 40;

    private static readonly SearchValues<char> _numbering = SearchValues.Create("[]()^*0123456789 ");

    /// <summary>What programs put before the subject of an answer or of a mail passed on, in the languages they speak; folded.</summary>
    private static readonly FrozenSet<string> _marks = new[]
    {
        "re", "fw", "fwd", "aw", "antw", "antwort", "wg", "weitergeleitet", "sv", "vs", "vb", "vl", "ref", "réf", "rép", "rep", "tr", "trans", "rv", "res", "enc", "r", "i", "rif", "inoltra",
        "doorst", "ynt", "ilt", "odp", "pd", "atb", "továbbítás", "válasz", "fs", "bls", "trs", "απ", "σχετ", "πρθ", "ha", "hth", "на", "отв", "ответ", "пересл", "fyi",
        "返信", "転送", "回复", "答复", "转发", "回覆", "轉寄", "轉發", "답장", "회신", "전달", "ตอบ", "ส่งต่อ", "תשובה", "הועבר", "رد", "إعادة توجيه", "accepted", "declined", "tentative", "承諾", "辞退",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Subjects so common that two mails under one of them need not have anything to do with each other; folded.</summary>
    private static readonly FrozenSet<string> _generic = new[]
    {
        "hello", "hello there", "hi there", "hello!", "greetings", "good morning", "meeting", "update", "updates", "question", "questions", "urgent", "important", "thanks", "thank you", "thank you!", "thanks!",
        "no subject", "none", "test", "testing", "info", "information", "reminder", "follow up", "follow-up", "followup", "lunch", "document", "documents", "file", "files", "attached", "attachment",
        "attachments", "report", "reports", "invoice", "quote", "request", "inquiry", "enquiry", "news", "schedule", "contract", "agreement", "draft", "photos", "pictures", "message", "hey there",
        "お世話になっております", "お世話になります", "いつもお世話になっております", "いつもお世話になります", "お疲れ様です", "お疲れさまです", "ご連絡", "ご連絡です", "連絡", "お知らせ", "お礼", "御礼", "ありがとうございます",
        "ありがとうございました", "資料送付", "資料送付の件", "資料", "資料です", "ご報告", "報告", "件名なし", "無題", "ご確認", "ご確認ください", "ご確認のお願い", "ご相談", "お願い", "ご挨拶", "挨拶", "こんにちは",
        "重要", "至急", "緊急", "見積書", "お見積", "見積", "御見積書", "請求書", "請求書送付", "請求書送付の件", "注文書", "契約書", "議事録", "日程", "日程調整", "打合せ", "打ち合わせ", "会議", "テスト", "写真", "質問", "問い合わせ",
        "お問い合わせ", "返事", "はじめまして", "初めまして",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// The subject without <c>Re:</c>, <c>Fw:</c> and the like, without tags of lists in brackets, folded (<c>[team] RE[2]: 転送: 見積 A-12</c> is <c>見積 a-12</c>). Empty where it is too short
    /// or too common to tell a thread by. At most 200 characters; never throws.
    /// </summary>
    public static string Of(string subject)
    {
        var text = TextFolding.ForSearch(subject.Length > 4 * MaxLength ? subject[..(4 * MaxLength)] : subject).AsSpan();
        for (var i = 0; i < MaxMarks; i++)
        {
            var rest = WithoutMark(WithoutTag(text));
            if (rest.Length == text.Length)
            {
                break;
            }

            text = rest;
        }

        text = text.Trim(" .。,、:;!!?-~*_\"'");
        text = text.Length > MaxLength ? text[..MaxLength].TrimEnd() : text;
        return SaysTooLittle(text) || _generic.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text) ? "" : text.ToString();
    }

    /// <summary>True for a subject that a program marked as an answer or a mail passed on.</summary>
    internal static bool IsContinued(string subject)
    {
        var text = WithoutTag(TextFolding.ForSearch(subject.Length > 4 * MaxLength ? subject[..(4 * MaxLength)] : subject));
        return WithoutMark(text).Length < text.Length;
    }

    private static ReadOnlySpan<char> WithoutTag(ReadOnlySpan<char> text)
    {
        var close = text.Length > 0 && text[0] == '[' ? text.IndexOf(']') : -1;
        return close is > 0 and <= MaxTag ? text[(close + 1)..].TrimStart(' ') : text;
    }

    /// <summary>Without one mark, be it written "re:", "re[2]:", "re(3):", "re^4:" or "re :".</summary>
    private static ReadOnlySpan<char> WithoutMark(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon is <= 0 or > 24)
        {
            return text;
        }

        var mark = text[..colon].TrimEnd(' ');
        var number = mark.IndexOfAny("[(^*");
        if (number > 0 && mark[number..].IndexOfAnyExcept(_numbering) < 0)
        {
            mark = mark[..number].TrimEnd(' ');
        }

        // "re2:" of some programs; a word of letters and digits is no mark for that.
        var known = _marks.GetAlternateLookup<ReadOnlySpan<char>>();
        return known.Contains(mark) || (mark.Length > 2 && known.Contains(mark.TrimEnd("0123456789"))) ? text[(colon + 1)..].TrimStart(' ') : text;
    }

    /// <summary>Fewer than three East Asian letters, or fewer than five others: a word that stands over many threads.</summary>
    private static bool SaysTooLittle(ReadOnlySpan<char> text)
    {
        var (wide, narrow) = (0, 0);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                wide += c >= '\u2E80' ? 1 : 0;
                narrow += c < '\u2E80' ? 1 : 0;
            }
        }

        return (wide * 5) + (narrow * 3) < 15;
    }
}
