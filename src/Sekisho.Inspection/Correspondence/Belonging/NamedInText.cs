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

    /// <summary>ASCII letters and digits as they are compared; nothing for what parts words.</summary>
    private static readonly char[] _ascii = MakeAscii();

    private readonly MessageFacts _facts;
    private readonly List<string> _greeting = [];

    private TextWords? _words;

    private NamedInText(MessageFacts facts) => (_facts, Length) = (facts, (facts.OwnText.Length, facts.QuotedText.Length));

    /// <summary>Words of the first lines, in order.</summary>
    public IReadOnlyList<string> Greeting
    {
        get
        {
            _ = Words();
            return _greeting;
        }
    }

    /// <summary>Characters of own and quoted text.</summary>
    public (int Own, int Quoted) Length { get; }

    /// <summary>The texts of a mail, read when first asked about: most mails go to one alone, of whom nothing is asked. Not for two threads at once.</summary>
    public static NamedInText Of(MessageFacts facts) => new(facts);

    /// <summary>Where a word stands.</summary>
    public TextPlace PlacesOf(string word) => Words().PlacesOf(word);

    /// <summary>Where two words stand side by side, in either order.</summary>
    public TextPlace PlacesOf(string first, string second) => Words().PlacesOf(first, second);

    private TextWords Words()
    {
        if (_words is null)
        {
            var own = Start(_facts.OwnText);
            var quoted = Start(_facts.QuotedText);
            var words = new TextWords(_facts.Subject.Length + own.Length + quoted.Length);
            Read(_facts.Subject, TextPlace.Subject, words, null);
            ReadOwn(own, words);
            ReadQuoted(quoted, words);
            _words = words;
        }

        return _words;
    }

    private static ReadOnlySpan<char> Start(string text) => text.AsSpan(0, Math.Min(text.Length, MaxChars));

    private void ReadOwn(ReadOnlySpan<char> text, TextWords words)
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
                Read(line[..cut], TextPlace.Greeting | TextPlace.Own, words, _greeting);
                line = line[cut..];
            }

            Read(line, TextPlace.Own, words, null);
        }
    }

    private static void ReadQuoted(ReadOnlySpan<char> text, TextWords words)
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
            Read(line, seen++ < TopLines && !IsTo(line) ? place | TextPlace.QuoteTop : place, words, null);
        }
    }

    private static bool IsTo(ReadOnlySpan<char> line)
        => line.StartsWith("To:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Cc:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("宛先", StringComparison.Ordinal);

    private static bool IsHead(ReadOnlySpan<char> line)
        => IsTo(line) || line.StartsWith("From:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Sent by:", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("差出人", StringComparison.Ordinal) || line.Contains("/", StringComparison.Ordinal) || line.Contains("@", StringComparison.Ordinal);

    private static void Read(ReadOnlySpan<char> text, TextPlace place, TextWords words, List<string>? order)
    {
        Span<char> word = stackalloc char[MaxWord];
        var length = 0;
        var joined = false;
        for (var i = 0; i <= text.Length; i++)
        {
            var letter = i < text.Length ? Letter(text[i]) : '\0';
            if (letter != '\0')
            {
                if (length < MaxWord)
                {
                    word[length] = letter;
                }

                length++;
                continue;
            }

            // An initial between two names parts them no more than a blank.
            if (length is > 1 and <= MaxWord)
            {
                words.Add(word[..length], place, joined);
                order?.Add(word[..length].ToString());
                joined = true;
            }
            else if (length > MaxWord)
            {
                joined = false;
            }

            length = 0;
        }
    }

    private static char Letter(char c) => c < _ascii.Length ? _ascii[c] : char.IsLetterOrDigit(c) ? char.ToLowerInvariant(TextFolding.FoldWidth(c)) : '\0';

    private static char[] MakeAscii()
    {
        var letters = new char[128];
        for (var c = '\0'; c < letters.Length; c++)
        {
            letters[c] = char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '\0';
        }

        return letters;
    }
}
