using System.Buffers;

namespace Sekisho.Storage.Correspondence;

/// <summary>Whole numbers in as few bytes as they need (seven bits a byte, the lowest first); signed ones folded so that small ones of either sign stay short.</summary>
internal static class Packed
{
    /// <summary>The longest of one number.</summary>
    public const int MaxBytes = 10;

    public static void Write(ArrayBufferWriter<byte> to, ulong value)
    {
        var span = to.GetSpan(MaxBytes);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        to.Advance(length);
    }

    public static void WriteSigned(ArrayBufferWriter<byte> to, long value) => Write(to, (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Takes one number off the front; 0 where nothing is left.</summary>
    public static ulong Read(ref ReadOnlySpan<byte> from)
    {
        ulong value = 0;
        for (var (i, shift) = (0, 0); i < from.Length && shift < 64; i++, shift += 7)
        {
            value |= (ulong)(from[i] & 0x7F) << shift;
            if (from[i] < 0x80)
            {
                from = from[(i + 1)..];
                return value;
            }
        }

        // Cut short: somebody else wrote it. What stood before is still good.
        from = default;
        return 0;
    }

    public static long ReadSigned(ref ReadOnlySpan<byte> from)
    {
        var value = Read(ref from);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Numbers in ascending order, as the steps between them.</summary>
    public static byte[] Ascending(IReadOnlyList<long> numbers)
    {
        var writer = new ArrayBufferWriter<byte>(Math.Max(16, numbers.Count * 4));
        long before = 0;
        for (var i = 0; i < numbers.Count; i++)
        {
            Write(writer, (ulong)(numbers[i] - before));
            before = numbers[i];
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Ascending"/> wrote, at most <paramref name="most"/> of them.</summary>
    public static List<long> Ascending(ReadOnlySpan<byte> bytes, int most = int.MaxValue)
    {
        var numbers = new List<long>(Math.Min(most, bytes.Length));
        long before = 0;
        while (!bytes.IsEmpty && numbers.Count < most)
        {
            before += (long)Read(ref bytes);
            numbers.Add(before);
        }

        return numbers;
    }
}
