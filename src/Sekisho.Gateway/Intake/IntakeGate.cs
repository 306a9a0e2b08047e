using Sekisho.Policy;
using Sekisho.Smtp;
using Sekisho.Storage;

namespace Sekisho.Gateway.Intake;

/// <summary>
/// Decides whether new mail can be taken at all: a full disk answers 452, a backlog 451, both before the sender has spent his bytes.
/// Looked at anew at most once a second.
/// </summary>
internal sealed class IntakeGate(IStore store, TimeProvider time)
{
    private static readonly SmtpReply s_full = new(452, "4.3.1", "the disk is nearly full; try again later");
    private static readonly SmtpReply s_busy = new(451, "4.3.2", "too much mail is waiting to go out; try again later");

    private long _checked;
    private bool _isFull;
    private long _backlog;

    /// <summary>Submissions accepted and not yet on their way, as last counted.</summary>
    public long Backlog
    {
        get => Volatile.Read(ref _backlog);
        set => Volatile.Write(ref _backlog, value);
    }

    /// <summary>Null when mail can be taken, else what to answer.</summary>
    public SmtpReply? Refusal(LimitsConfig limits)
    {
        var now = time.GetTimestamp();
        var last = Volatile.Read(ref _checked);
        if (last == 0 || time.GetElapsedTime(last, now) > TimeSpan.FromSeconds(1))
        {
            Volatile.Write(ref _checked, now);
            _isFull = store.Spool.FreeBytes < limits.FreeSpace;
        }

        return _isFull ? s_full : Backlog > limits.Backlog ? s_busy : null;
    }
}
