using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>Names in Latin letters: John Q. Smith, SMITH, John, Yamada Taro.</summary>
internal static class LatinNames
{
    private static readonly FrozenSet<string> _titles = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "mx");

    private static readonly FrozenSet<string> _notNames = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "inc", "ltd", "llc", "corp", "co", "gmbh", "the", "and", "of", "for", "company", "group", "team", "department", "support", "sales", "service", "street", "road", "avenue",
        "university", "bank", "hotel", "office", "center", "centre", "school", "hospital", "north", "south", "east", "west", "new", "total", "no", "yes");

    /// <summary>A name of two to four words; capitals are asked for unless both halves are known.</summary>
    public static NameLikeness Judge(ReadOnlySpan<char> name)
    {
        Span<Range> ranges = stackalloc Range[6];
        var count = name.SplitAny(ranges, " ,", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var comma = name.Contains(',');
        Span<Range> words = stackalloc Range[6];
        var used = 0;
        var titled = false;
        foreach (var range in ranges[..count])
        {
            var word = name[range].TrimEnd('.');
            if (word.Length == 0 || Is(word, _titles) && used == 0)
            {
                titled |= word.Length > 0;
                continue;
            }

            if (Is(word, _notNames) || !IsWord(word))
            {
                return NameLikeness.None;
            }

            words[used++] = range;
        }

        if (used is 0 or > 4)
        {
            return NameLikeness.None;
        }

        var first = MarksOf(name[words[0]]);
        if (used == 1)
        {
            return (first & (WordMarks.EnglishSurname | WordMarks.SurnameReading)) != 0 ? new NameLikeness(NameForm.Surname, 0.5f)
                : (first & (WordMarks.EnglishGiven | WordMarks.GivenReading)) != 0 ? new NameLikeness(NameForm.Given, 0.5f) : NameLikeness.None;
        }

        var capitals = char.IsUpper(name[words[0]][0]) && char.IsUpper(name[words[used - 1]][0]);
        if (first == WordMarks.None && !capitals)
        {
            // Neither two known halves nor one with capitals.
            return NameLikeness.None;
        }

        var last = MarksOf(name[words[used - 1]]);
        const WordMarks Given = WordMarks.EnglishGiven | WordMarks.GivenReading;
        const WordMarks Surname = WordMarks.EnglishSurname | WordMarks.SurnameReading;
        var known = ((first & Given) != 0 && (last & Surname) != 0) || ((first & Surname) != 0 && (last & Given) != 0);
        if (known)
        {
            return new NameLikeness(NameForm.Full, used == 2 || comma ? 0.92f : 0.85f);
        }

        if (capitals && titled && used >= 2)
        {
            return new NameLikeness(NameForm.Full, 0.85f);
        }

        var half = (first & (WordMarks.EnglishGiven | WordMarks.GivenReading | WordMarks.SurnameReading)) != 0 || (last & Surname) != 0;
        return capitals && half && used <= 3 ? new NameLikeness(NameForm.Full, 0.55f) : NameLikeness.None;
    }

    /// <summary>English by the dictionary; Japanese by turning the letters back into kana.</summary>
    public static WordMarks MarksOf(ReadOnlySpan<char> word)
    {
        word = word.TrimEnd('.');
        var marks = NameTable.Shared[word] & (WordMarks.EnglishGiven | WordMarks.EnglishSurname);
        return marks | JapaneseInLetters.MarksOf(word);
    }

    private static bool IsWord(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsLetter(c) && c is not ('\'' or '’' or '-' or '.'))
            {
                return false;
            }
        }

        return word.Length <= 24;
    }

    private static bool Is(ReadOnlySpan<char> word, FrozenSet<string> list) => list.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
}
