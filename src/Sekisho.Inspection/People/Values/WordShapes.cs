namespace Sekisho.Inspection;

/// <summary>
/// What the words of a list look like from outside: by first character, a bit for each length and each last character. Nearly every word of a prose is in no list by this alone, at the price of one look into a small
/// table, so it is asked before the list itself.
/// </summary>
internal sealed class WordShapes
{
    private const int Most = 31;

    private readonly uint[] _lengths = new uint[128];
    private readonly uint[] _lasts = new uint[128];

    private WordShapes()
    {
    }

    /// <summary>The shapes of these words; of ASCII letters either case counts.</summary>
    public static WordShapes Of(IEnumerable<string> words)
    {
        var shapes = new WordShapes();
        foreach (var word in words)
        {
            var first = word[0];
            if (first < shapes._lengths.Length)
            {
                shapes.Add(char.ToLowerInvariant(first), word);
                shapes.Add(char.ToUpperInvariant(first), word);
            }
        }

        return shapes;
    }

    /// <summary>False for a word that cannot be in the list. A word that begins with no ASCII character always may be.</summary>
    public bool Fits(ReadOnlySpan<char> word)
        => !word.IsEmpty && (word[0] >= _lengths.Length || ((_lengths[word[0]] & (1u << Math.Min(word.Length, Most))) != 0 && (_lasts[word[0]] & (1u << (word[^1] & 31))) != 0));

    private void Add(char first, string word)
    {
        _lengths[first] |= 1u << Math.Min(word.Length, Most);

        // The last five bits of an ASCII letter are those of the other case too; of other letters they need not be.
        _lasts[first] |= word[^1] < '\u0080' ? 1u << (word[^1] & 31) : uint.MaxValue;
    }
}
