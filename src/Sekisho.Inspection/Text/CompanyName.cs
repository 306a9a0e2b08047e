using System.Text;

namespace Sekisho.Inspection;

/// <summary>Names of companies without what does not tell them apart: legal form, its place, width, case, blanks, points.</summary>
public static class CompanyName
{
    /// <summary>Longest line looked at; nobody addresses a company in more.</summary>
    private const int MaxLine = 120;

    /// <summary>Legal forms, folded; the longer before those they begin with.</summary>
    private static readonly string[] _forms =
    [
        "特定非営利活動法人", "国立研究開発法人", "地方独立行政法人", "一般社団法人", "公益社団法人", "一般財団法人", "公益財団法人", "国立大学法人", "公立大学法人", "社会福祉法人",
        "社会医療法人", "医療法人社団", "医療法人財団", "司法書士法人", "独立行政法人", "行政書士法人", "弁護士法人", "税理士法人", "特許業務法人", "監査法人", "医療法人", "学校法人", "宗教法人", "npo法人",
        "株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "相互会社", "(株)", "(有)", "(同)", "(資)", "(名)", "(社)", "(財)", "(学)", "(医)", "(福)", "㈱", "㈲", "㈳", "㈶",
    ];

    private static readonly HashSet<string> _latinForms = new(StringComparer.Ordinal)
    {
        "inc", "incorporated", "ltd", "limited", "co", "company", "corp", "corporation", "llc", "llp", "lp", "plc", "gmbh", "ag", "kk", "pte", "pty", "sa", "srl", "spa", "bv", "nv", "oy", "ab", "sas", "kg",
    };

    /// <summary>What may follow a company's name on its line: whom or what there it is for.</summary>
    private static readonly string[] _addressed = ["御中", "様", "殿", "各位"];

