using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.SignIn;

/// <summary>The second factor: its secret is kept encrypted, its recovery codes as digests.</summary>
public sealed class SecondFactor(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Recovery codes given out at once.</summary>
    public const int Codes = 10;

    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";
    private readonly IDataProtector _kept = protection.CreateProtector("sekisho.second-factor");
    private readonly IDataProtector _offered = protection.CreateProtector("sekisho.second-factor.offered");

    /// <summary>True when his roles must have one and he has none yet.</summary>
    public static bool IsMissing(SignInConfig config, Account account, IEnumerable<string> roles)
        => account.TotpSecret is null && roles.Intersect(config.SecondFactor, StringComparer.Ordinal).Any();

    /// <summary>The secret as it is stored.</summary>
    public string Keep(byte[] secret) => Convert.ToBase64String(_kept.Protect(secret));

    /// <summary>The step of a right one-time password, or null. Whether it was used before is the store's to say.</summary>
    public long? Match(Account account, string? code)
    {
        try
        {
            return account.TotpSecret is { } secret ? Totp.Match(_kept.Unprotect(Convert.FromBase64String(secret)), code, time.GetUtcNow()) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            // The keys in the data directory are not those it was stored under: no code fits; 'user reset-second-factor' helps.
            return null;
        }
    }

    /// <summary>A fresh secret for the set-up form, readable by nobody else and for nobody else.</summary>
    public string Offer(byte[] secret, string address) => Convert.ToBase64String(_offered.Protect([.. SHA256.HashData(Encoding.UTF8.GetBytes(address)), .. secret]));

    /// <summary>The secret of a set-up form, or null when it was not offered to this address.</summary>
    public byte[]? Offered(string? offer, string address)
    {
        try
        {
            var bytes = _offered.Unprotect(Convert.FromBase64String(offer is { Length: < 2000 } ? offer : ""));
            return bytes.AsSpan(0, 32).SequenceEqual(SHA256.HashData(Encoding.UTF8.GetBytes(address))) ? bytes[32..] : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>New recovery codes, e.g. <c>k7mq2-x9rdw</c>: 49 bits each.</summary>
    public static IReadOnlyList<string> NewCodes()
        => [.. Enumerable.Range(0, Codes).Select(_ => RandomNumberGenerator.GetString(Letters, 5) + "-" + RandomNumberGenerator.GetString(Letters, 5))];

    /// <summary>The digest a recovery code is kept by; null for what cannot be one. Case, blanks and hyphens do not matter.</summary>
    public static string? CodeDigest(string? typed)
    {
        var plain = typed is { Length: <= 40 } ? new string([.. typed.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant() : "";
        return plain.Length == 10 ? Secrets.Digest(plain) : null;
    }
}
