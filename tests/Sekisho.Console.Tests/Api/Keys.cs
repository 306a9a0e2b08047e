using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Api;

/// <summary>Accounts and keys in memory, for tests of what keys may; that the store keeps them is tested with the store.</summary>
internal sealed class Keys : IAccountStore
{
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ApiToken> _tokens = new(StringComparer.Ordinal);

    public long Version { get; private set; }

    /// <summary>Puts it in the place of the store's.</summary>
    public void Use(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<IAccountStore>(this));

    /// <summary>Adds an account.</summary>
    public Keys With(string address, string role, params string[] reach)
    {
        _accounts[address] = new Account { Address = address, Roles = [role], Scopes = reach, CreatedAt = DateTimeOffset.UnixEpoch };
        Version++;
        return this;
    }

    public void Disable(string address) => _accounts[address] = _accounts[address] with { Disabled = true };

    /// <summary>A new key of somebody, and its secret.</summary>
    public string Key(string owner, params string[] scopes)
    {
        var secret = "sk_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        _tokens[digest] = new ApiToken(_tokens.Count + 1, digest, "test", owner, scopes, DateTimeOffset.UnixEpoch, null, null);
        return secret;
    }

    /// <summary>A client that asks with a new key.</summary>
    public HttpClient Client(ConsoleRig rig, string owner, params string[] scopes)
    {
        var client = rig.Browser();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key(owner, scopes));
        return client;
    }

    public Task<IReadOnlyList<Account>> AccountsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<Account>>([.. _accounts.Values]);

    public Task<Account?> FindAsync(string address, CancellationToken cancel) => Task.FromResult(_accounts.GetValueOrDefault(address));

    public Task<ApiToken?> FindTokenAsync(string digest, CancellationToken cancel) => Task.FromResult(_tokens.GetValueOrDefault(digest));

    public Task SaveAsync(Account account, string by, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> SaveFirstAsync(Account account, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> RemoveAsync(string address, string by, CancellationToken cancel) => throw new NotSupportedException();

    public Task<int> CountFailureAsync(string address, int limit, DateTimeOffset lockedUntil, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> SignedInAsync(string address, long? totpStep, CancellationToken cancel) => throw new NotSupportedException();

    public Task BeginSessionAsync(Session session, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Session?> FindSessionAsync(string digest, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<Session>> SessionsAsync(string address, CancellationToken cancel) => throw new NotSupportedException();

    public Task EndSessionAsync(string address, string? digest, CancellationToken cancel) => throw new NotSupportedException();

    public Task<long> AddTokenAsync(ApiToken token, string by, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<ApiToken>> TokensAsync(string? owner, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> RevokeTokenAsync(long id, string by, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ReadOnlyMemory<byte>> SecretAsync(string name, CancellationToken cancel) => throw new NotSupportedException();
}
