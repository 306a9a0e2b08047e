using SQLitePCL;

namespace Sekisho.Storage.Sqlite;

/// <summary>What SQLite answered, before it becomes a <see cref="StoreException"/>.</summary>
internal sealed class SqliteError(int code, int systemError, string message) : Exception($"{message} (SQLite {code})")
{
    private const int NoSpaceOnDevice = 28;
    private const int QuotaExceeded = 122;

    /// <summary>The database file it happened in, where known.</summary>
    public string? File { get; init; }

    /// <summary>The extended result code.</summary>
    public int Code => code;

    /// <summary>The primary result code.</summary>
    public int Primary => code & 0xff;

    /// <summary>Another connection holds the lock: wait and try again.</summary>
    public bool IsBusy => Primary is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>No room: the disk, the quota or the page limit.</summary>
    public bool IsFull => Primary == raw.SQLITE_FULL || systemError is NoSpaceOnDevice or QuotaExceeded;

    /// <summary>The operation's own fault (a broken constraint or trigger): the transaction is otherwise sound.</summary>
    public bool IsConstraint => Primary is raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE;

    /// <summary>The connection may not be trusted any more and is opened anew.</summary>
    public bool SpoilsConnection => !IsBusy && !IsConstraint;

    /// <summary>The same, as the callers of the store know it.</summary>
    public StoreException ToStoreException() => new(
        IsFull ? "the disk the store is on is full" : Primary switch
        {
            raw.SQLITE_BUSY => "another process has held the store's write lock for too long",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "sekisho.db is damaged: " + Message,
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => "sekisho.db cannot be written: " + Message,
            raw.SQLITE_CANTOPEN => "sekisho.db cannot be opened: " + Message,
            _ => "the store failed: " + Message,
        },
        this,
        IsFull);
}
