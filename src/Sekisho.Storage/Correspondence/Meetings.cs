using System.Buffers;
using System.Buffers.Binary;
using Sekisho.Storage.Sqlite;

namespace Sekisho.Storage.Correspondence;

/// <summary>
/// Whether people of very many sets, of whom only the latest are told, were in the others' sets as well, and with each other in one of their older ones. Whoever asks wants to know if two people
/// have met: for that one set of two such people is enough, and more is not looked for. The rows that may be read are shared by them, the latest come first; who met only before that is told apart.
/// </summary>
internal sealed class Meetings(SqliteDatabase database, int mostRows)
{
    /// <summary>People of very many sets who are compared with each other; each has a bit.</summary>
    private const int MaxCompared = 64;

    private static readonly Query s_latest = new("SELECT bucket, sets FROM older WHERE person = ? ORDER BY bucket DESC LIMIT ?");

    /// <summary>Adds to the sets told of these people.</summary>
    /// <param name="asked">Sets told of anybody.</param>
    /// <param name="popular">People of very many sets, with those told of them.</param>
    /// <param name="cancel">Given up between two people.</param>
    public void Tell(long[] asked, List<(Person Person, List<long> Sets)> popular, CancellationToken cancel)
    {
        Array.Sort(asked);
        var rows = Math.Max(1, mostRows / popular.Count);
        var own = new List<HashSet<long>>(popular.Count);
        foreach (var (person, sets) in popular)
        {
            cancel.ThrowIfCancellationRequested();
            var known = sets.ToHashSet();
            own.Add(known);
            new OlderSets(database, rows).In(person.Id, asked, i =>
            {
                if (known.Add(asked[i]))
                {
                    sets.Add(asked[i]);
                }
            });
        }

        var compared = Math.Min(popular.Count, MaxCompared);
        var apart = Apart(own, compared);
        if (Array.Exists(apart, a => a != 0))
        {
            Compare(popular, apart, Math.Max(1, rows / 4), cancel);
        }
    }

    private static void Add(List<long> sets, long set)
    {
        if (!sets.Contains(set))
        {
            sets.Add(set);
        }
    }

    /// <summary>For each the others with whom he shares no set that is told already.</summary>
    private static ulong[] Apart(List<HashSet<long>> own, int count)
    {
        var apart = new ulong[count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!own[i].Overlaps(own[j]))
                {
                    apart[i] |= 1UL << j;
                    apart[j] |= 1UL << i;
                }
            }
        }

        return apart;
    }

    /// <summary>Looks through the latest of their older sets, those with the same numbers together.</summary>
    private void Compare(List<(Person Person, List<long> Sets)> popular, ulong[] apart, int rows, CancellationToken cancel)
    {
        var buckets = new Dictionary<long, List<(int Who, byte[] Sets)>>();
        for (var i = 0; i < apart.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var read = database[s_latest].Add(popular[i].Person.Id).Add(apart[i] == 0 ? 0 : rows);
            while (read.Step())
            {
                if (!buckets.TryGetValue(read.Int64(0), out var bucket))
                {
                    buckets.Add(read.Int64(0), bucket = []);
                }

                bucket.Add((i, read.Bytes(1).ToArray()));
            }
        }

        // Who was first in a set of the bucket at hand: the bucket's turn and, in the lowest bits, he.
        var first = ArrayPool<int>.Shared.Rent(1 << 16);
        Array.Clear(first);
        var turn = 0;
        foreach (var (number, bucket) in buckets.OrderByDescending(b => b.Key).Where(b => b.Value.Count > 1))
        {
            turn += MaxCompared;
            foreach (var (who, sets) in bucket)
            {
                if (SetBucket.IsMap(sets))
                {
                    foreach (var set in SetBucket.All(sets, number))
                    {
                        Look(who, set);
                    }

                    continue;
                }

                for (var i = 0; i + 1 < sets.Length; i += 2)
                {
                    Look(who, (number << 16) | BinaryPrimitives.ReadUInt16LittleEndian(sets.AsSpan(i)));
                }
            }
        }

        ArrayPool<int>.Shared.Return(first);

        void Look(int who, long set)
        {
            ref var other = ref first[(ushort)set];
            if (other < turn)
            {
                other = turn + who;
            }
            else if ((apart[who] & (1UL << (other - turn))) != 0)
            {
                Met(who, other - turn, set);
            }
        }

        void Met(int one, int other, long set)
        {
            apart[one] &= ~(1UL << other);
            apart[other] &= ~(1UL << one);
            Add(popular[one].Sets, set);
            Add(popular[other].Sets, set);
        }
    }
}
