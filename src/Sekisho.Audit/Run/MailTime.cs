using System.Collections.Concurrent;

namespace Sekisho.Audit.Run;

/// <summary>The time one mail may take. Hardly any runs out, so the timers are used again instead of being made for each mail. Safe on many threads.</summary>
internal sealed class MailTime(TimeSpan most) : IDisposable
{
    private readonly ConcurrentBag<CancellationTokenSource> _idle = [];

    /// <summary>Begins a mail's time; it ends early when <paramref name="cancel"/> does.</summary>
    public Limit Begin(CancellationToken cancel) => new(this, cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out var source))
        {
            source.Dispose();
        }
    }

    /// <summary>The time of one mail, until it is disposed.</summary>
    internal readonly struct Limit : IDisposable
    {
        private readonly MailTime _times;
        private readonly CancellationTokenSource _source;
        private readonly CancellationTokenRegistration _link;

        public Limit(MailTime times, CancellationToken cancel)
        {
            _times = times;
            _source = times._idle.TryTake(out var idle) ? idle : new CancellationTokenSource();
            _source.CancelAfter(times.Most);
            _link = cancel.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        }

        /// <summary>Cancelled when the time is over.</summary>
        public CancellationToken Token => _source.Token;

        public void Dispose()
        {
            // After this no cancellation can come any more, so that a source given back belongs to nobody.
            _link.Dispose();
            if (_source.TryReset())
            {
                _times._idle.Add(_source);
            }
            else
            {
                _source.Dispose();
            }
        }
    }

    private TimeSpan Most { get; } = most;
}
