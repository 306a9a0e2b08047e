using System.Buffers.Binary;

namespace Sekisho.Storage.Correspondence;

/// <summary>
/// Numbers of sets that share all but their lowest sixteen bits: as an ascending list of those, two bytes each, or past 4,095 of them as a bit each. So the 100,000 sets of a popular
/// person are some hundred short rows that lie beside each other, and whether he is in one of them is a look at one row.
/// </summary>
internal sealed class SetBucket
{
    private const int MapBytes = 8192;
    private const int MaxListed = (MapBytes / 2) - 1;

    private readonly SortedSet<ushort>? _listed;
    private readonly byte[]? _map;

    public SetBucket(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == MapBytes)
        {
            _map = bytes.ToArray();
            return;
        }

        _listed = [];
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            _listed.Add(BinaryPrimitives.ReadUInt16LittleEndian(bytes[i..]));
        }
    }

    /// <summary>The bucket a set belongs to.</summary>
    public static long Of(long set) => set >> 16;

    /// <summary>Whether stored bytes hold a set, without reading them all.</summary>
    public static bool Holds(ReadOnlySpan<byte> bytes, long set)
    {
        var low = (ushort)set;
        if (bytes.Length == MapBytes)
        {
            return (bytes[low >> 3] & (1 << (low & 7))) != 0;
        }

        var (from, to) = (0, (bytes.Length / 2) - 1);
        while (from <= to)
        {
            var middle = (from + to) / 2;
            var value = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(middle * 2)..]);
            if (value == low)
            {
                return true;
            }

            (from, to) = value < low ? (middle + 1, to) : (from, middle - 1);
        }

        return false;
    }

    /// <summary>Whether stored bytes have a bit each for the sets of a bucket, instead of listing them.</summary>
    public static bool IsMap(ReadOnlySpan<byte> bytes) => bytes.Length == MapBytes;

    /// <summary>What stored bytes hold, of the bucket of this number.</summary>
    public static IEnumerable<long> All(byte[] bytes, long bucket)
    {
        if (bytes.Length == MapBytes)
        {
            for (var low = 0; low < MapBytes * 8; low++)
            {
                if ((bytes[low >> 3] & (1 << (low & 7))) != 0)
                {
                    yield return (bucket << 16) | (long)low;
                }
            }

            yield break;
        }

        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            yield return (bucket << 16) | BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(i));
        }
    }

    public void Add(long set)
    {
        if (_map is not null)
        {
            _map[(ushort)set >> 3] |= (byte)(1 << ((ushort)set & 7));
        }
        else
        {
            _listed!.Add((ushort)set);
        }
    }

    public void Remove(long set)
    {
        if (_map is not null)
        {
            _map[(ushort)set >> 3] &= (byte)~(1 << ((ushort)set & 7));
        }
        else
        {
            _listed!.Remove((ushort)set);
        }
    }

    /// <summary>As stored; empty when none is left.</summary>
    public byte[] Write()
    {
        if (_map is not null)
        {
            return _map.AsSpan().IndexOfAnyExcept((byte)0) < 0 ? [] : _map;
        }

        var bytes = new byte[_listed!.Count > MaxListed ? MapBytes : _listed.Count * 2];
        var at = 0;
        foreach (var low in _listed)
        {
            if (bytes.Length == MapBytes)
            {
                bytes[low >> 3] |= (byte)(1 << (low & 7));
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), low);
                at += 2;
            }
        }

        return bytes;
    }
}
