using System.Buffers;

namespace Sekisho.Inspection;

/// <summary>Keys and tokens that show by their form what they open.</summary>
internal static class CredentialForms
{
    private static readonly SearchValues<char> _token = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.+/=");

    /// <summary>Prefix, shortest and longest length of what follows it.</summary>
    private static readonly (string Prefix, int Least, int Most)[] _prefixes =
    [
        ("AKIA", 16, 16), ("ASIA", 16, 16), ("ghp_", 36, 36), ("gho_", 36, 36), ("ghs_", 36, 36), ("ghu_", 36, 36), ("github_pat_", 40, 100), ("glpat-", 20, 40), ("sk-ant-", 32, 140), ("sk-proj-", 32, 200), ("sk-", 32, 64),
        ("sk_live_", 16, 120), ("sk_test_", 16, 120), ("rk_live_", 16, 120), ("xoxb-", 20, 120), ("xoxp-", 20, 120), ("xoxa-", 20, 120), ("xoxr-", 20, 120), ("xoxs-", 20, 120), ("AIza", 35, 35), ("ya29.", 20, 400), ("SG.", 40, 80),
        ("npm_", 36, 36), ("dop_v1_", 64, 64), ("hf_", 30, 40), ("pypi-", 50, 300), ("EAAC", 60, 300),
    ];

    /// <summary>True for a text that is one key or token with a known prefix, or a JWT (RFC 7519: three base64url parts, the first a JSON object).</summary>
    public static bool IsKey(ReadOnlySpan<char> text) => KeyLength(text) == text.Length && text.Length > 0;

    /// <summary>Characters of the key the text begins with; 0 without one.</summary>
    public static int KeyLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 18)
        {
            return 0;
        }

        if (text.StartsWith("eyJ", StringComparison.Ordinal))
        {
            return Jwt(text);
        }

        foreach (var (prefix, least, most) in _prefixes)
        {
            if (text[0] == prefix[0] && text.StartsWith(prefix, StringComparison.Ordinal))
            {
                var rest = text[prefix.Length..];
                var end = rest.IndexOfAnyExcept(_token);
                end = end < 0 ? rest.Length : end;
                var key = rest[..end].TrimEnd(".=+/");
                return key.Length >= least && key.Length <= most && IsRandom(key) ? prefix.Length + key.Length : 0;
            }
        }

        return 0;
    }

    /// <summary>Digits and letters mixed, as chance does and words do not; no placeholder such as XXXX or a sequence of one sign.</summary>
    private static bool IsRandom(ReadOnlySpan<char> key)
    {
        Span<bool> seen = stackalloc bool[128];
        var different = 0;
        var digits = 0;
        foreach (var c in key)
        {
            different += c < 128 && !seen[c] ? 1 : 0;
            seen[c & 127] = true;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return different >= 8 && (digits > 0 || different >= 12);
    }

    private static int Jwt(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(_token);
        var token = end < 0 ? text : text[..end];
        var first = token.IndexOf('.');
        if (first < 10)
        {
            return 0;
        }

        var second = token[(first + 1)..].IndexOf('.');
        return second >= 10 && token[(first + 1)..].StartsWith("eyJ", StringComparison.Ordinal) && token.Length - first - second >= 12 ? token.Length : 0;
    }
}