    /// <summary>
    /// The part by which names are compared: <c>株式会社ＡＣＭＥ</c>, <c>ACME（株）</c> and <c>Acme Co., Ltd.</c> all give <c>acme</c>. Empty where there is no
    /// more than a legal form.
    /// </summary>
    public static string Key(string name)
    {
        var folded = Fold(name);
        foreach (var form in _forms)
        {
            folded = folded.Replace(form, " ", StringComparison.Ordinal);
        }

        var words = folded.Replace(".", "", StringComparison.Ordinal).Split([' ', ',', '、', '，'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        while (words.Count > 1 && _latinForms.Contains(words[^1]))
        {
            words.RemoveAt(words.Count - 1);
        }

        if (words is ["the", _, ..])
        {
            words.RemoveAt(0);
        }

        var key = new StringBuilder();
        foreach (var c in string.Concat(words))
        {
            if (char.IsLetterOrDigit(c) || c is 'ー' or '&')
            {
                key.Append(c);
            }
        }

        return key.ToString();
    }

    /// <summary>The company a line addresses, as its <see cref="Key"/>: its name with a legal form stands at the line's beginning or end. Null where none does.</summary>
    internal static string? AddressedIn(string line)
    {
        if (line.Length > MaxLine)
        {
            return null;
        }

        var text = Fold(line).Trim().TrimEnd('、', ',', ' ', ':');
        foreach (var lead in (string[])["dear ", "to: ", "to ", "attn: ", "attention: ", "宛先: "])
        {
            text = text.StartsWith(lead, StringComparison.Ordinal) ? text[lead.Length..].TrimStart() : text;
        }

        if (IsSentence(text))
        {
            return null;
        }

        var key = Japanese(text) ?? Latin(text);
        return key is { Length: >= 2 } ? key : null;
    }

    /// <summary>True where the line begins with the name whose <see cref="Key"/> is given, a legal form before or after it not counted, and addresses it.</summary>
    internal static bool Addresses(string line, string key)
    {
        if (line.Length > MaxLine || IsSentence(Fold(line).Trim()))
        {
            return false;
        }

        var rest = Key(line);
        foreach (var lead in (string[])["dear", "to", "attn"])
        {
            if (rest.StartsWith(lead + key, StringComparison.Ordinal))
            {
                rest = rest[lead.Length..];
                break;
            }
        }

        if (!rest.StartsWith(key, StringComparison.Ordinal))
        {
            return false;
        }

        // A Latin name must end there, and be a name: Acme is neither Acmetron nor the acme of skill. Japanese ones have no such edge; departments follow without a blank.
        return rest.Length == key.Length || !char.IsAsciiLetterOrDigit(key[^1])
            || (HasEdge(line, key) && (HasForm(line) || Array.Exists(_addressed, a => line.Contains(a, StringComparison.Ordinal))));
    }

    /// <summary>Two names that may be one company's: equal, or one within the other (a department or branch behind it), or written in scripts that cannot be compared.</summary>
    internal static bool MayBeOne(string key, string other)
        => key.Contains(other, StringComparison.Ordinal) || other.Contains(key, StringComparison.Ordinal) || IsLatin(key) != IsLatin(other);

    /// <summary>True where the text names a company by a legal form, wherever it stands.</summary>
    internal static bool HasForm(string text)
    {
        var folded = Fold(text);
        return Array.Exists(_forms, f => folded.Contains(f, StringComparison.Ordinal))
            || folded.Replace(".", "", StringComparison.Ordinal).Split(' ', ',', '(', ')').Skip(1).Any(w => w.Length > 2 && _latinForms.Contains(w));
    }

    private static string Fold(string text) => TextFolding.ForSearch(text.Length > 2 * MaxLine ? text[..(2 * MaxLine)] : text);

    /// <summary>Somebody speaks: "株式会社Xの山田です。" introduces its writer and addresses nobody.</summary>
    private static bool IsSentence(string text)
        => text.Contains('。', StringComparison.Ordinal) || text.EndsWith("です", StringComparison.Ordinal) || text.EndsWith("ます", StringComparison.Ordinal)
            || text.Contains("の件", StringComparison.Ordinal) || text is [.., 'で' or 'が' or 'を' or 'に' or 'は' or 'と' or 'も' or 'て'] || text.Contains("と申し", StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal) || text.Contains("://", StringComparison.Ordinal);

    private static string? Japanese(string text)
    {
        foreach (var form in _forms)
        {
            var at = text.IndexOf(form, StringComparison.Ordinal);
            if (at < 0)
            {
                continue;
            }

            // 前株: the name runs from the form to the next blank; 後株: it stands between the line's beginning and the form.
            var name = at == 0 ? FirstWord(text[form.Length..].TrimStart()) : text[..at].TrimEnd();
            return name.Contains(' ', StringComparison.Ordinal) && !IsLatin(name.Replace(" ", "", StringComparison.Ordinal)) ? Key(name[(name.LastIndexOf(' ') + 1)..]) : Key(name);
        }

        return null;
    }

    private static string FirstWord(string text)
    {
        var end = text.IndexOfAny([' ', '(', '/', '、', ',']);
        var word = end < 0 ? text : text[..end];
        foreach (var tail in _addressed)
        {
            word = word.Length > tail.Length && word.EndsWith(tail, StringComparison.Ordinal) ? word[..^tail.Length] : word;
        }

        return word;
    }

    /// <summary>"Acme Trading Co., Ltd.": a few words, the last ones a legal form.</summary>
    private static string? Latin(string text)
    {
        var words = text.Replace(".", "", StringComparison.Ordinal).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return words.Length is > 1 and <= 7 && IsLatin(string.Concat(words)) && words[^1].Length > 1 && _latinForms.Contains(words[^1]) ? Key(text) : null;
    }

    private static bool IsLatin(string text) => text.All(c => c < '\u2E80');

    private static bool HasEdge(string line, string key)
    {
        var folded = Fold(line);
        var at = folded.IndexOf(key, StringComparison.Ordinal);
        return at >= 0 && (at + key.Length == folded.Length || !char.IsAsciiLetterOrDigit(folded[at + key.Length]));
    }
}
