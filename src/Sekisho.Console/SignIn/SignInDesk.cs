using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Sekisho.Gateway;
using Sekisho.Storage;

namespace Sekisho.Pages.SignIn;

/// <summary>What came of an attempt to sign in.</summary>
public enum SignInOutcome
{
    /// <summary>Signed in; the browser has its cookie.</summary>
    Done,

    /// <summary>Not he, or locked, or disabled: nobody learns which.</summary>
    Wrong,

    /// <summary>The password was right; the one-time password is still to come.</summary>
    NeedsCode,

    /// <summary>This client tried too often.</summary>
    TooMany,

    /// <summary>The directory could not be asked.</summary>
    Unavailable,
}

/// <summary>What came of an attempt to sign in.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Ticket">With <see cref="SignInOutcome.NeedsCode"/>: proves for a few minutes that the password was right.</param>
public sealed record SignInAnswer(SignInOutcome Outcome, string? Ticket = null);

/// <summary>
/// Signing in: password, then the second factor where there is one, then a session. Wrong attempts are counted by account (in the store: they lock it for a time that grows) and by client (in memory).
/// One attempt at a time for an account, so that many at once learn no more than one after the other.
/// </summary>
public sealed class SignInDesk(
    IAccountStore accounts, GatewayHost gateway, IEnumerable<ICredentialCheck> checks, AttemptLimiter limiter, SecondFactor factor, BrowserSession sessions, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Wrong attempts after which an account is locked.</summary>
    public const int Limit = 10;

    private static readonly TimeSpan s_firstLock = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longestLock = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_ticketLife = TimeSpan.FromMinutes(5);

    // Attempts waiting for their turn at the hash, from however many clients; more are turned away at once.
    private const int MostUnderWay = 200;

    private int _underWay;
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];
    private readonly IDataProtector _tickets = protection.CreateProtector("sekisho.sign-in");

    /// <summary>How long an account stays locked after so many wrong attempts: a minute, doubled each time, at most an hour.</summary>
    public static TimeSpan LockFor(int failures)
        => failures < Limit ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(s_longestLock.Ticks, s_firstLock.Ticks << Math.Min(failures - Limit, 10)));

    /// <summary>The first step.</summary>
    public async Task<SignInAnswer> PasswordAsync(HttpContext context, string address, string password, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _underWay) > MostUnderWay)
        {
            Interlocked.Decrement(ref _underWay);
            return new(SignInOutcome.TooMany);
        }

        try
        {
            return await CheckAsync(context, address, password, cancel).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<SignInAnswer> CheckAsync(HttpContext context, string address, string password, CancellationToken cancel)
    {
        var client = Peer.Client(context, gateway.Config.Config.SignIn);
        if (!limiter.TryEnter(client))
        {
            return new(SignInOutcome.TooMany);
        }

        address = address.Trim().ToLowerInvariant();
        if (address.Length is 0 or > 254 || password.Length is 0 or > Passwords.Longest)
        {
            return new(SignInOutcome.Wrong);
        }

        using var turn = await TurnAsync(address, cancel).ConfigureAwait(false);
        var account = await accounts.FindAsync(address, cancel).ConfigureAwait(false);
        // A closed account costs the same work and the same words as a wrong password; the directory is not asked for it.
        var closed = IsClosed(account);
        var answer = CredentialAnswer.NotMine;
        foreach (var check in closed ? checks.Take(1) : checks)
        {
            answer = await check.CheckAsync(address, password, cancel).ConfigureAwait(false);
            if (answer.Outcome != CredentialOutcome.NotMine)
            {
                break;
            }
        }

        if (!closed && answer.Outcome == CredentialOutcome.Unavailable)
        {
            limiter.Right(client);
            return new(SignInOutcome.Unavailable);
        }

        if (closed || answer.Outcome != CredentialOutcome.Right)
        {
            await FailedAsync(account, closed, cancel).ConfigureAwait(false);
            return new(SignInOutcome.Wrong);
        }

        account = answer.FromDirectory ? await FollowAsync(answer, address, cancel).ConfigureAwait(false) : account;
        if (account is null || IsClosed(account))
        {
            return new(SignInOutcome.Wrong);
        }

        if (answer.RenewedHash is { } renewed)
        {
            account = account with { PasswordHash = renewed };
            await accounts.SaveAsync(account, account.Address, cancel).ConfigureAwait(false);
        }

        limiter.Right(client);
        if (account.TotpSecret is not null)
        {
            return new(SignInOutcome.NeedsCode, Ticket(account));
        }

        await accounts.SignedInAsync(account.Address, null, cancel).ConfigureAwait(false);
        await sessions.BeginAsync(context, account.Address, cancel).ConfigureAwait(false);
        return new(SignInOutcome.Done);
    }

    /// <summary>The second step: a one-time password or a recovery code. A ticket that has run out is <see cref="SignInOutcome.Wrong"/> without a new ticket.</summary>
    public async Task<SignInAnswer> CodeAsync(HttpContext context, string? ticket, string? code, CancellationToken cancel)
    {
        var client = Peer.Client(context, gateway.Config.Config.SignIn);
        if (!limiter.TryEnter(client))
        {
            return new(SignInOutcome.TooMany);
        }

        if (AddressOf(ticket) is not { } named)
        {
            return new(SignInOutcome.Wrong);
        }

        using var turn = await TurnAsync(named.Address, cancel).ConfigureAwait(false);
        var account = await accounts.FindAsync(named.Address, cancel).ConfigureAwait(false);
        if (account is null || IsClosed(account) || named.Stamp != Stamp(account))
        {
            return new(SignInOutcome.Wrong);
        }

        var right = factor.Match(account, code) is { } step
            ? await accounts.SignedInAsync(account.Address, step, cancel).ConfigureAwait(false)
            : SecondFactor.CodeDigest(code) is { } digest && await accounts.SignedInByRecoveryCodeAsync(account.Address, digest, cancel).ConfigureAwait(false);
        if (!right)
        {
            await FailedAsync(account, closed: false, cancel).ConfigureAwait(false);
            return new(SignInOutcome.Wrong, ticket);
        }

        limiter.Right(client);
        await sessions.BeginAsync(context, account.Address, cancel).ConfigureAwait(false);
        return new(SignInOutcome.Done);
    }

    /// <summary>For pages that ask the password again: counts like signing in.</summary>
    public async Task<SignInOutcome> ConfirmAsync(HttpContext context, Account account, string? password, CancellationToken cancel)
    {
        var client = Peer.Client(context, gateway.Config.Config.SignIn);
        if (!limiter.TryEnter(client))
        {
            return SignInOutcome.TooMany;
        }

        using var turn = await TurnAsync(account.Address, cancel).ConfigureAwait(false);
        var now = await accounts.FindAsync(account.Address, cancel).ConfigureAwait(false);
        var closed = IsClosed(now);
        var answer = CredentialAnswer.Wrong;
        foreach (var check in closed || password is null or { Length: 0 or > Passwords.Longest } ? [] : checks)
        {
            answer = await check.CheckAsync(account.Address, password!, cancel).ConfigureAwait(false);
            if (answer.Outcome != CredentialOutcome.NotMine)
            {
                break;
            }
        }

        if (answer.Outcome == CredentialOutcome.Right)
        {
            limiter.Right(client);
            return SignInOutcome.Done;
        }

        await FailedAsync(now, closed, cancel).ConfigureAwait(false);
        return SignInOutcome.Wrong;
    }

    private async Task FailedAsync(Account? account, bool closed, CancellationToken cancel)
    {
        // A locked account is not locked for longer by knocking: then anybody could keep its owner out for good.
        if (account is not null && !closed)
        {
            await accounts.CountFailureAsync(account.Address, Limit, time.GetUtcNow() + LockFor(account.Failures + 1), cancel).ConfigureAwait(false);
        }
    }

    private async Task<Account?> FollowAsync(CredentialAnswer answer, string typed, CancellationToken cancel)
    {
        var address = (answer.Address ?? typed).Trim().ToLowerInvariant();
        var found = await accounts.FindAsync(address, cancel).ConfigureAwait(false);
        if (found?.PasswordHash is not null && gateway.Config.Config.SignIn.Local)
        {
            // An account with a password of its own is not the directory's to open, whatever address that one was asked by.
            return null;
        }

        var account = found ?? new Account { Address = address, CreatedAt = time.GetUtcNow(), Roles = ["sender"] };
        var followed = account with { Name = answer.Name ?? account.Name, Roles = answer.Roles ?? account.Roles };
        if (found is null || followed.Name != found.Name || !followed.Roles.SequenceEqual(found.Roles))
        {
            await accounts.SaveAsync(followed, "directory", cancel).ConfigureAwait(false);
            await gateway.RefreshAccountsAsync(cancel).ConfigureAwait(false);
        }

        return followed;
    }

    private bool IsClosed(Account? account) => account is not null && (account.Disabled || account.LockedUntil > time.GetUtcNow());

    private string Ticket(Account account)
        => Convert.ToBase64String(_tickets.Protect(System.Text.Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{(time.GetUtcNow() + s_ticketLife).ToUnixTimeSeconds()}\n{Stamp(account)}\n{account.Address}"))));

    private (string Address, string Stamp)? AddressOf(string? ticket)
    {
        try
        {
            var parts = System.Text.Encoding.UTF8.GetString(_tickets.Unprotect(Convert.FromBase64String(ticket is { Length: < 4000 } ? ticket : ""))).Split('\n', 3);
            return long.Parse(parts[0], CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds() ? (parts[2], parts[1]) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    // A changed password or second factor makes tickets given before worthless.
    private static string Stamp(Account account) => Secrets.Digest($"{account.PasswordHash}\n{account.TotpSecret}");

    private async Task<Turn> TurnAsync(string address, CancellationToken cancel)
    {
        var gate = _turns[(uint)address.GetHashCode(StringComparison.Ordinal) % (uint)_turns.Length];
        await gate.WaitAsync(cancel).ConfigureAwait(false);
        return new Turn(gate);
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
