using System.Buffers;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>The words that keep a paper inside, and where they count as a label.</summary>
internal static class InternalLabels
{
    /// <summary>Longest line that is a label with something around it (<c>【社外秘】第3四半期 営業資料</c>).</summary>
    private const int MaxLabelLine = 60;

    private static readonly string[] _japanese =
    [
        "社外秘", "部外秘", "関係者外秘", "関係者限り", "極秘", "厳秘", "社内限り", "社内限", "社内秘", "社内用", "社内専用", "社内向け", "社内のみ", "社内関係者のみ", "社外厳禁", "社外持出禁止",
        "社外持ち出し禁止", "社外公開禁止", "社外転送禁止", "社外配布禁止", "学内限り", "学内限", "校内限り", "院内限り", "院内秘", "所内限り", "庁内限り", "庁内限", "庁外秘", "部内限り", "部内限", "課内限り",
        "グループ外秘", "持出厳禁", "取扱注意・社外秘", "㊙",
    ];

    /// <summary>Those that begin no other word.</summary>
    private static readonly string[] _certain = ["社外秘", "部外秘", "関係者外秘", "厳秘", "社内限り", "社内秘", "学内限り", "院内限り", "庁内限り", "部内限り", "㊙"];

    private static readonly string[] _english =
    [
        "internal use only", "for internal use", "internal only", "company internal", "strictly internal", "company confidential", "internal and confidential", "confidential - internal",
        "confidential/internal", "not for external distribution", "not for distribution outside", "do not distribute outside", "do not forward outside", "internal distribution only", "employees only",
        "staff only", "eyes only",
    ];

    private static readonly WordSearch _any = new(["秘", "限", "社内", "社外", "持出", "㊙"], StringComparison.Ordinal);
    private static readonly SearchValues<string> _anyEnglish = SearchValues.Create(["intern", "confid", "distrib", "employees", "staff only", "eyes only", "forward outside"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> _englishLabels = SearchValues.Create(_english, StringComparison.OrdinalIgnoreCase);

    private const string Opening = "【[［〔（(＜<《≪『「“\"★☆■□◆◇●○※*＊・!！#＃";
    private const string Closing = "】]］〕）)＞>《》≫』」”\"★☆■□◆◇●○※*＊。:：!！-－—_＿・";

    /// <summary>False when the text cannot hold a label; one quick pass.</summary>
    public static bool MayHold(ReadOnlySpan<char> text) => _any.In(text) || text.ContainsAny(_anyEnglish);

    /// <summary>The label of a line, or null. In a <paramref name="title"/> (subject, file name, sheet name) it needs no brackets at its beginning or end.</summary>
    public static string? In(ReadOnlySpan<char> line, bool title)
    {
        line = line.Trim();
        if (line.Length is 0 or > 400 || !MayHold(line))
        {
            return null;
        }

        foreach (var word in Ascii.IsValid(line) ? [] : _japanese)
        {
            if (Find(line, word, StringComparison.Ordinal, title))
            {
                return word;
            }
        }

        foreach (var word in line.ContainsAny(_englishLabels) ? _english : [])
        {
            if (Find(line, word, StringComparison.OrdinalIgnoreCase, title))
            {
                return word;
            }
        }

        return null;
    }

    private static bool Find(ReadOnlySpan<char> line, string word, StringComparison comparison, bool title)
    {
        for (var from = 0; from < line.Length;)
        {
            var at = line[from..].IndexOf(word, comparison);
            if (at < 0)
            {
                return false;
            }

            at += from;
            if (StandsAlone(word, line[..at].TrimEnd(" 　"), line[(at + word.Length)..].TrimStart(" 　"), line.Length, title))
            {
                return true;
            }

            from = at + 1;
        }

        return false;
    }

    /// <summary>Brackets around it, or the line's beginning before it and a mark or nothing behind it.</summary>
    private static bool StandsAlone(string word, ReadOnlySpan<char> before, ReadOnlySpan<char> behind, int length, bool title)
    {
        var opened = before.Length == 0 || Opening.Contains(before[^1], StringComparison.Ordinal);
        var closed = behind.Length == 0 || Closing.Contains(behind[0], StringComparison.Ordinal);
        if (opened && closed)
        {
            // 「社外秘」の資料 in a sentence: quotation marks talk about the word, brackets use it.
            return before.Length == 0 || !IsQuoted(before[^1], behind);
        }

        if (title)
        {
            // 社外秘_営業資料.xlsx, 社外秘営業資料.xlsx; but 社内用語集.pdf and 極秘セール are other words.
            return (opened || !char.IsLetter(before[^1])) && (closed || !char.IsLetter(behind[0]) || Array.IndexOf(_certain, word) >= 0);
        }

        // "営業資料 社外秘" or "Company confidential — draft": a short line of its own.
        return length <= MaxLabelLine && ((before.Length == 0 && behind[0] is ',' or '、' or '/' or '／') || (behind.Length == 0 && before[^1] is '/' or '／' or '|' or '-' or '：' or ':'));
    }

    private static bool IsQuoted(char open, ReadOnlySpan<char> behind)
        => open is '「' or '『' or '"' or '“' && behind.Length > 1 && behind[0] is '」' or '』' or '"' or '”' && char.IsLetter(behind[1]);
}
