using System.Collections.Concurrent;
using System.Text.Json;
using Sekisho.Gateway;
using Sekisho.Gateway.Administration;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Administration;

/// <summary>One look at what a draft would change, under way or ended.</summary>
public sealed class WhatIfJob(string digest, int days)
{
    private WhatIfProgress _progress = new(0, 0);

    /// <summary>Of what (<see cref="ConfigKeeper.DigestOf"/>).</summary>
    public string Digest { get; } = digest;

    /// <summary>Days looked back.</summary>
    public int Days { get; } = days;

    /// <summary>How far it is.</summary>
    public WhatIfProgress Progress
    {
        get => Volatile.Read(ref _progress);
        internal set => Volatile.Write(ref _progress, value);
    }

    /// <summary>True until it ended, one way or the other.</summary>
    public bool UnderWay => Ended is { IsCompleted: false };

    /// <summary>Why it failed, or null.</summary>
    public string? Error { get; internal set; }

    internal CancellationTokenSource Cancel { get; } = new();

    internal Task Ended { get; set; } = Task.CompletedTask;
}

/// <summary>Looks at what drafts would change, in the background, one at a time: the gateway's own work comes first.</summary>
public sealed class WhatIfRunner(GatewayHost gateway, TimeProvider time) : IDisposable
{
    /// <summary>The longest way back, in days.</summary>
    public const int MostDays = 365;

    private readonly ConcurrentDictionary<string, WhatIfJob> _jobs = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>His last one, or null.</summary>
    public WhatIfJob? Of(string author) => _jobs.GetValueOrDefault(author);

    /// <summary>Begins one in place of his last.</summary>
    public void Start(string author, string baseDigest, string text, SekishoConfig config, int days)
    {
        Cancel(author);
        var job = new WhatIfJob(ConfigKeeper.DigestOf(baseDigest, text), Math.Clamp(days, 1, MostDays));
        _jobs[author] = job;
        job.Ended = Task.Run(() => RunAsync(job, author, baseDigest, text, gateway.Keeper.Effective(config)), CancellationToken.None);
    }

    /// <summary>Ends his, when it is under way.</summary>
    public void Cancel(string author)
    {
        if (_jobs.TryRemove(author, out var job))
        {
            job.Cancel.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var job in _jobs.Values)
        {
            job.Cancel.Cancel();
        }
    }

    private async Task RunAsync(WhatIfJob job, string author, string baseDigest, string text, EffectiveConfig after)
    {
        try
        {
            await _turn.WaitAsync(job.Cancel.Token).ConfigureAwait(false);
            try
            {
                var what = new WhatIf(gateway.Store, gateway.Room, time, () => gateway.UnderWay > 0);
                var result = await what.RunAsync(gateway.Config, after, TimeSpan.FromDays(job.Days), new Reporter(job), job.Cancel.Token).ConfigureAwait(false);
                await gateway.Store.Configurations.NoteResultAsync(author, baseDigest, text, job.Digest, JsonSerializer.Serialize(result), job.Cancel.Token).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever cancelled it knows.
        }
        catch (Exception e) when (e is StoreException or IOException or ObjectDisposedException)
        {
            job.Error = e.Message;
        }
    }

    private sealed class Reporter(WhatIfJob job) : IProgress<WhatIfProgress>
    {
        public void Report(WhatIfProgress value) => job.Progress = value;
    }
}
