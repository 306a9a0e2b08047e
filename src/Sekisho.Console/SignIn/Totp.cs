using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Pages.SignIn;

/// <summary>One-time passwords by time (RFC 6238): HMAC-SHA-1, steps of 30 seconds, six digits, what every authenticator app speaks.</summary>
public static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>20 random bytes (RFC 4226 section 4, R6).</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(20);

    /// <summary>The step a moment lies in.</summary>
    public static long StepOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The six digits of a step.</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 6238 as the apps have it; a MAC by SHA-1 is not touched by SHA-1's collisions.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = (BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7fffffff) % 1_000_000;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step a code is of: now, the one before or the one after (a clock may be off). Null when it is none of them.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string? code, DateTimeOffset now)
    {
        var digits = Encoding.ASCII.GetBytes(Digits(code));
        long? found = null;
        var step = StepOf(now);
        // Every step is computed, whichever fits.
        for (var s = step - 1; s <= step + 1; s++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(secret, s)), digits))
            {
                found = s;
            }
        }

        return found;
    }

    /// <summary>Base32 (RFC 4648) without padding, as apps take it typed.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(((bytes.Length * 8) + 4) / 5);
        var (bits, count) = (0, 0);
        foreach (var b in bytes)
        {
            (bits, count) = ((bits << 8) | b, count + 8);
            while (count >= 5)
            {
                text.Append(Alphabet[(bits >> (count - 5)) & 31]);
                count -= 5;
            }

            bits &= (1 << count) - 1;
        }

        return count > 0 ? text.Append(Alphabet[(bits << (5 - count)) & 31]).ToString() : text.ToString();
    }

    /// <summary>The address an app reads from the picture.</summary>
    public static string Uri(ReadOnlySpan<byte> secret, string address)
        => $"otpauth://totp/Sekisho:{System.Uri.EscapeDataString(address)}?secret={Base32(secret)}&issuer=Sekisho";

    // Apps show "123 456"; some keyboards type digits in full width.
    private static string Digits(string? code)
        => code is null or { Length: > 20 } ? "" : new string([.. code.Where(c => !char.IsWhiteSpace(c)).Select(c => c is >= '０' and <= '９' ? (char)(c - '０' + '0') : c).Where(c => c < 128)]);
}
