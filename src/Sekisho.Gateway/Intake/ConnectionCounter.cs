using System.Collections.Concurrent;
using System.Net;

namespace Sekisho.Gateway.Intake;

/// <summary>Counts open connections, in all and by client address.</summary>
internal sealed class ConnectionCounter
{
    private readonly ConcurrentDictionary<IPAddress, int> _clients = new();
    private int _all;

    /// <summary>Open connections.</summary>
    public int Open => Volatile.Read(ref _all);

    /// <summary>Counts one in. False (and not counted) when a limit is reached.</summary>
    public bool TryEnter(IPAddress client, int limit, int limitOfClient)
    {
        if (Interlocked.Increment(ref _all) > limit)
        {
            Interlocked.Decrement(ref _all);
            return false;
        }

        if (_clients.AddOrUpdate(client, 1, (_, n) => n + 1) > limitOfClient)
        {
            Leave(client);
            return false;
        }

        return true;
    }

    /// <summary>Counts one out.</summary>
    public void Leave(IPAddress client)
    {
        Interlocked.Decrement(ref _all);
        if (_clients.AddOrUpdate(client, 0, (_, n) => n - 1) <= 0)
        {
            _clients.TryRemove(new KeyValuePair<IPAddress, int>(client, 0));
        }
    }
}
