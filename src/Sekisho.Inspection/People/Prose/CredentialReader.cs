using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>A password or key found in text; only its mask is kept.</summary>
internal readonly record struct Credential(string Masked, bool IsKey, int Line, int Key)
{
    /// <summary>Of a value; nothing of it stays but its mask and a hash that is another one in every process.</summary>
    public static Credential Of(ReadOnlySpan<char> value, bool isKey, int line)
        => new(Masking.Mask(DataKinds.Credential, value[..Math.Min(value.Length, 250)].ToString()), isKey, line, string.GetHashCode(value, StringComparison.Ordinal) | 1);
}

/// <summary>Passwords behind their labels, and keys by their form.</summary>
internal static class CredentialReader
{
    /// <summary>Longest label looked at, blanks included.</summary>
    private const int Label = 24;
    private const int MaxValue = 128;

    private static readonly string[] _labels =
    [
        "パスワード", "暗証番号", "password", "passwd", "passphrase", "pass", "pwd", "pw", "pass word", "暗証コード", "解凍キー", "client_secret", "secret_key", "api_key", "apikey", "api key", "access_token", "secret access key",
        "aws_secret_access_key", "private_key", "ログインpw", "初期pw", "仮パス",
    ];

    /// <summary>Words that explain rather than open.</summary>
    private static readonly HashSet<string> _explanations = new(StringComparer.OrdinalIgnoreCase)
    {
        "required", "optional", "reset", "none", "null", "nil", "true", "false", "undefined", "hidden", "changed", "expired", "expires", "same", "below", "above", "following", "protected", "forgotten", "forgot", "empty", "blank", "string", "text",
        "varchar", "password", "passwd", "pass", "your_password", "yourpassword", "changeme", "xxxx", "xxxxx", "xxxxxx", "xxxxxxxx", "example", "sample", "test", "redacted", "masked", "secret", "n/a", "tbd", "todo", "unknown", "unchanged", "default",
        "strong", "weak", "invalid", "incorrect", "wrong", "must", "policy", "manager", "please", "separate", "separately", "the", "this", "see", "sent", "will", "is", "are", "was", "not", "and", "for", "http", "https", "char", "int", "bool", "object",
    };

    private static readonly SearchValues<char> _strongMarks = SearchValues.Create("!@#$%^&*?~+");

    private static readonly SearchValues<char> _closers = SearchValues.Create(" \t\r\u3000\"'」』。.;,)");

    private static readonly SearchValues<char> _breaks = SearchValues.Create(" \t\n\r\u3000、。，；「」『』【】（）()<>＜＞\"'”’,;|｜");

    /// <summary>A colon or equals sign: a password where the label in front says so.</summary>
    public static void AtColon(ReadOnlySpan<char> text, int at, int lineStart, int line, List<Credential> credentials)
    {
        var front = text[Math.Max(lineStart, at - Label)..at].TrimEnd(" \t\u3000*\"'”」】）)");
        if (front.Length < 2)
        {
            return;
        }

        var last = front[^1];
        var ends = last is 'ド' or '号' or 'd' or 'D' or 's' or 'S' or 'e' or 'E' or 'w' or 'W' or 'N' or 'n' or 'y' or 'Y' or 't' or 'T' or 'ー' or 'ｄ' or 'Ｄ' or 'Ｗ' or 'Ｎ' or 'ス';
        if (!ends || !EndsWithLabel(front))
        {
            return;
        }

        Value(text, at + 1, line, credentials, entry: front.Length <= 12 || IsLineStart(text, lineStart, at));
    }

    /// <summary>パスワードは… or a label on a line of its own with the value on the next.</summary>
    public static void AtWord(ReadOnlySpan<char> text, int at, int line, List<Credential> credentials)
    {
        var rest = text[at..Math.Min(text.Length, at + 12)];
        var length = rest.StartsWith("パスワード", StringComparison.Ordinal) ? 5 : rest.StartsWith("暗証番号", StringComparison.Ordinal) ? 4 : 0;
        if (length == 0 || rest.Length <= length)
        {
            return;
        }

        rest = rest[length..];
        if (rest[0] is 'は' or 'が')
        {
            Value(text, at + length + 1, line, credentials, entry: false);
        }
        else if (rest[0] is '】' or '］' or ']' or '」' or '\n' or '\t' or '\u3000' or ' ')
        {
            Value(text, at + length + 1, line, credentials, entry: true);
        }
    }

