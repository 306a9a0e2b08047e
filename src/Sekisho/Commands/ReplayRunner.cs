using System.Threading.Channels;
using Sekisho.Incidents;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Program.Commands;

/// <summary>How far a replay has come; read by the progress bar while it runs.</summary>
internal sealed class ReplayProgress
{
    /// <summary>Work units of the whole replay: one a message, and one a hundred recipients.</summary>
    public long Total;

    /// <summary>Units handed in.</summary>
    public long Sent;

    /// <summary>What it is doing, in a few words.</summary>
    public volatile string Stage = "starting";

    public static long Units(ReenactedMessage mail) => 1 + mail.Recipients.Count / 100;
}

/// <summary>Hands re-enactments in to one gateway over SMTP and counts what it lets out.</summary>
internal sealed class ReplayRunner(string host, int port, string data, bool own, bool faulty, bool remove, ReplayProgress progress)
{
    private const int Connections = 8;

    // Below this number of messages one connection does it, in order.
    private const int WorthSharing = 50;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ReplayLedger _ledger = new();

    /// <summary>Runs them all; the results are in the order of <paramref name="incidents"/>. Throws <see cref="ReplayException"/> when the gateway cannot be used.</summary>
    public async Task<IReadOnlyList<ReplayVariant>> RunAsync(IReadOnlyList<Reenactment> incidents, CancellationToken cancel)
    {
        await using var store = await SqliteStore.OpenAsync(data, TimeProvider.System, cancel);
        var outbox = new ReplayOutbox(data, _ledger, own, remove);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reader = Task.Run(() => ReadAsync(outbox, reading.Token), cancel);
        try
        {
            progress.Stage = "handing in";
            await SendAllAsync(incidents, store, cancel);
            progress.Stage = "waiting for the gateway to finish";
            await SettleAsync(store, () => outbox.Copies, cancel);
        }
        finally
        {
            await reading.CancelAsync();
            await reader;
        }

        progress.Stage = "counting what left";
        while (outbox.Drain(cancel) > 0)
        {
        }

        outbox.DrainUnclaimed();
        await JudgeAsync(store, cancel);
        return _ledger.Variants;
    }

    /// <summary>
    /// Makes sure that the named gateway keeps its mail: one harmless mail to a domain that cannot exist must turn up in its outbox. Without that
    /// the catalogue would be sent to a relay, and from there into the world.
    /// </summary>
    public async Task ProbeAsync(TimeProvider time, CancellationToken cancel)
    {
        var probe = ReenactedMessage.Probe(time.GetUtcNow());
        await using var mailer = new ReplayMailer(host, port);
        var (submission, refusal) = await mailer.SendAsync(probe, probe.Build(), cancel);
        if (submission is null)
        {
            throw new ReplayException($"the gateway at {host}:{port} refused a harmless mail: {refusal}");
        }

        var outbox = Path.Combine(data, "outbox");
        var until = time.GetUtcNow().AddSeconds(20);
        while (time.GetUtcNow() < until)
        {
            if (Directory.Exists(outbox) && Directory.EnumerateFiles(outbox, "*.json").OrderByDescending(File.GetLastWriteTimeUtc).Take(200)
                .Any(f => File.ReadAllText(f).Contains(submission, StringComparison.Ordinal)))
            {
                return;
            }

            await Task.Delay(200, cancel);
        }

        throw new ReplayException($"a harmless mail did not turn up in {outbox}: either the gateway has a relay (then nothing is replayed against it), or --data is not its directory");
    }

    private async Task SendAllAsync(IReadOnlyList<Reenactment> incidents, IStore store, CancellationToken cancel)
    {
        var mailers = Enumerable.Range(0, Connections).Select(_ => new ReplayMailer(host, port)).ToArray();
        try
        {
            foreach (var incident in incidents)
            {
                foreach (var script in incident.Variants)
                {
                    var variant = new ReplayVariant(incident.Incident, script) { Faulty = faulty };
                    _ledger.Open(variant);
                    await SendVariantAsync(variant, mailers, cancel);
                    if (script.StopsSender is { } sender)
                    {
                        await store.StopAsync(sender, "replay", cancel);
                    }
                }
            }
        }
        finally
        {
            foreach (var mailer in mailers)
            {
                await mailer.DisposeAsync();
            }
        }
    }

