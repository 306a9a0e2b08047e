using System.Diagnostics;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>
/// Pages of the audit trail. It has no index by kind or person, and shall have none: writing it would cost the intake. The index keeps a mark for every
/// 256 events that hold a kind or a person's act, and only marked stretches are read.
/// </summary>
internal sealed class EventReader(SqliteDatabase store, SqliteDatabase index, EventQuery query, CancellationToken cancel)
{
    // Stretches of events that are not marked yet are read in steps of this many numbers.
    private const int Step = 4096;

    private const string Columns = "SELECT a.number, a.at, a.kind, s.id, a.delivery, a.by, a.detail, a.hash FROM audit a LEFT JOIN submission s ON s.n = a.submission";

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(150);

    private static readonly Query s_newest = new($"{Columns} WHERE a.number < ? ORDER BY a.number DESC LIMIT ?");
    private static readonly Query s_between = new($"{Columns} WHERE a.number BETWEEN ? AND ? ORDER BY a.number DESC");
    private static readonly Query s_ofSubmission = new($"{Columns} WHERE a.submission = (SELECT n FROM submission WHERE id = ?) AND a.submission IS NOT NULL AND a.number < ? ORDER BY a.number DESC");
    private static readonly Query s_marks = new("SELECT page FROM mark WHERE what = ? AND page <= ? ORDER BY page DESC");

    private readonly List<AuditEvent> _events = [];
    private readonly long _started = Stopwatch.GetTimestamp();

    private bool Full => _events.Count > query.Max;

    private bool OutOfTime => Stopwatch.GetElapsedTime(_started) > s_patience;

    public EventPage Run()
    {
        var before = query.Before ?? long.MaxValue;
        if (query.Submission is { } submission)
        {
            Read(store[s_ofSubmission].Add(submission).Add(before));
        }
        else if (query.Kind is null && query.By is null)
        {
            Read(store[s_newest].Add(before).Add(query.Max + 1));
        }
        else if (Marked(before) is { } stoppedAt)
        {
            return new EventPage(_events, stoppedAt, true);
        }

        if (!Full)
        {
            return new EventPage(_events, null, false);
        }

        _events.RemoveAt(query.Max);
        return new EventPage(_events, _events[^1].Number, false);
    }

    /// <summary>Reads what is not taken in yet, then the marked stretches. Returns where the time ran out, or null.</summary>
    private long? Marked(long before)
    {
        var taken = Follower.Cursor(index).Number;
        var last = Math.Min(before - 1, Follower.Head(store));
        while (last > taken && !Full)
        {
            cancel.ThrowIfCancellationRequested();
            var first = Math.Max(taken + 1, last - Step + 1);
            Read(store[s_between].Add(first).Add(last));
            last = first - 1;
            if (OutOfTime && !Full)
            {
                return first;
            }
        }

        if (Full || last <= 0)
        {
            return null;
        }

        if (query.Kind is null && string.Equals(query.By, "gateway", StringComparison.OrdinalIgnoreCase))
        {
            // The gateway's own acts are not marked: they are nearly all there are.
            Read(store[s_newest].Add(last + 1).Add(int.MaxValue));
            return null;
        }

        var what = query.By is { } by && !string.Equals(by, "gateway", StringComparison.OrdinalIgnoreCase) ? "by " + by.ToLowerInvariant() : "kind " + query.Kind;
        var marks = index[s_marks].Add(what).Add(last / Follower.MarkPage);
        while (!Full && marks.Step())
        {
            cancel.ThrowIfCancellationRequested();
            var page = marks.Int64(0) * Follower.MarkPage;
            Read(store[s_between].Add(page).Add(Math.Min(page + Follower.MarkPage - 1, last)));
            if (OutOfTime && !Full)
            {
                marks.Reset();
                return page;
            }
        }

        marks.Reset();
        return null;
    }

    private void Read(Statement rows)
    {
        while (!Full && rows.Step())
        {
            var (kind, by) = (rows.Text(2), rows.Text(5));
            if ((query.Kind is null || string.Equals(kind, query.Kind, StringComparison.Ordinal))
                && (query.By is null || (kind != "accepted" && string.Equals(by, query.By, StringComparison.OrdinalIgnoreCase))))
            {
                _events.Add(new AuditEvent(rows.Int64(0), rows.Time(1), kind, rows.NullableText(3), rows.NullableInt64(4), by, rows.Text(6), Convert.ToHexStringLower(rows.Bytes(7))));
            }
        }

        rows.Reset();
    }
}
