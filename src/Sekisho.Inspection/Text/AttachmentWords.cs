using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>Sentences by which an author says that his mail carries a file.</summary>
internal static class AttachmentWords
{
    private const int MaxSentence = 2_000;
    private const int MaxMentions = 20;

    private static readonly SearchValues<string> _any = SearchValues.Create(["添付", "別添", "attach", "enclosed", "enclosing"], StringComparison.OrdinalIgnoreCase);
    private static readonly WordSearch _may = new(["添付", "別添", "attach", "enclosed", "enclosing"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<char> _ends = SearchValues.Create("。．！？!?\n");

    /// <summary>What follows 添付 or 別添 when the mail itself carries it.</summary>
    private static readonly string[] _japanese =
    [
        "いたします", "致します", "いたしました", "致しました", "いたしております", "致しております", "します", "しました", "しております", "しています", "してます", "しときます", "させていただ", "させて頂",
        "の通り", "のとおり", "にてお送り", "にて送", "でお送り", "で送り", "で送付", "にて送付", "をご確認", "をご覧", "をご参照", "をご査収", "ファイルをご", "資料をご", "書類をご", "のファイルをご", "の資料をご", "の書類をご",
        "ファイルの通り", "ファイルのとおり", "ファイルにて", "ファイルを確認", "の上、", "のうえ、", "の上お送り", "のうえお送り",
    ];

    /// <summary>Words of the same sentence by which it speaks of another mail, of the other side's file, or of none.</summary>
    private static readonly string[] _notHere =
    [
        "先日", "先ほど", "先程", "前回", "昨日", "前のメール", "以前", "先の", "いただいた", "頂いた", "いただきました", "頂きました", "くださ", "下さい", "ご添付", "添付いただ", "添付頂", "添付願", "添付をお願い", "添付なし",
        "添付は不要", "添付不要", "添付しない", "添付せず", "添付しません", "添付できません", "添付していません", "添付しておりません", "場合", "後ほど", "後日", "別メール", "別途", "次のメール", "次便", "必要", "際は", "際に", "時は",
    ];

    /// <summary>「ください」 excuses only what asks the reader to attach, not 添付をご確認ください.</summary>
    private static readonly string[] _asksToLook = ["ご確認", "ご覧", "ご参照", "ご査収"];

    private static readonly WordSearch _english = new(
    [
        "please find attached", "find attached", "find enclosed", "find the attached", "see attached", "see the attached", "i have attached", "i've attached", "i am attaching", "i'm attaching", "we have attached",
        "we are attaching", "i attach ", "i attached ", "attached is ", "attached are ", "attached please", "attached you will find", "enclosed is ", "enclosed are ", "enclosed please", "is attached.", "are attached.",
        "is attached for", "are attached for", "is attached to this", "are attached to this", "attached to this e-mail", "attached to this email", "attached to this message", "attached herewith", "attached hereto",
        "the attached file", "the attached document", "the attached spreadsheet", "the attached pdf", "attaching the", "attaching a ", "review the attached", "refer to the attached",
    ], StringComparison.OrdinalIgnoreCase);

    private static readonly WordSearch _notHereEnglish = new(
    [
        "you attached", "you sent", "your attach", "not attached", "n't attach", "no attach", "forgot", "previous", "earlier", "yesterday", "last mail", "last email", "last e-mail", "if ", "when you", "could you attach",
        "please attach", "will attach", "to attach",
    ], StringComparison.OrdinalIgnoreCase);

    /// <summary>False when nothing of the kind can stand there; one quick pass.</summary>
    public static bool MayHold(ReadOnlySpan<char> text) => _may.In(text);

    /// <summary>The sentences that say so, each cut to a line.</summary>
    public static IReadOnlyList<string> In(string text, CancellationToken cancel)
    {
        var found = new List<string>();
        var rest = text.AsSpan();
        while (rest.Length > 0 && found.Count < MaxMentions)
        {
            var next = rest.IndexOfAny(_any);
            if (next < 0)
            {
                break;
            }

            cancel.ThrowIfCancellationRequested();
            var start = rest[..next].LastIndexOfAny(_ends) + 1;
            start = Math.Max(start, next - MaxSentence);
            var end = rest[next..].IndexOfAny(_ends);
            end = end < 0 ? rest.Length : next + end + 1;
            end = Math.Min(end, next + MaxSentence);
            var sentence = rest[start..end];
            if (Says(sentence))
            {
                found.Add(sentence.Trim().ToString());
            }

            rest = rest[end..];
        }

        return found;
    }

    private static bool Says(ReadOnlySpan<char> sentence) => SaysJapanese(sentence) || SaysEnglish(sentence);

    private static bool SaysJapanese(ReadOnlySpan<char> sentence)
    {
        var at = sentence.IndexOf("添付", StringComparison.Ordinal);
        at = at < 0 ? sentence.IndexOf("別添", StringComparison.Ordinal) : at;
        if (at < 0)
        {
            return false;
        }

        var asksToLook = ContainsAny(sentence, _asksToLook);
        foreach (var other in _notHere)
        {
            if (sentence.Contains(other, StringComparison.Ordinal) && !(asksToLook && other is "くださ" or "下さい"))
            {
                return false;
            }
        }

        var behind = sentence[(at + 2)..];
        foreach (var follows in _japanese)
        {
            if (behind.StartsWith(follows, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return behind.StartsWith("の", StringComparison.Ordinal) && asksToLook;
    }

    private static bool SaysEnglish(ReadOnlySpan<char> sentence) => _english.In(sentence) && !_notHereEnglish.In(sentence);

    private static bool ContainsAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
