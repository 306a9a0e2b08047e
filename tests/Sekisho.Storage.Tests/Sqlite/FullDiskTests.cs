using System.Diagnostics;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Tests.Sqlite;

/// <summary>A full disk refuses, says that it is full, and recovers by itself when there is room again.</summary>
public sealed class FullDiskTests : SqliteTest
{
    private static NewSubmission Big(ManualTime time, int size = 60_000)
    {
        var body = new byte[size];
        return Mail.New(time) with { Body = new StoredBody(body, null), Size = size };
    }

    [Fact]
    public async Task A_database_at_its_page_limit_refuses_and_recovers()
    {
        long? limit = 400;
        var path = DatabasePath;
        SqliteDatabase Open()
        {
            var database = SqliteDatabase.OpenWriter(path);
            if (limit is { } pages)
            {
                database.Execute($"PRAGMA max_page_count={pages}");
            }

            return database;
        }

        var first = Open();
        Schema.Migrate(first, Schema.Migrations);
        await using var store = EmbeddedStore.Over(path, Time, first, Open);
        var accepted = 0;
        StoreException? error = null;
        while (error is null)
        {
            try
            {
                await store.AcceptAsync(Big(Time), null, default, None);
                accepted++;
            }
            catch (StoreException refused)
            {
                error = refused;
            }

            Assert.True(accepted < 100);
        }

        Assert.True(error.IsFull);
        Assert.True(accepted > 0);
        await Assert.ThrowsAsync<StoreException>(() => store.AcceptAsync(Big(Time), null, default, None));
        Assert.Equal(accepted, (await store.CountsAsync(None)).Submissions);

        limit = null;
        await store.AcceptAsync(Big(Time), null, default, None);
        Assert.Equal(accepted + 1, (await store.CountsAsync(None)).Submissions);
        Assert.Equal((accepted + 1, null), ((await store.VerifyAuditAsync(null, None)).Events, (await store.VerifyAuditAsync(null, None)).BrokenAt));
    }

    [Fact]
    public async Task A_really_full_disk_refuses_and_recovers()
    {
        using var disk = SmallDisk.TryMount(DataDirectory, megabytes: 4);
        Assert.SkipWhen(disk is null, "needs root to mount a small disk");
        var ids = new List<string>();
        await using (var store = await OpenAsync())
        {
            StoreException? error = null;
            while (error is null)
            {
                var submission = Big(Time);
                try
                {
                    await store.AcceptAsync(submission, null, default, None);
                    ids.Add(submission.Id);
                }
                catch (StoreException refused)
                {
                    error = refused;
                }

                Assert.True(ids.Count < 100);
            }

            Assert.True(error.IsFull, error.ToString());
            var spooled = await Assert.ThrowsAsync<StoreException>(async () =>
            {
                await using var writer = await store.Spool.CreateAsync(None);
                for (var i = 0; i < 100; i++)
                {
                    await writer.WriteAsync(new byte[60_000], None);
                }

                await writer.CommitAsync(None);
            });
            Assert.True(spooled.IsFull, spooled.ToString());

            disk.Grow(megabytes: 16);
            for (var i = 0; i < 5; i++)
            {
                var submission = Big(Time);
                await store.AcceptAsync(submission, null, default, None);
                ids.Add(submission.Id);
            }
        }

        await using (var store = await OpenAsync())
        {
            Assert.Equal(ids.Count, (await store.CountsAsync(None)).Submissions);
            Assert.Null((await store.VerifyAuditAsync(null, None)).BrokenAt);
            foreach (var id in ids)
            {
                Assert.NotNull(await store.FindSubmissionAsync(id, None));
            }
        }
    }

    /// <summary>A tmpfs of a few megabytes over a directory.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string _path;

        private SmallDisk(string path) => _path = path;

        public static SmallDisk? TryMount(string path, int megabytes) =>
            OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) ? new SmallDisk(path) : null;

        public void Grow(int megabytes) => Assert.True(Run("mount", "-o", $"remount,size={megabytes}m", _path));

        public void Dispose() => Run("umount", "-l", _path);

        private static bool Run(string program, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false });
                process!.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
