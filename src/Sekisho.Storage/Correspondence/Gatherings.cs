using System.Security.Cryptography;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Correspondence;

/// <summary>The rows of gatherings: each a set of people's numbers, found by a digest of them.</summary>
internal sealed class Gatherings(SqliteDatabase database)
{
    private static readonly Query s_known = new("SELECT n, times, last_at, size, people FROM gathering WHERE digest = ?");

    private static readonly Query s_add = new("INSERT INTO gathering(digest, times, last_at, size, month, people) VALUES(?,?,?,?,?,?)");

    private static readonly Query s_again = new("UPDATE gathering SET times = ?, last_at = ?, month = ? WHERE n = ?");

    private static readonly Query s_read = new("SELECT n, times, last_at, size, people FROM gathering WHERE n = ?");

    private static readonly Query s_change = new("UPDATE gathering SET digest = ?, size = ?, people = ? WHERE n = ?");

    private static readonly Query s_drop = new("DELETE FROM gathering WHERE n = ?");

    /// <summary>Notes that these people met; what every one of them then knows of the set.</summary>
    public SeenSet Meet(IReadOnlyList<long> people, int size, long times, long at, out bool isNew)
    {
        var bytes = Packed.Ascending(people);
        isNew = false;
        if (Find(bytes) is { } known)
        {
            var again = known with { Times = known.Times + times, LastAt = Math.Max(known.LastAt, at) };
            database[s_again].Add(again.Times).Add(again.LastAt).Add(Decay.Month(again.LastAt)).Add(again.Set).Run();
            return again;
        }

        isNew = true;
        database[s_add].Add(DigestOf(bytes)).Add(times).Add(at).Add(size).Add(Decay.Month(at)).Add(bytes).Run();
        return new SeenSet(database.LastInsertRowId, times, at, size);
    }

    /// <summary>The set of exactly these people, or null.</summary>
    public SeenSet? Find(byte[] people)
    {
        var rows = database[s_known].Add(DigestOf(people));
        while (rows.Step())
        {
            // Two sets may share a digest; they do not share their people.
            if (rows.Bytes(4).SequenceEqual(people))
            {
                var set = new SeenSet(rows.Int64(0), rows.Int64(1), rows.Int64(2), rows.Int32(3));
                rows.Reset();
                return set;
            }
        }

        return null;
    }

    /// <summary>A set with its people, or null.</summary>
    public (SeenSet Set, List<long> People)? Read(long number)
    {
        var row = database[s_read].Add(number);
        if (!row.Step())
        {
            return null;
        }

        var found = (new SeenSet(row.Int64(0), row.Int64(1), row.Int64(2), row.Int32(3)), Packed.Ascending(row.Bytes(4)));
        row.Reset();
        return found;
    }

    /// <summary>Writes who is left of a set.</summary>
    public void Change(long number, int size, byte[] people) => database[s_change].Add(DigestOf(people)).Add(size).Add(people).Add(number).Run();

    public void Drop(long number) => database[s_drop].Add(number).Run();

    /// <summary>What a set is found by.</summary>
    public static long DigestOf(byte[] people)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(people, digest);
        return BitConverter.ToInt64(digest);
    }
}
