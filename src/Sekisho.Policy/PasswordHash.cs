using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Policy;

/// <summary>
/// Passwords of SMTP AUTH, kept as <c>$pbkdf2-sha256$iterations$salt$hash</c> (PBKDF2 with HMAC-SHA-256, RFC 8018 section 5.2; salt and hash in
/// base64). The password is taken as it comes, in UTF-8.
/// </summary>
public static class PasswordHash
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Iterations = 600_000;
    private const int MostIterations = 10_000_000;
    private const int SaltLength = 16;
    private const int HashLength = 32;
    private const int LongestPassword = 1024;

    /// <summary>A new hash with a random salt. Throws <see cref="ArgumentException"/> for an empty password, one with a NUL or one above 1,024 characters.</summary>
    public static string Create(string password) => Create(password, Iterations);

    /// <summary>The same with another cost: 1,000 to 10,000,000 iterations.</summary>
    public static string Create(string password, int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MostIterations);
        if (!IsUsable(password))
        {
            throw new ArgumentException($"a password has 1 to {LongestPassword} characters and no NUL", nameof(password));
        }

        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var hash = Derive(password, salt, iterations);
        return string.Create(CultureInfo.InvariantCulture, $"${Scheme}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>True when the password fits the hash. Compares in constant time; false, never throws, for a hash that is none.</summary>
    public static bool Verify(string password, string? hash)
        => TryRead(hash, out var iterations, out var salt, out var expected) && IsUsable(password) && CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations), expected);

    /// <summary>True when the text has the form of a hash.</summary>
    public static bool IsWellFormed(string? hash) => TryRead(hash, out _, out _, out _);

    private static bool IsUsable(string? password) => password is { Length: > 0 and <= LongestPassword } && !password.Contains('\0', StringComparison.Ordinal);

    private static byte[] Derive(string password, byte[] salt, int iterations)
        => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, HashLength);

    private static bool TryRead(string? text, out int iterations, out byte[] salt, out byte[] hash)
    {
        (iterations, salt, hash) = (0, [], []);
        var parts = text is { Length: <= 512 } ? text.Split('$') : [];
        if (parts.Length != 5 || parts[0].Length != 0 || parts[1] != Scheme
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out iterations) || iterations is < 1000 or > MostIterations)
        {
            return false;
        }

        salt = FromBase64(parts[3]);
        hash = FromBase64(parts[4]);
        return salt.Length is >= 8 and <= 64 && hash.Length == HashLength;
    }

    private static byte[] FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }
}
