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
    private volatile Dictionary<string, DateTimeOffset> _stopped = [];
    private long _checked;

    /// <summary>True when a delivery must wait: its sender is stopped, and nobody released it since.</summary>
    public async ValueTask<bool> IsStoppedAsync(Delivery delivery, CancellationToken cancel)
    {
        if (_checked == 0 || time.GetElapsedTime(Volatile.Read(ref _checked)) > s_fresh)
        {
            await RefreshAsync(cancel).ConfigureAwait(false);
        }

        return _stopped.Count > 0 && _stopped.TryGetValue(delivery.Submission.MailFrom, out var since) && !(delivery.ReleasedAt >= since);
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

            var stopped = new Dictionary<string, DateTimeOffset>(StringComparer.OrdinalIgnoreCase);
            foreach (var order in await store.StopsAsync(cancel).ConfigureAwait(false))
            {
                stopped[order.Sender] = order.Since;
            }

            _stopped = stopped;
            Volatile.Write(ref _checked, time.GetTimestamp());
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose() => _refreshing.Dispose();
}
