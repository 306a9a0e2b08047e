using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Tests.Sqlite;

/// <summary>What only the embedded store has: files, pragmas, a schema one can look into.</summary>
public abstract class SqliteTest : IDisposable
{
    private readonly TestDirectory _directory = new();

    protected static CancellationToken None => CancellationToken.None;

    protected ManualTime Time { get; } = new();

    protected string DataDirectory => _directory.Path;

    protected string DatabasePath => Path.Combine(DataDirectory, "sekisho.db");

    protected string SpoolDirectory => Path.Combine(DataDirectory, "spool");

    protected Task<IStore> OpenAsync() => SqliteStore.OpenAsync(DataDirectory, Time, None);

    /// <summary>Runs SQL past the store, as somebody with the file in his hands would.</summary>
    protected void Sql(string sql)
    {
        using var database = SqliteDatabase.OpenWriter(DatabasePath);
        database.Execute(sql);
    }

    protected IEnumerable<string> SpoolFiles() => Directory.EnumerateFiles(SpoolDirectory, "*", SearchOption.AllDirectories);

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }
}
