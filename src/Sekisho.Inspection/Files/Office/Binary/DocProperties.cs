using System.Buffers.Binary;

namespace Sekisho.Inspection;

/// <summary>
/// What the formatting of a .doc says about stretches of its bytes: which paragraphs lie in a table or end a row, which characters were deleted
/// ([MS-DOC] 2.8.25, 2.8.26, 2.9.33: bin tables of pages of 512 bytes).
/// </summary>
internal sealed class DocProperties
{
    /// <summary>The paragraph is in a table.</summary>
    public const int InTable = 1;

    /// <summary>The paragraph is the end of a row.</summary>
    public const int RowEnd = 2;

    /// <summary>The characters were deleted.</summary>
    public const int Deleted = 4;

    private const int Page = 512;

    private readonly List<(uint Start, uint End, int Flags)> _runs = [];

    /// <summary>Reads the pages a bin table names. <paramref name="entry"/>: bytes of a page's entry, 13 for paragraphs, 1 for characters.</summary>
    public DocProperties(ReadOnlySpan<byte> document, ReadOnlySpan<byte> bins, int entry, ReadOnlySpan<byte> data = default)
    {
        var count = Math.Max(0, (bins.Length - 4) / 8);
        var seen = new HashSet<uint>();
        for (var i = 0; i < count; i++)
        {
            var page = BinaryPrimitives.ReadUInt32LittleEndian(bins[((count + 1 + i) * 4)..]) & 0x3FFFFF;
            var at = (long)page * Page;
            if (at + Page <= document.Length && seen.Add(page))
            {
                Read(document.Slice((int)at, Page), entry, data);
            }
        }

        _runs.Sort((a, b) => a.Start.CompareTo(b.Start));
    }

    /// <summary>The flags of the byte at a position of the document stream, and where the stretch they hold for ends.</summary>
    public (int Flags, uint End) At(uint position)
    {
        var (low, high) = (0, _runs.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_runs[middle].Start <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        if (high >= 0 && position < _runs[high].End)
        {
            return (_runs[high].Flags, _runs[high].End);
        }

        return (0, low < _runs.Count ? _runs[low].Start : uint.MaxValue);
    }

    private void Read(ReadOnlySpan<byte> page, int entry, ReadOnlySpan<byte> data)
    {
        int runs = page[Page - 1];
        for (var i = 0; i < runs && ((runs + 1) * 4) + ((i + 1) * entry) < Page; i++)
        {
            var start = BinaryPrimitives.ReadUInt32LittleEndian(page[(i * 4)..]);
            var end = BinaryPrimitives.ReadUInt32LittleEndian(page[((i + 1) * 4)..]);
            var at = page[((runs + 1) * 4) + (i * entry)] * 2;
            var flags = at > 0 && at < Page - 1 ? Flags(page, at, paragraph: entry > 1, data) : 0;
            if (end > start)
            {
                _runs.Add((start, end, flags));
            }
        }
    }

    private static int Flags(ReadOnlySpan<byte> page, int at, bool paragraph, ReadOnlySpan<byte> data)
    {
        int length = page[at++];
        if (paragraph)
        {
            // The length counts words; a zero says that the next byte does.
            length = length == 0 ? page[at++] * 2 : (length * 2) - 1;
            at += 2;
            length -= 2;
        }

        var list = page.Slice(Math.Min(at, Page - 1), Math.Clamp(length, 0, Math.Max(0, Page - 1 - at)));
        // A list too long for the page stands in the data stream (sprmPHugePapx): the ends of wide rows have such.
        if (list.Length >= 6 && BinaryPrimitives.ReadUInt16LittleEndian(list) is 0x6645 or 0x6646
            && BinaryPrimitives.ReadUInt32LittleEndian(list[2..]) is var far && far + 2L <= data.Length)
        {
            var rest = data[(int)far..];
            list = rest.Slice(2, Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(rest), rest.Length - 2));
        }

        return Flags(list);
    }

    private static int Flags(ReadOnlySpan<byte> list)
    {
        var flags = 0;
        while (list.Length >= 3)
        {
            var code = BinaryPrimitives.ReadUInt16LittleEndian(list);
            flags |= (code, list[2]) switch
            {
                (0x2416, not 0) => InTable,
                (0x2417, not 0) => RowEnd | InTable,
                (0x0800, not 0) => Deleted,
                _ => 0,
            };
            var operand = (code >> 13) switch
            {
                0 or 1 => 1,
                2 or 4 or 5 => 2,
                3 => 4,
                7 => 3,
                _ => code == 0xD608 && list.Length >= 4 ? BinaryPrimitives.ReadUInt16LittleEndian(list[2..]) + 1 : list[2] + 1,
            };
            if (2 + operand >= list.Length)
            {
                break;
            }

            list = list[(2 + operand)..];
        }

        return flags;
    }
}
