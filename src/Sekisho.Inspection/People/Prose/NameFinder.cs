using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>A name in a line. <paramref name="Addressed"/>: an honorific stands behind it.</summary>
internal readonly record struct FoundName(int Start, int End, bool Full, bool Addressed);

/// <summary>Finds persons' names in one line of running text. Asked only beside other data: names alone are everywhere.</summary>
internal static class NameFinder
{
    private const int MaxRun = 24;
    private const int MaxNames = 64;

    private static readonly string[] _honorifics = ["先生", "さん", "さま", "くん", "ちゃん", "様", "殿", "氏", "君"];

    /// <summary>Posts and labels that stand in front of a name without a blank.</summary>
    private static readonly string[] _fronts =
        ["代表取締役社長", "代表取締役", "取締役", "営業部長", "部長", "課長", "係長", "主任", "担当者", "担当", "患者", "会員", "申込者", "契約者", "代表者", "代表", "講師", "顧客", "利用者", "受講者", "被保険者", "氏名", "名前", "保護者", "世帯主", "社長", "店長"];

    /// <summary>Posts and occupations that stand before a name with a blank between; a surname never.</summary>
    private static readonly string[] _posts =
        [.. _fronts, "副部長", "次長", "本部長", "専務", "常務", "監査役", "顧問", "理事", "理事長", "所長", "支店長", "局長", "室長", "教諭", "教授", "准教授", "看護師", "医師", "弁護士", "会社員", "社員", "職員", "学生", "主婦", "公務員", "自営業", "一般", "委員", "委員長", "議長", "書記"];

    private static readonly SearchValues<char> _honorificEnds = SearchValues.Create("生んま様殿氏君");

    private static readonly SearchValues<char> _honorificFirsts = SearchValues.Create("先さくち様殿氏君");

    private static readonly SearchValues<char> _frontFirsts = SearchValues.Create([.. _fronts.Select(f => f[0])]);

    /// <summary>Adds the names between <paramref name="from"/> and <paramref name="to"/>; at most 64.</summary>
    public static void Find(ReadOnlySpan<char> text, int from, int to, List<FoundName> names)
    {
        for (var i = from; i < to && names.Count < MaxNames;)
        {
            var c = text[i];
            if (c < 0x80 || Names.IsLatin(c))
            {
                i = char.IsUpper(c) && (i == from || !char.IsAsciiLetterOrDigit(text[i - 1]) && text[i - 1] is not ('@' or '.' or '_' or '-')) ? Latin(text, i, to, names) : i + 1;
            }
            else if (ValueText.IsHan(c))
            {
                i = Kanji(text, i, to, names);
            }
            else if (IsKatakana(c))
            {
                i = Katakana(text, i, to, names);
            }
            else
            {
                i++;
            }
        }
    }

