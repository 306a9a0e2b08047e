using Sekisho.Storage;

namespace Sekisho.Pages.Administration;

/// <summary>Recomputes the audit trail's hash chain in the background, one check at a time for everybody.</summary>
public sealed class ChainCheck(IStore store, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _read;

    /// <summary>True while it reads.</summary>
    public bool UnderWay { get; private set; }

    /// <summary>Events read so far.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>The last result and when it was had, or null.</summary>
    public (AuditVerification Result, DateTimeOffset At)? Last { get; private set; }

    /// <summary>Begins one unless one is under way.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (!UnderWay)
            {
                UnderWay = true;
                _running = Task.Run(RunAsync);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            Interlocked.Exchange(ref _read, 0);
            var result = await store.VerifyAuditAsync(new Counter(this), _stop.Token).ConfigureAwait(false);
            Last = (result, time.GetUtcNow());
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException or ObjectDisposedException)
        {
            Last = null;
        }
        finally
        {
            UnderWay = false;
        }
    }

    private sealed class Counter(ChainCheck check) : IProgress<long>
    {
        public void Report(long value) => Interlocked.Exchange(ref check._read, value);
    }
}
