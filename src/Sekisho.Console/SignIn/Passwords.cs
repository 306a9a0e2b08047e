using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.SignIn;

/// <summary>
/// Passwords of the console's accounts: PBKDF2 with HMAC-SHA-512 (ASP.NET Core Identity's format 3) and <see cref="Cost"/> iterations. Taken as it
/// comes, in UTF-8: nothing is trimmed, folded or normalised, as with the passwords of SMTP AUTH.
/// </summary>
public sealed class Passwords(int cost = Passwords.Cost)
{
    /// <summary>Iterations of new hashes; an older, cheaper hash is renewed when its owner signs in.</summary>
    public const int Cost = 600_000;

    /// <summary>Characters a password has at least.</summary>
    public const int Shortest = 12;

    /// <summary>Characters a password has at most: hashing must not be a way to keep us busy.</summary>
    public const int Longest = 1000;

    // A hash costs a third of a second of a core: a crowd of attempts must leave the others to the mail.
    private static readonly SemaphoreSlim s_atOnce = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3, IterationCount = cost }));
    private readonly Lazy<string> _nobodys = new(() => new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = cost })).HashPassword(new object(), Secrets.New()));

    /// <summary>What speaks against a new password, or null.</summary>
    public static string? Objection(string? password, string address, Tongue tongue)
    {
        if (password is null || Runes(password) < Shortest)
        {
            return tongue[$"The password needs at least {Shortest} characters.", $"パスワードは{Shortest}文字以上にしてください。"];
        }

        if (password.Length > Longest)
        {
            return tongue[$"The password has more than {Longest:N0} characters.", $"パスワードは{Longest:N0}文字までです。"];
        }

        var plain = address.Trim();
        return password.Trim().Equals(plain, StringComparison.OrdinalIgnoreCase) || password.Distinct().Count() < 4
            ? tongue["The password must not be your address or one character repeated. A sentence of your own is a good one.", "パスワードにメールアドレスや同じ文字の繰り返しは使えません。自分だけの短い文章がおすすめです。"]
            : null;
    }

    /// <summary>A hash to keep.</summary>
    public string Hash(string password) => _hasher.HashPassword(new object(), password);

    /// <summary>
    /// True when the password is the account's. Takes the same time where there is no account or none with a password. <paramref name="renewed"/> gets a new hash when the old one was cheaper.
    /// </summary>
    public async Task<(bool Right, string? Renewed)> VerifyAsync(Account? account, string password, CancellationToken cancel)
    {
        var hash = account?.PasswordHash;
        if (password.Length is 0 or > Longest)
        {
            return (false, null);
        }

        await s_atOnce.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                () =>
                {
                    var result = Verify(hash ?? _nobodys.Value, password);
                    return (hash is not null && result != PasswordVerificationResult.Failed, hash is not null && result == PasswordVerificationResult.SuccessRehashNeeded ? _hasher.HashPassword(new object(), password) : null);
                },
                cancel).ConfigureAwait(false);
        }
        finally
        {
            s_atOnce.Release();
        }
    }

    private PasswordVerificationResult Verify(string hash, string password)
    {
        try
        {
            return _hasher.VerifyHashedPassword(new object(), hash, password);
        }
        catch (FormatException)
        {
            return PasswordVerificationResult.Failed;
        }
    }

    private static int Runes(string text) => text.EnumerateRunes().Count();
}
