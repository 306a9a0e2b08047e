using System.Security.Cryptography;
using System.Text.Json;
using Sekisho.Audit.Archives;
using Sekisho.Inspection;

namespace Sekisho.Audit.Run;

/// <summary>
/// Judges the mails of an archive in date order, each with the history there was then. Workers read mails ahead; one stage that keeps the order asks what depends on the mails before, decides,
/// counts and learns. The same archive and plan give the same report, whatever the number of workers and however often the run was stopped.
/// </summary>
public sealed class AuditRun(IMailArchive archive, AuditPlan plan, InspectionEngine engine, StateFolder folder, TimeProvider time, Action<string> say)
{
    /// <summary>Lessons given to the store at a time.</summary>
    private const int BatchOfLessons = 500;

    private const int MailsAtATime = 8;

    private const int BytesAtATime = 512 * 1024;

    /// <summary>Batches read ahead for each worker: enough that a mail that takes long does not leave the others idle, few enough that what was read is judged before the collector has to move it.</summary>
    private const int BatchesAhead = 3;

    /// <summary>Bytes from which nothing more is read ahead, so that memory does not grow with the largest mail times the number of batches.</summary>
    private const long BytesAhead = 4 * 1024 * 1024;

    /// <summary>Saving may take at most this share of the time.</summary>
    private const double SavingShare = 0.05;

    private readonly Organisation _organisation = new(plan.Domains, plan.Partners);
    private bool _cannotSave;
    private double _secondsBefore;
    private long _started;

    /// <summary>Told while mails are judged; many times a second.</summary>
    public IProgress<AuditProgress>? Progress { get; init; }

    /// <summary>Takes what is learnt, or null.</summary>
    public ILessonTaker? Learner { get; init; }

    /// <summary>How long a killed run may have to do again, at least; zero: as little as can be.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>True where nothing is saved on the way.</summary>
    public bool WithoutCheckpoints { get; init; }

    /// <summary>
    /// Runs to the end, from where a run before was stopped if there was one. Throws <see cref="OperationCanceledException"/> when cancelled, after saving how far it came. The outcome holds the
    /// state's files open until it is disposed; call <see cref="AuditOutcome.Finish"/> when the report is written.
    /// </summary>
    public Task<AuditOutcome> RunAsync(CancellationToken cancel) => Task.Run(() => WorkAsync(cancel), CancellationToken.None);

