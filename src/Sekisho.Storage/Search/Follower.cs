using System.Text.Json;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Search;

/// <summary>The store's audit trail does not continue what the index has taken in: it is another store, or one from before.</summary>
internal sealed class OtherStoreException() : Exception("the store is another one than was followed");

/// <summary>
/// Takes the audit trail in, a batch at a time: reads the events after the cursor and the mails they touch in one snapshot of the store, and writes what
/// they are now together with the new cursor in one transaction of the index. So each event counts exactly once, whenever either process dies.
/// </summary>
internal sealed class Follower(SqliteDatabase index)
{
    /// <summary>Events to a batch: enough that a block is written once for many mails, few enough to be done in a moment.</summary>
    public const int BatchSize = 4000;

    /// <summary>Events that a mark stands for.</summary>
    public const int MarkPage = 256;

    private static readonly Query s_cursor = new("SELECT number, hash FROM cursor");
    private static readonly Query s_moveCursor = new("UPDATE cursor SET number = ?, hash = ?");
    private static readonly Query s_hashOf = new("SELECT hash FROM audit WHERE number = ?");
    private static readonly Query s_head = new("SELECT max(number) FROM audit");
    private static readonly Query s_events = new("SELECT number, at, kind, submission, delivery, by, detail, hash FROM audit WHERE number > ? ORDER BY number LIMIT ?");
    private static readonly Query s_mark = new("INSERT INTO mark(what, page) VALUES(?,?) ON CONFLICT DO NOTHING");
    private static readonly Query s_decided = new("INSERT INTO decision(number, n, delivery, at, kind, by, waited) VALUES(?,?,?,?,?,?,?)");
    private static readonly Query s_waitsSince = new("SELECT waits_since FROM mail WHERE n = ?");

    private readonly Dictionaries _dictionaries = new(index);
    private readonly HashSet<(string What, long Page)> _marks = [];
    private long _mine;

    /// <summary>Takes in the next events out of one snapshot of the store. Returns how many, the new cursor and how many are left.</summary>
    public (long Taken, long Cursor, long Left) TakeIn(SqliteDatabase store, CancellationToken stopping)
    {
        try
        {
            // The cursor first: the snapshot of the store begins with its first read and then has at least what any follower had taken in by now.
            var (number, hash) = Cursor(index);
            var head = Head(store);
            if (number > 0 && !Fits(store, number, hash))
            {
                throw new OtherStoreException();
            }

            if (head <= number)
            {
                return (0, number, 0);
            }

            index.Execute("BEGIN IMMEDIATE");
            if (Cursor(index).Number != number)
            {
                // Another process follows too and was first.
                index.Execute("ROLLBACK");
                return (0, number, head - number);
            }

            if (number != _mine)
            {
                // It was so at some time since our last batch: the numbers it gave out are not known here.
                _dictionaries.Forget();
            }

            var last = Take(store, number, head, stopping);
            index.Execute("COMMIT");
            _mine = last;
            return (last - number, last, head - last);
        }
        catch
        {
            _dictionaries.Forget();
            if (index.InTransaction)
            {
                index.ResetAll();
                index.Execute("ROLLBACK");
            }

            throw;
        }
    }

    public static long Head(SqliteDatabase store) => store[s_head].Scalar() ?? 0;

    public static (long Number, byte[] Hash) Cursor(SqliteDatabase index)
    {
        var row = index[s_cursor];
        if (!row.Step())
        {
            throw new InvalidDataException("the cursor is gone");
        }

        var cursor = (row.Int64(0), row.Bytes(1).ToArray());
        row.Reset();
        return cursor;
    }

    private static bool Fits(SqliteDatabase store, long number, byte[] hash)
    {
        var row = store[s_hashOf].Add(number);
        var fits = row.Step() && row.Bytes(0).SequenceEqual(hash);
        row.Reset();
        return fits;
    }

    private long Take(SqliteDatabase store, long after, long head, CancellationToken stopping)
    {
        var touched = new SortedDictionary<long, Touch>();
        _marks.Clear();
        var last = after;
        byte[] hash = [];
        var rows = store[s_events].Add(after).Add(BatchSize);
        while (rows.Step())
        {
            last = rows.Int64(0);
            hash = rows.Bytes(7).ToArray();
            var kind = rows.Text(2);
            Mark(last, kind, rows.Text(5));
            if (rows.IsNull(3))
            {
                continue;
            }

            var submission = rows.Int64(3);
            if (!touched.TryGetValue(submission, out var touch))
            {
                touched[submission] = touch = new Touch();
            }

            touch.Last = last;
            Note(rows, kind, submission, touch);
        }

        var writer = new MailWriter(index, _dictionaries, head);
        foreach (var (submission, touch) in touched)
        {
            stopping.ThrowIfCancellationRequested();
            writer.Write(store, submission, touch);
        }

        writer.Finish();
        index[s_moveCursor].Add(last).Add(hash).Run();
        return last;
    }

    private void Note(Statement row, string kind, long submission, Touch touch)
    {
        switch (kind)
        {
            case "held":
                (touch.WaitsSince, touch.MustRead) = (row.Int64(1), true);
                break;
            case "halted":
                (touch.WaitsSince, touch.Halted, touch.MustRead) = (row.Int64(1), true, true);
                break;
            case "inspected" when row.Bytes(6).IndexOf("\"sender-stopped\":true"u8) >= 0:
                (touch.Halted, touch.MustRead) = (true, true);
                break;
            case "decided" or "approval-counted":
                var since = touch.WaitsSince ?? index[s_waitsSince].Add(submission).Scalar();
                index[s_decided].Add(row.Int64(0)).Add(submission).Add(row.NullableInt64(4) ?? 0).Add(row.Int64(1)).Add(kind == "decided" ? KindOf(row.Bytes(6)) : "vote").Add(row.Text(5))
                    .Add(since is { } from ? row.Int64(1) - from : null).Run();
                touch.MustRead = true;
                break;
        }
    }

    private static string KindOf(ReadOnlySpan<byte> detail)
    {
        var reader = new Utf8JsonReader(detail);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                var isKind = reader.ValueTextEquals("kind"u8);
                reader.Read();
                if (isKind)
                {
                    return reader.GetString() ?? "";
                }

                reader.Skip();
            }
        }

        return "";
    }

    private void Mark(long number, string kind, string by)
    {
        Mark("kind " + kind, number);
        if (kind != "accepted" && by is not ("gateway" or ""))
        {
            Mark("by " + by.ToLowerInvariant(), number);
        }
    }

    private void Mark(string what, long number)
    {
        if (_marks.Add((what, number / MarkPage)))
        {
            index[s_mark].Add(what).Add(number / MarkPage).Run();
        }
    }
}

/// <summary>What a batch's events say of one mail.</summary>
internal sealed class Touch
{
    public long Last { get; set; }

    /// <summary>Since when it waits, if that is among the events.</summary>
    public long? WaitsSince { get; set; }

    /// <summary>Its sender was stopped by hand.</summary>
    public bool Halted { get; set; }

    /// <summary>Something happened that the mail's row does not tell, so it is read again even if its row is newer than the events.</summary>
    public bool MustRead { get; set; }
}