    private static int Kanji(ReadOnlySpan<char> text, int at, int to, List<FoundName> names)
    {
        var end = HanEnd(text, at, to);
        var run = text[at..end];
        if (run.Length > MaxRun)
        {
            return end;
        }

        // 山田 太郎: a blank between the halves. 主任 山田 太郎: the post is none of them.
        if (end + 1 < to && text[end] is ' ' or '\u3000' && (ValueText.IsHan(text[end + 1]) || ValueText.IsKana(text[end + 1])) && !IsPost(run))
        {
            var second = end + 1;
            var secondEnd = HanEnd(text, second, to);
            secondEnd = secondEnd == second ? GivenKanaEnd(text, second, to) : secondEnd;
            var given = Honorific(text[second..secondEnd], text, secondEnd, to, out var addressed);
            var start = at + Front(run);
            if (given > 0 && given <= 5 && end - start <= 5 && Names.Judge(text[start..(second + given)]) is { Form: NameForm.Full, Confidence: >= 0.7f })
            {
                names.Add(new FoundName(start, second + given, Full: true, addressed));
                return secondEnd;
            }
        }

        var body = Honorific(run, text, end, to, out var called);
        var name = run[..body];
        var front = Front(name);
        var bare = name[front..];
        if (bare.Length is >= 2 and <= 7 && (NameTable.Shared[bare] & (WordMarks.Word | WordMarks.Place | WordMarks.Surname)) == 0 && JapaneseNames.Split(bare, out _) >= (called || front > 0 ? 0.6f : 0.8f)
            && !CellWords.IsCompany(bare))
        {
            names.Add(new FoundName(at + front, at + body, Full: true, called));
            return end;
        }

        // 山口キヨ: the given name in katakana.
        if (!called && end < to && ValueText.IsKatakana(text[end]) && bare.Length is >= 1 and <= 4)
        {
            var stop = end;
            while (stop < to && ValueText.IsKatakana(text[stop]))
            {
                stop++;
            }

            _ = Honorific("", text, stop, to, out var calledKana);
            if (stop - end is >= 2 and <= 5 && (NameTable.Shared[bare] & WordMarks.Surname) != 0 && IsGivenKana(text[end..stop], calledKana))
            {
                names.Add(new FoundName(at + front, stop, Full: true, calledKana));
                return stop;
            }
        }

        // 森田さくら, 坂本トメ: the given name in kana up to the next sign or honorific.
        if (!called && end < to && ValueText.IsKana(text[end]))
        {
            var stop = GivenKanaEnd(text, end, to);
            var kana = Honorific(text[end..stop], text, stop, to, out var calledKana);
            if (kana is >= 2 and <= 4 && (stop == to || calledKana || !ValueText.IsHan(text[stop])) && (NameTable.Shared[run] & WordMarks.Surname) != 0 && (NameTable.Shared[text.Slice(end, kana)] & WordMarks.Given) != 0)
            {
                names.Add(new FoundName(at, end + kana, Full: true, calledKana));
                return stop;
            }
        }

        if (called && bare.Length is >= 1 and <= 4 && (NameTable.Shared[bare] & WordMarks.Surname) != 0 && !(bare.Length == 1 && "皆客神仏王殿奥".Contains(bare[0])))
        {
            names.Add(new FoundName(at + front, at + body, Full: false, Addressed: true));
        }
        else if (called && bare.Length > 7)
        {
            // 東京営業所山田太郎様: the name is the tail.
            for (var size = 3; size <= 5; size++)
            {
                if (JapaneseNames.Split(bare[^size..], out _) >= 0.9f)
                {
                    names.Add(new FoundName(at + body - size, at + body, Full: true, Addressed: true));
                    break;
                }
            }
        }

        return end;
    }

    private static bool IsGivenKana(ReadOnlySpan<char> kana, bool called)
    {
        var marks = NameTable.Shared[kana];
        return (marks & (WordMarks.Given | WordMarks.GivenReading)) != 0 && (called || (marks & (WordMarks.Word | WordMarks.Place)) == 0);
    }

    private static int Katakana(ReadOnlySpan<char> text, int at, int to, List<FoundName> names)
    {
        var end = at;
        while (end < to && IsKatakana(text[end]))
        {
            end++;
        }

        if (end - at is < 2 or > 14 || end + 2 >= to || text[end] is not (' ' or '\u3000' or '・') || !IsKatakana(text[end + 1]))
        {
            return end;
        }

        var stop = end + 1;
        while (stop < to && IsKatakana(text[stop]))
        {
            stop++;
        }

        if (stop - end - 1 is >= 2 and <= 14 && Names.Judge(text[at..stop]) is { Form: NameForm.Full, Confidence: >= 0.8f })
        {
            _ = Honorific("", text, stop, to, out var addressed);
            names.Add(new FoundName(at, stop, Full: true, addressed));
            return stop;
        }

        return end;
    }

    private static int Latin(ReadOnlySpan<char> text, int at, int to, List<FoundName> names)
    {
        var first = WordEnd(text, at, to);
        if (first - at is < 2 or > 20 || first + 1 >= to || text[first] is not (' ' or ',' or '.'))
        {
            return first;
        }

        // Up to three words: John Q. Smith, Smith, John.
        var end = first;
        var words = 1;
        while (words < 4 && end + 1 < to)
        {
            var next = end;
            while (next < to && next - end < 2 && text[next] is ' ' or ',' or '.')
            {
                next++;
            }

            if (next == end || next >= to || !char.IsUpper(text[next]))
            {
                break;
            }

            end = WordEnd(text, next, to);
            words++;
            if (words >= 2 && end - next > 1 && (text[first] != '.' || IsTitle(text[at..first])) && Names.Judge(text[at..end]) is { Form: NameForm.Full } name && (name.Confidence >= 0.8f || Introduced(text, at, end, to)))
            {
                // Three words of which only two are a name go on: "John Smith Memorial".
                names.Add(new FoundName(at, end, Full: true, Addressed: false));
                return end;
            }

            if (words == 2 && end - next > 1 && text[first] == ' ' && Followed(text, end, to) && !CellWords.IsCompany(text[at..end]))
            {
                names.Add(new FoundName(at, end, Full: true, Addressed: false));
                return end;
            }
        }

        return first;
    }

