using System.Buffers.Binary;

namespace Sekisho.Inspection;

/// <summary>Reads the property lists within TNEF attributes ([MS-OXTNEF] 2.1.3.4).</summary>
internal sealed class TnefProperties(ReadOnlyMemory<byte> bytes)
{
    private const int MostRows = 100_000;

    private int _at;

    /// <summary>Reads one list into <paramref name="into"/>. False where it breaks off.</summary>
    public bool Read(MapiBag into)
    {
        if (!Int(out var count))
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (!Int(out var tag))
            {
                return false;
            }

            var (type, id) = (tag & 0xFFFF, (tag >> 16) & 0xFFFF);
            if (id >= 0x8000 && !SkipName())
            {
                return false;
            }

            var many = (type & 0x1000) != 0;
            type &= ~0x1000;
            var varies = type is 0x1E or 0x1F or 0x0D or 0x102;
            var values = 1;
            if ((many || varies) && (!Int(out values) || values < 0))
            {
                return false;
            }

            for (var v = 0; v < values; v++)
            {
                var length = Width(type);
                if ((varies && !Int(out length)) || length < 0 || length > bytes.Length - _at)
                {
                    return false;
                }

                into.Add(id, type, bytes.Slice(_at, length));
                _at = Math.Min(bytes.Length, _at + ((length + 3) & ~3));
                if (length == 0 && !varies)
                {
                    // A value without bytes: counting them would take as long as the number says.
                    break;
                }
            }
        }

        return true;
    }

    /// <summary>Reads a number of lists, one for each recipient.</summary>
    public bool ReadRows(List<MapiBag> rows)
    {
        if (!Int(out var count))
        {
            return false;
        }

        for (var i = 0; i < count && rows.Count < MostRows; i++)
        {
            var row = new MapiBag();
            rows.Add(row);
            if (!Read(row))
            {
                return false;
            }
        }

        return true;
    }

    private static int Width(int type) => type switch
    {
        5 or 6 or 7 or 0x14 or 0x40 => 8,
        0x48 => 16,
        1 => 0,
        _ => 4,
    };

    private bool SkipName()
    {
        _at += 16;
        if (!Int(out var kind) || !Int(out var length))
        {
            return false;
        }

        if (kind == 1)
        {
            if (length < 0 || length > bytes.Length - _at)
            {
                return false;
            }

            _at += (length + 3) & ~3;
        }

        return _at <= bytes.Length;
    }

    private bool Int(out int value)
    {
        value = 0;
        if (_at < 0 || _at + 4 > bytes.Length)
        {
            return false;
        }

        value = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[_at..]);
        _at += 4;
        return true;
    }
}
