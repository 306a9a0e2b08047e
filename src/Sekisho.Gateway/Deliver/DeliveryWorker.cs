using System.Threading.Channels;
using Sekisho.Gateway.Administration;
using Sekisho.Gateway.Notify;
using Sekisho.Smtp;
using Sekisho.Storage;

namespace Sekisho.Gateway.Deliver;

/// <summary>
/// Sends leased deliveries and records what became of them. Each carries an attempt row written before any byte leaves; the result is
/// written before the next is taken from the same submission's queue, so a crash can only ever repeat, and says so (law 8).
/// </summary>
internal sealed class DeliveryWorker(IStore store, IOutgoing outgoing, LiveConfig live, TimeProvider time, string hostName, Action<string> say) : IDisposable
{
    /// <summary>How long a claim on a delivery lasts; longer than any phase of SMTP takes.</summary>
    public static readonly TimeSpan LeaseFor = TimeSpan.FromMinutes(20);

    private const int LargeMessage = 1024 * 1024;
    private const int MaxLarge = 4;

    private static readonly TimeSpan s_renewAfter = TimeSpan.FromMinutes(1);
    private static readonly bool s_misroute = Environment.GetEnvironmentVariable("SEKISHO_FAULT") == "misroute";

    private readonly Channel<Item> _queue = Channel.CreateUnbounded<Item>();
    private readonly StopGuard _stops = new(store, time);
    private readonly SemaphoreSlim _large = new(MaxLarge, MaxLarge);
    private int _waiting;
    private int _sent;

    /// <summary>Called with what an attempt brought, and how long it took.</summary>
    public Action<Delivery, IReadOnlyList<RecipientResult>, TimeSpan>? Attempted { get; init; }

    /// <summary>Raised with the moment of the earliest retry a result asked for.</summary>
    public event Action<DateTimeOffset>? Deferred;

    /// <summary>The last answer that was no delivery, or null.</summary>
    public DeliveryTrouble? LastTrouble { get; private set; }

