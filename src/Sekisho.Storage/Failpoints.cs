namespace Sekisho.Storage;

/// <summary>
/// Named places where a test can make the process die or an operation fail. Off unless the environment variable
/// <c>SEKISHO_FAILPOINT</c> is set: <c>name=kill</c>, <c>name=kill@N</c> (the N-th time), <c>name=throw@N</c> (an I/O error),
/// <c>name=full@N</c> (no space left); several by comma. Killing is by SIGKILL: no handler, no flush, as a crash would.
/// </summary>
public static class Failpoints
{
    /// <summary>Every name the product passes, in the order a message meets them; a crash harness goes through them one by one. A test holds this list against the code.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        // Gateway: a message coming in.
        "intake.body-written",
        "intake.before-250",

        // Gateway: looked at, decided, sent.
        "inspect.look",
        "inspect.before-record",
        "inspect.after-record",
        "hold.before-decide",
        "hold.after-decide",
        "deliver.before-send",
        "deliver.after-send",
        "deliver.before-record",
        "deliver.after-record",
        "outbox.after-sync",
        "outbox.before-rename",
        "outbox.between-renames",

        // Storage: a large body on its way to disk.
        "spool.before-sync",
        "spool.after-sync",
        "spool.after-rename",
        "spool.after-dirsync",

        // Storage: inside a transaction, by what it does, and around COMMIT.
        "store.accept.in-tx",
        "store.lease.in-tx",
        "store.reclaim.in-tx",
        "store.inspection.in-tx",
        "store.attempt.in-tx",
        "store.return.in-tx",
        "store.decide.in-tx",
        "store.stop.in-tx",
        "store.learn.in-tx",
        "store.forget.in-tx",
        "store.purge.in-tx",
        "store.purge.before-unlink",
        "store.before-commit",
        "store.after-commit",
    ];

    /// <summary>Passes a named place. Costs one static read when off.</summary>
    public static void Hit(string name)
    {
        if (s_armed is not null)
        {
            HitArmed(name);
        }
    }

    private const int NoSpaceOnDevice = 28;

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
            armed[parts[0]] = new Armed(action[0], action.Length == 2 ? int.Parse(action[1]) : 1);
        }

        return armed;
    }

    private static void HitArmed(string name)
    {
        if (!s_armed!.TryGetValue(name, out var armed) || Interlocked.Increment(ref armed.Count) != armed.At)
        {
            return;
        }

        switch (armed.Action)
        {
            case "throw":
                throw new IOException($"failpoint {name}");
            case "full":
                throw new IOException($"failpoint {name}: no space left on device", NoSpaceOnDevice);
            default:
                System.Diagnostics.Process.GetCurrentProcess().Kill();

                // The signal is on its way; not one more instruction of the caller's may run before it is here.
                new ManualResetEventSlim().Wait();
                return;
        }
    }

    private sealed class Armed(string action, int at)
    {
        public string Action => action;

        public int At => at;

        public int Count;
    }
}
