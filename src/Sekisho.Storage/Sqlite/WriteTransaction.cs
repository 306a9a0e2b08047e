using System.Security.Cryptography;

namespace Sekisho.Storage.Sqlite;

/// <summary>What an operation may use while the write lock is held: the connection, the moment, counters and the audit trail's end.</summary>
internal sealed class WriteTransaction(SqliteDatabase database, long now)
{
    private static readonly Query s_head = new("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1");
    private static readonly Query s_append = new("INSERT INTO audit(number, at, kind, submission, delivery, by, detail, hash) VALUES(?,?,?,?,?,?,?,?)");
    private static readonly Query s_count = new("INSERT INTO counter(id, value) VALUES(?,?) ON CONFLICT(id) DO UPDATE SET value = value + excluded.value");
    private static readonly int s_counters = Enum.GetValues<Counter>().Length;

    private readonly long[] _counters = new long[s_counters];
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];
    private long _auditNumber = -1;

    public SqliteDatabase Database => database;

    /// <summary>Unix milliseconds; one moment for the whole transaction.</summary>
    public long Now => now;

    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(now);

    public Statement this[Query query] => database[query];

    /// <summary>Raises a counter when the transaction commits.</summary>
    public void Count(Counter counter, long by = 1) => _counters[(int)counter] += by;

    /// <summary>Appends an event. <paramref name="submissionId"/> goes into the hash, <paramref name="submission"/> into the row.</summary>
    public void Audit(string kind, long? submission, string? submissionId, long? delivery, string by, string detail)
    {
        if (_auditNumber < 0)
        {
            // Read under the write lock: another process may have appended since our last transaction.
            ReadHead();
        }

        _auditNumber++;
        AuditHash.Next(_hash, _auditNumber, now, kind, submissionId, delivery, by, detail, _hash);
        database[s_append].Add(_auditNumber).Add(now).Add(kind).Add(submission).Add(delivery).Add(by).Add(detail).Add(_hash).Run();
        Count(Counter.AuditEvents);
    }

    /// <summary>What to go back to when the operation that comes next fails.</summary>
    public (long AuditNumber, byte[] Hash, long[] Counters) Mark() => (_auditNumber, (byte[])_hash.Clone(), (long[])_counters.Clone());

    public void GoBackTo((long AuditNumber, byte[] Hash, long[] Counters) mark)
    {
        _auditNumber = mark.AuditNumber;
        mark.Hash.CopyTo(_hash, 0);
        mark.Counters.CopyTo(_counters, 0);
    }

    /// <summary>Writes the counters; the last thing before COMMIT.</summary>
    public void WriteCounters()
    {
        for (var i = 0; i < _counters.Length; i++)
        {
            if (_counters[i] != 0)
            {
                database[s_count].Add(i).Add(_counters[i]).Run();
            }
        }
    }

    private void ReadHead()
    {
        var head = database[s_head];
        if (head.Step())
        {
            _auditNumber = head.Int64(0);
            head.Bytes(1).CopyTo(_hash);
            head.Reset();
        }
        else
        {
            _auditNumber = 0;
        }
    }
}
