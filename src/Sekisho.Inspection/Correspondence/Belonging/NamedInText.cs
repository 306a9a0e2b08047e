using System.Runtime.InteropServices;

namespace Sekisho.Inspection;

/// <summary>Where in a mail's text a word stands.</summary>
[Flags]
internal enum TextPlace : byte
{
    None = 0,

    /// <summary>The first lines of the author's own text.</summary>
    Greeting = 1,

    /// <summary>The author's own text.</summary>
    Own = 2,

    /// <summary>The beginning of the quoted thread: who wrote what is answered.</summary>
    QuoteTop = 4,

    /// <summary>The lines of quoted headers that name people.</summary>
    QuoteHead = 8,

    /// <summary>The rest of the quoted thread.</summary>
    Quote = 16,

    /// <summary>The subject.</summary>
    Subject = 32,
}

/// <summary>The words of a mail by place, so that each recipient can be looked for by the segments of his address and the words of his name. Made once per mail.</summary>
internal sealed class NamedInText
{
    /// <summary>Characters looked at of each text.</summary>
    private const int MaxChars = 20_000;

    private const int MaxWord = 32;

    private const int GreetingLines = 3;

    private const int GreetingChars = 80;

    private const int TopLines = 4;

    private readonly Dictionary<string, TextPlace> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), TextPlace> _pairs = [];
    private readonly List<string> _greeting = [];

    private MessageFacts? _unread;

    private NamedInText(MessageFacts facts) => (_unread, Length) = (facts, (facts.OwnText.Length, facts.QuotedText.Length));

    /// <summary>Words of the first lines, in order.</summary>
    public IReadOnlyList<string> Greeting
    {
        get
        {
            Read();
            return _greeting;
        }
    }

    /// <summary>Characters of own and quoted text.</summary>
    public (int Own, int Quoted) Length { get; }

    /// <summary>The texts of a mail, read when first asked about: most mails go to one alone, of whom nothing is asked. Not for two threads at once.</summary>
    public static NamedInText Of(MessageFacts facts) => new(facts);

    /// <summary>Where a word stands.</summary>
    public TextPlace PlacesOf(string word)
    {
        Read();
        return _words.GetValueOrDefault(word);
    }

    /// <summary>Where two words stand side by side, in either order.</summary>
    public TextPlace PlacesOf(string first, string second)
    {
        Read();
        return _pairs.GetValueOrDefault((first, second)) | _pairs.GetValueOrDefault((second, first));
    }

    private void Read()
    {
        if (_unread is not { } facts)
        {
            return;
        }

        _unread = null;
        Read(facts.Subject, TextPlace.Subject, null);
        ReadOwn(Start(facts.OwnText));
        ReadQuoted(Start(facts.QuotedText));
    }

    private static ReadOnlySpan<char> Start(string text) => text.AsSpan(0, Math.Min(text.Length, MaxChars));

    private void ReadOwn(ReadOnlySpan<char> text)
    {
        var seen = 0;
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            if (line.Length == 0)
            {
                continue;
            }

            if (seen++ < GreetingLines)
            {
                var cut = Math.Min(line.Length, GreetingChars);
                Read(line[..cut], TextPlace.Greeting | TextPlace.Own, _greeting);
                line = line[cut..];
            }

            Read(line, TextPlace.Own, null);
        }
    }

    private void ReadQuoted(ReadOnlySpan<char> text)
    {
        var seen = 0;
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim(" \t\r>|*");
            if (line.Length == 0)
            {
                continue;
            }

            var place = IsHead(line) ? TextPlace.QuoteHead : TextPlace.Quote;
            Read(line, seen++ < TopLines && !IsTo(line) ? place | TextPlace.QuoteTop : place, null);
        }
    }

    private static bool IsTo(ReadOnlySpan<char> line)
        => line.StartsWith("To:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Cc:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("宛先", StringComparison.Ordinal);

    private static bool IsHead(ReadOnlySpan<char> line)
        => IsTo(line) || line.StartsWith("From:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Sent by:", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("差出人", StringComparison.Ordinal) || line.Contains("/", StringComparison.Ordinal) || line.Contains("@", StringComparison.Ordinal);

    private void Read(ReadOnlySpan<char> text, TextPlace place, List<string>? order)
    {
        Span<char> word = stackalloc char[MaxWord];
        var length = 0;
        string? before = null;
        var words = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                if (length < MaxWord)
                {
                    word[length] = char.ToLowerInvariant(TextFolding.FoldWidth(text[i]));
                }

                length++;
                continue;
            }

            // An initial between two names parts them no more than a blank.
            if (length is > 1 and <= MaxWord)
            {
                if (!words.TryGetValue(word[..length], out var key, out var places))
                {
                    key = word[..length].ToString();
                }

                _words[key] = places | place;
                order?.Add(key);
                if (before is not null)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(_pairs, (before, key), out _) |= place;
                }

                before = key;
            }
            else if (length > MaxWord)
            {
                before = null;
            }

            length = 0;
        }
    }
}
