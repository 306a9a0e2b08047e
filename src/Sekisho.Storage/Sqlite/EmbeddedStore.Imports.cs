using Sekisho.Inspection;
using Sekisho.Storage.Correspondence;

namespace Sekisho.Storage.Sqlite;

internal sealed partial class EmbeddedStore : IImportStore
{
    private static readonly Query s_import = new("SELECT mails, finished_at FROM import WHERE archive = ?");

    private static readonly Query s_noteImport = new("""
        INSERT INTO import(archive, mails, finished_at) VALUES(?,?,?)
        ON CONFLICT(archive) DO UPDATE SET mails = excluded.mails, finished_at = excluded.finished_at
        """);

    public IImportStore Imports => this;

    Task<ImportState?> IImportStore.FindAsync(string archive, CancellationToken cancel) => ReadAsync(database => StateOf(database, archive), cancel);

    async Task IImportStore.LearnAsync(ArchiveLessons lessons, CancellationToken cancel)
    {
        while (!await WriteAsync(transaction => ImportSome(transaction, lessons), cancel).ConfigureAwait(false))
        {
            // The next transaction goes on where this one ended.
        }
    }

    private static ImportState? StateOf(SqliteDatabase database, string archive)
    {
        var rows = database[s_import].Add(archive);
        var found = rows.Step() ? new ImportState(rows.Int64(0), rows.NullableTime(1)) : null;
        rows.Reset();
        return found;
    }

    /// <summary>Takes in some of the lessons that are still missing; true when all are in.</summary>
    private bool ImportSome(WriteTransaction transaction, ArchiveLessons given)
    {
        var state = StateOf(transaction.Database, given.Archive) ?? new ImportState(0, null);
        if (state.Mails < given.First)
        {
            throw new ArgumentException($"lessons from {given.First} on, but only {state.Mails} are in", nameof(given));
        }

        if (state.FinishedAt is not null)
        {
            return true;
        }

        var end = given.First + given.Mails.Count;
        var next = state.Mails;
        if (next < end)
        {
            next = given.First + LearnSome(transaction, given.Mails, (int)(next - given.First));
        }

        var last = next >= end && given.Scores is not null;
        if (last)
        {
            AddScores(transaction, given.Scores!);
            transaction.Audit("archive-learnt", null, null, null, "audit", Json(writer =>
            {
                writer.WriteString("archive", given.Archive);
                writer.WriteNumber("mails", next);
            }));
        }

        transaction[s_noteImport].Add(given.Archive).Add(next).Add(last ? transaction.Now : (long?)null).Run();
        return next >= end;
    }
}
