using System.Buffers;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>How a greeted name and an address go together.</summary>
internal enum NameFit
{
    /// <summary>The address tells no name, or not enough of one.</summary>
    Unknown,

    /// <summary>The address may be his.</summary>
    Fits,

    /// <summary>The address names a family, and another one.</summary>
    Differs,
}

/// <summary>
/// What an address and the names shown beside it tell of the person: enough to say that a greeting is not his, or nothing. In doubt nothing: an address
/// that may be anybody's contradicts no greeting.
/// </summary>
internal sealed class RecipientNames
{
    private const int MaxSegments = 8;

    /// <summary>Behind one of these stands the department or the house.</summary>
    private static readonly SearchValues<char> _brackets = SearchValues.Create("(（[【<＜|｜");

    /// <summary>Local parts of desks: a family name beside one of these is a house, not a person.</summary>
    private static readonly HashSet<string> _desks = new(StringComparer.Ordinal)
    {
        "info", "sales", "support", "office", "admin", "team", "contact", "mail", "post", "web", "shop", "help", "desk", "order", "news", "press", "staff", "member", "members", "reader", "user",
        "group", "list", "test", "no", "reply", "noreply", "jimu", "soumu", "somu", "eigyo", "eigyou", "keiri", "jinji", "kouhou", "koho", "honsha", "honbu", "shiten", "center", "centre", "corp",
        "japan", "jp", "tokyo", "osaka", "co", "inc", "ml", "all", "customer", "client", "account", "accounts", "billing", "service", "system", "server", "law", "tax", "clinic", "hospital",
    };

    private readonly List<string> _kanji = [];
    private readonly List<string> _segments = [];
    private readonly List<string> _house = [];
    private readonly HashSet<string> _surnames = new(StringComparer.Ordinal);

    /// <summary>True where a family name can be read.</summary>
    public bool Readable => _surnames.Count > 0;

    /// <summary>True where a given name stands beside the family name.</summary>
    public bool HasGiven { get; private set; }

