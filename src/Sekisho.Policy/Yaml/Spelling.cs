namespace Sekisho.Policy.Yaml;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Spelling
{
    /// <summary><c>; did you mean 'x'?</c>, or the known words when nothing is near (at most twelve).</summary>
    public static string Hint(string given, IEnumerable<string> known)
    {
        var words = known.ToList();
        var near = Nearest(given, words);
        return near is not null ? $"; did you mean '{near}'?" : words.Count is 0 or > 12 ? "" : $"; expected {Or(words)}";
    }

    /// <summary>The known word at most two edits (or a third of its length) away, or null.</summary>
    public static string? Nearest(string given, IEnumerable<string> known)
    {
        if (given.Length > 64)
        {
            return null;
        }

        var lower = given.ToLowerInvariant().Replace('_', '-');
        return known
            .Select(word => (Word: word, Distance: Distance(lower, word.ToLowerInvariant())))
            .Where(x => x.Distance <= Math.Min(2, Math.Max(1, x.Word.Length / 3)))
            .OrderBy(x => x.Distance)
            .Select(x => x.Word)
            .FirstOrDefault();
    }

    /// <summary><c>a, b or c</c>.</summary>
    public static string Or(IReadOnlyList<string> words)
        => words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";

    // Optimal string alignment: a swap of neighbours ("domians") is one slip of the hand, so one edit.
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
