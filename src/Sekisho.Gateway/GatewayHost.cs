using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sekisho.Gateway.Administration;
using Sekisho.Gateway.Deliver;
using Sekisho.Gateway.Hold;
using Sekisho.Gateway.Inspect;
using Sekisho.Gateway.Intake;
using Sekisho.Gateway.Notify;
using Sekisho.Gateway.Telemetry;
using Sekisho.Inspection;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Gateway;

/// <summary>
/// The running gateway: doors, inspection, hold, delivery, over one store. Start: <see cref="StartAsync"/>; stop: <see cref="StopAsync"/>,
/// which finishes what is under way and leaves the rest in the store.
/// </summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private static readonly TimeSpan s_recentMail = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_purgeEvery = TimeSpan.FromHours(1);

    private readonly IStore _store;
    private readonly LiveConfig _live;
    private readonly TimeProvider _time;
    private readonly Action<string> _say;
    private readonly string _owner = $"{Environment.MachineName}:{Environment.ProcessId}:{SubmissionId.New(DateTimeOffset.UnixEpoch)[10..]}";
    private readonly string _hostName;
    private readonly RecentMail _recent = new();
    private readonly InspectionRoom _room;
    private readonly NoteDesk _notes;
    private readonly IntakeGate _gate;
    private readonly InspectionWorker _inspection;
    private readonly DeliveryWorker _delivery;
    private readonly WorkPump _pump;
    private readonly Witness _witness;
    private readonly ConnectionCounter _connections = new();
    private readonly CancellationTokenSource _stopInspecting = new();
    private readonly CancellationTokenSource _stopDelivering = new();
    private readonly CancellationTokenSource _stopPumping = new();
    private readonly SemaphoreSlim _accountsGate = new(1);
    private long _accountsVersion = -1;
    private Task _running = Task.CompletedTask;

    /// <summary>Puts the rooms together.</summary>
    /// <param name="store">Open; the caller closes it after <see cref="StopAsync"/>.</param>
    /// <param name="live">The configuration.</param>
    /// <param name="dataDirectory">Where the outbox is when no relay is configured.</param>
    /// <param name="time">The clock.</param>
    /// <param name="say">Takes one line for the administrator.</param>
    /// <param name="realCase">For a rule's name: a real case of the same mistake, told in the notes; or null.</param>
    /// <param name="tell">Takes what happened, for the log that programs read; or null.</param>
    public GatewayHost(IStore store, LiveConfig live, string dataDirectory, TimeProvider time, Action<string> say, Func<string, Summary?>? realCase = null, Action<GatewayEvent>? tell = null)
    {
        (_store, _live, _time, _say) = (store, live, time, say);
        _hostName = System.Net.Dns.GetHostName();
        _gate = new IntakeGate(store, time);
        var notes = _notes = new NoteDesk(realCase);
        Metrics = new GatewayMetrics(time, () => _connections.Open, () => store.Spool.FreeBytes);
        _witness = new Witness(Metrics, tell);
        Desk = new DecisionDesk(store, () => live.Current, notes, time) { Decided = _witness.Decided };
        var relay = live.Current.Config.Relay;
        IOutgoing outgoing = relay.Address is null ? new OutboxOutgoing(dataDirectory) : new RelayOutgoing(relay, _hostName, time);
        _delivery = new DeliveryWorker(store, outgoing, live, time, _hostName, say) { Attempted = _witness.Attempted };
        _room = new InspectionRoom(live.Current.Config, time);
        _inspection = new InspectionWorker(store, () => _room.Engine, _recent, live, notes, time, say) { Ready = _delivery.Enqueue, Judged = _witness.Judged };
        Drafts = new DraftCheck(() => _room.Engine, new StoreCorrespondence(store), _recent.ReadOnly, () => live.Current, time);
        _pump = new WorkPump(store, _owner, _inspection, _delivery, Desk, _gate, time, say) { EachPass = TakeDeputies, Counted = _witness.Counted };
        Keeper = new ConfigKeeper(store, live);
        _delivery.Deferred += _pump.DueAt;
        _inspection.Deferred += _pump.DueAt;
    }

    /// <summary>Where decisions are taken.</summary>
    public DecisionDesk Desk { get; }

    /// <summary>What would become of a message that is not being sent.</summary>
    public DraftCheck Drafts { get; }

    /// <summary>Where the console answers, for links in notes where the file names no address; set once that is known. Null: no links.</summary>
    public string? ConsoleAddress
    {
        get => _notes.ConsoleAddress;
        set => _notes.ConsoleAddress = value;
    }

    /// <summary>The configuration file, as far as the console may change it.</summary>
    public ConfigKeeper Keeper { get; }

    /// <summary>Programs and bounds of the inspection, for looking at stored mail again.</summary>
    public InspectionRoom Room => _room;

    /// <summary>The last answer to a delivery that was none, since the start, or null.</summary>
    public DeliveryTrouble? LastTrouble => _delivery.LastTrouble;

    /// <summary>Mail under way in memory: what may wait gives way to it.</summary>
    public int UnderWay => _inspection.Waiting + _delivery.Waiting;

    /// <summary>Figures for monitors.</summary>
    public GatewayMetrics Metrics { get; }

    /// <summary>One line for the administrator, from a part that runs beside the gateway.</summary>
    public void Say(string line) => _say(line);

    /// <summary>Null when new mail is taken; else why not, in one sentence.</summary>
    public string? NotAccepting() => _stopInspecting.IsCancellationRequested ? "the gateway is stopping" : _gate.Refusal(_live.Current.Config.Limits)?.Text;

    /// <summary>The store.</summary>
    public IStore Store => _store;

    /// <summary>The configuration in force.</summary>
    public EffectiveConfig Config => _live.Current;

    /// <summary>What the inspection lacks on this machine and what follows, a line each.</summary>
    public IReadOnlyList<string> Missing() => _room.Missing();

    /// <summary>Open SMTP connections.</summary>
    public int OpenConnections => _connections.Open;

    /// <summary>Adds the configured listeners to Kestrel. Throws when an address or certificate cannot be used.</summary>
    public void OpenDoors(KestrelServerOptions kestrel)
    {
        var services = new IntakeServices(_store, _live, _gate, _time, AcceptAsync, _say);
        foreach (var listener in _live.Current.Config.Listeners)
        {
            var door = new SmtpDoor(services, listener, _connections, _hostName);
            kestrel.Listen(Endpoints.Resolve(listener.Address), options => options.Run(door.ServeAsync));
        }
    }

    /// <summary>Takes up what an earlier process left and starts the hands.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await _store.ReclaimAsync(_owner, cancel).ConfigureAwait(false);
        _notes.Signer ??= await LinkSigner.OpenAsync(_store.Accounts, cancel).ConfigureAwait(false);
        TakeDeputies();
        _store.Deputies.Changed += TakeDeputies;
        await RefreshAccountsAsync(cancel).ConfigureAwait(false);
        foreach (var (at, note) in await _store.RecentNotesAsync(_time.GetUtcNow() - s_recentMail, cancel).ConfigureAwait(false))
        {
            _recent.Note(note with { At = at });
        }

        await _store.AppendAuditAsync("gateway-started", "gateway", $$"""{"policy":"{{_live.Current.Config.Policy.Version}}"}""", cancel).ConfigureAwait(false);
        var upkeep = new CorrespondenceUpkeep(_store, _live, _time, _say);
        await upkeep.StartAsync(cancel).ConfigureAwait(false);
        _live.Reloaded += OnReloaded;
        _running = Task.WhenAll(
            upkeep.RunAsync(_stopPumping.Token),
            _inspection.RunAsync(_stopInspecting.Token),
            _delivery.RunAsync(_stopDelivering.Token),
            _pump.RunAsync(_stopPumping.Token),
            _live.WatchAsync(_stopPumping.Token),
            WatchAccountsAsync(_stopPumping.Token),
            PurgeAsync(_stopPumping.Token));
    }

    /// <summary>Drains: the doors are closed by now; inspections under way end, then deliveries under way; the rest waits in the store.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        _live.Reloaded -= OnReloaded;
        _store.Deputies.Changed -= TakeDeputies;
        await _stopPumping.CancelAsync().ConfigureAwait(false);
        await _stopInspecting.CancelAsync().ConfigureAwait(false);
        await _stopDelivering.CancelAsync().ConfigureAwait(false);
        try
        {
            await _running.WaitAsync(patience, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _say("some deliveries did not end in time; they are tried again at the next start and shown as possible duplicates");
        }

        await _store.AppendAuditAsync("gateway-stopped", "gateway", "{}", CancellationToken.None).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _inspection.Dispose();
        Drafts.Dispose();
        Keeper.Dispose();

        Metrics.Dispose();
        _room.Dispose();
        _delivery.Dispose();
        _stopInspecting.Dispose();
        _stopDelivering.Dispose();
        _stopPumping.Dispose();
        _accountsGate.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Law 1 in one place: returns only when the submission is synced; then it goes straight to inspection.</summary>
    private async Task AcceptAsync(NewSubmission submission)
    {
        var stopping = _stopInspecting.IsCancellationRequested || _inspection.Waiting > MaxInMemory;
        var began = _time.GetTimestamp();
        var delivery = await _store.AcceptAsync(submission, stopping ? null : _owner, InspectionWorker.LeaseFor, CancellationToken.None).ConfigureAwait(false);
        _witness.Accepted(submission, _time.GetElapsedTime(began));
        if (delivery.Lease is not null)
        {
            _inspection.Enqueue(delivery);
        }
        else
        {
            _pump.DueAt(_time.GetUtcNow());
        }
    }

    /// <summary>Submissions kept in memory on the way to inspection (64 kB each at the most); what comes beyond waits in the store.</summary>
    private const int MaxInMemory = 1000;

    private void OnReloaded(string version)
    {
        _room.Reload(_live.Current.Config);
        _ = NoteReloadAsync(version);
    }

    private async Task NoteReloadAsync(string version)
    {
        try
        {
            await _store.AppendAuditAsync("policy-reloaded", "gateway", $$"""{"policy":"{{version}}"}""", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The policy is in force all the same, and every decision names its version; only this line of the trail is missing.
            _say($"policy {version} is in force, but the audit trail could not be written: {e.Message}");
        }
    }

    private void TakeDeputies() => _live.UseDeputies(_store.Deputies.DeputiesNow(_live.Current.Today));

    /// <summary>Takes over accounts that changed, so that roles count at once; without a call it happens within a second.</summary>
    public async Task RefreshAccountsAsync(CancellationToken cancel)
    {
        await _accountsGate.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            // Asked before the accounts are read: a change in between is seen at the next look.
            var version = _store.Accounts.Version;
            if (version != _accountsVersion)
            {
                _live.UseAccounts(await _store.Accounts.AccountsAsync(cancel).ConfigureAwait(false));
                _accountsVersion = version;
            }
        }
        finally
        {
            _accountsGate.Release();
        }
    }

    private async Task WatchAccountsAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false))
            {
                try
                {
                    await RefreshAccountsAsync(cancel).ConfigureAwait(false);
                }
                catch (StoreException e)
                {
                    _say($"store: accounts could not be read: {e.Message}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
    }

    private async Task PurgeAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(s_purgeEvery, _time);
        try
        {
            do
            {
                await _store.PurgeAsync(_time.GetUtcNow().AddDays(-_live.Current.Config.KeepDays), cancel).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The gateway stops.
        }
        catch (StoreException e)
        {
            _say($"store: old mail could not be removed: {e.Message}");
        }
    }
}
