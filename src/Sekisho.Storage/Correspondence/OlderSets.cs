using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Correspondence;

/// <summary>Asks whether people were in sets that are no longer among their latest.</summary>
internal sealed class OlderSets(SqliteDatabase database, int mostRows)
{
    /// <summary>Buckets up to which each is looked for by itself; above, the rows between the first and the last are read, which lie beside each other.</summary>
    private const int ByItself = 8;

    private static readonly Query s_one = new("SELECT sets FROM older WHERE person = ? AND bucket = ?");

    private static readonly Query s_between = new("SELECT bucket, sets FROM older WHERE person = ? AND bucket BETWEEN ? AND ? ORDER BY bucket DESC");

    private static readonly Query s_all = new("SELECT bucket, sets FROM older WHERE person = ?");

    private int _left = mostRows;

    /// <summary>
    /// Which of the sets (ascending) a person was in, by index. Reads no more rows than this object may; the latest sets come first, what is beyond is not told.
    /// </summary>
    public void In(long person, IReadOnlyList<long> sets, Action<int> found)
    {
        if (sets.Count == 0 || _left <= 0)
        {
            return;
        }

        var buckets = new List<long>();
        for (var i = sets.Count - 1; i >= 0; i--)
        {
            var bucket = SetBucket.Of(sets[i]);
            if (buckets.Count == 0 || buckets[^1] != bucket)
            {
                buckets.Add(bucket);
            }
        }

        var at = sets.Count - 1;
        if (buckets.Count <= ByItself)
        {
            foreach (var bucket in buckets)
            {
                _left--;
                var row = database[s_one].Add(person).Add(bucket);
                if (row.Step())
                {
                    at = Within(row.Bytes(0), bucket, sets, at, found);
                    row.Reset();
                }
            }

            return;
        }

        var rows = database[s_between].Add(person).Add(buckets[^1]).Add(buckets[0]);
        while (rows.Step())
        {
            at = Within(rows.Bytes(1), rows.Int64(0), sets, at, found);
            if (--_left <= 0)
            {
                rows.Reset();
                return;
            }
        }
    }

    /// <summary>Every older set of a person.</summary>
    public static IEnumerable<long> All(SqliteDatabase database, long person)
    {
        var rows = database[s_all].Add(person);
        while (rows.Step())
        {
            var bytes = rows.Bytes(1).ToArray();
            foreach (var set in SetBucket.All(bytes, rows.Int64(0)))
            {
                yield return set;
            }
        }
    }

    /// <summary>Looks at the sets of one bucket, from the latest down; where the next bucket begins.</summary>
    private static int Within(ReadOnlySpan<byte> bytes, long bucket, IReadOnlyList<long> sets, int at, Action<int> found)
    {
        while (at >= 0 && SetBucket.Of(sets[at]) > bucket)
        {
            at--;
        }

        for (; at >= 0 && SetBucket.Of(sets[at]) == bucket; at--)
        {
            if (SetBucket.Holds(bytes, sets[at]))
            {
                found(at);
            }
        }

        return at;
    }
}
