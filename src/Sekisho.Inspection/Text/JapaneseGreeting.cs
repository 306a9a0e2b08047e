namespace Sekisho.Inspection;

/// <summary>Reads 株式会社みなと商事 営業部長 鈴木一郎様、 and its kin at the beginning of a line.</summary>
internal static class JapaneseGreeting
{
    private const int MaxGreeted = 10;

    private const int MaxBefore = 60;

    /// <summary>What makes a name a greeting; nobody calls a colleague by the first four.</summary>
    private static readonly string[] _honorifics =
    [
        "様", "さま", "殿", "先生", "さん", "代表取締役", "取締役", "副社長", "社長", "会長", "専務", "常務", "副部長", "部長", "次長", "課長", "係長", "主任", "室長", "支店長", "工場長", "所長",
        "局長", "店長", "院長", "校長", "学長", "理事長", "理事", "准教授", "教授", "博士", "弁護士", "議員",
    ];

    private const int ForOutside = 4;

    /// <summary>Heads of sites: before them stands a place as often as a name (大阪支店長).</summary>
    private static readonly string[] _siteHeads = ["支店長", "工場長", "所長", "局長", "店長", "院長", "校長", "学長"];

    /// <summary>Words the dictionary also knows for family names, but nobody greets anybody by, and beginnings of posts (本部長, 副社長).</summary>
    private static readonly HashSet<string> _noNames = new(StringComparer.Ordinal)
    {
        "皆", "各", "客", "王", "神", "殿", "奥", "宮", "姫", "上", "先", "仏", "主", "母", "父", "子", "親", "兄", "姉", "嫁", "婿", "孫", "若", "御", "貴", "本", "副", "全", "現", "新", "前", "元", "同", "両", "当", "総", "支", "町",
        "村", "市", "区", "県", "学", "病", "医", "社", "店", "組", "大家", "本人", "旦那", "会員", "一同", "家主", "店主", "施主", "保護者", "関係者", "担当", "担当者", "代表", "代理", "先方", "皆々", "統括", "営業", "総務", "人事", "経理", "技術",
        "製造", "事業", "販売", "支社", "本社", "本店", "本部", "工場", "患者", "読者", "学生", "生徒", "父兄", "父母", "他", "外", "別", "有", "小売", "問屋", "農家", "業者", "大学", "高校", "病院",
    };

    private const string After = " 、,。.，．:：;；!！（(【[［<＜《「/／・\t";

    private const string Apart = " /／・,、，\t";

    /// <summary>Adds the persons a line greets; none where it is a sentence, or greets a group.</summary>
    public static void Read(string line, List<Greeted> into)
    {
        var text = line.Replace('\u3000', ' ');
        var start = 0;
        var at = 0;
        while (at < text.Length && into.Count < MaxGreeted)
        {
            var (found, length, outside) = NextHonorific(text, at);
            if (found < 0)
            {
                return;
            }

            at = found + length;
            if (at < text.Length && !After.Contains(text[at], StringComparison.Ordinal))
            {
                // A post may be followed by the honorific itself: 鈴木部長様.
                continue;
            }

            // A name stands at the line's beginning, or right behind the one before.
            if (PersonIn(text.AsSpan(start, found - start)) is { } name
                && !(name.Given.Length == 0 && IsPlace(name.Surname) && Array.Exists(_siteHeads, h => string.CompareOrdinal(text, found, h, 0, h.Length) == 0)))
            {
                into.Add(new Greeted($"{name.Surname}{(name.Given.Length > 0 ? " " : "")}{name.Given}", name.Surname, name.Given, name.Latin, outside));
                start = at;
            }
            else if (start > 0)
            {
                return;
            }

            while (start > 0 && start < text.Length && Apart.Contains(text[start], StringComparison.Ordinal))
            {
                start++;
            }
        }
    }

