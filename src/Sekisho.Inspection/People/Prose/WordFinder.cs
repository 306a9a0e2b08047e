using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>Keys by their prefixes, private keys, and English words of illness: one search for all of either.</summary>
internal static class WordFinder
{
    private static readonly SearchValues<string> _keys = SearchValues.Create(
        ["AKIA", "ASIA", "ghp_", "gho_", "ghs_", "ghu_", "github_pat_", "glpat-", "sk-", "sk_live_", "sk_test_", "rk_live_", "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "AIza", "ya29.", "eyJ", "SG.", "npm_", "dop_v1_", "hf_", "pypi-",
            "-----BEGIN", "Password=", "password=", "Pwd=", "pwd="],
        StringComparison.Ordinal);

    private static readonly SearchValues<string> _illness = SearchValues.Create(
        ["diagnos", "cancer", "diabet", "surger", "depressi", "pregnan", "chemother", "hepatit", "dementia", "schizo", "epilep", "asthma", "tumor", "tumour", "dialys", "leuk", "abortion", "prescri", "medicat", "biops", "bipolar", "hiv",
            "insulin", "alzheimer", "hypertension", "miscarriage", "psych", "allerg", "covid"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>False for a text in which <see cref="Illness"/> finds nothing, nor in any part of it.</summary>
    public static bool MayHoldIllness(ReadOnlySpan<char> text) => text.ContainsAny(_illness);

    /// <summary>Adds keys to the credentials.</summary>
    public static void Keys(ReadOnlySpan<char> text, int from, int to, int firstLine, List<Credential> credentials)
    {
        var lines = new LineCounter(from, firstLine);
        for (var at = from; at < to;)
        {
            var next = text[at..to].IndexOfAny(_keys);
            if (next < 0)
            {
                break;
            }

            at += next;
            at = Key(text, at, to, ref lines, credentials);
        }
    }

    /// <summary>Adds words of illness to the hits, behind what stands there already.</summary>
    public static void Illness(ReadOnlySpan<char> text, int from, int to, int firstLine, List<Hit> hits)
    {
        var lines = new LineCounter(from, firstLine);
        for (var at = from; at < to;)
        {
            var next = text[at..to].IndexOfAny(_illness);
            if (next < 0)
            {
                break;
            }

            at += next;
            var end = at;
            while (end < to && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '\'' or '-'))
            {
                end++;
            }

            if ((at == from || !char.IsAsciiLetter(text[at - 1])) && MedicalWords.IsEnglish(text[at..end]))
            {
                hits.Add(new Hit(DataKinds.Medical, at, end, lines.LineOf(text, at)));
            }

            at = Math.Max(end, at + 1);
        }
    }

    private static int Key(ReadOnlySpan<char> text, int at, int to, ref LineCounter lines, List<Credential> credentials)
    {
        if (text[at..].StartsWith("-----BEGIN", StringComparison.Ordinal))
        {
            var head = text[at..Math.Min(to, at + 60)];
            if (head.Contains("PRIVATE KEY", StringComparison.Ordinal))
            {
                credentials.Add(new Credential("-----BEGIN PRIVATE KEY-----********", IsKey: true, lines.LineOf(text, at), string.GetHashCode(text[at..Math.Min(to, at + 200)], StringComparison.Ordinal) | 1));
            }

            return at + 10;
        }

        if (text[at] is 'P' or 'p' && text[at + 1] is 'a' or 'w')
        {
            return ConnectionString(text, at, to, ref lines, credentials);
        }

        // A prefix inside a word (task-force has sk-) is none.
        var length = at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '-') ? 0 : CredentialForms.KeyLength(text[at..Math.Min(to, at + 2_000)]);
        if (length == 0)
        {
            return at + 2;
        }

        credentials.Add(Credential.Of(text.Slice(at, length), isKey: true, lines.LineOf(text, at)));
        return at + length;
    }

    /// <summary>Server=db;User Id=app;Password=…; : the password among other fields.</summary>
    private static int ConnectionString(ReadOnlySpan<char> text, int at, int to, ref LineCounter lines, List<Credential> credentials)
    {
        var start = at + text[at..to].IndexOf('=') + 1;
        var before = at > 0 ? text[at - 1] : '\n';
        if (before != ';' && !(before == ' ' && at > 1 && text[at - 2] == ';'))
        {
            // By itself it is an entry, which the reader of labels has seen.
            return start;
        }

        var value = text[start..Math.Min(to, start + 128)];
        var end = value.IndexOfAny(";\"' \n");
        value = end < 0 ? value : value[..end];
        if (value.Length >= 4 && value[0] is not ('<' or '$' or '{' or '%' or '*'))
        {
            var line = lines.LineOf(text, at);
            if (credentials.Count == 0 || credentials[^1].Line != line)
            {
                credentials.Add(Credential.Of(value, isKey: true, line));
            }
        }

        return start;
    }

    /// <summary>Lines counted forward only.</summary>
    private struct LineCounter(int at, int line)
    {
        private int _at = at;
        private int _line = line;

        public int LineOf(ReadOnlySpan<char> text, int position)
        {
            _line += text[_at..position].Count('\n');
            _at = position;
            return _line;
        }
    }
}
