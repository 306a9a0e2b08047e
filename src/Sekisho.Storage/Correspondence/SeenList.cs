using System.Buffers;

namespace Sekisho.Storage.Correspondence;

/// <summary>One set of people a person was in, as it stands in his row.</summary>
/// <param name="Set">The gathering.</param>
/// <param name="Times">Mails to exactly this set.</param>
/// <param name="LastAt">The latest, unix milliseconds.</param>
/// <param name="Size">How many people it has.</param>
internal readonly record struct SeenSet(long Set, long Times, long LastAt, int Size);

/// <summary>
/// The latest sets a person was in, latest first, with what a look-up tells of each: it needs no other row then. Never more than <see cref="Most"/> after <see cref="Trim"/>;
/// the older ones are known by number alone (<see cref="SetBucket"/>).
/// </summary>
internal sealed class SeenList
{
    /// <summary>Told of one person.</summary>
    public const int Told = 256;

    /// <summary>Kept: somewhat more, so that what is too much goes in one go, not with each mail.</summary>
    public const int Most = 288;

    private readonly List<SeenSet> _sets;

    private SeenList(List<SeenSet> sets) => _sets = sets;

    public static SeenList Empty() => new([]);

    public IReadOnlyList<SeenSet> Sets => _sets;

    public static SeenList Read(ReadOnlySpan<byte> bytes, int most = int.MaxValue)
    {
        var sets = new List<SeenSet>(Math.Min(most, (bytes.Length / 6) + 1));
        Read(bytes, sets, most);
        return new SeenList(sets);
    }

    /// <summary>Appends to a list that is there already; for look-ups, which read many.</summary>
    public static void Read(ReadOnlySpan<byte> bytes, List<SeenSet> into, int most)
    {
        long set = 0;
        long at = 0;
        while (!bytes.IsEmpty && most-- > 0)
        {
            set += Packed.ReadSigned(ref bytes);
            at -= Packed.ReadSigned(ref bytes);
            var times = (long)Packed.Read(ref bytes);
            var size = (int)Packed.Read(ref bytes);
            into.Add(new SeenSet(set, times, at, size));
        }
    }

    public byte[] Write()
    {
        var writer = new ArrayBufferWriter<byte>(Math.Max(16, _sets.Count * 12));
        long set = 0;
        long at = 0;
        foreach (var one in _sets)
        {
            Packed.WriteSigned(writer, one.Set - set);
            Packed.WriteSigned(writer, at - one.LastAt);
            Packed.Write(writer, (ulong)one.Times);
            Packed.Write(writer, (ulong)one.Size);
            (set, at) = (one.Set, one.LastAt);
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Puts a set in its place, instead of what was known of it.</summary>
    public void Put(SeenSet one)
    {
        Remove(one.Set);
        var at = 0;
        while (at < _sets.Count && (_sets[at].LastAt > one.LastAt || (_sets[at].LastAt == one.LastAt && _sets[at].Set > one.Set)))
        {
            at++;
        }

        _sets.Insert(at, one);
    }

    public bool Remove(long set)
    {
        var at = _sets.FindIndex(one => one.Set == set);
        if (at >= 0)
        {
            _sets.RemoveAt(at);
        }

        return at >= 0;
    }

    /// <summary>Takes the oldest off when there are more than <see cref="Most"/>; their numbers.</summary>
    public List<long> Trim()
    {
        if (_sets.Count <= Most)
        {
            return [];
        }

        var gone = _sets.Skip(Told).Select(one => one.Set).ToList();
        _sets.RemoveRange(Told, _sets.Count - Told);
        return gone;
    }
}
