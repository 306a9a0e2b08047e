using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Tests.Sqlite;

public sealed class WriterTests
{
    [Fact]
    public async Task Woken_for_nothing_it_still_serves_whoever_comes_later()
    {
        using var directory = new TestDirectory();
        var path = Path.Combine(directory.Path, "sekisho.db");
        await File.WriteAllBytesAsync(path, []);
        await using var writer = new Writer(SqliteDatabase.OpenWriter(path), () => SqliteDatabase.OpenWriter(path), TimeProvider.System);
        for (var i = 0; i < 10; i++)
        {
            // A caller wakes the thread after he has queued; when it was awake already, his operation is done by then.
            Assert.Equal(i, await writer.RunAsync(_ => i, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
            writer.Wake();
            await Task.Delay(20); // time to do the wrong thing
        }

        Assert.Equal(10, await writer.RunAsync(_ => 10, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Callers_from_many_threads_are_all_answered()
    {
        using var directory = new TestDirectory();
        var path = Path.Combine(directory.Path, "sekisho.db");
        await File.WriteAllBytesAsync(path, []);
        await using var writer = new Writer(SqliteDatabase.OpenWriter(path), () => SqliteDatabase.OpenWriter(path), TimeProvider.System);
        var sums = await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            var sum = 0;
            for (var i = 0; i < 500; i++)
            {
                sum += await writer.RunAsync(_ => 1, CancellationToken.None);
            }

            return sum;
        }))).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(16 * 500, sums.Sum());
    }
}