    /// <summary>Deliveries taken but not finished.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Takes leased deliveries of one submission. <paramref name="envelope"/>: all its recipients where known.</summary>
    public void Enqueue(IReadOnlyList<Delivery> deliveries, IReadOnlyCollection<string>? envelope)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        var shared = new SharedMessage(store, deliveries[0].Submission, envelope, deliveries.Count);
        var now = time.GetTimestamp();
        Interlocked.Add(ref _waiting, deliveries.Count);
        foreach (var delivery in deliveries)
        {
            _queue.Writer.TryWrite(new Item(delivery, shared, now));
        }
    }

    /// <summary>Runs until <paramref name="drain"/>; then what is under way is finished and the rest is given back.</summary>
    public async Task RunAsync(CancellationToken drain)
    {
        // Twice as many hands as ways out: while one waits for the disk, another sends.
        var hands = Enumerable.Range(0, outgoing.Concurrency * 2).Select(_ => HandAsync(drain)).ToArray();
        await Task.WhenAll(hands).ConfigureAwait(false);
        await outgoing.CloseAsync().ConfigureAwait(false);
    }

    private async Task HandAsync(CancellationToken drain)
    {
        await Task.Yield();
        while (await NextAsync(drain).ConfigureAwait(false) is { } item)
        {
            try
            {
                await WorkAsync(item, drain).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Nothing is lost: the lease runs out and the delivery is tried again.
                say($"delivery {item.Delivery.Id}: {e.Message}");
            }
            finally
            {
                item.Shared.Release();
                Interlocked.Decrement(ref _waiting);
            }
        }
    }

    private async ValueTask<Item?> NextAsync(CancellationToken drain)
    {
        if (_queue.Reader.TryRead(out var ready))
        {
            return ready;
        }

        try
        {
            return await _queue.Reader.ReadAsync(drain).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return _queue.Reader.TryRead(out var left) ? left : null;
        }
    }

    private async Task WorkAsync(Item item, CancellationToken drain)
    {
        var delivery = item.Delivery;
        var lease = delivery.Lease!;
        if (drain.IsCancellationRequested || await PatientlyAsync(() => _stops.IsStoppedAsync(delivery, CancellationToken.None).AsTask(), drain).ConfigureAwait(false))
        {
            await PatientlyAsync(() => store.ReturnAsync(lease, CancellationToken.None), drain).ConfigureAwait(false);
            return;
        }

        if (time.GetElapsedTime(item.Since) > s_renewAfter && !await PatientlyAsync(() => store.RenewAsync(lease, LeaseFor, CancellationToken.None), drain).ConfigureAwait(false))
        {
            return;
        }

        var began = time.GetTimestamp();
        var results = await SendInTurnAsync(item, drain).ConfigureAwait(false);
        if (results is null)
        {
            await PatientlyAsync(() => store.ReturnAsync(lease, CancellationToken.None), drain).ConfigureAwait(false);
            return;
        }

        var config = live.Current;
        var now = time.GetUtcNow();
        var attempts = Math.Max(1, delivery.Attempts);
        results = ExpireOld(results, delivery, config.Config.Relay.Expire, now);
        var retryAt = results.Exists(r => r.Reply.StartsWith(SealBroken, StringComparison.Ordinal)) ? now.AddSeconds(1) : Retry.Next(config.Config.Relay, attempts, now);
        if (results.Find(r => r.Outcome != Outcome.Delivered) is { } trouble)
        {
            LastTrouble = new DeliveryTrouble(now, trouble.Reply);
        }

        Failpoints.Hit("deliver.before-record");
        var reports = NoteDesk.Reports(config, delivery, item.Shared.Bytes, results, !outgoing.Reports, hostName, now);
        await PatientlyAsync(() => store.EndAttemptAsync(lease, results, retryAt, reports, CancellationToken.None), drain).ConfigureAwait(false);
        Failpoints.Hit("deliver.after-record");
        Attempted?.Invoke(delivery, results, time.GetElapsedTime(began));
        if (results.Exists(r => r.Outcome is Outcome.Pending or Outcome.Unknown))
        {
            Deferred?.Invoke(retryAt);
        }

        if (reports.Count > 0)
        {
            Deferred?.Invoke(now);
        }
    }

    private Task<T> PatientlyAsync<T>(Func<Task<T>> write, CancellationToken drain) => StorePatience.RunAsync(write, time, say, drain);

    private Task PatientlyAsync(Func<Task> write, CancellationToken drain) => StorePatience.RunAsync(write, time, say, drain);

    private const string SealBroken = "not sent: ";

    /// <summary>Large messages are mapped whole while they are sent; only a few at a time may be (law 9).</summary>
    private async Task<List<RecipientResult>?> SendInTurnAsync(Item item, CancellationToken drain)
    {
        if (item.Delivery.Submission.Size <= LargeMessage)
        {
            return await SendAsync(item, drain).ConfigureAwait(false);
        }

        await _large.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            return drain.IsCancellationRequested ? null : await SendAsync(item, drain).ConfigureAwait(false);
        }
        finally
        {
            _large.Release();
        }
    }

    /// <summary>Null: cancelled before anything was sent.</summary>
    private async Task<List<RecipientResult>?> SendAsync(Item item, CancellationToken drain)
    {
        var delivery = item.Delivery;
        var config = live.Current;
        CopyMaker copies;
        try
        {
            copies = await item.Shared.OpenAsync(config, () => config.Config.Relay.AddReceived ? Trace(delivery.Submission) : null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            say($"delivery {delivery.Id}: {e.Message}");
            return [.. delivery.Recipients.Select(r => new RecipientResult(r.Ordinal, Outcome.Pending, e.Message))];
        }

        var recipients = s_misroute ? Misroute(delivery.Recipients) : delivery.Recipients;
        var stranger = recipients.FirstOrDefault(r => !RecipientSeal.Verify(delivery.Submission, r));
        if (stranger is not null)
        {
            // Law 2, checked at the last moment: an address that was not in the envelope when the mail was accepted gets nothing,
            // whatever went wrong in between. The next attempt reads the envelope anew.
            say($"delivery {delivery.Id}: {SealBroken}an address is not in the envelope of submission {delivery.Submission.Id}");
            return [.. delivery.Recipients.Select(r => new RecipientResult(r.Ordinal, Outcome.Pending, SealBroken + "the recipients are not those of the envelope"))];
        }

        var results = new List<RecipientResult>(recipients.Count);
        foreach (var chunk in recipients.Chunk(outgoing.TakesAllAtOnce ? Math.Max(1, recipients.Count) : config.Config.Relay.MaxRecipients))
        {
            SmtpSendResult sent;
            try
            {
                Failpoints.Hit("deliver.before-send");
                // Once a part of the recipients has it, the rest is not called off: their results belong into one record.
                var giveUp = results.Count == 0 ? drain : CancellationToken.None;
                sent = await outgoing.SendAsync(delivery, chunk, copies.For(delivery.Copy, chunk[0]), giveUp).ConfigureAwait(false);
                Failpoints.Hit("deliver.after-send");
            }
            catch (OperationCanceledException) when (results.Count == 0)
            {
                return null;
            }

            for (var i = 0; i < chunk.Length; i++)
            {
                results.Add(ResultOf(sent, chunk[i].Ordinal, i));
            }
        }

        return results;
    }

    private static RecipientResult ResultOf(SmtpSendResult sent, int ordinal, int index)
    {
        if (sent.Stage == SmtpSendStage.ReplyLost)
        {
            return new RecipientResult(ordinal, Outcome.Unknown, $"the reply to the message was lost: {sent.Error}");
        }

        var reply = sent.Recipients[index] ?? sent.FinalReply;
        return reply switch
        {
            { IsSuccess: true } when sent.Stage == SmtpSendStage.Answered => new RecipientResult(ordinal, Outcome.Delivered, reply.ToString()),
            { IsPermanent: true } => new RecipientResult(ordinal, Outcome.Bounced, reply.ToString()),
            not null => new RecipientResult(ordinal, Outcome.Pending, reply.ToString()),
            null => new RecipientResult(ordinal, Outcome.Pending, sent.Error ?? "no reply"),
        };
    }

    private static List<RecipientResult> ExpireOld(List<RecipientResult> results, Delivery delivery, TimeSpan expire, DateTimeOffset now)
        => now - (delivery.ReleasedAt ?? delivery.Submission.ReceivedAt) <= expire
            ? results
            : results.ConvertAll(r => r.Outcome is Outcome.Pending or Outcome.Unknown ? r with { Outcome = Outcome.Expired } : r);

    /// <summary>The fault that <c>replay</c> injects to show that the seal holds: now and then another address slips into a delivery.</summary>
    private IReadOnlyList<StoredRecipient> Misroute(IReadOnlyList<StoredRecipient> recipients)
        => Interlocked.Increment(ref _sent) % 7 != 0
            ? recipients
            : [.. recipients.Select(r => r with { Address = $"stranger{_sent}@elsewhere.example" })];

    private string Trace(Submission submission)
        => $"from {(submission.Client.Length > 0 ? submission.Client : "localhost")} by {hostName} (Sekisho) with ESMTP id {submission.Id}; {submission.ReceivedAt.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000";

    public void Dispose()
    {
        _stops.Dispose();
        _large.Dispose();
    }

    private sealed record Item(Delivery Delivery, SharedMessage Shared, long Since);
}
