using System.Threading.Channels;
using Sekisho.Gateway.Notify;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway.Inspect;

/// <summary>
/// Looks at what was accepted and records the verdicts. Law 7: whatever fails here (a crash, a time-out, a message that cannot be read)
/// ends as a hold with the finding <c>uninspectable</c>, never as a silent pass.
/// </summary>
internal sealed class InspectionWorker(IStore store, Func<InspectionEngine> engine, IRecentMail recent, LiveConfig live, NoteDesk notes, TimeProvider time, Action<string> say) : IDisposable
{
    /// <summary>How long a claim on a submission lasts.</summary>
    public static readonly TimeSpan LeaseFor = TimeSpan.FromMinutes(10);

    /// <summary>Claims without a result after which a message is taken to be what brings the process down.</summary>
    private const int MaxClaims = 3;

    private const int LargeMessage = 1024 * 1024;

    private const int WithFiles = 32 * 1024;

    private const long MaxHeapAfterLarge = 96L * 1024 * 1024;

    private readonly Channel<Delivery> _queue = Channel.CreateUnbounded<Delivery>();
    private readonly StoreCorrespondence _correspondence = new(store);
    private readonly SemaphoreSlim _large = new(1, 1);
    private int _waiting;

    /// <summary>Called with deliveries that may leave now, leased, and all recipients of their submission.</summary>
    public required Action<IReadOnlyList<Delivery>, IReadOnlyCollection<string>> Ready { get; init; }

    /// <summary>Called with what was decided of a mail: its name, how many findings, the verdicts, and how long it took.</summary>
    public Action<string, int, IReadOnlyList<Verdict>, TimeSpan>? Judged { get; init; }

    /// <summary>Raised with the moment from which something that was decided may leave.</summary>
    public event Action<DateTimeOffset>? Deferred;

    /// <summary>Submissions taken but not finished.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Takes one leased submission.</summary>
    public void Enqueue(Delivery delivery)
    {
        Interlocked.Increment(ref _waiting);
        _queue.Writer.TryWrite(delivery);
    }

    /// <summary>Runs until <paramref name="drain"/>; what is queued then stays in the store for the next start.</summary>
    public async Task RunAsync(CancellationToken drain)
    {
        // Most of a hand's time is waiting for the store's group commit, so there are many more hands than cores.
        await Task.WhenAll(Enumerable.Range(0, 48).Select(_ => HandAsync(drain))).ConfigureAwait(false);
    }

