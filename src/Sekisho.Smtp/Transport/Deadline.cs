namespace Sekisho.Smtp;

/// <summary>
/// One timer for a whole session, moved instead of made anew. A deadline that is set later than the running timer leaves the timer alone: it finds on
/// firing that it is early and sets itself again, so that setting a deadline for each read costs no more than a clock reading.
/// </summary>
internal sealed class Deadline(TimeProvider time, Action expired)
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long _due = long.MaxValue;
    private long _timerDue = long.MaxValue;
    private bool _stopped;

    /// <summary>True once the deadline passed; stays so until the next <see cref="Set"/>.</summary>
    public bool Expired { get; private set; }

    /// <summary>Calls the action after <paramref name="span"/> unless cleared or set again before. Infinite: never.</summary>
    public void Set(TimeSpan span)
    {
        lock (_gate)
        {
            Expired = false;
            if (span == Timeout.InfiniteTimeSpan || _stopped)
            {
                _due = long.MaxValue;
                return;
            }

            var ticks = (long)(span.TotalSeconds * time.TimestampFrequency);
            var due = time.GetTimestamp() + ticks;
            _due = due;
            if (due < _timerDue)
            {
                _timerDue = due;
                _timer ??= time.CreateTimer(static state => ((Deadline)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(span, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>No deadline.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _due = long.MaxValue;
        }
    }

    /// <summary>Ends the timer for good.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _due = long.MaxValue;
            _timer?.Dispose();
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _timerDue = long.MaxValue;
            if (_due == long.MaxValue || _stopped)
            {
                return;
            }

            var left = time.GetElapsedTime(time.GetTimestamp(), _due);
            if (left > TimeSpan.Zero)
            {
                // Rounded up: a timer in whole milliseconds must not fire in a loop just before its time.
                _timerDue = _due;
                _timer!.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }

            Expired = true;
            _due = long.MaxValue;
        }

        expired();
    }
}
