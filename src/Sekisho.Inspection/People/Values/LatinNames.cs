using System.Collections.Frozen;

namespace Sekisho.Inspection;

/// <summary>Names in Latin letters: John Q. Smith, SMITH, John, Yamada Taro.</summary>
internal static class LatinNames
{
    private static readonly FrozenSet<string> _titles = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "mx");

    private static readonly WordShapes _titleShapes = WordShapes.Of(_titles);

    private static readonly FrozenSet<string> _notNames = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "inc", "ltd", "llc", "corp", "co", "gmbh", "the", "and", "of", "for", "company", "group", "team", "department", "support", "sales", "service", "street", "road", "avenue",
        "university", "bank", "hotel", "office", "center", "centre", "school", "hospital", "north", "south", "east", "west", "new", "total", "no", "yes");

    private static readonly WordShapes _notNameShapes = WordShapes.Of(_notNames);

    /// <summary>Pieces between blanks and commas; what follows the fifth is one, and no word if it is several.</summary>
    private const int MaxPieces = 6;

    private const int MaxWords = 4;

    /// <summary>A name of two to four words; capitals are asked for unless both halves are known.</summary>
    public static NameLikeness Judge(ReadOnlySpan<char> name)
    {
        var comma = false;
        var pieces = 0;
        var used = 0;
        var titled = false;
        var front = default(ReadOnlySpan<char>);
        var back = default(ReadOnlySpan<char>);
        for (var at = 0; at < name.Length;)
        {
            if (name[at] is ' ' or ',')
            {
                comma |= name[at++] == ',';
                continue;
            }

            var start = at;
            at = pieces + 1 == MaxPieces ? name.Length : End(name, at);
            var piece = name[start..at].Trim();
            pieces += piece.IsEmpty ? 0 : 1;
            var word = piece.TrimEnd('.');
            if (word.Length == 0 || (used == 0 && Is(word, _titles, _titleShapes)))
            {
                titled |= word.Length > 0;
                continue;
            }

            if (used++ == MaxWords || !IsWord(word) || Is(word, _notNames, _notNameShapes))
            {
                return NameLikeness.None;
            }

            front = used == 1 ? piece : front;
            back = piece;
        }

        if (used == 0)
        {
            return NameLikeness.None;
        }

        var first = MarksOf(front);
        if (used == 1)
        {
            return (first & (WordMarks.EnglishSurname | WordMarks.SurnameReading)) != 0 ? new NameLikeness(NameForm.Surname, 0.5f)
                : (first & (WordMarks.EnglishGiven | WordMarks.GivenReading)) != 0 ? new NameLikeness(NameForm.Given, 0.5f) : NameLikeness.None;
        }

        var capitals = char.IsUpper(front[0]) && char.IsUpper(back[0]);
        if (first == WordMarks.None && !capitals)
        {
            // Neither two known halves nor one with capitals.
            return NameLikeness.None;
        }

        var last = MarksOf(back);
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

    private static int End(ReadOnlySpan<char> name, int at)
    {
        while (at < name.Length && name[at] is not (' ' or ','))
        {
            at++;
        }

        return at;
    }

    private static bool Is(ReadOnlySpan<char> word, FrozenSet<string> list, WordShapes shapes) => shapes.Fits(word) && list.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
}
