using System.Diagnostics;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>The index in a file of its own, which a thread of its own keeps up with the store.</summary>
internal sealed partial class SearchIndex : IMailIndex
{
    // Read through the kernel's own pages, which it takes back when it needs them, and unmapped when nobody has searched for a moment. The file only grows,
    // and one that is made anew is another file.
    private const long MostMapped = 16L << 30;

    private readonly string _path;
    private readonly Action<string> _say;
    private readonly ReaderPool _store;
    private readonly ReaderPool _readers;
    private readonly CancellationTokenSource _stopping = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _turns = new(Math.Max(2, Environment.ProcessorCount));
    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];
    private long _lastAsked;
    private volatile bool _damaged;
    private bool _disposed;

    private SearchIndex(string directory, Action<string> say)
    {
        _path = Path.Combine(directory, SearchFile.Name);
        _say = say;
        _store = new ReaderPool(Path.Combine(directory, "sekisho.db"));
        _readers = new ReaderPool(_path, MostMapped);
    }

    public static SearchIndex Open(string directory, TimeProvider time, Action<string> say)
    {
        _ = time;
        var index = new SearchIndex(Path.GetFullPath(directory), say);
        index.TryOpen();
        new Thread(index.Follow) { IsBackground = true, Name = "search index" }.Start();
        return index;
    }

    public async Task<MailPage> SearchAsync(MailQuery query, CancellationToken cancel)
    {
        SearchPlan.Check(query);
        return await InTurn(
            () => _readers.Read(index => new SearchRun(index, SearchPlan.Of(query, index), query, cancel).Run(Behind(index))), cancel).ConfigureAwait(false);
    }

    public Task<Figures> FiguresAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(until - from, TimeSpan.FromDays(400), nameof(until));
        return InTurn(() => _readers.Read(index => FigureReader.Read(index, from, until, Behind(index))), cancel);
    }

    public Task<EventPage> EventsAsync(EventQuery query, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Max, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Max, 500, nameof(query));
        return InTurn(() => _readers.Read(index => _store.Read(store => new EventReader(store, index, query, cancel).Run())), cancel);
    }

    public async Task CatchUpAsync(IProgress<long>? progress, CancellationToken cancel)
    {
        var waiter = new Waiter(await InTurn(() => _store.Read(Follower.Head), cancel).ConfigureAwait(false), progress);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _waiters.Add(waiter);
        }

        _wake.Set();
        try
        {
            await waiter.Done.Task.WaitAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _wake.Set();
        await _ended.Task.ConfigureAwait(false);
        _readers.Dispose();
        _store.Dispose();
        _stopping.Dispose();
        _wake.Dispose();
    }

    private long Behind(SqliteDatabase index) => Math.Max(0, _store.Read(Follower.Head) - Follower.Cursor(index).Number);

    /// <summary>Off the caller's thread, and no more at once than there are processors: a search keeps one busy.</summary>
    private async Task<T> InTurn<T>(Func<T> body, CancellationToken cancel)
    {
        await _turns.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            return await Task.Run(body, cancel).ConfigureAwait(false);
        }
        catch (SqliteError error)
        {
            _damaged = _damaged || (SearchFile.IsBroken(error) && IsOurs(error));
            throw new StoreException($"{SearchFile.Name} cannot be read: {error.Message}", error);
        }
        finally
        {
            Volatile.Write(ref _lastAsked, Stopwatch.GetTimestamp());
            _turns.Release();
        }
    }
}
