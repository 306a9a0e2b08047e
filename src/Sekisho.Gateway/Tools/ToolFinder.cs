using System.Collections.Concurrent;
using Sekisho.Policy;

namespace Sekisho.Gateway.Tools;

/// <summary>Where the programs are: where the configuration says, else on PATH and in the usual places; looked for again each minute, so that a package counts soon after it is installed.</summary>
internal sealed class ToolFinder(ToolsConfig config, TimeProvider time)
{
    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (string? Path, long At)> _found = new(StringComparer.Ordinal);

    /// <summary>The full path, or null when it is not installed or switched off.</summary>
    public string? Find(string name)
    {
        if (_found.TryGetValue(name, out var known) && time.GetElapsedTime(known.At) < s_again)
        {
            return known.Path;
        }

        var path = Look(name);
        _found[name] = (path, time.GetTimestamp());
        return path;
    }

    private string? Look(string name)
        => config.Programs.TryGetValue(name, out var set) ? (set.Length > 0 && File.Exists(set) ? set : null) : InstalledPrograms.Find(name);
}
