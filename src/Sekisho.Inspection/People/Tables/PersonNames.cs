namespace Sekisho.Inspection;

/// <summary>Names as they are compared.</summary>
internal static class PersonNames
{
    private const int MaxName = 60;

    private static readonly string[] _honorifics = ["様", "殿", "さん", "さま", "先生", "氏", "くん", "ちゃん"];

    /// <summary>A name without blanks, width, case and honorific; empty for none.</summary>
    public static string Key(string name)
    {
        if (name.Length == 0)
        {
            return "";
        }

        Span<char> buffer = stackalloc char[MaxName];
        var length = 0;
        foreach (var c in name)
        {
            var folded = KanjiForms.Fold(TextFolding.FoldWidth(c));
            if (folded > ' ' && folded != '・' && length < buffer.Length)
            {
                buffer[length++] = folded;
            }
        }

        var key = (ReadOnlySpan<char>)buffer[..length];
        foreach (var honorific in _honorifics)
        {
            if (key.Length > honorific.Length + 1 && key.EndsWith(honorific))
            {
                key = key[..^honorific.Length];
                break;
            }
        }

        return key.SequenceEqual(name) ? name : key.ToString();
    }

    /// <summary>True where two keys may name one person: equal, one missing, one the other's family name, or in two scripts.</summary>
    public static bool MayBeSame(string one, string other) => one.Length == 0 || other.Length == 0 || one == other
        || one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal) || Script(one[0]) != Script(other[0]);

    /// <summary>True for family and given name: two words, or three characters and more in one.</summary>
    public static bool IsFull(string name) => name.AsSpan().Trim().IndexOfAny(' ', '\u3000') > 0 || name.Length >= 3;

    private static int Script(char c) => c < 0x250 ? 0 : c is >= '\u3041' and <= '\u30FF' ? 1 : 2;
}
