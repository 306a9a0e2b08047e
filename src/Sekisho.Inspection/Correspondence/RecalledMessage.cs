using System.Buffers;
using System.Text;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>A recall request, or a mail asking to delete the one before. Outside it takes nothing back; it makes everybody look.</summary>
public sealed class RecalledMessage : IInspector
{
    /// <summary>A request to delete stands at the top; further down are disclaimers.</summary>
    private const int MaxText = 8 * 1024;

    /// <summary>Longer than this it is no sentence but a list.</summary>
    private const int MaxSentence = 400;

    private static readonly string[] _prefixes =
        ["recall:", "recall :", "message recall", "取り消し:", "取消し:", "取消:", "メッセージの取り消し", "メッセージの取消", "【回収】", "【取消】", "【取り消し】", "回収:", "rückruf:", "撤回:", "회수:"];

    private static readonly string[] _classFields = ["Content-Class", "X-Message-Class", "X-MS-Message-Class", "Message-Class", "X-MS-Exchange-Organization-Message-Class"];

    /// <summary>Marks of a standing disclaimer: what to do should the mail have gone astray.</summary>
    private static readonly string[] _conditional =
        ["場合", "際は", "もし", "万一", "万が一", "心当たり", "防止", "if you", "if this", "intended recipient", "unless", "in the event", "should you"];

    private static readonly string[] _before = ["先ほど", "先程", "さきほど", "さき程", "前便", "前回", "直前", "誤って", "誤送信", "今しがた", "本日お送りした", "先日お送りした", "昨日お送りした"];
    private static readonly string[] _mail = ["メール", "送信", "お送り", "ご案内"];
    private static readonly string[] _undo = ["削除", "破棄", "取り消", "取消", "無視", "開かない", "消去"];
    private static readonly string[] _sentWrongly = ["誤送信いたしました", "誤送信しました", "誤送信してしま", "誤送信いたして", "誤送信のお詫び", "誤送信がありました", "誤送信でした", "メール誤送信について", "誤って送信しました", "誤って送信してしま", "誤って送信いたしました"];
    private static readonly string[] _english = ["previous", "earlier", "last", "my", "prior", "preceding"];
    private static readonly string[] _englishMail = ["email", "e-mail", "mail", "message"];
    private static readonly string[] _englishUndo = ["delete", "disregard", "ignore", "destroy"];
    private static readonly SearchValues<string> _anyEnglishUndo = SearchValues.Create(_englishUndo, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public string Rule => RuleNames.RecalledMessage;

    /// <inheritdoc/>
    public IEnumerable<Finding> Inspect(InspectionContext context, CancellationToken cancel)
    {
        if (context.Analysis.Outside.Count == 0)
        {
            yield break;
        }

        var subject = TextFolding.ForSearch(context.Facts.Subject);
        var recall = IsRecallObject(context) ?? (_prefixes.Any(p => subject.StartsWith(p, StringComparison.Ordinal)) ? context.Facts.Subject : null);
        var correction = recall is null ? Correction(subject, context.Facts.OwnText) : null;
        if (recall is null && correction is null)
        {
            yield break;
        }

        var n = Wording.Number(context.Analysis.Outside.Count);
        yield return new Finding
        {
            Rule = Rule,
            Severity = recall is not null ? Severity.High : Severity.Medium,
            Summary = recall is not null
                ? new Summary(
                    $"A recall takes nothing back outside: {Wording.Count(context.Analysis.Outside.Count, "recipient", "recipients")} would only get one more mail about it.",
                    $"社外に出たメールは取り消せません。社外の{n}人に、もう1通メールが届くだけです。")
                : new Summary(
                    "The mail asks outside recipients to delete an earlier one. Is it addressed to the right people, and each alone?",
                    "前のメールの削除を社外の方に頼むメールのようです。宛先は正しいですか？ほかの方のアドレスが見えていませんか？"),
            Evidence = [recall ?? correction!],
            Recipients = context.Analysis.AllKeys,
            Measures = new Dictionary<string, long> { ["recall"] = recall is null ? 0 : 1, ["correction"] = correction is null ? 0 : 1 },
        };
    }

    private static string? IsRecallObject(InspectionContext context)
    {
        foreach (var field in context.Facts.Message.Headers)
        {
            if (IsClass(field) && field.Unfolded.Contains("recall", StringComparison.OrdinalIgnoreCase))
            {
                return $"{field.Name}: {field.Unfolded}";
            }
        }

        return null;
    }

    private static bool IsClass(HeaderField field)
    {
        foreach (var name in _classFields)
        {
            if (field.Is(name))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Correction(string subject, string text)
    {
        if (Says(subject))
        {
            return subject;
        }

        var top = text.Length > MaxText ? text[..MaxText] : text;
        if (SaysNothing(top))
        {
            return null;
        }

        var whole = TextFolding.ForSearch(top);
        if (!Has(whole, _undo) && !Has(whole, _englishUndo) && !whole.Contains('誤', StringComparison.Ordinal))
        {
            return null;
        }

        // By paragraph, because lines are wrapped in the middle of sentences.
        foreach (var paragraph in top.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var sentence in Sentences(TextFolding.ForSearch(paragraph)))
            {
                if (sentence.Length <= MaxSentence && Says(sentence))
                {
                    return sentence;
                }
            }
        }

        return null;
    }

    private static string[] Sentences(string text)
        => text.Split(['。', '.', '!', '?'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>True for English without a word of the kind, which folding makes none of.</summary>
    private static bool SaysNothing(ReadOnlySpan<char> text) => Ascii.IsValid(text) && !text.ContainsAny(_anyEnglishUndo);

    private static bool Says(string sentence)
    {
        if (SaysNothing(sentence))
        {
            return false;
        }

        if (Has(sentence, _conditional))
        {
            return false;
        }

        if (Has(sentence, _sentWrongly) || (Has(sentence, _before) && Has(sentence, _mail) && Has(sentence, _undo)))
        {
            return true;
        }

        return Has(sentence, _englishUndo) && AsksInEnglish(sentence);
    }

    /// <summary>"delete my previous email", "disregard the last message": what to do, soon after it which mail.</summary>
    private static bool AsksInEnglish(string sentence)
    {
        var words = sentence.Split([' ', ',', ';', '"', '(', ')', ':'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
        {
            if (_englishUndo.Contains(words[i]))
            {
                var next = words.Skip(i + 1).Take(6).ToList();
                var which = next.FindIndex(_english.Contains);
                if (which is >= 0 and <= 3 && next.Skip(which + 1).Take(2).Any(_englishMail.Contains))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Has(string text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
