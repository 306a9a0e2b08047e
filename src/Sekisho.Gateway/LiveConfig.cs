using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Gateway;

/// <summary>What is in force: the configuration and what is derived from it. Immutable; a reload makes a new one.</summary>
public sealed class EffectiveConfig
{
    /// <summary>Derives organisation and networks.</summary>
    public EffectiveConfig(SekishoConfig config)
    {
        Config = config;
        Organisation = new Organisation(config.Domains, config.Partners);
    }

    /// <summary>The file's content.</summary>
    public SekishoConfig Config { get; }

    /// <summary>Who is inside.</summary>
    public Organisation Organisation { get; }
}

/// <summary>
/// The configuration in force, reloaded when the file changes or on SIGHUP. A bad file never replaces a good one: the old stays in force
/// and the errors are said. Listeners, store and console address are read at start only.
/// </summary>
public sealed class LiveConfig(SekishoConfig initial, string? path, TimeProvider time, Action<string> say, Func<SekishoConfig, SekishoConfig>? adjust = null)
{
    private volatile EffectiveConfig _current = new(initial);
    private DateTime _seen = path is null ? default : Stamp(path);

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

        _seen = Stamp(path);
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

        _current = new EffectiveConfig(config);
        say($"configuration reloaded, policy {config.Policy.Version}");
        Reloaded?.Invoke(config.Policy.Version);
        return true;
    }

    /// <summary>Looks at the file's time stamp once a second until cancelled.</summary>
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
                if (Stamp(path) is var stamp && stamp != _seen && stamp != default)
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

    private static DateTime Stamp(string path)
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
