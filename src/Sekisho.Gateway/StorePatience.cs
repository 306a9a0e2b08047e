using Sekisho.Storage;

namespace Sekisho.Gateway;

/// <summary>
/// Writes a result that must not be forgotten although the store cannot take it now (disk full, I/O error). Giving up at once would leave the
/// lease to run out, minutes later, and turn a mail that was sent into a possible duplicate; so the hand waits and tries again.
/// </summary>
internal static class StorePatience
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>Half of the shortest lease: after that the claim is better left to run out.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>The store's answer. Throws <see cref="StoreException"/> when it still cannot after five minutes, or when <paramref name="drain"/> asks to stop.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> write, TimeProvider time, Action<string> say, CancellationToken drain)
    {
        var since = time.GetTimestamp();
        var said = false;
        while (true)
        {
            try
            {
                return await write().ConfigureAwait(false);
            }
            catch (StoreException e) when (!drain.IsCancellationRequested && time.GetElapsedTime(since) < s_limit)
            {
                if (!said)
                {
                    say($"store: {e.Message}; trying again until it works");
                    said = true;
                }
            }

            try
            {
                await Task.Delay(s_pause, time, drain).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // One last try, then the lease is left to run out.
            }
        }
    }

    /// <summary>The same for a write without an answer.</summary>
    public static Task RunAsync(Func<Task> write, TimeProvider time, Action<string> say, CancellationToken drain)
        => RunAsync(async () =>
        {
            await write().ConfigureAwait(false);
            return true;
        }, time, say, drain);
}
