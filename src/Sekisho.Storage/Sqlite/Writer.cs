using System.Diagnostics;
using Sekisho.Storage.Spooling;

namespace Sekisho.Storage.Sqlite;

/// <summary>
/// Group commit: one thread takes what callers have queued, runs it in one transaction, syncs once, and only then answers them.
/// While it syncs, the next group gathers by itself; nobody waits for company.
/// <para>
/// Operations run without savepoints, which would copy every page they touch. When one fails, the transaction is rolled back, that
/// one gets its own exception, and the others are run again, this time each in a savepoint.
/// </para>
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    private const int MaxOperations = 512;
    private static readonly TimeSpan s_longestGroup = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longestBusy = TimeSpan.FromSeconds(60);

    private static readonly Query s_begin = new("BEGIN IMMEDIATE");
    private static readonly Query s_commit = new("COMMIT");

    private readonly Func<SqliteDatabase> _open;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _wake = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Queue<WriteOperation> _queue = new();
    private SqliteDatabase? _database;
    private bool _closing;
    private long _ownCommits;

    public Writer(SqliteDatabase database, Func<SqliteDatabase> open, TimeProvider time)
    {
        _database = database;
        _open = open;
        _time = time;
        new Thread(Work) { IsBackground = true, Name = "store writer" }.Start();
    }

    /// <summary>
    /// How many transactions of this process changed the database. Raised just before COMMIT: whoever subtracts it from the shared
    /// count may for a moment see one too few, never one too many, so a change of another process cannot hide behind ours.
    /// </summary>
    public long OwnCommits => Volatile.Read(ref _ownCommits);

    /// <summary>Queues an operation; the task ends when it is synced to disk, or fails with <see cref="StoreException"/> and nothing of it happened.</summary>
    public Task<T> RunAsync<T>(Func<WriteTransaction, T> body, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancel);
        }

        var operation = new WriteOperation<T>(body, cancel);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            _queue.Enqueue(operation);
        }

        Wake();
        return operation.Task;
    }

    /// <summary>Has the thread look at the queue. It may find nothing there: the operation this was meant for may be done already.</summary>
    internal void Wake() => _wake.Set();

    /// <summary>Finishes what is queued, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _closing = true;
        }

        _wake.Set();
        await _stopped.Task.ConfigureAwait(false);
        _wake.Dispose();
    }

    private void Work()
    {
        var group = new List<WriteOperation>(MaxOperations);
        var waiting = new Queue<WriteOperation>();
        while (true)
        {
            if (waiting.Count == 0)
            {
                _wake.Wait();
                bool closing;
                lock (_lock)
                {
                    (_queue, waiting) = (waiting, _queue);
                    closing = _closing;
                    if (!closing)
                    {
                        _wake.Reset();
                    }
                }

                if (waiting.Count == 0)
                {
                    if (closing)
                    {
                        break;
                    }

                    // A caller queues first and wakes after: his operation may be done by the time he wakes us for it. Nothing to do is no
                    // reason to end; who ended here would leave every later caller waiting for ever.
                    continue;
                }
            }

            group.Clear();
            Commit(waiting, group);
            foreach (var operation in group)
            {
                operation.Complete();
            }
        }

        _database?.Dispose();
        _stopped.SetResult();
    }

    private void Commit(Queue<WriteOperation> waiting, List<WriteOperation> group)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                _database ??= _open();
                Begin(_database);
                if (group.Count == 0)
                {
                    RunFresh(_database, waiting, group);
                }
                else
                {
                    RunAgain(_database, group);
                }

                return;
            }
            catch (OperationFailedException)
            {
                // The one that failed carries its exception; the rest of the group goes round again without it.
                RollBack();
            }
            catch (SqliteError error) when (error.IsBusy && Stopwatch.GetElapsedTime(started) < s_longestBusy)
            {
                RollBack();
            }
            catch (Exception error)
            {
                RollBack();
                if (error is SqliteError { SpoilsConnection: true } or not SqliteError)
                {
                    // A connection that has seen an I/O error may hold a stale view of the log; a fresh one reads it from the disk.
                    Close();
                }

                FailAll(waiting, group, error);
                return;
            }
        }
    }

    private void RunFresh(SqliteDatabase database, Queue<WriteOperation> waiting, List<WriteOperation> group)
    {
        var transaction = new WriteTransaction(database, _time.GetUtcNow().ToUnixTimeMilliseconds());
        var changes = database.TotalChanges;
        var started = Stopwatch.GetTimestamp();
        while (group.Count < MaxOperations && waiting.TryDequeue(out var operation))
        {
            group.Add(operation);
            if (operation.IsCancelled)
            {
                operation.Failure = new OperationCanceledException();
                continue;
            }

            try
            {
                operation.Run(transaction);
            }
            catch (Exception error) when (error is not SqliteError { IsConstraint: false })
            {
                operation.Failure = Outward(error);
                throw new OperationFailedException();
            }

            if (Stopwatch.GetElapsedTime(started) > s_longestGroup)
            {
                break;
            }
        }

        Finish(transaction, changes);
    }

    private void RunAgain(SqliteDatabase database, List<WriteOperation> group)
    {
        var transaction = new WriteTransaction(database, _time.GetUtcNow().ToUnixTimeMilliseconds());
        var changes = database.TotalChanges;
        foreach (var operation in group)
        {
            if (operation.Failure is not null)
            {
                continue;
            }

            var mark = transaction.Mark();
            database.Execute("SAVEPOINT operation");
            try
            {
                operation.Run(transaction);
            }
            catch (Exception error) when (error is not SqliteError { IsConstraint: false })
            {
                operation.Failure = Outward(error);
                database.ResetAll();
                database.Execute("ROLLBACK TO operation");
                transaction.GoBackTo(mark);
            }

            database.Execute("RELEASE operation");
        }

        Finish(transaction, changes);
    }

    private void Finish(WriteTransaction transaction, int changesBefore)
    {
        var database = transaction.Database;
        if (database.TotalChanges == changesBefore)
        {
            database[s_commit].Run();
            return;
        }

        Failpoints.Hit("store.before-commit");
        transaction.Count(Counter.Commits);
        transaction.WriteCounters();
        Interlocked.Increment(ref _ownCommits);
        try
        {
            database[s_commit].Run();
        }
        catch
        {
            Interlocked.Decrement(ref _ownCommits);
            throw;
        }

        try
        {
            Failpoints.Hit("store.after-commit");
        }
        catch (IOException)
        {
            // It is on the disk: too late to tell anybody that it failed.
        }
    }

    private static void Begin(SqliteDatabase database) => database[s_begin].Run();

    private void RollBack()
    {
        try
        {
            _database?.ResetAll();
            if (_database is { InTransaction: true })
            {
                _database.Execute("ROLLBACK");
            }
        }
        catch (SqliteError)
        {
            Close();
        }
    }

    private void Close()
    {
        _database?.Dispose();
        _database = null;
    }

    private static void FailAll(Queue<WriteOperation> waiting, List<WriteOperation> group, Exception error)
    {
        if (group.Count == 0)
        {
            // The transaction could not even begin: what has been waiting for it has waited long enough.
            while (waiting.TryDequeue(out var operation))
            {
                group.Add(operation);
            }
        }

        foreach (var operation in group)
        {
            operation.Failure ??= Outward(error);
        }
    }

    private static Exception Outward(Exception error) => error switch
    {
        SqliteError sqlite => sqlite.ToStoreException(),
        StoreException or ArgumentException or OperationCanceledException => error,
        _ => Spool.Failure("the store failed", error),
    };

    /// <summary>Unwinds out of a transaction whose operations will be run again.</summary>
    private sealed class OperationFailedException : Exception;
}