    private async Task SendVariantAsync(ReplayVariant variant, ReplayMailer[] mailers, CancellationToken cancel)
    {
        var script = variant.Script;
        var share = script.Ordered || !script.Messages.Skip(WorthSharing).Any() ? 1 : mailers.Length;
        var queue = Channel.CreateBounded<ReenactedMessage>(share * 2);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var workers = mailers.Take(share).Select(mailer => Task.Run(async () =>
        {
            try
            {
                await foreach (var mail in queue.Reader.ReadAllAsync(failed.Token))
                {
                    await SendOneAsync(variant, mailer, mail, failed.Token);
                }
            }
            catch
            {
                await failed.CancelAsync();
                throw;
            }
        }, CancellationToken.None)).ToArray();
        try
        {
            foreach (var mail in script.Messages)
            {
                await queue.Writer.WriteAsync(mail, failed.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // A worker has failed; its own exception says why.
        }

        queue.Writer.Complete();
        var all = Task.WhenAll(workers);
        try
        {
            await all;
        }
        catch (Exception)
        {
            cancel.ThrowIfCancellationRequested();
            throw all.Exception!.InnerExceptions.OfType<ReplayException>().FirstOrDefault() ?? (Exception)all.Exception;
        }
    }

    private async Task SendOneAsync(ReplayVariant variant, ReplayMailer mailer, ReenactedMessage mail, CancellationToken cancel)
    {
        var message = mail.Build();
        var (submission, _) = await mailer.SendAsync(mail, message, cancel);
        Interlocked.Increment(ref variant.Messages);
        Interlocked.Add(ref variant.Recipients, mail.Recipients.Count);
        Interlocked.Add(ref progress.Sent, ReplayProgress.Units(mail));
        if (submission is null)
        {
            variant.Count("refuse", mail.Recipients.Count);
            return;
        }

        _ledger.Sent(submission, new ReplaySubmission(variant, mail, ExposureTally.BodyDigest(message)));
    }

    private static async Task ReadAsync(ReplayOutbox outbox, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                if (outbox.Drain(cancel) == 0)
                {
                    await Task.Delay(250, cancel);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop: the caller reads the rest.
        }
    }

    // Until nothing is being inspected or on its way; a gateway that makes no progress for a minute is taken as it stands.
    internal static async Task SettleAsync(IStore store, Func<long> copies, CancellationToken cancel)
    {
        var quiet = TimeSpan.Zero;
        var pause = TimeSpan.FromMilliseconds(200);
        (StoreCounts? Counts, long Copies) before = (null, 0);
        while (quiet < s_patience)
        {
            var counts = await store.CountsAsync(cancel);
            if (counts is { Inspecting: 0, Ready: 0 })
            {
                return;
            }

            var now = (counts, copies());
            quiet = now == before ? quiet + pause : TimeSpan.Zero;
            before = now;
            await Task.Delay(pause, cancel);
        }
    }

    private async Task JudgeAsync(IStore store, CancellationToken cancel)
    {
        foreach (var (id, submission) in _ledger.Submissions)
        {
            var variant = submission.Variant;
            var detail = await store.FindSubmissionAsync(id, cancel);
            if (detail is null)
            {
                variant.Count("lost", submission.Recipients.Count);
                variant.Missing += submission.Recipients.Count;
                continue;
            }

            foreach (var recipient in detail.Recipients)
            {
                // What happened, not only what the policy said of this recipient: a stopped run holds what was to be delivered.
                var action = recipient.State switch
                {
                    DeliveryState.Held => PolicyAction.Hold,
                    DeliveryState.Approval => PolicyAction.Approve,
                    DeliveryState.Refused => PolicyAction.Refuse,
                    _ when recipient.Copy == CopyKind.Individual => PolicyAction.Individual,
                    _ => recipient.Action,
                };
                variant.Count(action.ToString().ToLowerInvariant());
                var reached = submission.Reached.TryGetValue(recipient.Address, out var alone);
                if (action == PolicyAction.Individual)
                {
                    variant.Delivered += alone ? 1 : 0;
                    variant.Missing += alone ? 0 : 1;
                }
                else if (action == PolicyAction.Deliver && !reached)
                {
                    variant.Missing++;
                }

                // Nothing but the seal makes the outbox lane try twice.
                variant.Sealed += faulty && recipient.Attempts > 1 ? 1 : 0;
            }
        }

        foreach (var variant in _ledger.Variants)
        {
            if (variant.Script.StopsSender is { } sender)
            {
                await store.LiftStopAsync(sender, "replay", cancel);
            }
        }
    }
}
