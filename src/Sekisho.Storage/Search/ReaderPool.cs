using System.Collections.Concurrent;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>Reading connections of one file, used again. After <see cref="Renew"/> none of the former ones is: the file they have open is not there any more.</summary>
internal sealed class ReaderPool(string path, long mapped = 0) : IDisposable
{
    private const int MaxIdle = 4;

    private readonly ConcurrentBag<(int Age, SqliteDatabase Database)> _idle = [];
    private int _age;
    private volatile bool _disposed;

    /// <summary>Reads in one snapshot.</summary>
    public T Read<T>(Func<SqliteDatabase, T> body)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var age = Volatile.Read(ref _age);
        var database = Take(age);
        try
        {
            var result = database.Read(body);
            if (_disposed || _idle.Count >= MaxIdle)
            {
                database.Dispose();
            }
            else
            {
                _idle.Add((age, database));
            }

            return result;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Renew() => Interlocked.Increment(ref _age);

    /// <summary>Closes what nobody uses just now, and gives back what it has mapped.</summary>
    public void Trim()
    {
        while (_idle.TryTake(out var one))
        {
            one.Database.Dispose();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        Trim();
    }

    private SqliteDatabase Take(int age)
    {
        while (_idle.TryTake(out var one))
        {
            if (one.Age == age)
            {
                return one.Database;
            }

            one.Database.Dispose();
        }

        return SqliteDatabase.OpenReader(path, mapped);
    }
}
