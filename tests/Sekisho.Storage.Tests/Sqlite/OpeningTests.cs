using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Tests.Sqlite;

public sealed class OpeningTests : SqliteTest
{
    [Fact]
    public async Task Every_commit_is_synced_and_every_reference_checked()
    {
        await using var store = await OpenAsync();
        using var database = SqliteDatabase.OpenWriter(DatabasePath);
        Assert.Equal(2, database.ScalarOnce("PRAGMA synchronous"));
        Assert.Equal(1, database.ScalarOnce("PRAGMA foreign_keys"));
        Assert.Equal(1, database.ScalarOnce("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'"));
        Assert.True(database.ScalarOnce("PRAGMA busy_timeout") >= 10_000);
        Assert.Equal(Schema.ApplicationId, database.ScalarOnce("PRAGMA application_id"));
        Assert.Equal(Schema.Migrations.Count, (await store.CountsAsync(None)).SchemaVersion);
    }

    [Fact]
    public async Task Mail_is_readable_by_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no permission bits");
            return;
        }

        var nested = Path.Combine(DataDirectory, "a", "b");
        await using var store = await SqliteStore.OpenAsync(nested, Time, None);
        await using var writer = await store.Spool.CreateAsync(None);
        await writer.WriteAsync("secret"u8.ToArray(), None);
        await writer.CommitAsync(None);

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        foreach (var path in Directory.EnumerateFileSystemEntries(nested, "*", SearchOption.AllDirectories).Prepend(nested))
        {
            Assert.True((File.GetUnixFileMode(path) & Others) == UnixFileMode.None, path);
        }
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_alone()
    {
        await (await OpenAsync()).DisposeAsync();
        Sql("PRAGMA user_version=99");
        var error = await Assert.ThrowsAsync<StoreException>(OpenAsync);
        Assert.Contains("schema version 99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_programs_database_is_refused()
    {
        Sql("CREATE TABLE theirs(x)");
        var error = await Assert.ThrowsAsync<StoreException>(OpenAsync);
        Assert.Contains("another program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await File.WriteAllTextAsync(DatabasePath, string.Join('\n', Enumerable.Repeat("this is not a database", 100)));
        var error = await Assert.ThrowsAsync<StoreException>(OpenAsync);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.Contains(DataDirectory, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_is_refused()
    {
        var file = Path.Combine(DataDirectory, "file");
        await File.WriteAllTextAsync(file, "");
        var error = await Assert.ThrowsAsync<StoreException>(() => SqliteStore.OpenAsync(Path.Combine(file, "data"), Time, None));
        Assert.Contains("cannot open the store", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_refused()
    {
        // Root writes past permission bits, but not into /proc.
        var error = await Assert.ThrowsAsync<StoreException>(() => SqliteStore.OpenAsync("/proc/sekisho", Time, None));
        Assert.Contains("cannot open the store", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_are_taken_in_order_once_each_and_a_failing_one_leaves_nothing()
    {
        string[] steps = ["CREATE TABLE one(x INTEGER) STRICT; INSERT INTO one VALUES(1)", "ALTER TABLE one ADD COLUMN y INTEGER NOT NULL DEFAULT 7"];
        using var database = SqliteDatabase.OpenWriter(DatabasePath);

        Schema.Migrate(database, [steps[0]]);
        Assert.Equal(1, Schema.Version(database));
        Schema.Migrate(database, steps);
        Schema.Migrate(database, steps);
        Assert.Equal(2, Schema.Version(database));
        Assert.Equal(7, database.ScalarOnce("SELECT y FROM one WHERE x = 1"));

        Assert.Throws<SqliteError>(() => Schema.Migrate(database, [.. steps, "CREATE TABLE two(x INTEGER) STRICT; INSERT INTO nowhere VALUES(1)"]));
        Assert.Equal(2, Schema.Version(database));
        Assert.Equal(0, database.ScalarOnce("SELECT count(*) FROM sqlite_schema WHERE name = 'two'"));
    }

    [Fact]
    public async Task Two_may_open_a_new_place_at_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenAsync()));
        foreach (var store in stores)
        {
            await store.AcceptAsync(Mail.New(Time));
        }

        Assert.Equal(6, (await stores[0].CountsAsync(None)).Submissions);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }
}
