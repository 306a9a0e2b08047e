using System.Diagnostics;
using System.Runtime.InteropServices;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>The thread that keeps the file up with the store.</summary>
internal sealed partial class SearchIndex
{
    // How often the store is asked for news: one look-up of one row.
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_afterTrouble = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(20);

    // So many events a second mean that mail is pouring in. Then it takes in larger portions and rests nine parts of the time, so that intake hardly feels it.
    private const double Pouring = 300;
    private static readonly TimeSpan s_portion = TimeSpan.FromMilliseconds(500);

    private SqliteDatabase? _writer;
    private Follower? _follower;
    private long _head;
    private long _headBefore;
    private long _restedAt = Stopwatch.GetTimestamp();
    private string? _trouble;

    private void Follow()
    {
        LowerPriority();
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                var started = Stopwatch.GetTimestamp();
                var (pause, left) = TryTakeIn();
                pause ??= left > 0 && Awaited() ? TimeSpan.Zero : RestAfter(Stopwatch.GetElapsedTime(started));
                Trim();
                _wake.WaitOne(pause.Value);
            }
        }
        finally
        {
            _writer?.Dispose();
            lock (_lock)
            {
                foreach (var waiter in _waiters)
                {
                    waiter.Done.TrySetException(new ObjectDisposedException(nameof(SearchIndex)));
                }
            }

            _ended.SetResult();
        }
    }

    /// <summary>One batch. Trouble is said once and tried again; a file that does not fit the store, or is damaged, is made anew.</summary>
    private (TimeSpan? Pause, long Left) TryTakeIn()
    {
        try
        {
            if (_writer is null && !TryOpen())
            {
                return (s_afterTrouble, 0);
            }

            if (_damaged || !File.Exists(_path))
            {
                _damaged = false;
                Remake(File.Exists(_path) ? "it is damaged" : "it was taken away");
                return (TimeSpan.Zero, 1);
            }

            var (_, cursor, left) = _store.Read(store => _follower!.TakeIn(store, _stopping.Token));
            _trouble = null;
            _head = cursor + left;
            Tell(cursor);
            return (null, left);
        }
        catch (OperationCanceledException)
        {
            return (TimeSpan.Zero, 0);
        }
        catch (OtherStoreException)
        {
            Remake("the store is another one, or was restored from a copy");
            return (TimeSpan.Zero, 1);
        }
        catch (SqliteError error) when (SearchFile.IsDamage(error) && IsOurs(error))
        {
            // Should the new one be found damaged too, the disk is; trying is then worth a pause each time.
            Remake("it is damaged");
            return (s_afterTrouble, 1);
        }
        catch (Exception error)
        {
            return Trouble(error);
        }
    }

    private bool IsOurs(SqliteError error) => string.Equals(error.File, _path, StringComparison.Ordinal);

    private (TimeSpan? Pause, long Left) Trouble(Exception error)
    {
        if (!string.Equals(_trouble, error.Message, StringComparison.Ordinal))
        {
            _trouble = error.Message;
            _say($"{SearchFile.Name} cannot follow the store, lists may be behind: {error.Message}");
        }

        lock (_lock)
        {
            foreach (var waiter in _waiters)
            {
                waiter.Done.TrySetException(new StoreException($"{SearchFile.Name} cannot follow the store: {error.Message}", error));
            }
        }

        return (s_afterTrouble, 0);
    }

    private bool TryOpen()
    {
        try
        {
            _writer = SearchFile.Open(_path, _say);
            _follower = new Follower(_writer);
            _readers.Renew();
            return true;
        }
        catch (Exception error) when (error is SqliteError or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            _ = Trouble(error);
            return false;
        }
    }

    private void Remake(string why)
    {
        _say($"{SearchFile.Name} is made anew: {why}");
        (_writer, var old) = (null, _writer);
        try
        {
            old?.Dispose();
            SearchFile.Delete(_path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _ = Trouble(error);
            return;
        }

        _ = TryOpen();
    }

    private TimeSpan RestAfter(TimeSpan work)
    {
        var rate = (_head - _headBefore) / Math.Max(0.01, Stopwatch.GetElapsedTime(_restedAt).TotalSeconds);
        (_headBefore, _restedAt) = (_head, Stopwatch.GetTimestamp());
        var (least, rest) = rate > Pouring ? (s_portion, work * 9) : (s_look, work);
        return rest < least ? least : rest < s_longestRest ? rest : s_longestRest;
    }

    private void Trim()
    {
        if (Volatile.Read(ref _lastAsked) is var last and not 0 && Stopwatch.GetElapsedTime(last) > s_quiet)
        {
            _ = Interlocked.CompareExchange(ref _lastAsked, 0, last);
            _readers.Trim();
        }
    }

    private bool Awaited()
    {
        lock (_lock)
        {
            return _waiters.Count > 0;
        }
    }

    private void Tell(long cursor)
    {
        lock (_lock)
        {
            foreach (var waiter in _waiters)
            {
                waiter.Progress?.Report(cursor);
                if (cursor >= waiter.Until)
                {
                    waiter.Done.TrySetResult();
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    /// <summary>On Linux a priority is a thread's own; elsewhere the rests must do.</summary>
    private static void LowerPriority()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(0, 0, 10);
        }
    }

    /// <summary>Somebody who waits until an event is taken in.</summary>
    private sealed record Waiter(long Until, IProgress<long>? Progress)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
