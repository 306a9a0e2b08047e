namespace Sekisho.Pages.SignIn;

/// <summary>
/// Counts wrong attempts by client address, in memory: after <see cref="Most"/> within <see cref="Window"/> it gets no further answer until the window is over. Counted before the password is looked
/// at, so that many at once get no more than one after the other.
/// </summary>
public sealed class AttemptLimiter(TimeProvider time)
{
    /// <summary>Wrong attempts a client has.</summary>
    public const int Most = 30;

    /// <summary>Addresses remembered at once.</summary>
    public const int MostClients = 10_000;

    /// <summary>How long an attempt counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Since, int Count)> _clients = new(StringComparer.Ordinal);

    /// <summary>How many are remembered.</summary>
    public int Clients
    {
        get
        {
            lock (_lock)
            {
                return _clients.Count;
            }
        }
    }

    /// <summary>Counts an attempt; false when the client has used up its own.</summary>
    public bool TryEnter(string client)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (_clients.TryGetValue(client, out var entry) && now - entry.Since < Window)
            {
                if (entry.Count >= Most)
                {
                    return false;
                }

                _clients[client] = (entry.Since, entry.Count + 1);
                return true;
            }

            if (_clients.Count >= MostClients)
            {
                MakeRoom(now);
            }

            _clients[client] = (now, 1);
            return true;
        }
    }

    /// <summary>The attempt was right: it does not count.</summary>
    public void Right(string client)
    {
        lock (_lock)
        {
            if (_clients.TryGetValue(client, out var entry))
            {
                _clients[client] = (entry.Since, Math.Max(0, entry.Count - 1));
            }
        }
    }

    // Whoever has tried most is remembered longest: filling the memory with fresh addresses does not wash an old one clean.
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var old in _clients.Where(c => now - c.Value.Since >= Window).Select(c => c.Key).ToList())
        {
            _clients.Remove(old);
        }

        if (_clients.Count >= MostClients)
        {
            foreach (var few in _clients.OrderBy(c => c.Value.Count).ThenBy(c => c.Value.Since).Take(MostClients / 10).Select(c => c.Key).ToList())
            {
                _clients.Remove(few);
            }
        }
    }
}
