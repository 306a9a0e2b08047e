using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sekisho.Browser.Tests.Rig;

/// <summary>What an authenticator app does: time-based one-time passwords (RFC 6238: SHA-1, 30 seconds, six digits).</summary>
internal sealed class OneTimePassword(string base32Secret)
{
    private readonly byte[] _secret = Decode(base32Secret);

    /// <summary>The password of the present step, or of one after it: a step's password is taken only once.</summary>
    public string Now(int stepsAhead = 0)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + stepsAhead);
#pragma warning disable CA5350 // what RFC 6238 and every app use
        var hash = HMACSHA1.HashData(_secret, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 15;
        return ((BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(offset)) & 0x7FFFFFFF) % 1_000_000).ToString("D6");
    }

    private static byte[] Decode(string text)
    {
        var bytes = new List<byte>();
        var (bits, count) = (0, 0);
        foreach (var letter in text.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit))
        {
            bits = (bits << 5) | (letter is >= 'A' and <= 'Z' ? letter - 'A' : letter - '2' + 26);
            count += 5;
            if (count >= 8)
            {
                bytes.Add((byte)(bits >> (count - 8)));
                count -= 8;
                bits &= (1 << count) - 1;
            }
        }

        return [.. bytes];
    }
}