    /// <summary>Reads an address and the names shown with it (To, Cc, a quoted header line); empty names and bare addresses among these tell nothing.</summary>
    public static RecipientNames Of(EmailAddress address, IEnumerable<string> shown)
    {
        var names = new RecipientNames();
        var named = false;
        foreach (var display in shown.Select(s => s.Trim(" \t'\"").ToString()).Where(s => s.Length is > 0 and <= 100 && !s.Contains('@', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Take(8))
        {
            named |= !display.Equals(address.LocalPart, StringComparison.OrdinalIgnoreCase);
            names.AddShown(display);
        }

        names.AddLocal(address.LocalPart, mayName: !named);
        foreach (var label in address.Domain.Split('.').Take(MaxSegments))
        {
            names._house.AddRange(Split(label).Where(s => s.Length > 2).Select(s => RomajiKey.Of(s)));
        }

        return names;
    }

    /// <summary>Whether a person greeted so may be this one; <paramref name="sure"/> is false where only the family name could be compared.</summary>
    public NameFit Judge(Greeted greeted, out bool sure)
    {
        var keys = KeysOf(greeted);
        sure = greeted.Given.Length == 0 || !HasGiven;
        var surname = greeted.Latin ? "" : Fold(greeted.Surname);
        var given = greeted.Latin || greeted.Given.Length < 2 ? "" : Fold(greeted.Given);
        foreach (var shown in _kanji)
        {
            var both = surname.Length > 0 && (surname.Length > 1 ? shown.Contains(surname, StringComparison.Ordinal) : shown.StartsWith(surname, StringComparison.Ordinal));
            if (both || (given.Length > 0 && shown.Contains(given, StringComparison.Ordinal)))
            {
                sure |= given.Length == 0 || shown.Contains(given, StringComparison.Ordinal);
                return NameFit.Fits;
            }
        }

        if (keys.Overlaps(_surnames) || keys.Overlaps(_house) || _segments.Exists(s => Carries(s, keys)))
        {
            return NameFit.Fits;
        }

        return Readable && keys.Count > 0 ? NameFit.Differs : NameFit.Unknown;
    }

    /// <summary>Keys of everything the greeted may be called in Latin letters.</summary>
    private static HashSet<string> KeysOf(Greeted greeted)
    {
        if (!greeted.Latin)
        {
            return Names.Romaji(greeted.Surname).Select(r => RomajiKey.Of(r)).ToHashSet(StringComparer.Ordinal);
        }

        return new[] { greeted.Surname, greeted.Given }.Concat(greeted.Surname.Split('-')).Where(n => n.Length > 1).Select(n => RomajiKey.Of(n)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A segment is the name, the name with an initial, or the name and a given name written together. Saito does not carry Ito.</summary>
    private static bool Carries(string segment, HashSet<string> keys)
    {
        if (keys.Contains(RomajiKey.Of(segment)))
        {
            return true;
        }

        for (var cut = 1; cut < segment.Length; cut++)
        {
            var (left, right) = (segment[..cut], segment[cut..]);
            if ((right.Length > 2 && keys.Contains(RomajiKey.Of(right)) && (cut == 1 || IsGiven(left)))
                || (cut > 2 && keys.Contains(RomajiKey.Of(left)) && (right.Length == 1 || IsGiven(right))))
            {
                return true;
            }
        }

        return false;
    }

    private void AddShown(string display)
    {
        var cut = display.AsSpan().IndexOfAny(_brackets);
        var text = cut > 0 ? display.AsSpan(0, cut).TrimEnd().ToString() : display;
        if (text.AsSpan().ContainsAnyExceptInRange('\0', '\u2E7F'))
        {
            _kanji.Add(Fold(display));
            var name = StripHonorific(text);
            if (!IsHouse(name) && JapaneseGreeting.PersonIn(name) is { Latin: false } person)
            {
                _surnames.UnionWith(Names.Romaji(person.Surname).Select(r => RomajiKey.Of(r)));
                HasGiven |= person.Given.Length > 0;
            }

            return;
        }

        var words = Split(text).Where(w => w.Length > 1).Take(MaxSegments).ToList();
        _segments.AddRange(words);
        if (LatinNames.Judge(text) is { Form: NameForm.Full, Confidence: >= 0.55f })
        {
            // Which of them is the family name differs from country to country: any may be.
            _surnames.UnionWith(words.Select(w => RomajiKey.Of(w)));
            HasGiven = true;
        }
    }

    private void AddLocal(string local, bool mayName)
    {
        var segments = Split(local).Take(MaxSegments).ToList();
        _segments.AddRange(segments.Where(s => s.Length > 1));
        if (!mayName || segments.Exists(_desks.Contains))
        {
            return;
        }

        var words = segments.Where(s => s.Length > 1).ToList();
        var initials = segments.Count - words.Count;
        if (words.Count == 2 && initials <= 1 && ((IsSurname(words[0]) && IsGiven(words[1])) || (IsGiven(words[0]) && IsSurname(words[1]))))
        {
            _surnames.UnionWith(words.Where(IsSurname).Select(w => RomajiKey.Of(w)));
            HasGiven = true;
        }
        else if (words.Count == 1)
        {
            AddWord(words[0], initials == 1);
        }
    }

    private void AddWord(string word, bool initial)
    {
        var key = RomajiKey.Of(word);
        if (CommonSurnames.Holds(key) || (initial && word.Length > 3 && (LatinNames.MarksOf(word) & WordMarks.SurnameReading) != 0))
        {
            _surnames.Add(key);
            return;
        }

        for (var cut = 1; cut < word.Length; cut++)
        {
            var (left, right) = (word[..cut], word[cut..]);
            if (CommonSurnames.Holds(RomajiKey.Of(right)) && right.Length > 3 && (cut == 1 || IsGiven(left)))
            {
                _surnames.Add(RomajiKey.Of(right));
                HasGiven |= cut > 1;
            }
            else if (CommonSurnames.Holds(RomajiKey.Of(left)) && left.Length > 3 && (right.Length == 1 || IsGiven(right)))
            {
                _surnames.Add(RomajiKey.Of(left));
                HasGiven |= right.Length > 1;
            }
        }
    }

    private static bool IsHouse(string text) => CompanyName.HasForm(text) && !text.Contains(' ', StringComparison.Ordinal) && !text.Contains('\u3000', StringComparison.Ordinal);

    private static bool IsSurname(string word) => (LatinNames.MarksOf(word) & (WordMarks.SurnameReading | WordMarks.EnglishSurname)) != 0;

    private static bool IsGiven(string word) => word.Length > 2 && (LatinNames.MarksOf(word) & (WordMarks.GivenReading | WordMarks.EnglishGiven)) != 0;

    private static string StripHonorific(string text)
    {
        text = text.Replace('\u3000', ' ').TrimEnd();
        foreach (var honorific in (ReadOnlySpan<string>)["様", "さま", "殿", "先生", "さん"])
        {
            text = text.EndsWith(honorific, StringComparison.Ordinal) ? text[..^honorific.Length].TrimEnd() : text;
        }

        return text;
    }

    internal static string Fold(string name) => string.Concat(TextFolding.ForSearch(name).Where(c => c is not (' ' or '・')).Select(KanjiForms.Fold));

    /// <summary>Runs of letters, lower case.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var from = -1;
        for (var i = 0; i <= text.Length && i < 200; i++)
        {
            var letter = i < text.Length && char.IsLetter(TextFolding.FoldWidth(text[i])) && text[i] < '\u2E80';
            if (letter && from < 0)
            {
                from = i;
            }
            else if (!letter && from >= 0)
            {
                yield return text[from..i].ToLowerInvariant();
                from = -1;
            }
        }
    }
}