    private async Task HandAsync(CancellationToken drain)
    {
        await Task.Yield();
        try
        {
            while (!drain.IsCancellationRequested)
            {
                var delivery = await _queue.Reader.ReadAsync(drain).ConfigureAwait(false);
                try
                {
                    await WorkAsync(delivery, drain).ConfigureAwait(false);
                }
                catch (Exception e)
                {
                    // Nothing is lost: the lease runs out and the submission is looked at again.
                    say($"submission {delivery.Submission.Id}: {e.Message}");
                }
                finally
                {
                    Interlocked.Decrement(ref _waiting);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }

    private async Task WorkAsync(Delivery delivery, CancellationToken drain)
    {
        var config = live.Current;
        var began = time.GetTimestamp();
        using var seen = await LookAsync(delivery, config).ConfigureAwait(false);
        var result = seen.Result;
        var decision = config.Config.Policy.Decide(result, seen.Input, config.Config.People);
        var now = time.GetUtcNow();
        var authors = seen.Body is null ? null : Hold.Authors.Of(seen.Input.Message);
        var plans = Planner.Plan(delivery.Recipients, decision.Verdicts, now);
        var record = new InspectionRecord
        {
            Subject = result.Facts.Subject,
            MessageId = result.Facts.MessageId,
            Authors = authors,
            PolicyVersion = decision.PolicyVersion,
            PolicyText = config.Config.Policy.CanonicalText,
            Findings = result.Findings,
            Plans = plans,
            Learnt = Planner.LearntFrom(result.Facts, result.Findings, decision.Verdicts, config.Organisation.ForSender(delivery.Submission.MailFrom), delivery.Submission.ReceivedAt),
            Scores = result.Scores,
            Recent = result.Recent,
            Notes = notes.Stopped(config, delivery.Submission, authors ?? [], result, decision, now),
            StopRunTemplate = decision.Verdicts.Any(v => v.StopRun) ? result.Recent?.TemplateKey : null,
        };
        Failpoints.Hit("inspect.before-record");
        var ready = await StorePatience.RunAsync(() => store.RecordInspectionAsync(delivery.Lease!, record, Deliver.DeliveryWorker.LeaseFor, CancellationToken.None), time, say, drain).ConfigureAwait(false);
        Failpoints.Hit("inspect.after-record");
        if (ready is null)
        {
            return;
        }

        Judged?.Invoke(delivery.Submission.Id, result.Findings.Count, decision.Verdicts, time.GetElapsedTime(began));
        Ready(ready, [.. delivery.Recipients.Select(r => r.Address)]);
        foreach (var due in plans.Select(p => p.NotBefore ?? (p.State == DeliveryState.Approval && p.Terms.Within is { } within ? now + within : null)).OfType<DateTimeOffset>().Distinct())
        {
            Deferred?.Invoke(due);
        }

        if (record.Notes.Count > 0)
        {
            Deferred?.Invoke(now);
        }
    }

    private async Task<Seen> LookAsync(Delivery delivery, EffectiveConfig config)
    {
        var submission = delivery.Submission;
        var recipients = delivery.Recipients.Select(r => r.Address).ToList();
        if (delivery.Lease!.Fence > MaxClaims)
        {
            // It was claimed again and again and never came to an end: perhaps it is what kills the process.
            return Blind(delivery, recipients, config, "the inspection of this message did not end, several times");
        }

        var large = submission.Size > LargeMessage;
        if (large)
        {
            await _large.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        try
        {
            return await LookInTimeAsync(delivery, recipients, config).ConfigureAwait(false);
        }
        finally
        {
            if (large)
            {
                _large.Release();
                GiveBack();
            }
        }
    }

    /// <summary>
    /// The texts of a large message are large objects, which the collector leaves lying until it has a reason; on a machine with much memory
    /// it finds none for a gigabyte. A gateway is a guest on a mail server: past a bound it cleans up at once (law 9).
    /// </summary>
    private static void GiveBack()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) > MaxHeapAfterLarge)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private async Task<Seen> LookInTimeAsync(Delivery delivery, List<string> recipients, EffectiveConfig config)
    {
        var submission = delivery.Submission;
        var body = store.Spool.Open(submission.Body, submission.Size);
        using var limit = new CancellationTokenSource(config.Config.Limits.InspectionTime, time);
        // A mail with files waits for programs and scanners, on its thread: one of its own, so that small mail finds the pool free.
        var look = submission.Size > WithFiles
            ? Task.Factory.StartNew(() => Look(submission, body, recipients, config, limit.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : Task.Run(() => Look(submission, body, recipients, config, limit.Token), CancellationToken.None);
        try
        {
            // The rules watch the token; one that does not is left behind a little later.
            return await look.WaitAsync(config.Config.Limits.InspectionTime + TimeSpan.FromSeconds(2), time).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // A rule that was left behind may still be reading: the bytes stay mapped until it comes back.
            _ = look.ContinueWith(_ => body.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            var reason = e is TimeoutException or OperationCanceledException ? "the inspection ran out of time" : $"the inspection failed: {e.GetType().Name}";
            say($"submission {submission.Id}: {reason}: {e.Message}");
            return Blind(delivery, recipients, config, reason);
        }
    }

    private Seen Look(Submission submission, IBodyLease body, List<string> recipients, EffectiveConfig config, CancellationToken cancel)
    {
        Failpoints.Hit("inspect.look");
        var input = InputOf(submission, recipients, MimeMessage.Parse(body.Bytes));
        var organisation = config.Organisation.ForSender(submission.MailFrom);
        return new Seen(engine().Inspect(input, organisation, _correspondence, recent, config.Config.Policy.Settings, cancel), input, body);
    }

    private static InspectionInput InputOf(Submission submission, List<string> recipients, MimeMessage message) => new()
    {
        Id = submission.Id,
        Message = message,
        MailFrom = submission.MailFrom,
        Recipients = recipients,
        User = submission.User,
        ReceivedAt = submission.ReceivedAt,
    };

    private static Seen Blind(Delivery delivery, List<string> recipients, EffectiveConfig config, string reason)
    {
        var organisation = config.Organisation.ForSender(delivery.Submission.MailFrom);
        var message = MimeMessage.Parse(ReadOnlyMemory<byte>.Empty);
        var envelope = recipients.ConvertAll(given => EnvelopeRecipient.Of(given, organisation));
        var finding = new Finding
        {
            Rule = RuleNames.Uninspectable,
            Severity = Severity.High,
            Summary = new Summary("This mail could not be inspected, so it waits.", "このメールは検査できなかったため、送信を保留しています。"),
            Evidence = [reason],
            Recipients = [.. envelope.Where(r => !r.Inside).Select(r => r.Given)],
        };
        var facts = new MessageFacts { Message = message, Recipients = envelope, Subject = delivery.Submission.Subject };
        return new Seen(new InspectionResult([finding], facts, Recent: null), InputOf(delivery.Submission, recipients, message), Body: null);
    }

    public void Dispose() => _large.Dispose();

    /// <summary>What was seen, with the bytes it was read from: facts are read lazily, so they live until the verdict stands.</summary>
    private sealed record Seen(InspectionResult Result, InspectionInput Input, IBodyLease? Body) : IDisposable
    {
        public void Dispose() => Body?.Dispose();
    }
}
