using Sekisho.Inspection;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Tests.Search;

/// <summary>The index is derived: whatever happens to its file or to the store, it comes to say what the store says.</summary>
public sealed class FollowingTests : IndexTest
{
    [Fact]
    public async Task It_goes_on_at_its_cursor_after_a_restart_and_counts_nothing_twice()
    {
        var from = Time.Now;
        await MailAsync("sender@example.com", "one", ["a@example.net"], DeliveryState.Held, RuleNames.VisibleRecipients);
        await Index.CatchUpAsync(null, None);
        await Index.DisposeAsync();
        await MailAsync("sender@example.com", "two", ["a@example.net"], DeliveryState.Held, RuleNames.VisibleRecipients);
        OpenIndex();

        Assert.Equal(2, (await SearchAsync(new MailQuery())).Rows.Count);
        var rule = Assert.Single((await Index.FiguresAsync(from, Time.Now.AddHours(1), None)).Rules);
        Assert.Equal((2, 2, 2), (rule.Found, rule.Stopped, rule.StillWaiting));
        Assert.Empty(Said);
    }

    [Fact]
    public async Task A_copy_taken_while_it_was_written_goes_on_from_there()
    {
        // What a process that is killed leaves: the files as they are, the log not written back.
        for (var i = 0; i < 50; i++)
        {
            await MailAsync("sender@example.com", $"mail {i}", ["a@example.net"]);
        }

        await Index.CatchUpAsync(null, None);
        var copies = new[] { "", "-wal" }.Select(end => (Path: IndexPath + end, Bytes: ReadShared(IndexPath + end))).ToList();
        await Index.DisposeAsync();
        foreach (var (path, bytes) in copies)
        {
            await File.WriteAllBytesAsync(path, bytes);
        }

        await MailAsync("sender@example.com", "mail 50", ["a@example.net"]);
        OpenIndex();
        Assert.Equal(51, (await SearchAsync(new MailQuery { Text = "mail", Max = 200 })).Rows.Count);
        Assert.Equal(51, (await Index.FiguresAsync(Time.Now, Time.Now.AddHours(1), None)).Hours.Sum(hour => hour.Received));
        Assert.Empty(Said);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("foreign")]
    [InlineData("cut")]
    [InlineData("older")]
    public async Task A_file_that_cannot_be_used_is_made_anew_and_that_is_said(string damage)
    {
        var (id, _) = await MailAsync("sender@example.com", "kept in the store", ["a@example.net"]);
        await Index.CatchUpAsync(null, None);
        await Index.DisposeAsync();
        switch (damage)
        {
            case "text":
                await File.WriteAllTextAsync(IndexPath, new string('x', 10_000));
                break;
            case "cut":
                var bytes = await File.ReadAllBytesAsync(IndexPath);
                await File.WriteAllBytesAsync(IndexPath, bytes[..(bytes.Length / 2)]);
                break;
            case "foreign":
                File.Delete(IndexPath);
                Change("CREATE TABLE theirs(x)");
                break;
            default:
                Change("PRAGMA user_version=0");
                break;
        }

        OpenIndex();
        Assert.Equal([id], await IdsAsync(new MailQuery { Text = "kept" }));
        Assert.Contains("made anew", Assert.Single(Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taken_away_while_it_runs_it_is_made_anew()
    {
        var (id, _) = await MailAsync("sender@example.com", "still there", ["a@example.net"]);
        await Index.CatchUpAsync(null, None);
        File.Delete(IndexPath);
        while (!File.Exists(IndexPath))
        {
            await Task.Yield();
        }

        Assert.Equal([id], await IdsAsync(new MailQuery { Text = "still" }));
    }

    [Fact]
    public async Task A_store_that_was_restored_from_a_copy_is_followed_from_its_beginning()
    {
        await MailAsync("sender@example.com", "before", ["a@example.net"]);
        await Index.DisposeAsync();
        byte[] copy = [];
        await ReopenStoreAsync(() => copy = ReadShared(Path.Combine(DataDirectory, "sekisho.db")));
        OpenIndex();
        await MailAsync("sender@example.com", "lost with the disk", ["a@example.net"]);
        await Index.CatchUpAsync(null, None);
        await Index.DisposeAsync();
        await ReopenStoreAsync(() =>
        {
            foreach (var end in (string[])["-wal", "-shm"])
            {
                File.Delete(Path.Combine(DataDirectory, "sekisho.db" + end));
            }

            File.WriteAllBytes(Path.Combine(DataDirectory, "sekisho.db"), copy);
        });

        // As many events as were there before, with other hashes: a number alone would not tell.
        await MailAsync("other@example.com", "after", ["b@example.net"]);
        OpenIndex();
        Assert.Equal(["after", "before"], (await SearchAsync(new MailQuery())).Rows.Select(row => row.Subject));
        Assert.Contains("made anew", Assert.Single(Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_command_line_does_beside_is_followed_and_two_who_follow_do_not_count_twice()
    {
        await using var beside = await SqliteStore.OpenAsync(DataDirectory, Time, None);
        await using var second = MailIndex.Open(DataDirectory, Time, Said.Add);
        for (var i = 0; i < 20; i++)
        {
            var held = await beside.HoldAsync(Mail.New(Time, text: $"mail {i}"));
            await Task.WhenAll(Index.CatchUpAsync(null, None), second.CatchUpAsync(null, None));
            await Store.DecideAsync(held.Decide(DecisionKind.Release));
        }

        await Task.WhenAll(Index.CatchUpAsync(null, None), second.CatchUpAsync(null, None));
        var rule = Assert.Single((await second.FiguresAsync(Time.Now, Time.Now.AddHours(1), None)).Rules);
        Assert.Equal((20, 20, 0), (rule.Stopped, rule.Overruled, rule.StillWaiting));
        Assert.Equal(20, (await Index.SearchAsync(new MailQuery { State = MailState.OnTheWay }, None)).Rows.Count);
        Assert.Empty(Said);
    }

    [Fact]
    public async Task The_index_is_for_its_owner_alone()
    {
        await MailAsync("sender@example.com", "secret", ["a@example.net"]);
        await Index.CatchUpAsync(null, None);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(IndexPath));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(IndexPath + "-wal"));
        }
    }

    private void Change(string sql)
    {
        using var database = SqliteDatabase.OpenWriter(IndexPath);
        database.Execute(sql);
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
