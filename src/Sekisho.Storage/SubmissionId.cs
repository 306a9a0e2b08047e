using System.Security.Cryptography;

namespace Sekisho.Storage;

/// <summary>Names of submissions: 26 characters of Crockford base 32, the first 10 the time in milliseconds, the rest random (the ULID form); sorted by name = sorted by time.</summary>
public static class SubmissionId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A new name.</summary>
    public static string New(DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        Span<char> text = stackalloc char[26];
        var milliseconds = now.ToUnixTimeMilliseconds();
        for (var i = 9; i >= 0; i--, milliseconds >>= 5)
        {
            text[i] = Alphabet[(int)(milliseconds & 31)];
        }

        for (var i = 10; i < 26; i++)
        {
            text[i] = Alphabet[random[i - 10] & 31];
        }

        return new string(text);
    }
}
