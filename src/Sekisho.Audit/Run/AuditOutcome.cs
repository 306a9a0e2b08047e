using Sekisho.Audit.Report;
using Sekisho.Inspection;

namespace Sekisho.Audit.Run;

/// <summary>A finished run: the report, and every incident behind it.</summary>
public sealed class AuditOutcome : IDisposable
{
    private readonly RunState _state;
    private readonly StateFolder _folder;

    internal AuditOutcome(RunState state, StateFolder folder, AuditReport report) => (_state, _folder, Report) = (state, folder, report);

    /// <summary>What was found.</summary>
    public AuditReport Report { get; }

    /// <summary>All incidents under a policy, in date order; read from disk as they are asked for.</summary>
    public IEnumerable<AuditIncident> Incidents(int policy) => _state.Incidents[policy].All();

    /// <summary>The report is written: the saved state is removed.</summary>
    public void Finish()
    {
        _state.Dispose();
        _folder.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _state.Dispose();
}

/// <summary>Lessons of one stretch of an archive. The same archive, policy and domains give the same lessons in every run.</summary>
/// <param name="First">Which of the run's lessons the first of <paramref name="Mails"/> is, counted from 0.</param>
/// <param name="Mails">What was learnt, in date order.</param>
/// <param name="Scores">With the last batch: the scores of all, by rule; else null.</param>
public sealed record LessonBatch(long First, IReadOnlyList<LearntMail> Mails, IReadOnlyDictionary<string, ScoreCurve>? Scores);

/// <summary>Takes what an audit learns, batch by batch.</summary>
public interface ILessonTaker
{
    /// <summary>What it fills: a run that was stopped goes on only for the same.</summary>
    string Name { get; }

    /// <summary>Takes a batch. Lessons that were taken before are given again after a stop, and must not count twice.</summary>
    Task TakeAsync(LessonBatch batch, CancellationToken cancel);
}
