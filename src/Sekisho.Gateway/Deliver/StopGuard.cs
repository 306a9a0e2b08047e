using Sekisho.Storage;

namespace Sekisho.Gateway.Deliver;

/// <summary>
/// Knows the stop orders in force, also those another process gave a moment ago. Asked before every transaction, so that a stop takes
/// effect on what has not left yet, at once.
/// </summary>
internal sealed class StopGuard(IStore store, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile HashSet<string> _stopped = [];
    private long _checked;
    private long _counter = -1;

    /// <summary>True when what this sender sent must wait.</summary>
    public async ValueTask<bool> IsStoppedAsync(string sender, CancellationToken cancel)
    {
        if (_checked == 0 || time.GetElapsedTime(Volatile.Read(ref _checked)) > s_fresh)
        {
            await RefreshAsync(cancel).ConfigureAwait(false);
        }

        return _stopped.Count > 0 && _stopped.Contains(sender);
    }

    private async Task RefreshAsync(CancellationToken cancel)
    {
        await _refreshing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (_checked != 0 && time.GetElapsedTime(_checked) <= s_fresh)
            {
                return;
            }

            var counter = await store.ChangeCounterAsync(cancel).ConfigureAwait(false);
            if (counter != _counter)
            {
                var orders = await store.StopsAsync(cancel).ConfigureAwait(false);
                _stopped = new HashSet<string>(orders.Select(o => o.Sender), StringComparer.OrdinalIgnoreCase);
                _counter = counter;
            }

            Volatile.Write(ref _checked, time.GetTimestamp());
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose() => _refreshing.Dispose();
}
