using Sekisho.Gateway;
using Sekisho.Pages.Access;
using Sekisho.Pages.Charts;
using Sekisho.Pages.Shell;
using Sekisho.Storage;

namespace Sekisho.Pages.Pages;

/// <summary>
/// How the gateway does: what waits now, mail over time, what each rule stopped and how often it was overruled, waiting times, deliveries, the machine. The figures are the whole organisation's and
/// cannot be cut down to a part of it, so somebody whose roles reach only a part sees a word about that instead.
/// </summary>
[Needs(Right.Figures)]
public sealed class DashboardModel(GatewayHost gateway, IMailIndex index, TimeProvider time) : ConsolePage
{
    /// <summary>The span chosen.</summary>
    public DashboardSpan Span { get; private set; } = DashboardSpan.All[0];

    /// <summary>True for somebody whose roles reach only part of the organisation: nothing else is filled then.</summary>
    public bool Scoped => Me.Scopes.Count > 0;

    /// <summary>What the store counts now.</summary>
    public StoreCounts Counts { get; private set; } = null!;

    /// <summary>The index's figures of the span.</summary>
    public DashboardFigures Figures { get; private set; } = null!;

    /// <summary>Changes the figures do not know of yet.</summary>
    public long Behind { get; private set; }

    /// <summary>Open SMTP connections.</summary>
    public int Connections => gateway.OpenConnections;

    /// <summary>Free bytes where mail is kept.</summary>
    public long FreeBytes { get; private set; }

    /// <summary>Little more is left than what intake asks for.</summary>
    public bool DiskLow { get; private set; }

    /// <summary>How long the oldest copy that may leave has been waiting to; null: none.</summary>
    public TimeSpan? QueueAge { get; private set; }

    /// <summary>Where mail is handed in, for the first one.</summary>
    public string SmtpAddress => gateway.Config.Config.Listeners.Count > 0 ? gateway.Config.Config.Listeners[0].Address.ToString() : "127.0.0.1:2525";

    /// <summary>Shows it.</summary>
    public async Task OnGetAsync(string? span, CancellationToken cancel)
    {
        Span = DashboardSpan.Of(span);
        if (Scoped)
        {
            return;
        }

        var now = time.GetUtcNow();
        Counts = await gateway.Store.CountsAsync(cancel).ConfigureAwait(false);
        FreeBytes = gateway.Store.Spool.FreeBytes;
        DiskLow = FreeBytes < gateway.Config.Config.Limits.FreeSpace * 5;
        QueueAge = Counts.OldestReady is { } oldest && now > oldest ? now - oldest : null;
        var (from, until) = Span.Around(now);
        var figures = await index.FiguresAsync(from, until, cancel).ConfigureAwait(false);
        Behind = figures.Behind;
        Figures = new DashboardFigures(figures, Span, from, until, Tongue);
    }
}
