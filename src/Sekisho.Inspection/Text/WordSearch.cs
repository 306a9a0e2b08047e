using System.Buffers;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>
/// Looks for any of several words. A text of ASCII letters alone is asked for the ASCII words alone, which machines find many letters at a time; with a Chinese character among the words they
/// would walk letter by letter.
/// </summary>
internal sealed class WordSearch
{
    private readonly SearchValues<string> _all;
    private readonly SearchValues<string>? _ascii;

    /// <summary>A search for these words; <paramref name="comparison"/> as for <see cref="SearchValues"/>.</summary>
    public WordSearch(ReadOnlySpan<string> words, StringComparison comparison)
    {
        _all = SearchValues.Create(words, comparison);
        var ascii = new List<string>();
        foreach (var word in words)
        {
            if (Ascii.IsValid(word))
            {
                ascii.Add(word);
            }
        }

        _ascii = ascii.Count == 0 ? null : SearchValues.Create([.. ascii], comparison);
    }

    /// <summary>True where one of them stands in the text.</summary>
    public bool In(ReadOnlySpan<char> text) => Ascii.IsValid(text) ? _ascii is not null && text.ContainsAny(_ascii) : text.ContainsAny(_all);
}
