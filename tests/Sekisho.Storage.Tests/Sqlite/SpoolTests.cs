namespace Sekisho.Storage.Tests.Sqlite;

public sealed class SpoolTests : SqliteTest
{
    private static async Task<string> WriteAsync(IStore store, string text)
    {
        await using var writer = await store.Spool.CreateAsync(None);
        await writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), None);
        return await writer.CommitAsync(None);
    }

    private static void Age(string path) => File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    [Fact]
    public async Task A_writer_that_did_not_commit_leaves_nothing()
    {
        await using var store = await OpenAsync();
        await using (var writer = await store.Spool.CreateAsync(None))
        {
            await writer.WriteAsync("half"u8.ToArray(), None);
            Assert.Single(SpoolFiles());
        }

        Assert.Empty(SpoolFiles());
    }

    [Fact]
    public async Task A_committed_file_stays_until_discarded()
    {
        await using var store = await OpenAsync();
        var name = await WriteAsync(store, "whole");
        Assert.EndsWith(Path.Combine(name[..2], name), Assert.Single(SpoolFiles()), StringComparison.Ordinal);
        store.Spool.Discard(name);
        store.Spool.Discard(name);
        Assert.Empty(SpoolFiles());
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        await using var store = await OpenAsync();
        var name = await WriteAsync(store, "whole");
        store.Spool.Discard(name);
        Assert.Contains($"{name} is missing", Assert.Throws<StoreException>(() => store.Spool.Open(new StoredBody(default, name), 5)).Message, StringComparison.Ordinal);
        var other = new string('0', 32);
        Assert.Contains($"{other} is missing", Assert.Throws<StoreException>(() => store.Spool.Open(new StoredBody(default, other), 5)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shorter")]
    [InlineData("longer than it was")]
    [InlineData("")]
    public async Task A_file_of_another_size_is_named(string now)
    {
        await using var store = await OpenAsync();
        var name = await WriteAsync(store, "as accepted");
        await File.WriteAllTextAsync(SpoolFiles().Single(), now);
        var error = Assert.Throws<StoreException>(() => store.Spool.Open(new StoredBody(default, name), 11));
        Assert.Contains($"{name} has {now.Length} bytes, 11 were accepted", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("0123")]
    [InlineData("0123456789abcdef0123456789ABCDEF")]
    public async Task A_name_that_is_no_name_leads_nowhere(string name)
    {
        await using var store = await OpenAsync();
        Assert.Throws<StoreException>(() => store.Spool.Open(new StoredBody(default, name), 5));
        Assert.Throws<StoreException>(() => store.Spool.Discard(name));
    }

    [Fact]
    public async Task At_the_start_what_a_crash_left_is_removed_and_what_is_owned_stays()
    {
        string owned, orphan;
        await using (var store = await OpenAsync())
        {
            owned = await WriteAsync(store, "owned");
            orphan = await WriteAsync(store, "orphan");
            await store.AcceptAsync(Mail.New(Time) with { Body = new StoredBody(default, owned), Size = 5 }, null, default, None);
        }

        await File.WriteAllTextAsync(Path.Combine(SpoolDirectory, "tmp", "half"), "half");
        await using (var store = await OpenAsync())
        {
            await store.ReclaimAsync("a", None);
            Assert.EndsWith(owned, Assert.Single(SpoolFiles()), StringComparison.Ordinal);
            Assert.DoesNotContain(orphan, SpoolFiles().Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_just_written_is_never_taken_for_an_orphan()
    {
        await using var store = await OpenAsync();
        await using var beside = await OpenAsync();
        await WriteAsync(store, "about to be accepted");
        await using var writer = await store.Spool.CreateAsync(None);

        await store.ReclaimAsync("a", None);
        await beside.PurgeAsync(Time.Now, None);
        Assert.Equal(2, SpoolFiles().Count());

        foreach (var file in SpoolFiles())
        {
            Age(file);
        }

        await beside.PurgeAsync(Time.Now, None);
        Assert.Empty(SpoolFiles());
    }
}
