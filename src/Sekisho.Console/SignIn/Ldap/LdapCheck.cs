using System.DirectoryServices.Protocols;
using Sekisho.Gateway;
using Sekisho.Mime;
using Sekisho.Policy;

namespace Sekisho.Pages.SignIn;

/// <summary>
/// Passwords of a directory: the person is searched by his mail address, there must be exactly one, and the password is right when the directory lets him in with
/// it (a bind, RFC 4513). The library waits on its own threads; past a time it is left behind, and only so many may be under way.
/// </summary>
internal sealed class LdapCheck : ICredentialCheck, IDisposable
{
    private const int AtOnce = 16;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Func<LdapConfig?> _config;
    private readonly Action<string> _say;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turns = new(AtOnce);
    private long _said;

    public LdapCheck(GatewayHost gateway, TimeProvider time)
        : this(() => gateway.Config.Config.SignIn.Ldap, gateway.Say, time)
    {
    }

    internal LdapCheck(Func<LdapConfig?> config, Action<string> say, TimeProvider time) => (_config, _say, _time) = (config, say, time);

    /// <inheritdoc/>
    public async ValueTask<CredentialAnswer> CheckAsync(string address, string password, CancellationToken cancel)
    {
        if (_config() is not { } config || !EmailAddress.TryParse(address, out var asked))
        {
            return CredentialAnswer.NotMine;
        }

        // A bind with an empty password succeeds as nobody (RFC 4513 section 5.1.2), and one with a NUL is empty to many a library.
        if (password.Length == 0 || password.Contains('\0', StringComparison.Ordinal))
        {
            return CredentialAnswer.Wrong;
        }

        if (!await _turns.WaitAsync(s_patience, cancel).ConfigureAwait(false))
        {
            return Unavailable(config, "too many sign-ins wait for it");
        }

        var ask = Task.Factory.StartNew(() => Ask(config, asked, password), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ = ask.ContinueWith(
            done =>
            {
                _ = done.Exception;
                _turns.Release();
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return await ask.WaitAsync(s_patience, _time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return Unavailable(config, "it does not answer in time");
        }
        catch (Exception e) when (e is DirectoryException or DllNotFoundException or TypeInitializationException or NotSupportedException)
        {
            return Unavailable(config, e is DirectoryException ? e.Message : "the library libldap is not installed (Debian: libldap-2.5-0 or libldap2)");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private static CredentialAnswer Ask(LdapConfig config, EmailAddress asked, string password)
    {
        using var directory = new LdapDirectory(config);
        var people = directory.Find(asked);
        if (people.Count == 0)
        {
            return CredentialAnswer.NotMine;
        }

        // Two with one address: nobody can say which of them it is.
        if (people is not [var person] || !LdapDirectory.CanBind(config, person.Name, password))
        {
            return CredentialAnswer.Wrong;
        }

        return new CredentialAnswer(CredentialOutcome.Right)
        {
            Address = asked.Key,
            Name = person.DisplayName,
            Roles = config.Groups.Count == 0 ? null : [.. directory.RolesOf(person).Prepend("sender").Distinct(StringComparer.Ordinal)],
            FromDirectory = true,
        };
    }

    private CredentialAnswer Unavailable(LdapConfig config, string why)
    {
        // Everybody who tries to sign in finds the same; once a minute is enough.
        var now = _time.GetTimestamp();
        var before = Interlocked.Read(ref _said);
        if ((before == 0 || _time.GetElapsedTime(before, now) > TimeSpan.FromMinutes(1)) && Interlocked.CompareExchange(ref _said, now, before) == before)
        {
            _say($"directory {config.Address}: {why}; who has a password of the console's own can still sign in");
        }

        return new CredentialAnswer(CredentialOutcome.Unavailable);
    }
}