    private static readonly string[] _introductions = [", phone", ", tel", ", email", ", e-mail", ", mobile", ", cell", " (born", " (DOB", " (phone", " (tel"];

    /// <summary>Two capitalised words that nobody knows, followed as only a person's name is.</summary>
    private static bool Followed(ReadOnlySpan<char> text, int end, int to)
    {
        foreach (var introduction in _introductions)
        {
            if (text[end..to].StartsWith(introduction, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A name of which one half is known, set off as names are: at a line's start, with a comma or bracket behind it.</summary>
    private static bool Introduced(ReadOnlySpan<char> text, int at, int end, int to)
        => end < to && text[end] is ',' or '(' or ':' or '<' || (end + 1 < to && text[end] == ' ' && text[end + 1] is '(' or '<') ? at == 0 || text[at - 1] is '\n' or '-' or ' ' or '\t' : false;

    private static bool IsTitle(ReadOnlySpan<char> word) => word is "Mr" or "Mrs" or "Ms" or "Dr" or "Prof" || word.Length == 1;

    /// <summary>Length of the run without the honorific it ends in, or that follows it.</summary>
    private static int Honorific(ReadOnlySpan<char> run, ReadOnlySpan<char> text, int end, int to, out bool addressed)
    {
        addressed = false;
        if (run.Length > 1 && _honorificEnds.Contains(run[^1]))
        {
            foreach (var honorific in _honorifics)
            {
                if (run.Length > honorific.Length && run.EndsWith(honorific, StringComparison.Ordinal))
                {
                    addressed = true;
                    return run.Length - honorific.Length;
                }
            }
        }

        while (end < to && text[end] is ' ' or '\u3000')
        {
            end++;
        }

        if (end >= to || !_honorificFirsts.Contains(text[end]))
        {
            return run.Length;
        }

        var behind = text[end..to];
        foreach (var honorific in _honorifics)
        {
            if (behind.StartsWith(honorific, StringComparison.Ordinal))
            {
                addressed = true;
                break;
            }
        }

        return run.Length;
    }

    private static int Front(ReadOnlySpan<char> run)
    {
        if (run.Length < 3 || !_frontFirsts.Contains(run[0]))
        {
            return 0;
        }

        foreach (var front in _fronts)
        {
            if (run.Length > front.Length && run.StartsWith(front, StringComparison.Ordinal))
            {
                return front.Length;
            }
        }

        return 0;
    }

    private static bool IsKatakana(char c) => ValueText.IsKatakana(c) || c is >= '\uFF66' and <= '\uFF9F';

    private static int HanEnd(ReadOnlySpan<char> text, int at, int to)
    {
        while (at < to && (ValueText.IsHan(text[at]) || (text[at] is 'ヶ' or 'ケ' or 'ノ' or '之' && at + 1 < to && ValueText.IsHan(text[at + 1]))))
        {
            at++;
        }

        return at;
    }

    private static int KanaEnd(ReadOnlySpan<char> text, int at, int to)
    {
        while (at < to && ValueText.IsKana(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The end of a given name in kana: where the kana end, change their script, or go on with さん and what follows it (かおりさんの).</summary>
    private static int GivenKanaEnd(ReadOnlySpan<char> text, int at, int to)
    {
        var end = at;
        while (end < to && ValueText.IsKana(text[end]) && (text[end] == 'ー' || ValueText.IsHiragana(text[end]) == ValueText.IsHiragana(text[at])))
        {
            end++;
        }

        foreach (var honorific in _honorifics)
        {
            var called = text[at..end].IndexOf(honorific, StringComparison.Ordinal);
            if (called >= 2)
            {
                end = at + called;
            }
        }

        return end;
    }

    private static bool IsPost(ReadOnlySpan<char> run)
    {
        foreach (var post in _posts)
        {
            if (run.SequenceEqual(post))
            {
                return true;
            }
        }

        return false;
    }

    private static int WordEnd(ReadOnlySpan<char> text, int at, int to)
    {
        while (at < to && (char.IsAsciiLetter(text[at]) || text[at] is '\'' or '’' or '-' || Names.IsLatin(text[at])))
        {
            at++;
        }

        return at;
    }
}
