using System.Security.Cryptography;

namespace Sekisho.Audit.Archives;

/// <summary>
/// All messages in date order. The order is one number a message, its time above its place in the files' order: sorted as plain numbers it is stable, and nothing is moved
/// or held twice.
/// </summary>
internal sealed class ArchiveIndex
{
    // 33 bits of seconds since 1970 reach the year 2242.
    private const int PlaceBits = 31;
    private const ulong PlaceMask = (1UL << PlaceBits) - 1;

    private readonly EntryList[] _lists;
    private readonly int[] _starts;
    private readonly ulong[] _order;

    /// <summary>Sorts what was found, given in the files' order.</summary>
    public ArchiveIndex(IReadOnlyList<EntryList> lists)
    {
        _lists = [.. lists.Where(l => l.Count > 0)];
        _starts = new int[_lists.Length];
        var count = 0L;
        for (var i = 0; i < _lists.Length; i++)
        {
            _starts[i] = (int)count;
            count += _lists[i].Count;
            if (count > Array.MaxLength)
            {
                throw new ArchiveException("more messages than one run can hold: give it a part of the archive at a time");
            }
        }

        _order = new ulong[count];
        var place = 0;
        foreach (var list in _lists)
        {
            for (var i = 0; i < list.Count; i++, place++)
            {
                ref var entry = ref list[i];
                _order[place] = ((ulong)entry.Seconds << PlaceBits) | (uint)place;
                Bytes += entry.Length;
            }
        }

        Array.Sort(_order);
    }

    /// <summary>Messages.</summary>
    public int Count => _order.Length;

    /// <summary>Of all messages.</summary>
    public long Bytes { get; }

    /// <summary>In date order.</summary>
    public ref Entry this[int index]
    {
        get
        {
            var place = (int)(_order[index] & PlaceMask);
            var list = Array.BinarySearch(_starts, place);
            list = list < 0 ? ~list - 1 : list;
            return ref _lists[list][place - _starts[list]];
        }
    }

    /// <summary>Adds every message to a digest, in the files' order.</summary>
    public void AppendTo(IncrementalHash hash)
    {
        Span<byte> row = stackalloc byte[28];
        foreach (var list in _lists)
        {
            for (var i = 0; i < list.Count; i++)
            {
                ref var entry = ref list[i];
                System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(row, entry.Seconds);
                System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(row[8..], entry.Offset);
                System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(row[16..], entry.Length);
                System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(row[20..], entry.File);
                System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(row[24..], (int)entry.Marks);
                hash.AppendData(row);
            }
        }
    }
}
