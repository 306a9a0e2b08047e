using System.Collections.Concurrent;
using Sekisho.Storage.Correspondence;
using Sekisho.Storage.Spooling;

namespace Sekisho.Storage.Sqlite;

/// <summary>The embedded store, in parts by concern. Everything that writes goes through <see cref="Writer"/>; reads run on connections of their own and never wait for it.</summary>
internal sealed partial class EmbeddedStore : IStore
{
    private const int MaxIdleReaders = 8;

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Writer _writer;
    private readonly Spool _spool;
    private readonly ConcurrentBag<SqliteDatabase> _readers = [];
    private volatile bool _disposed;

    private EmbeddedStore(string path, TimeProvider time, Writer writer, Spool spool)
    {
        _path = path;
        _time = time;
        _writer = writer;
        _spool = spool;
        _secret = new AddressSecret(Path.GetDirectoryName(path)!);
    }

    public ISpool Spool => _spool;

    /// <summary>Opens or creates the store in a directory.</summary>
    public static EmbeddedStore Open(string directory, TimeProvider time)
    {
        try
        {
            var full = Path.GetFullPath(directory);
            Posix.CreateDirectory(full);
            var path = Path.Combine(full, "sekisho.db");
            CreatePrivate(path);
            var database = SqliteDatabase.OpenWriter(path);
            try
            {
                Schema.Migrate(database, Schema.Migrations);
                // Every time, not only when new: whoever made the file may have died before syncing its entry.
                Posix.SyncDirectory(full);
                return Over(path, time, database, () => SqliteDatabase.OpenWriter(path));
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
        catch (SqliteError error)
        {
            throw new StoreException($"cannot open the store in {directory}: {error.ToStoreException().Message}", error, error.IsFull);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StoreException($"cannot open the store in {directory}: {error.Message}", error);
        }
    }

    /// <summary>A store over a database that is open and migrated; <paramref name="reopen"/> makes a fresh writing connection after a disk error.</summary>
    public static EmbeddedStore Over(string path, TimeProvider time, SqliteDatabase database, Func<SqliteDatabase> reopen)
    {
        var spool = new Spool(Path.Combine(Path.GetDirectoryName(path)!, "spool"));
        return new EmbeddedStore(path, time, new Writer(database, reopen, time), spool);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _writer.DisposeAsync().ConfigureAwait(false);
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    /// <summary>Makes the database file, for its owner alone; SQLite gives its log the permissions of the file it finds.</summary>
    private static void CreatePrivate(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        try
        {
            // Never opened when it is there: closing a second handle would drop the locks SQLite holds on it in this process.
            Posix.CreateFile(path, FileMode.CreateNew).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Somebody else was first.
        }
    }

    private Task<T> WriteAsync<T>(Func<WriteTransaction, T> body, CancellationToken cancel) => _writer.RunAsync(body, cancel);

    /// <summary>Runs a read off the caller's thread, in one snapshot.</summary>
    private Task<T> ReadAsync<T>(Func<SqliteDatabase, T> body, CancellationToken cancel) => Task.Run(() => Read(body), cancel);

    private T Read<T>(Func<SqliteDatabase, T> body)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SqliteDatabase? reader = null;
        try
        {
            if (!_readers.TryTake(out reader))
            {
                reader = SqliteDatabase.OpenReader(_path);
            }

            var result = reader.Read(body);
            if (_disposed || _readers.Count >= MaxIdleReaders)
            {
                reader.Dispose();
            }
            else
            {
                _readers.Add(reader);
            }

            return result;
        }
        catch (Exception error)
        {
            reader?.Dispose();
            if (error is SqliteError sqlite)
            {
                throw sqlite.ToStoreException();
            }

            throw;
        }
    }

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
