using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>The words somebody is called by: the segments of his local part and of the names used for him.</summary>
internal sealed class PersonWords
{
    private const int MaxWords = 8;

    private readonly List<string[]> _names = [];

    private PersonWords()
    {
    }

    /// <summary>Reads an address's key and the names used with it.</summary>
    public static PersonWords Of(string key, IEnumerable<string> names)
    {
        var words = new PersonWords();
        var at = key.LastIndexOf('@');
        words.Add(at > 0 ? key[..at] : key);
        foreach (var name in names)
        {
            words.Add(name);
        }

        return words;
    }

    /// <summary>Where the text calls him: by his whole name, and by one word of it.</summary>
    public (TextPlace Whole, TextPlace Part, TextPlace Last) In(NamedInText text)
    {
        var whole = TextPlace.None;
        var part = TextPlace.None;
        var last = TextPlace.None;
        foreach (var name in _names)
        {
            for (var i = 0; i < name.Length; i++)
            {
                var places = text.PlacesOf(name[i]);
                part |= places;
                if (i == name.Length - 1)
                {
                    last |= places;
                    whole |= name.Length == 1 && name[i].Length > 4 ? places : TextPlace.None;
                }
                else if (places != TextPlace.None)
                {
                    whole |= text.PlacesOf(name[i], name[i + 1]);
                }
            }
        }

        return (whole, part, last);
    }

    /// <summary>True where one of the first words is his, or a short form that begins as one of his does.</summary>
    public bool Greeted(IReadOnlyList<string> greeting, int most)
    {
        for (var i = 0; i < Math.Min(greeting.Count, most); i++)
        {
            foreach (var name in _names)
            {
                foreach (var word in name)
                {
                    if (word == greeting[i] || (greeting[i].Length >= 3 && word.Length >= 3 && (word.StartsWith(greeting[i], StringComparison.Ordinal) || greeting[i].StartsWith(word, StringComparison.Ordinal))))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private void Add(string name)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= name.Length && words.Count < MaxWords; i++)
        {
            if (i < name.Length && char.IsLetterOrDigit(name[i]))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                if (i - start > 1)
                {
                    words.Add(name[start..i].ToLowerInvariant());
                }

                start = -1;
            }
        }

        if (words.Count > 0)
        {
            _names.Add([.. words]);
        }
    }
}
