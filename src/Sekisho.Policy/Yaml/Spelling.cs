using Sekisho.Inspection;

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
            .Select(word => (Word: word, Distance: EditDistance.Of(lower, word.ToLowerInvariant(), 2)))
            .Where(x => x.Distance <= Math.Min(2, Math.Max(1, x.Word.Length / 3)))
            .OrderBy(x => x.Distance)
            .Select(x => x.Word)
            .FirstOrDefault();
    }

    /// <summary><c>a, b or c</c>.</summary>
    public static string Or(IReadOnlyList<string> words)
        => words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";
}