    /// <summary>A value known to be a secret by its place.</summary>
    public static void Add(ReadOnlySpan<char> value, int line, List<Credential> credentials)
    {
        if (value.Length is >= 4 and <= MaxValue && IsSecret(value, entry: true))
        {
            credentials.Add(Credential.Of(value, isKey: false, line));
        }
    }

    /// <summary>True where a text behind a password's label is a password and not an explanation (別途ご連絡, required) or a placeholder.</summary>
    public static bool IsSecret(ReadOnlySpan<char> value, bool entry)
    {
        if (value.Length is < 4 or > MaxValue || value[0] is '<' or '$' or '{' or '%' or '[' or '*' or '•' or '●' or '_' or '.' or '/' or '-' or '=' or '＊')
        {
            return false;
        }

        var lower = 0;
        var upper = 0;
        var digits = 0;
        var marks = 0;
        foreach (var raw in value)
        {
            var c = TextFolding.FoldWidth(raw);
            if (c is <= ' ' or > '~')
            {
                return false;
            }

            lower += char.IsAsciiLetterLower(c) ? 1 : 0;
            upper += char.IsAsciiLetterUpper(c) ? 1 : 0;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            marks += char.IsAsciiLetterOrDigit(c) ? 0 : 1;
        }

        if (_explanations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(value.TrimEnd('.')) || !value.ContainsAnyExcept(value[0]) || value.ContainsAny('(', ')') || value.Contains("://", StringComparison.Ordinal))
        {
            return false;
        }

        // A variable of a program: process.env.DB_PASS, config.password; Capitalised words and lower ones are prose unless the line is nothing but label and value.
        if (digits == 0 && marks > 0 && !value.ContainsAny(_strongMarks))
        {
            return entry && value.Length <= 20 && !value.ContainsAny("._:");
        }

        return digits > 0 && digits < value.Length || marks > 0 || (upper > 1 && lower > 1) || (digits == value.Length && entry && digits <= 12) || (entry && lower + upper == value.Length && value.Length >= 6);
    }

    private static void Value(ReadOnlySpan<char> text, int at, int line, List<Credential> credentials, bool entry)
    {
        var to = Math.Min(text.Length, at + MaxValue + 40);
        while (at < to && text[at] is ' ' or '\t' or '\u3000' or '：' or ':' or '"' or '\'' or '「' or '『' or '“' or '*')
        {
            at++;
        }

        if (at < to && text[at] == '\n')
        {
            // The value on the next line, where the label stands alone.
            at++;
            entry = true;
            while (at < to && text[at] is ' ' or '\u3000' or '\t')
            {
                at++;
            }

            var stop = text[at..to].IndexOfAny(_breaks);
            if (stop >= 0 && text[at + stop] is not ('\n' or '\r'))
            {
                return;
            }
        }

        if (at >= to)
        {
            return;
        }

        var rest = text[at..to];
        var size = rest.IndexOfAny(_breaks);
        var value = (size < 0 ? rest : rest[..size]).TrimEnd('.');

        // "Abc123です": the sentence goes on in Japanese behind the value.
        var ascii = 0;
        while (ascii < value.Length && TextFolding.FoldWidth(value[ascii]) is > ' ' and <= '~')
        {
            ascii++;
        }

        if (ascii < value.Length)
        {
            var behind = value[ascii..];
            if (!behind.StartsWith("です") && !behind.StartsWith("になり") && !behind.StartsWith("と") && !behind.StartsWith("を") && !behind.StartsWith("に"))
            {
                return;
            }

            value = value[..ascii];
        }

        // "password: must be …" goes on; a value in an entry is the line's end.
        var end = at + value.Length;
        var tail = text[end..Math.Min(text.Length, end + 40)];
        var newline = tail.IndexOf('\n');
        var alone = (newline < 0 ? tail : tail[..newline]).IndexOfAnyExcept(_closers) < 0;
        if (IsSecret(value, entry && alone))
        {
            credentials.Add(Credential.Of(value, isKey: false, line));
        }
    }

    private static bool EndsWithLabel(ReadOnlySpan<char> front)
    {
        Span<char> folded = stackalloc char[Label];
        var size = ValueText.Fold(front, folded);
        var text = folded[..size];
        foreach (var label in _labels)
        {
            if (text.EndsWith(label, StringComparison.OrdinalIgnoreCase)
                && (text.Length == label.Length || !char.IsAsciiLetter(label[0]) || !char.IsAsciiLetter(text[text.Length - label.Length - 1])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLineStart(ReadOnlySpan<char> text, int lineStart, int at) => at - lineStart <= 20 && !text[lineStart..at].Contains('。');
}
