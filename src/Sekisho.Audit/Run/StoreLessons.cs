using System.Globalization;
using Sekisho.Storage;

namespace Sekisho.Audit.Run;

/// <summary>Fills a gateway's history with what an audit learns; beside the running gateway.</summary>
public sealed class StoreLessons : ILessonTaker
{
    private readonly IImportStore _store;

    private StoreLessons(IImportStore store, string archive) => (_store, Name) = (store, archive);

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>
    /// For an archive; null when it was learnt before, with when, unless <paramref name="again"/>. One that was begun goes on.
    /// </summary>
    /// <param name="store">The gateway's.</param>
    /// <param name="fingerprint">The archive's (<see cref="Archives.IMailArchive.Fingerprint"/>).</param>
    /// <param name="again">Learns even what was learnt before.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<(StoreLessons? Lessons, DateTimeOffset? LearntAt)> ForAsync(IImportStore store, string fingerprint, bool again, CancellationToken cancel)
    {
        for (var time = 1; ; time++)
        {
            var archive = time == 1 ? fingerprint : string.Create(CultureInfo.InvariantCulture, $"{fingerprint}#{time}");
            var state = await store.FindAsync(archive, cancel).ConfigureAwait(false);
            if (state?.FinishedAt is not { } finished)
            {
                return (new StoreLessons(store, archive), null);
            }

            if (!again)
            {
                return (null, finished);
            }
        }
    }

    /// <inheritdoc/>
    public Task TakeAsync(LessonBatch batch, CancellationToken cancel) => _store.LearnAsync(new ArchiveLessons(Name, batch.First, batch.Mails, batch.Scores), cancel);
}
