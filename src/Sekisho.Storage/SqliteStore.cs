using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage;

/// <summary>The embedded store: SQLite in WAL mode with <c>synchronous=FULL</c>, one writer, group commit; spool files beside it.</summary>
public static class SqliteStore
{
    /// <summary>Opens or creates the store in a directory and migrates its schema. Throws <see cref="StoreException"/> with what to do when it cannot (not writable, newer schema, damaged).</summary>
    public static Task<IStore> OpenAsync(string directory, TimeProvider time, CancellationToken cancel) =>
        Task.Run<IStore>(() => EmbeddedStore.Open(directory, time), cancel);

    /// <summary>How the correspondence of a directory keeps its addresses; null where there is no store, or one that cannot be read or is of an older version. Changes nothing.</summary>
    public static AddressForm? AddressFormOf(string directory)
    {
        var path = Path.Combine(directory, "sekisho.db");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var database = SqliteDatabase.OpenReader(path);
            return Correspondence.AddressForms.FormOf(database).Form;
        }
        catch (SqliteError)
        {
            return null;
        }
    }
}
