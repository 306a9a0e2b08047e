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

    /// <summary>Reads a name alone.</summary>
    public static PersonWords OfName(string name)
    {
        var words = new PersonWords();
        words.Add(name);
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

/// <summary>Where a text calls somebody: by his whole name, by a word of it, by its last word; and how he is greeted (2 first of all, 1 among the first, else 0).</summary>
internal readonly record struct Called(TextPlace Whole, TextPlace Part, TextPlace Last, int Greeted)
{
    /// <summary>First words of a greeting in which he is looked for.</summary>
    private const int FirstWords = 5;

    /// <summary>By any of these words.</summary>
    public static Called Of(PersonWords words, NamedInText text)
    {
        var (whole, part, last) = words.In(text);
        return new Called(whole, part, last, words.Greeted(text.Greeting, 1) ? 2 : words.Greeted(text.Greeting, FirstWords) ? 1 : 0);
    }

    /// <summary>By the words of either.</summary>
    public Called Or(Called other) => new(Whole | other.Whole, Part | other.Part, Last | other.Last, Math.Max(Greeted, other.Greeted));
}
