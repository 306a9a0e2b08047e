using Sekisho.Gateway;
using Sekisho.Gateway.Inspect;
using Sekisho.Incidents;

namespace Sekisho.Pages.Rehearse;

/// <summary>How far a rehearsal has come.</summary>
/// <param name="Result">Set when it is done.</param>
/// <param name="Done">0 to 1.</param>
/// <param name="Failed">It broke off; asked for again, it is tried again.</param>
/// <param name="Busy">Too many wait already; nothing was begun.</param>
public sealed record RehearsalState(Rehearsed? Result, double Done, bool Failed = false, bool Busy = false);

/// <summary>
/// Plays incidents in the background, one at a time, and keeps the last results for as long as the policy that decided them is in force. Bounded: so many wait, so many are kept, and none runs
/// longer than <see cref="Longest"/>.
/// </summary>
public sealed class RehearsalRoom(GatewayHost gateway, TimeProvider time) : IDisposable
{
    /// <summary>The longest a rehearsal may take; what is not counted by then is said to be so.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private const int MaxKept = 256;
    private const int MaxWaiting = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Play> _plays = [];
    private readonly LinkedList<Key> _order = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private InspectionRoom? _room;
    private object? _roomFor;
    private int _waiting;

    /// <summary>The result, or how far it is; begins it when nobody has. Waits a moment for one that is soon done.</summary>
    /// <param name="incident">Which.</param>
    /// <param name="reading">0-based; throws <see cref="ArgumentOutOfRangeException"/> when it has not so many.</param>
    /// <param name="patience">How long to wait.</param>
    public async Task<RehearsalState> AskAsync(Incident incident, int reading, TimeSpan patience, CancellationToken cancel)
    {
        var config = gateway.Config;
        var key = new Key(incident.Id, reading, config.Config.Policy.Version);
        var variants = Reenactment.For(incident).Variants;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(reading, variants.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(reading);
        Play? play;
        lock (_lock)
        {
            if (!_plays.TryGetValue(key, out play) || play.Failed)
            {
                if (_waiting >= MaxWaiting)
                {
                    return new RehearsalState(Result: null, 0, Busy: true);
                }

                Forget(key);
                _waiting++;
                play = new Play();
                _plays.Add(key, play);
                _order.AddLast(key);
                while (_order.Count > MaxKept)
                {
                    Forget(_order.First!.Value);
                }

                play.Task = RunAsync(play, config, variants[reading], incident.Mechanism == Mechanisms.SystemMisrouting);
            }
        }

        try
        {
            await play.Task.WaitAsync(patience, time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The page says how far it is.
        }

        return new RehearsalState(play.Result, play.Done, play.Failed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closing.Cancel();
        // One under way ends by itself at the token; the room it looks through goes with it.
        if (_one.Wait(TimeSpan.FromSeconds(5)))
        {
            _room?.Dispose();
        }
    }

    private async Task RunAsync(Play play, EffectiveConfig config, ReenactmentVariant variant, bool faultyCarrier)
    {
        try
        {
            await _one.WaitAsync(_closing.Token).ConfigureAwait(false);
            try
            {
                using var longest = new CancellationTokenSource(Longest, time);
                using var late = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, longest.Token);
                // On a thread of its own: the pool is for pages.
                play.Result = await Task.Factory.StartNew(
                    () => new Rehearsal(config, RoomFor(config).Engine, variant, faultyCarrier, time).Play(play, late.Token),
                    CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            }
            finally
            {
                _one.Release();
            }
        }
        catch (Exception)
        {
            // Nobody's mail hangs on it; the page says that it broke off, and asking again tries again.
            play.Failed = true;
        }
        finally
        {
            lock (_lock)
            {
                _waiting--;
            }
        }
    }

    // Only ever called by the one that runs.
    private InspectionRoom RoomFor(EffectiveConfig config)
    {
        if (_room is null)
        {
            _room = new InspectionRoom(config.Config, time);
        }
        else if (!ReferenceEquals(_roomFor, config.Config))
        {
            _room.Reload(config.Config);
        }

        _roomFor = config.Config;
        return _room;
    }

    private void Forget(Key key)
    {
        if (_plays.Remove(key))
        {
            _order.Remove(key);
        }
    }

    private sealed record Key(string Incident, int Reading, string Policy);

    private sealed class Play : IProgress<double>
    {
        private double _done;

        public Task Task { get; set; } = Task.CompletedTask;

        public Rehearsed? Result { get; set; }

        public bool Failed { get; set; }

        public double Done => Volatile.Read(ref _done);

        public void Report(double value) => Volatile.Write(ref _done, value);
    }
}
