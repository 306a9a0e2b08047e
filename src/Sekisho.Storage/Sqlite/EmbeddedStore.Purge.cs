namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore
{
    private const int PurgeAtOnce = 200;

    /// <summary>Younger files are left alone by a purge: another process may have just committed one and be about to take it in.</summary>
    private static readonly TimeSpan s_orphanAge = TimeSpan.FromHours(1);

    // Driven by the bodies that are still there, not by all submissions: what was purged before costs nothing again.
    private static readonly Query s_purgeableBodies = new("""
        SELECT s.n FROM body b JOIN submission s ON s.n = b.submission WHERE b.submission > ? AND s.received_at < ?
          AND NOT EXISTS (SELECT 1 FROM recipient r WHERE r.submission = s.n AND r.outcome IN (0, 6)) ORDER BY b.submission LIMIT ?
        """);

    private static readonly Query s_purgeableFiles = new("""
        SELECT s.n FROM submission s WHERE s.spool IS NOT NULL AND s.n > ? AND s.received_at < ?
          AND NOT EXISTS (SELECT 1 FROM recipient r WHERE r.submission = s.n AND r.outcome IN (0, 6)) ORDER BY s.n LIMIT ?
        """);

    private static readonly Query s_deleteBody = new("DELETE FROM body WHERE submission = ?");

    private static readonly Query s_spoolOf = new("SELECT spool FROM submission WHERE n = ?");

    private static readonly Query s_purged = new("UPDATE submission SET spool = NULL, purged_at = ? WHERE n = ?");

    private static readonly Query s_forgetRecent = new("DELETE FROM recent WHERE at < ?");

    private static readonly Query s_ownsFile = new("SELECT 1 FROM submission WHERE spool IS NOT NULL AND spool = ?");

    public async Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancel)
    {
        var limit = Milliseconds(before);
        var count = await PurgeAsync(s_purgeableBodies, limit, cancel).ConfigureAwait(false);
        count += await PurgeAsync(s_purgeableFiles, limit, cancel).ConfigureAwait(false);
        await WriteAsync(transaction => transaction[s_forgetRecent].Add(limit).Run(), cancel).ConfigureAwait(false);
        await Task.Run(() => _spool.RemoveOrphans(IsOwned, s_orphanAge), cancel).ConfigureAwait(false);
        return count;
    }

    private async Task<int> PurgeAsync(Query query, long limit, CancellationToken cancel)
    {
        var count = 0;
        long from = 0;
        while (true)
        {
            var start = from;
            var keys = await ReadAsync(database => Keys(database[query].Add(start).Add(limit).Add(PurgeAtOnce)), cancel).ConfigureAwait(false);
            if (keys.Count == 0)
            {
                return count;
            }

            // Done is for ever, so what the reader saw still holds when the writer's turn comes.
            var files = await WriteAsync(transaction => Purge(transaction, keys), cancel).ConfigureAwait(false);
            if (files.Count > 0)
            {
                Failpoints.Hit("store.purge.before-unlink");
            }

            foreach (var file in files)
            {
                _spool.Discard(file);
            }

            count += keys.Count;
            from = keys[^1];
        }
    }

    private static List<string> Purge(WriteTransaction transaction, List<long> keys)
    {
        var files = new List<string>();
        foreach (var key in keys)
        {
            transaction[s_deleteBody].Add(key).Run();
            DropLesson(transaction, key);
            var row = transaction[s_spoolOf].Add(key);
            if (row.Step())
            {
                if (row.NullableText(0) is { } file)
                {
                    files.Add(file);
                }

                row.Reset();
            }

            transaction[s_purged].Add(transaction.Now).Add(key).Run();
        }

        Failpoints.Hit("store.purge.in-tx");
        return files;
    }

    private bool IsOwned(string spoolName) => Read(database => database[s_ownsFile].Add(spoolName).Scalar()) is not null;

    private static List<long> Keys(Statement rows)
    {
        var keys = new List<long>();
        while (rows.Step())
        {
            keys.Add(rows.Int64(0));
        }

        return keys;
    }
}
