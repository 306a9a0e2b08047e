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
            if (PersonIn(text.AsSpan(start, found - start)) is { } name)
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

    /// <summary>A family name that is no ordinary word (皆, 客, 会員 are not called so).</summary>
    private static bool IsSurname(ReadOnlySpan<char> word)
        => Names.Judge(word) is { Form: NameForm.Surname, Confidence: >= 0.5f } && Names.Romaji(word).Count > 0;

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
