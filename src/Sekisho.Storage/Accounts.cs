namespace Sekisho.Storage;

/// <summary>Somebody who may sign in to the console. What he may do there is his roles' (and those the file's <c>users</c> gives him).</summary>
public sealed record Account
{
    /// <summary>Mail address, lower case: the name he signs in with and decides under.</summary>
    public required string Address { get; init; }

    /// <summary>Shown name; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>sender, approver, auditor, privacy-officer, administrator.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whose mail his roles reach: <c>@example.com</c> (senders of that domain) or <c>department:営業部</c>; empty = everybody's.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Hash of the password, or null when he signs in elsewhere (directory, proxy).</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Shared secret of the one-time password generator (RFC 6238), protected; null = none set up.</summary>
    public string? TotpSecret { get; init; }

    /// <summary>The last 30-second step whose password was used; none is taken twice.</summary>
    public long TotpLastStep { get; init; }

    /// <summary><c>ja</c>, <c>en</c>, or null: the browser's.</summary>
    public string? Language { get; init; }

    /// <summary>May not sign in.</summary>
    public bool Disabled { get; init; }

    /// <summary>Wrong passwords since the last right one.</summary>
    public int Failures { get; init; }

    /// <summary>No sign-in before this.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSignIn { get; init; }

    /// <summary>Recovery codes of the second factor not used yet. Read only: saving an account does not change them, except that they go with the second factor.</summary>
    public int RecoveryCodesLeft { get; init; }
}

/// <summary>A signed-in browser. Only the digest of its secret is kept.</summary>
/// <param name="Digest">SHA-256 of the cookie's secret, lower-case hex.</param>
/// <param name="Address">Whose.</param>
/// <param name="Client">Address and browser, for the list of one's own sessions.</param>
public sealed record Session(string Digest, string Address, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, string Client);

/// <summary>A program's key to the HTTP API. Only the digest of its secret is kept.</summary>
/// <param name="Id">Shown number; 0 for one that is yet to be stored.</param>
/// <param name="Digest">SHA-256 of the secret, lower-case hex.</param>
/// <param name="Owner">The account it acts as: it never may more than he.</param>
/// <param name="Scopes">What it may: <c>check</c>, <c>read</c>, <c>decide</c>, <c>metrics</c>.</param>
public sealed record ApiToken(long Id, string Digest, string Name, string Owner, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsed);

/// <summary>Accounts, sessions and keys. Every change of who may what is an event of the audit trail, in the same transaction.</summary>
public interface IAccountStore
{
    /// <summary>Name of the secret in the link that creates the first account; <see cref="SaveFirstAsync"/> forgets it.</summary>
    const string FirstRunSecret = "first-run";

    /// <summary>All, by address.</summary>
    Task<IReadOnlyList<Account>> AccountsAsync(CancellationToken cancel);

    /// <summary>One, or null. The address is compared without case.</summary>
    Task<Account?> FindAsync(string address, CancellationToken cancel);

    /// <summary>Adds or replaces one. Where roles, scopes, password, second factor or <c>Disabled</c> change, his sessions end.</summary>
    Task SaveAsync(Account account, string by, CancellationToken cancel);

    /// <summary>Adds the first account of a console that has none: false when another was faster.</summary>
    Task<bool> SaveFirstAsync(Account account, CancellationToken cancel);

    /// <summary>Removes one with its sessions and keys. False when there was none.</summary>
    Task<bool> RemoveAsync(string address, string by, CancellationToken cancel);

    /// <summary>Counts a wrong password; from <paramref name="limit"/> on he is locked until <paramref name="lockedUntil"/>. Returns the failures so far.</summary>
    Task<int> CountFailureAsync(string address, int limit, DateTimeOffset lockedUntil, CancellationToken cancel);

    /// <summary>Notes a right sign-in and uses up a one-time password's step, in one transaction: false when that step (or a later one) was used before.</summary>
    Task<bool> SignedInAsync(string address, long? totpStep, CancellationToken cancel);

    /// <summary>The same with a recovery code instead of a one-time password; it is used up. False when there is no such code (any more).</summary>
    /// <param name="codeDigest">SHA-256 of the code, lower-case hex.</param>
    Task<bool> SignedInByRecoveryCodeAsync(string address, string codeDigest, CancellationToken cancel);

    /// <summary>Replaces an account's recovery codes. Throws <see cref="StoreException"/> when there is no such account.</summary>
    Task SetRecoveryCodesAsync(string address, IReadOnlyList<string> digests, string by, CancellationToken cancel);

    /// <summary>Begins a session.</summary>
    Task BeginSessionAsync(Session session, CancellationToken cancel);

    /// <summary>The session, when it has neither ended nor run out; notes that it was seen (at most once a minute). One not seen for <paramref name="idle"/> ends.</summary>
    Task<Session?> FindSessionAsync(string digest, TimeSpan idle, CancellationToken cancel);

    /// <summary>The same without a limit of idleness.</summary>
    Task<Session?> FindSessionAsync(string digest, CancellationToken cancel) => FindSessionAsync(digest, TimeSpan.MaxValue, cancel);

    /// <summary>His sessions, newest first.</summary>
    Task<IReadOnlyList<Session>> SessionsAsync(string address, CancellationToken cancel);

    /// <summary>Ends one session, or with null all of his.</summary>
    Task EndSessionAsync(string address, string? digest, CancellationToken cancel);

    /// <summary>Adds a key; returns its number.</summary>
    Task<long> AddTokenAsync(ApiToken token, string by, CancellationToken cancel);

    /// <summary>The key with that digest, unless it was revoked or has run out; notes its use (at most once a minute).</summary>
    Task<ApiToken?> FindTokenAsync(string digest, CancellationToken cancel);

    /// <summary>His keys, or with null everybody's.</summary>
    Task<IReadOnlyList<ApiToken>> TokensAsync(string? owner, CancellationToken cancel);

    /// <summary>Ends a key for good.</summary>
    Task<bool> RevokeTokenAsync(long id, string by, CancellationToken cancel);

    /// <summary>A secret of the console's own by name (signing key of links, …), made at the first asking: 32 random bytes.</summary>
    Task<ReadOnlyMemory<byte>> SecretAsync(string name, CancellationToken cancel);

    /// <summary>Rises with every change of accounts; cheap.</summary>
    long Version { get; }
}
