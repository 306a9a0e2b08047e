using Sekisho.Storage.Spooling;
using Sekisho.Storage.Sqlite;
using SQLitePCL;

namespace Sekisho.Storage.Search;

/// <summary>The file <c>search.db</c>: opened, or made anew when it is not one that can be used.</summary>
internal static class SearchFile
{
    public const string Name = "search.db";

    /// <summary>Opens it for writing. What is damaged, foreign or of another version goes away.</summary>
    public static SqliteDatabase Open(string path, Action<string> say)
    {
        try
        {
            if (TryOpen(path) is { } database)
            {
                return database;
            }

            say($"{Name} was made by another version of the program or is none of ours: it is made anew");
        }
        catch (SqliteError error) when (IsDamage(error))
        {
            say($"{Name} is damaged: it is made anew");
        }

        Delete(path);
        return TryOpen(path) ?? throw new InvalidDataException($"{Name} cannot be made");
    }

    /// <summary>The file cannot be trusted, or what is in it contradicts itself; as against a full disk or a lock, which pass. For the one who writes.</summary>
    public static bool IsDamage(SqliteError error) => IsBroken(error) || error.Primary is raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH;

    /// <summary>The file is no sound database.</summary>
    public static bool IsBroken(SqliteError error) => error.Primary is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_FORMAT;

    public static void Delete(string path)
    {
        foreach (var end in (ReadOnlySpan<string>)["", "-wal", "-shm", "-journal"])
        {
            File.Delete(path + end);
        }
    }

    private static SqliteDatabase? TryOpen(string path)
    {
        if (!File.Exists(path))
        {
            // For its owner alone, before a word of mail is in it.
            Posix.CreateFile(path, FileMode.CreateNew).Dispose();
        }

        var database = SqliteDatabase.OpenDerived(path);
        try
        {
            switch (SearchSchema.Fits(database))
            {
                case null:
                    SearchSchema.Create(database);
                    return database;
                case true:
                    _ = Follower.Cursor(database);
                    return database;
                default:
                    database.Dispose();
                    return null;
            }
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
