using System.Runtime.InteropServices;

namespace Sekisho.Audit.Archives;

/// <summary>Where a message is and when it was written, in 24 bytes: an archive of millions keeps one each.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Entry
{
    private const int OffsetBits = 48;
    private const int ZoneBits = 11;
    private const int ZoneBias = 1024;
    private const ulong OffsetMask = (1UL << OffsetBits) - 1;
    private const ulong ZoneMask = ((1UL << ZoneBits) - 1) << OffsetBits;

    // 48 bits of offset, 11 of zone, then the marks.
    private ulong _packed;

    public Entry(int file, long offset, int length, EntryMarks marks)
    {
        File = file;
        Length = length;
        _packed = ((ulong)offset & OffsetMask) | ((ulong)marks << (OffsetBits + ZoneBits));
    }

    /// <summary>UTC seconds since 1970.</summary>
    public long Seconds { get; private set; }

    /// <summary>Bytes.</summary>
    public int Length { get; }

    /// <summary>Of the archive's files.</summary>
    public int File { get; }

    /// <summary>From the beginning of the file's content.</summary>
    public readonly long Offset => (long)(_packed & OffsetMask);

    /// <summary>What reading it has to mind.</summary>
    public EntryMarks Marks
    {
        readonly get => (EntryMarks)(_packed >> (OffsetBits + ZoneBits));
        set => _packed = (_packed & (OffsetMask | ZoneMask)) | ((ulong)value << (OffsetBits + ZoneBits));
    }

    /// <summary>When it was written, to the second.</summary>
    public DateTimeOffset At
    {
        readonly get => DateTimeOffset.FromUnixTimeSeconds(Seconds).ToOffset(TimeSpan.FromMinutes((int)((_packed & ZoneMask) >> OffsetBits) - ZoneBias));
        set
        {
            Seconds = value.ToUnixTimeSeconds();
            _packed = (_packed & ~ZoneMask) | ((ulong)((int)value.Offset.TotalMinutes + ZoneBias) << OffsetBits);
        }
    }
}

/// <summary>What reading a message has to mind.</summary>
[Flags]
internal enum EntryMarks : byte
{
    None = 0,

    /// <summary>Lines that begin with <c>From </c> were given a <c>&gt;</c>.</summary>
    Quoted = 1,

    /// <summary>Lines end with a bare CR.</summary>
    BareCr = 2,

    /// <summary>Nothing said when it was written.</summary>
    Undated = 4,
}

/// <summary>A growing list that never copies what it holds: a doubled array of millions would be the peak of the whole run.</summary>
internal sealed class EntryList
{
    private const int Shift = 14;
    private const int PieceLength = 1 << Shift;

    private readonly List<Entry[]> _pieces = [];

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    public ref Entry this[int index] => ref _pieces[index >> Shift][index & (PieceLength - 1)];

    /// <summary>Adds one at the end.</summary>
    public void Add(in Entry entry)
    {
        var within = Count & (PieceLength - 1);
        if (within == 0)
        {
            // Most lists are of one folder's handful; only long ones take whole pieces.
            _pieces.Add(new Entry[_pieces.Count == 0 ? 16 : PieceLength]);
        }

        var last = _pieces[^1];
        if (within == last.Length)
        {
            Array.Resize(ref last, Math.Min(PieceLength, last.Length * 2));
            _pieces[^1] = last;
        }

        last[within] = entry;
        Count++;
    }

    /// <summary>Gives back what the last piece has to spare.</summary>
    public void Trim()
    {
        if (_pieces.Count == 0)
        {
            return;
        }

        var last = _pieces[^1];
        var used = Count - ((_pieces.Count - 1) << Shift);
        if (used < last.Length)
        {
            Array.Resize(ref last, used);
            _pieces[^1] = last;
        }
    }
}
