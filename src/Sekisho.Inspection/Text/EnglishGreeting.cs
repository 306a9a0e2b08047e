using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>
/// Reads "Dear Mr. Suzuki,", "Dr. Jane Smith:" and "Suzuki-san,". An honorific and a family name are asked for: "Hi Bob," says little about whose mail it
/// is, for Bob may be Robert in his address.
/// </summary>
internal static class EnglishGreeting
{
    private static readonly SearchValues<char> _ends = SearchValues.Create(",:;!，：");

    private static readonly string[] _leads = ["dear", "hi", "hello", "hey", "good", "morning", "afternoon", "evening", "attn", "attn.", "attention", "to"];

    private static readonly string[] _honorifics = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "messrs", "mesdames"];

    /// <summary>Adds the persons a line greets; none where it greets nobody, or a group.</summary>
    public static void Read(string line, List<Greeted> into)
    {
        var end = line.AsSpan().IndexOfAny(_ends);
        var text = line.AsSpan(0, end < 0 ? line.Length : end).Trim(" \t.-–—");
        if (text.Length is < 4 or > 60)
        {
            return;
        }

        Span<Range> ranges = stackalloc Range[12];
        var count = text.SplitAny(ranges, " \t", StringSplitOptions.RemoveEmptyEntries);
        var from = 0;
        while (from < count && Is(text[ranges[from]].TrimEnd(".,"), _leads))
        {
            from++;
        }

        if (count - from is < 1 or > 9)
        {
            return;
        }

        Suffixed(text, ranges[from..count], into);
        var found = into.Count;
        for (var i = from; i < count; i++)
        {
            if (!Is(text[ranges[i]].TrimEnd('.'), _honorifics))
            {
                if (i == from)
                {
                    return;
                }

                continue;
            }

            if (Name(text, ranges[(i + 1)..count]) is { } name)
            {
                into.Add(name);
            }
            else
            {
                into.RemoveRange(found, into.Count - found);
                return;
            }
        }
    }

    /// <summary>"Suzuki-san", "Suzuki san", "Suzuki-sama".</summary>
    private static void Suffixed(ReadOnlySpan<char> text, ReadOnlySpan<Range> words, List<Greeted> into)
    {
        var last = text[words[^1]];
        foreach (var suffix in (ReadOnlySpan<string>)["-san", "-sama", "-sensei", "-dono"])
        {
            if (words.Length == 1 && last.Length > suffix.Length + 1 && last.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && IsWord(last[..^suffix.Length]))
            {
                var name = last[..^suffix.Length].ToString();
                into.Add(new Greeted(name, name, "", true, suffix is not "-san"));
                return;
            }
        }

        if (words.Length == 2 && last.Equals("san", StringComparison.OrdinalIgnoreCase) && IsWord(text[words[0]]))
        {
            var name = text[words[0]].ToString();
            into.Add(new Greeted(name, name, "", true, false));
        }
    }

    /// <summary>One to three capitalised words up to "and", the end, or the next honorific; the last one is the family name.</summary>
    private static Greeted? Name(ReadOnlySpan<char> text, ReadOnlySpan<Range> words)
    {
        var used = 0;
        while (used < words.Length && !Is(text[words[used]], ["and", "&", "or"]))
        {
            if (used == 3 || !IsWord(text[words[used]].TrimEnd('.')))
            {
                return null;
            }

            used++;
        }

        if (used == 0)
        {
            return null;
        }

        var surname = text[words[used - 1]].TrimEnd('.').ToString();
        var given = used > 1 ? text[words[0]].TrimEnd('.').ToString() : "";
        return surname.Length < 2 || Is(surname, ["sir", "madam", "president", "chairman", "chair", "secretary", "director", "editor", "speaker"]) ? null
            : new Greeted(given.Length > 0 ? $"{given} {surname}" : surname, surname, given, Latin: true, ForOutside: true);
    }

    private static bool IsWord(ReadOnlySpan<char> word)
    {
        if (word.Length is 0 or > 24 || !char.IsUpper(word[0]))
        {
            return false;
        }

        foreach (var c in word)
        {
            if (!(char.IsLetter(c) && c < '\u0250') && c is not ('-' or '\'' or '’' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Is(ReadOnlySpan<char> word, ReadOnlySpan<string> list)
    {
        foreach (var known in list)
        {
            if (word.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
