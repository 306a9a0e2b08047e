namespace Sekisho.Storage;

/// <summary>
/// Named places where a test can make the process die or an operation fail. Off unless the environment variable
/// <c>SEKISHO_FAILPOINT</c> is set: <c>name=kill</c>, <c>name=kill@N</c> (the N-th time), <c>name=throw@N</c>; several by comma.
/// Killing is by SIGKILL: no handler, no flush, as a crash would.
/// </summary>
public static class Failpoints
{
    /// <summary>Passes a named place. Costs one static read when off.</summary>
    public static void Hit(string name)
    {
        if (s_armed is not null)
        {
            HitArmed(name);
        }
    }

    private static readonly Dictionary<string, Armed>? s_armed = Read(Environment.GetEnvironmentVariable("SEKISHO_FAILPOINT"));

    private static Dictionary<string, Armed>? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var armed = new Dictionary<string, Armed>(StringComparer.Ordinal);
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split('=', 2);
            var action = parts.Length == 2 ? parts[1].Split('@', 2) : ["kill"];
            armed[parts[0]] = new Armed(action[0] == "throw", action.Length == 2 ? int.Parse(action[1]) : 1);
        }

        return armed;
    }

    private static void HitArmed(string name)
    {
        if (!s_armed!.TryGetValue(name, out var armed) || Interlocked.Increment(ref armed.Count) != armed.At)
        {
            return;
        }

        if (armed.Throws)
        {
            throw new IOException($"failpoint {name}");
        }

        System.Diagnostics.Process.GetCurrentProcess().Kill();
    }

    private sealed class Armed(bool throws, int at)
    {
        public bool Throws => throws;

        public int At => at;

        public int Count;
    }
}