    /// <summary>The name at the end of what stands before an honorific; null where there is none that the dictionary knows.</summary>
    internal static (string Surname, string Given, bool Latin)? PersonIn(ReadOnlySpan<char> before)
    {
        before = StripPosts(before.TrimEnd(' '));
        if (before.Length is 0 or > MaxBefore || before.ContainsAny('。', '、', '@'))
        {
            return null;
        }

        Span<Range> ranges = stackalloc Range[12];
        var count = before.SplitAny(ranges, " /／・:：()（）【】[]", StringSplitOptions.RemoveEmptyEntries);
        if (count is 0 or 12)
        {
            return null;
        }

        var last = before[ranges[count - 1]];
        var previous = count > 1 ? before[ranges[count - 2]] : default;
        if (last[0] < '\u0250')
        {
            return Latin(previous, last, count);
        }

        if (count > 1 && previous.Length <= 5 && last.Length <= 5 && IsSurname(previous) && !Names.EndsUnlikeGiven(last))
        {
            return (previous.ToString(), last.ToString(), false);
        }

        if (last.Length <= 5 && IsSurname(last))
        {
            return (last.ToString(), "", false);
        }

        // ABC社の鈴木様: the house stands before the name.
        var of = last.LastIndexOf('の');
        if (of > 1 && of < last.Length - 1)
        {
            return PersonIn(last[(of + 1)..]);
        }

        var judged = Names.Judge(last);
        var surname = judged.Form == NameForm.Full && judged.Confidence >= 0.55f && !Names.EndsUnlikeGiven(last) ? Names.SurnameLength(last) : 0;
        return surname > 0 && surname < last.Length ? (last[..surname].ToString(), last[surname..].ToString(), false) : null;
    }

    /// <summary>
    /// A family name of the dictionary whose reading is known, ordinary words among them (清水, 青木, 金子): before an honorific they are names. One character must be no
    /// word, and what only stands for people or belongs to a post is none.
    /// </summary>
    private static bool IsSurname(ReadOnlySpan<char> word)
    {
        Span<char> folded = stackalloc char[8];
        if (word.Length is 0 or > 5 || _noNames.Contains(word.ToString()))
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            folded[i] = KanjiForms.Fold(word[i]);
        }

        var marks = NameTable.Shared[folded[..word.Length]];
        return (marks & WordMarks.Surname) != 0 && (word.Length > 1 || (marks & WordMarks.Word) == 0) && Names.Romaji(word).Count > 0;
    }

    private static bool IsPlace(string word) => (NameTable.Shared[word] & WordMarks.Place) != 0;

    private static (string, string, bool)? Latin(ReadOnlySpan<char> previous, ReadOnlySpan<char> last, int count)
    {
        if (!IsLatinName(last))
        {
            return null;
        }

        return count > 1 && IsLatinName(previous) ? (last.ToString(), previous.ToString(), true) : (last.ToString(), "", true);
    }

    /// <summary>A word in letters that the dictionary knows for a name: "ACME様" and "info様" greet no person.</summary>
    private static bool IsLatinName(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsAsciiLetter(c) && c != '-' && c != '\'')
            {
                return false;
            }
        }

        return word.Length is >= 2 and <= 24 && LatinNames.MarksOf(word) != WordMarks.None;
    }

    private static ReadOnlySpan<char> StripPosts(ReadOnlySpan<char> text)
    {
        for (var again = true; again;)
        {
            again = false;
            foreach (var post in _honorifics.AsSpan(ForOutside))
            {
                if (text.EndsWith(post, StringComparison.Ordinal))
                {
                    text = text[..^post.Length].TrimEnd(' ');
                    again = true;
                }
            }
        }

        return text;
    }

    private static (int At, int Length, bool Outside) NextHonorific(string text, int from)
    {
        var best = (At: -1, Length: 0, Outside: false);
        for (var i = 0; i < _honorifics.Length; i++)
        {
            var word = _honorifics[i];
            var at = text.IndexOf(word, from, StringComparison.Ordinal);
            if (at > 0 && (best.At < 0 || at < best.At || (at == best.At && word.Length > best.Length)))
            {
                best = (at, word.Length, i < ForOutside);
            }
        }

        return best;
    }
}
