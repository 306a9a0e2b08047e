using SQLitePCL;

namespace Sekisho.Storage.Sqlite;

/// <summary>
/// One connection and the statements prepared on it. Straight on SQLite's own interface: with ADO.NET between, binding and
/// reading cost more than the inserts themselves. Not safe for two threads at once.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private static readonly Query s_begin = new("BEGIN");
    private static readonly Query s_commit = new("COMMIT");

    private readonly sqlite3 _handle;
    private readonly string _path;
    private Statement?[] _statements = new Statement?[128];

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(sqlite3 handle, string path) => (_handle, _path) = (handle, path);

    /// <summary>Opens the writing connection, creating the file where there is none.</summary>
    public static SqliteDatabase OpenWriter(string path)
    {
        var database = Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX);
        try
        {
            // FULL, not NORMAL: in WAL mode NORMAL does not sync at commit, and 250 would be a lie (law 1).
            database.Execute("PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                + "PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens the writing connection of a file that can be made anew from the store, creating it where there is none. NORMAL: a power cut may cost its
    /// last moments, never its soundness, and what is missing is followed up.
    /// </summary>
    public static SqliteDatabase OpenDerived(string path)
    {
        var database = Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX);
        try
        {
            // Large pages: it is read in long strides.
            database.Execute("PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                + "PRAGMA journal_size_limit=33554432; PRAGMA wal_autocheckpoint=1000; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a reading connection; it cannot write.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mapped">Bytes of it that are mapped rather than read: for one that is read in long strides and never cut short.</param>
    public static SqliteDatabase OpenReader(string path, long mapped = 0)
    {
        var database = Open(path, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX);
        try
        {
            database.Execute($"PRAGMA cache_size=-4096; PRAGMA temp_store=MEMORY; PRAGMA mmap_size={mapped}");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The prepared statement of a query, reset and ready to be bound.</summary>
    public Statement this[Query query]
    {
        get
        {
            if (query.Index >= _statements.Length)
            {
                Array.Resize(ref _statements, Math.Max(_statements.Length * 2, query.Index + 1));
            }

            return (_statements[query.Index] ??= Prepare(query.Sql)).Begin();
        }
    }

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Rows changed since the connection was opened.</summary>
    public int TotalChanges => raw.sqlite3_total_changes(_handle);

    public long LastInsertRowId => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>False outside a transaction; SQLite may have rolled back by itself after a grave error.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Runs SQL that is not worth keeping prepared; rows are thrown away.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_handle, sql);
        if (code != raw.SQLITE_OK)
        {
            throw ErrorNow(code);
        }
    }

    /// <summary>A number asked once, e.g. of a pragma.</summary>
    public long? ScalarOnce(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Begin().Scalar();
    }

    /// <summary>Runs a read in one snapshot. After an error the connection is of no more use.</summary>
    public T Read<T>(Func<SqliteDatabase, T> body)
    {
        this[s_begin].Run();
        var result = body(this);
        ResetAll();
        this[s_commit].Run();
        return result;
    }

    /// <summary>Ends whatever a reader left half read, so that it does not pin an old snapshot.</summary>
    public void ResetAll()
    {
        foreach (var statement in _statements)
        {
            statement?.Reset();
        }
    }

    /// <summary>Lets every prepared statement go: a table they read is about to be dropped.</summary>
    public void ForgetStatements()
    {
        foreach (var statement in _statements)
        {
            statement?.Dispose();
        }

        Array.Clear(_statements);
    }

    /// <summary>The error SQLite speaks of now.</summary>
    public SqliteError ErrorNow(int code)
    {
        var extended = raw.sqlite3_extended_errcode(_handle);
        var message = raw.sqlite3_errmsg(_handle).utf8_to_string();
        return new SqliteError((extended & 0xff) == (code & 0xff) ? extended : code, Native.SystemErrno(_handle), message) { File = _path };
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement?.Dispose();
        }

        _handle.Dispose();
    }

    private static SqliteDatabase Open(string path, int flags)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var database = new SqliteDatabase(handle, path);
        if (code != raw.SQLITE_OK)
        {
            var error = database.ErrorNow(code);
            database.Dispose();
            throw error;
        }

        _ = raw.sqlite3_extended_result_codes(handle, 1);
        _ = raw.sqlite3_busy_timeout(handle, 15_000);
        return database;
    }

    private Statement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        return code == raw.SQLITE_OK ? new Statement(this, statement) : throw ErrorNow(code);
    }
}