    private async Task<AuditOutcome> WorkAsync(CancellationToken cancel)
    {
        _started = time.GetTimestamp();
        var state = Begin(cancel);
        try
        {
            _secondsBefore = state.SecondsBefore;
            await JudgeAsync(state, cancel).ConfigureAwait(false);
            if (Learner is not null)
            {
                await Learner.TakeAsync(new LessonBatch(state.LessonsGiven, state.Lessons, state.History.Curves()), cancel).ConfigureAwait(false);
            }

            return new AuditOutcome(state, folder, ReportMaker.Make(archive, plan, state) with { Seconds = Seconds, PeakBytes = ProcessMemory.Peak() });
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    private double Seconds => _secondsBefore + time.GetElapsedTime(_started).TotalSeconds;

    private RunState Begin(CancellationToken cancel)
    {
        try
        {
            if (!WithoutCheckpoints && RunState.Saved(folder, plan.Policies.Count, Binding, cancel) is { } saved)
            {
                say($"going on after {saved.Position:N0} of {archive.Count:N0} messages, where an earlier run was stopped");
                return saved;
            }
        }
        catch (InvalidDataException e)
        {
            say($"the state of an earlier run in {folder.Path} is not used, {e.Message}: beginning anew");
        }

        return RunState.New(folder, plan.Policies.Count);
    }

    private async Task JudgeAsync(RunState state, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var looker = new MailLooker(archive, engine, _organisation, plan);
        var workers = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(1, plan.Jobs)).ConcurrentScheduler;
        var ahead = new Queue<(Task<PreparedMail[]> Mails, long Bytes)>();
        var bytesAhead = 0L;
        var next = state.Position;
        var saved = (At: time.GetTimestamp(), Took: TimeSpan.Zero);
        try
        {
            while (true)
            {
                while (next < archive.Count && (ahead.Count == 0 || (ahead.Count <= BatchesAhead * plan.Jobs && bytesAhead < BytesAhead)))
                {
                    var (from, to, bytes) = (next, next = EndOfBatch(next, out var size), size);
                    ahead.Enqueue((Task.Factory.StartNew(() => Prepare(looker, from, to, stop.Token), CancellationToken.None, TaskCreationOptions.None, workers), bytes));
                    bytesAhead += bytes;
                }

                if (!ahead.TryDequeue(out var first))
                {
                    return;
                }

                bytesAhead -= first.Bytes;
                var batch = await first.Mails.ConfigureAwait(false);
                foreach (var mail in batch)
                {
                    cancel.ThrowIfCancellationRequested();
                    await TakeAsync(state, looker, mail, cancel).ConfigureAwait(false);
                }

                Progress?.Report(new AuditProgress(AuditPhase.Judging, state.Bytes, archive.Bytes, state.Messages));
                if (time.GetElapsedTime(saved.At) >= SaveEvery && (SaveEvery == TimeSpan.Zero || time.GetElapsedTime(saved.At) * SavingShare >= saved.Took))
                {
                    var began = time.GetTimestamp();
                    Save(state);
                    saved = (time.GetTimestamp(), time.GetElapsedTime(began));
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Save(state);
            throw;
        }
        finally
        {
            // The archive must not be closed under a worker that still reads.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(ahead.Select(a => a.Mails)).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private int EndOfBatch(int from, out long bytes)
    {
        var to = from;
        for (bytes = 0; to < archive.Count && to - from < MailsAtATime && (to == from || bytes + archive[to].Length <= BytesAtATime); to++)
        {
            bytes += archive[to].Length;
        }

        return to;
    }

    private static PreparedMail[] Prepare(MailLooker looker, int from, int to, CancellationToken cancel)
    {
        var mails = new PreparedMail[to - from];
        for (var i = 0; i < mails.Length; i++)
        {
            mails[i] = looker.Prepare(from + i, cancel);
        }

        return mails;
    }

    private async ValueTask TakeAsync(RunState state, MailLooker looker, PreparedMail prepared, CancellationToken cancel)
    {
        // Before a mail, not after it: what was stopped here is then exactly between two mails.
        if (Learner is not null && state.Lessons.Count >= BatchOfLessons)
        {
            await Learner.TakeAsync(new LessonBatch(state.LessonsGiven, [.. state.Lessons], Scores: null), cancel).ConfigureAwait(false);
            state.LessonsGiven += state.Lessons.Count;
            state.Lessons.Clear();
        }

        var lesson = Take(state, looker, prepared);
        state.Position++;
        state.Bytes += prepared.Where.Length;
        if (Learner is not null && lesson is not null)
        {
            state.Lessons.Add(lesson);
        }
    }

    private LearntMail? Take(RunState state, MailLooker looker, PreparedMail prepared)
    {
        if (prepared.Mail is not { } mail)
        {
            state.AddBroken(MailArchive.PlaceOf(archive, state.Position), prepared.Broken ?? "cannot be read");
            return null;
        }

        state.Messages++;
        var at = prepared.Where.At;
        if (!state.IsNew(mail, at))
        {
            state.Repeated++;
            return null;
        }

        if (!mail.FromInside)
        {
            state.Incoming++;
            return state.History.Learn(prepared.Lesson);
        }

        return Judge(state, looker, prepared, mail, at);
    }

    private LearntMail? Judge(RunState state, MailLooker looker, PreparedMail prepared, PastMail mail, DateTimeOffset at)
    {
        var results = looker.Finish(prepared, state.History);
        JudgedMail? first = null;
        for (var i = 0; i < plan.Policies.Count; i++)
        {
            var result = results[looker.ResultOf(i)];
            var judged = new JudgedMail(mail, archive, state.Position, prepared.Where, result, plan.Policies[i].Policy.Decide(result, prepared.Input!));
            first ??= judged;
            state.Tallies[i].Add(judged);
            if (IncidentMaker.Of(judged) is { } incident)
            {
                state.Incidents[i].Add(incident);
            }
        }

        state.Outside += first!.GoesOutside ? 1 : 0;
        state.Exposure.Add(first.Result, at);
        state.History.Score(first.Result.Scores);
        return state.History.Learn(first.Result, first.Decision, prepared.Lesson);
    }

    private void Save(RunState state)
    {
        if (WithoutCheckpoints)
        {
            return;
        }

        try
        {
            state.Save(Binding, Seconds);
            _cannotSave = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_cannotSave)
            {
                say($"how far it is cannot be saved ({e.Message}); going on, but a run that is stopped now begins from the last save");
            }

            _cannotSave = true;
        }
    }

    private byte[] Binding => field ??= SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        archive.Fingerprint,
        plan.Domains,
        plan.Partners,
        Policies = plan.Policies.Select(p => p.Policy.Version),
        plan.Engine,
        Learner = Learner?.Name,
        Build = typeof(AuditRun).Module.ModuleVersionId,
        Rules = typeof(InspectionEngine).Module.ModuleVersionId,
    }));
}
