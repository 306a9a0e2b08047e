using System.Globalization;
using Sekisho.Audit.Run;

namespace Sekisho.Program.Commands;

/// <summary>How far an audit is, on standard error: a line that moves on a terminal, a plain line every few seconds in a log. Safe to tell from many threads.</summary>
internal sealed class AuditProgressLine(TextWriter output, bool terminal, int width, TimeProvider time) : IProgress<AuditProgress>, IDisposable
{
    private const int BarWidth = 20;

    private static readonly TimeSpan s_moving = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_plain = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private AuditPhase? _phase;
    private long _began;
    private long _beganAt;
    private long _shown;
    private bool _drawn;

    /// <inheritdoc/>
    public void Report(AuditProgress value)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_phase != value.Phase)
            {
                // A run that goes on did not do in this time what lies behind it.
                (_phase, _began, _beganAt, _shown) = (value.Phase, now, value.Done, now);
                return;
            }

            if (time.GetElapsedTime(_shown, now) >= (terminal ? s_moving : s_plain))
            {
                _shown = now;
                Show(Line(value, time.GetElapsedTime(_began, now)));
            }
        }
    }

    /// <summary>Says a sentence between.</summary>
    public void Say(string sentence)
    {
        lock (_lock)
        {
            Clear();
            output.WriteLine($"sekisho: {sentence}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            Clear();
        }
    }

    private string Line(AuditProgress value, TimeSpan elapsed)
    {
        var word = value.Phase switch
        {
            AuditPhase.Unpacking => "unpacking",
            AuditPhase.Indexing => "indexing",
            _ => "judging",
        };
        var rate = elapsed > TimeSpan.Zero ? (value.Done - _beganAt) / elapsed.TotalSeconds : 0;
        var parts = new List<string> { word };
        if (value.Total > 0)
        {
            var share = Math.Clamp((double)value.Done / value.Total, 0, 1);
            var full = (int)(share * BarWidth);
            parts.Add($"{(terminal ? $"[{new string('#', full)}{new string('.', BarWidth - full)}] " : "")}{(int)(share * 100),3} %");
        }

        parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rate / 1e6:0.0} MB/s"));
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"{value.Mails:N0} mails"));
        if (value.Total > value.Done && rate > 0)
        {
            var left = TimeSpan.FromSeconds(Math.Min((value.Total - value.Done) / rate, 1e7));
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00} left"));
        }

        return string.Join("  ", parts);
    }

    private void Show(string line)
    {
        if (terminal)
        {
            output.Write($"\r\u001b[K{(line.Length < width ? line : line[..Math.Max(0, width - 1)])}");
            output.Flush();
            _drawn = true;
        }
        else
        {
            output.WriteLine($"sekisho: {line}");
        }
    }

    private void Clear()
    {
        if (_drawn)
        {
            output.Write("\r\u001b[K");
            _drawn = false;
        }
    }
}
