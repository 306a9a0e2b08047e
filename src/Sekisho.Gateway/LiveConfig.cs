using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway;

/// <summary>What is in force: the configuration and what is derived from it. Immutable; a reload makes a new one.</summary>
public sealed class EffectiveConfig
{
    private static readonly IReadOnlyList<string> s_everywhere = [];

    private readonly Dictionary<string, HashSet<string>> _roles = new(StringComparer.OrdinalIgnoreCase);

    // Thousands of waiting mails are judged for one page, each against everybody with a role: whose is what is read once, not per mail.
    private readonly Dictionary<string, List<(IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes)>> _grants = new(StringComparer.Ordinal);
    private readonly ILookup<string, string> _holders;

    /// <summary>Derives organisation, networks and everybody's roles.</summary>
    /// <param name="config">The file's content.</param>
    /// <param name="time">The clock whose days deputies count by.</param>
    /// <param name="accounts">The console's accounts; their roles add to those of the file's <c>users</c>.</param>
    public EffectiveConfig(SekishoConfig config, TimeProvider time, IReadOnlyList<Account>? accounts = null)
    {
        Time = time;
        Config = config;
        Accounts = accounts ?? [];
        Organisation = new Organisation(config.Domains, config.Partners);
        foreach (var user in config.Users)
        {
            Grant(user.Address, user.Roles, s_everywhere);
        }

        foreach (var account in Accounts.Where(a => !a.Disabled))
        {
            Grant(account.Address, account.Roles, account.Scopes);
        }

        _holders = _roles.SelectMany(r => r.Value.Select(role => (Role: role, Address: r.Key))).ToLookup(h => h.Role, h => h.Address, StringComparer.Ordinal);
    }

    /// <summary>The console's accounts.</summary>
    public IReadOnlyList<Account> Accounts { get; }

    /// <summary>Who stands in for whom; those to come among them.</summary>
    public IReadOnlyList<Deputy> Deputies { get; init; } = [];

    /// <summary>The clock whose days deputies count by.</summary>
    public TimeProvider Time { get; }

    /// <summary>The day it is where the gateway stands.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Time.GetLocalNow().DateTime);

    /// <summary>The same with these deputies.</summary>
    public EffectiveConfig With(IReadOnlyList<Deputy> deputies) => new(Config, Time, Accounts) { Deputies = deputies };

