namespace Sekisho.Inspection;

/// <summary>Names in kanji and kana, text folded by <see cref="ValueText.Fold"/>.</summary>
internal static class JapaneseNames
{
    /// <summary>A name with kanji in it, with or without a blank between its halves.</summary>
    public static NameLikeness Kanji(ReadOnlySpan<char> name)
    {
        var blank = name.IndexOfAny(' ', '・');
        if (blank > 0)
        {
            var given = name[(blank + 1)..];
            return given.ContainsAny(' ', '・') ? NameLikeness.None : Halves(name[..blank], given);
        }

        if (name.Length > 9)
        {
            return NameLikeness.None;
        }

        var marks = NameTable.Shared[name];
        if ((marks & WordMarks.Word) == 0)
        {
            var sure = Split(name, out _);
            if (sure >= 0.5f && (marks & WordMarks.Place) == 0)
            {
                // 東海林 and 長谷川: a long family name also falls into two halves.
                return (marks & WordMarks.Surname) != 0 && name.Length <= 4 ? new NameLikeness(NameForm.Surname, 0.7f) : new NameLikeness(NameForm.Full, sure);
            }
        }

        var doubt = (marks & WordMarks.Word) != 0 ? 0.4f : 0f;
        if ((marks & WordMarks.Surname) != 0)
        {
            return new NameLikeness(NameForm.Surname, 0.8f - doubt - ((marks & WordMarks.Place) != 0 ? 0.15f : 0));
        }

        return (marks & WordMarks.Given) != 0 ? new NameLikeness(NameForm.Given, 0.7f - doubt - ((marks & WordMarks.Place) != 0 ? 0.15f : 0)) : NameLikeness.None;
    }

    /// <summary>Kana: ヤマダ タロウ, やまだたろう, ジョン・スミス.</summary>
    public static NameLikeness Kana(ReadOnlySpan<char> name)
    {
        Span<char> katakana = stackalloc char[name.Length];
        for (var i = 0; i < name.Length; i++)
        {
            katakana[i] = ValueText.IsHiragana(name[i]) ? (char)(name[i] + 0x60) : name[i];
        }

        var table = NameTable.Shared;
        var middle = katakana.IndexOfAny(" ・＝=");
        if (middle > 0 && middle < katakana.Length - 1)
        {
            var left = katakana[..middle];
            var right = katakana[(middle + 1)..];
            if (right.ContainsAny(" ・＝="))
            {
                return NameLikeness.None;
            }

            var surname = (table[left] & (WordMarks.SurnameReading | WordMarks.Surname)) != 0;
            var given = (table[right] & (WordMarks.GivenReading | WordMarks.Given)) != 0 || (table[name[(middle + 1)..]] & WordMarks.Given) != 0;
            if (katakana[middle] == ' ' && surname && given)
            {
                return new NameLikeness(NameForm.Full, 0.92f);
            }

            // Names from abroad put the given name first: ジョン・スミス.
            var abroad = (table[right] & (WordMarks.Surname | WordMarks.SurnameReading)) != 0 && (table[left] & (WordMarks.Given | WordMarks.GivenReading | WordMarks.Surname)) != 0;
            return abroad && katakana[middle] != ' ' ? new NameLikeness(NameForm.Full, 0.8f)
                : (surname || given) && left.Length >= 2 && right.Length >= 2 && katakana[middle] == ' ' && left.Length + right.Length <= 12 ? new NameLikeness(NameForm.Full, 0.6f)
                : NameLikeness.None;
        }

        var marks = table[katakana] | table[name];
        var doubt = (marks & (WordMarks.Word | WordMarks.Place)) != 0 ? 0.35f : 0f;
        if ((marks & WordMarks.Given) != 0)
        {
            return new NameLikeness(NameForm.Given, 0.7f - doubt);
        }

        if ((marks & (WordMarks.SurnameReading | WordMarks.Surname)) != 0)
        {
            return new NameLikeness(NameForm.Surname, 0.6f - doubt);
        }

        if ((marks & WordMarks.GivenReading) != 0)
        {
            return new NameLikeness(NameForm.Given, 0.6f - doubt);
        }

        for (var at = 2; at <= katakana.Length - 2 && katakana.Length is >= 4 and <= 11 && doubt == 0; at++)
        {
            if ((table[katakana[..at]] & WordMarks.SurnameReading) != 0 && (table[katakana[at..]] & WordMarks.GivenReading) != 0)
            {
                return new NameLikeness(NameForm.Full, 0.65f);
            }
        }

        return NameLikeness.None;
    }

    /// <summary>How surely an unspaced kanji text is family and given name; <paramref name="surname"/>: the family name's length in the best division.</summary>
    public static float Split(ReadOnlySpan<char> name, out int surname)
    {
        surname = 0;
        var best = 0f;
        if (name.Length is < 2 or > 9)
        {
            return 0;
        }

        var table = NameTable.Shared;
        for (var at = 1; at <= Math.Min(5, name.Length - 1); at++)
        {
            if ((table[name[..at]] & WordMarks.Surname) == 0)
            {
                continue;
            }

            var given = name[at..];
            var sure = 0f;
            if ((table[given] & WordMarks.Given) != 0)
            {
                sure = at == 1 && given.Length == 1 ? 0.55f : at == 1 ? 0.8f : given.Length == 1 ? 0.85f : 0.95f;
            }
            else if (at >= 2 && CouldBeGiven(given))
            {
                sure = 0.6f;
            }

            if (sure > best || (sure == best && at == 2))
            {
                (best, surname) = (sure, at);
            }
        }

        return best;
    }

    private static NameLikeness Halves(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var table = NameTable.Shared;
        if (left.Length > 6 || right.Length is 0 or > 6 || HasKatakanaOnly(left) != HasKatakanaOnly(right) && HasKatakanaOnly(left))
        {
            return NameLikeness.None;
        }

        var surname = (table[left] & WordMarks.Surname) != 0;
        var given = (table[right] & WordMarks.Given) != 0;
        if (surname && given)
        {
            return new NameLikeness(NameForm.Full, 0.97f);
        }

        if (Names.EndsUnlikeGiven(right) && !given || (table[right] & (WordMarks.Word | WordMarks.Place)) != 0)
        {
            return NameLikeness.None;
        }

        if (surname && right.Length <= 3 && (CouldBeGiven(right) || right.Length <= 2))
        {
            return new NameLikeness(NameForm.Full, CouldBeGiven(right) ? 0.85f : 0.7f);
        }

        return given && left.Length <= 3 && (table[left] & (WordMarks.Word | WordMarks.Place)) == 0 && AllHan(left) && !Names.EndsUnlikeGiven(left)
            ? new NameLikeness(NameForm.Full, 0.7f)
            : NameLikeness.None;
    }

    /// <summary>A given name nobody wrote into the dictionary: two or three characters of which given names begin and end with these.</summary>
    private static bool CouldBeGiven(ReadOnlySpan<char> given)
    {
        var table = NameTable.Shared;
        return given.Length is 2 or 3 && !Names.EndsUnlikeGiven(given)
            && table.BeginsGiven(KanjiForms.Fold(given[0])) && table.EndsGiven(KanjiForms.Fold(given[^1]))
            && (table[given] & (WordMarks.Word | WordMarks.Place)) == 0 && !HasKatakanaOnly(given);
    }

    private static bool HasKatakanaOnly(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!ValueText.IsKatakana(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AllHan(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!ValueText.IsHan(c))
            {
                return false;
            }
        }

        return true;
    }
}
