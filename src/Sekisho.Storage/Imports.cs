using Sekisho.Inspection;

namespace Sekisho.Storage;

/// <summary>Lessons of one stretch of an archive of past mail.</summary>
/// <param name="Archive">A digest of the archive and of what it was judged by: the same one gives the same lessons in the same order.</param>
/// <param name="First">Which of the archive's lessons the first of <paramref name="Mails"/> is, counted from 0.</param>
/// <param name="Mails">The lessons.</param>
/// <param name="Scores">With the last stretch: how all of the archive's mails scored, by rule; else null.</param>
public sealed record ArchiveLessons(string Archive, long First, IReadOnlyList<LearntMail> Mails, IReadOnlyDictionary<string, ScoreCurve>? Scores);

/// <summary>How far an archive was learnt.</summary>
/// <param name="Mails">Lessons taken in.</param>
/// <param name="FinishedAt">When the last one was; null while some are missing.</param>
public sealed record ImportState(long Mails, DateTimeOffset? FinishedAt);

/// <summary>Learning from archives, each lesson once however often it is given.</summary>
public interface IImportStore
{
    /// <summary>
    /// Learns what was not learnt before: lessons it has of this archive (given again after a stop) are passed over. Several transactions, each noting how far it is. Throws
    /// <see cref="ArgumentException"/> for a stretch that leaves a gap.
    /// </summary>
    Task LearnAsync(ArchiveLessons lessons, CancellationToken cancel);

    /// <summary>How far an archive was learnt; null for one never seen.</summary>
    Task<ImportState?> FindAsync(string archive, CancellationToken cancel);
}