    /// <summary>True when somebody has a role that reaches a sender's mail: a role from his account reaches as far as the account's scopes.</summary>
    public bool Has(string address, string role, string sender)
    {
        foreach (var (roles, scopes) in GrantsOf(address))
        {
            if (roles.Contains(role) && (scopes.Count == 0 || scopes.Any(s => Reaches(s, sender))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a scope (<c>@domain</c>, <c>department:NAME</c>) covers a sender.</summary>
    public bool Reaches(string scope, string sender)
    {
        const string department = "department:";
        return scope.StartsWith('@')
            ? sender.EndsWith(scope, StringComparison.OrdinalIgnoreCase)
            : scope.StartsWith(department, StringComparison.Ordinal) && string.Equals(Config.People.DepartmentOf(sender), scope[department.Length..].Trim(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Roles of a mail address, from the file and from his account; empty for one nobody named.</summary>
    public IReadOnlySet<string> RolesOf(string address) => _roles.TryGetValue(address, out var roles) || _roles.TryGetValue(Key(address), out roles) ? roles : System.Collections.Frozen.FrozenSet<string>.Empty;

    /// <summary>Everybody with a role, by the address's key.</summary>
    public IEnumerable<string> With(string role) => _holders[role];

    /// <summary>The file's content.</summary>
    public SekishoConfig Config { get; }

    /// <summary>Who is inside.</summary>
    public Organisation Organisation { get; }

    private void Grant(string address, IReadOnlyList<string> roles, IReadOnlyList<string> scopes)
    {
        var key = Key(address);
        if (!_roles.TryGetValue(key, out var all))
        {
            _roles[key] = all = new(StringComparer.Ordinal);
        }

        all.UnionWith(roles);
        if (!_grants.TryGetValue(key, out var grants))
        {
            _grants[key] = grants = [];
        }

        grants.Add((roles, scopes));
    }

    private IReadOnlyList<(IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes)> GrantsOf(string address)
        => _grants.TryGetValue(address, out var grants) || _grants.TryGetValue(Key(address), out grants) ? grants : [];

    private static string Key(string address) => EmailAddress.TryParse(address, out var parsed) ? parsed.Key : address;
}

/// <summary>
/// The configuration in force, reloaded when the file changes or on SIGHUP. A bad file never replaces a good one: the old stays in force
/// and the errors are said. Listeners, store and console address are read at start only.
/// </summary>
public sealed class LiveConfig(SekishoConfig initial, string? path, TimeProvider time, Action<string> say, Func<SekishoConfig, SekishoConfig>? adjust = null)
{
    private readonly Lock _changing = new();
    private readonly Lock _reloading = new();
    private volatile EffectiveConfig _current = new(initial, time);
    private (DateTime File, DateTime Directory) _seen = path is null ? default : (Stamp(path), Stamp(initial.DirectoryFile));

    /// <summary>The file, which may not be there yet; or null.</summary>
    public string? Path => path;

    /// <summary>What is in force now.</summary>
    public EffectiveConfig Current => _current;

    /// <summary>Raised after a reload took effect, with the new policy's version.</summary>
    public event Action<string>? Reloaded;

    /// <summary>Reads the file now. False when it has errors (they were said) or there is none.</summary>
    public bool Reload()
    {
        if (path is null)
        {
            say("no configuration file was given; nothing to reload");
            return false;
        }

        lock (_reloading)
        {
            return Reload(path);
        }
    }

    private bool Reload(string path)
    {
        _seen = (Stamp(path), Stamp(_current.Config.DirectoryFile));
        var config = SekishoConfig.Load(path, out var errors);
        if (config is null)
        {
            foreach (var error in errors)
            {
                say(error.ToString());
            }

            say("the configuration was not reloaded; the one before stays in force");
            return false;
        }

        config = adjust is null ? config : adjust(config);
        var before = _current.Config;
        if (!before.Listeners.SequenceEqual(config.Listeners) || before.Console != config.Console)
        {
            say("listen addresses changed; they take effect at the next start");
        }

        // File and accounts change on their own; neither may put back an old state of the other.
        lock (_changing)
        {
            _current = new EffectiveConfig(config, time, _current.Accounts) { Deputies = _current.Deputies };
        }

        // The file may name another directory now.
        _seen = (_seen.File, Stamp(config.DirectoryFile));
        say($"configuration reloaded, policy {config.Policy.Version}");
        Reloaded?.Invoke(config.Policy.Version);
        return true;
    }

    /// <summary>Takes over changed accounts of the console.</summary>
    public void UseAccounts(IReadOnlyList<Account> accounts)
    {
        lock (_changing)
        {
            _current = new EffectiveConfig(_current.Config, time, accounts) { Deputies = _current.Deputies };
        }
    }

    /// <summary>Takes over changed deputies.</summary>
    public void UseDeputies(IReadOnlyList<Deputy> deputies)
    {
        lock (_changing)
        {
            _current = _current.With(deputies);
        }
    }

    /// <summary>Looks at the time stamps of the file and of the directory it names once a second until cancelled.</summary>
    public async Task WatchAsync(CancellationToken cancel)
    {
        if (path is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false))
            {
                if (Stamp(path) is var stamp && stamp != default && (stamp, Stamp(_current.Config.DirectoryFile)) != _seen)
                {
                    Reload();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }

    private static DateTime Stamp(string? path)
    {
        try
        {
            return File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
        }
        catch (IOException)
        {
            return default;
        }
    }
}
