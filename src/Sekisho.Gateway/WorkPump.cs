using Sekisho.Gateway.Deliver;
using Sekisho.Gateway.Hold;
using Sekisho.Gateway.Inspect;
using Sekisho.Gateway.Intake;
using Sekisho.Storage;

namespace Sekisho.Gateway;

/// <summary>
/// Brings waiting work to the hands: what was left by a crash, what is due again, what another process released, timers that ran out.
/// Fresh mail does not pass here; it goes from intake to inspection to delivery in memory, leased all the way.
/// </summary>
internal sealed class WorkPump(IStore store, string owner, InspectionWorker inspection, DeliveryWorker delivery, DecisionDesk desk, IntakeGate gate, TimeProvider time, Action<string> say)
{
    /// <summary>Called with the numbers each time they were counted.</summary>
    public Action<StoreCounts>? Counted { get; init; }

    private const int Batch = 256;

    /// <summary>No more than this is taken into memory ahead of the hands.</summary>
    private const int MaxAhead = 2048;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Looked at without a reason at least this often: a lease that ran out announces nothing.</summary>
    private static readonly TimeSpan s_passEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_countEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private DateTimeOffset _due = DateTimeOffset.MinValue;

    /// <summary>Called before each look, so that what another process changed counts.</summary>
    public Action? EachPass { get; init; }

    /// <summary>Something becomes due at this moment.</summary>
    public void DueAt(DateTimeOffset moment)
    {
        lock (_gate)
        {
            if (moment < _due)
            {
                _due = moment;
            }
        }
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        long counter = -1;
        long counted = 0;
        long passed = 0;
        using var timer = new PeriodicTimer(s_pause, time);
        try
        {
            do
            {
                try
                {
                    var seen = await store.ChangeCounterAsync(cancel).ConfigureAwait(false);
                    if (seen != counter || IsDue() || time.GetElapsedTime(passed) > s_passEvery)
                    {
                        counter = seen;
                        passed = time.GetTimestamp();
                        await PassAsync(cancel).ConfigureAwait(false);
                    }

                    if (counted == 0 || time.GetElapsedTime(counted) > s_countEvery)
                    {
                        counted = time.GetTimestamp();
                        var counts = await store.CountsAsync(cancel).ConfigureAwait(false);
                        gate.Backlog = counts.Inspecting + counts.Ready;
                        Counted?.Invoke(counts);
                    }
                }
                catch (StoreException e)
                {
                    say($"store: {e.Message}");
                }
            }
            while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }

    private bool IsDue()
    {
        lock (_gate)
        {
            return _due <= time.GetUtcNow();
        }
    }

    private async Task PassAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            _due = DateTimeOffset.MaxValue;
        }

        EachPass?.Invoke();
        foreach (var held in await store.DueTimersAsync(Batch, cancel).ConfigureAwait(false))
        {
            await desk.TimeIsUpAsync(held, cancel).ConfigureAwait(false);
        }

        foreach (var held in await store.DueDeadlinesAsync(Batch, cancel).ConfigureAwait(false))
        {
            await desk.TimeIsUpAsync(held, cancel).ConfigureAwait(false);
        }

        while (inspection.Waiting < MaxAhead)
        {
            var leased = await store.LeaseAsync(DeliveryState.Inspecting, Batch, owner, InspectionWorker.LeaseFor, cancel).ConfigureAwait(false);
            foreach (var one in leased)
            {
                inspection.Enqueue(one);
            }

            if (leased.Count < Batch)
            {
                break;
            }
        }

        while (delivery.Waiting < MaxAhead)
        {
            var leased = await store.LeaseAsync(DeliveryState.Ready, Batch, owner, DeliveryWorker.LeaseFor, cancel).ConfigureAwait(false);
            foreach (var group in leased.GroupBy(d => d.Submission.Id, StringComparer.Ordinal))
            {
                delivery.Enqueue([.. group], envelope: null);
            }

            if (leased.Count < Batch)
            {
                break;
            }
        }

        var next = await store.NextDueAsync(cancel).ConfigureAwait(false) ?? DateTimeOffset.MaxValue;
        var full = inspection.Waiting >= MaxAhead || delivery.Waiting >= MaxAhead;
        lock (_gate)
        {
            // What lies behind a full queue is due as soon as there is room: the next tick looks again. A moment announced meanwhile stays.
            _due = full ? DateTimeOffset.MinValue : next < _due ? next : _due;
        }
    }
}
