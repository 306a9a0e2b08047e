namespace Sekisho.Audit.Run;

/// <summary>Writing and reading counts by name, in the order they came in, so that what is read back goes on exactly as what was saved.</summary>
internal static class SavedCounts
{
    private const int MostEntries = 50_000_000;

    public static void Write(this BinaryWriter writer, long[] counts)
    {
        writer.Write(counts.Length);
        foreach (var count in counts)
        {
            writer.Write(count);
        }
    }

    public static void ReadInto(this BinaryReader reader, long[] counts)
    {
        if (reader.ReadInt32() != counts.Length)
        {
            throw new InvalidDataException("another number of counts was expected");
        }

        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = reader.ReadInt64();
        }
    }

    public static void WriteAll<TKey, TValue>(this BinaryWriter writer, IReadOnlyCollection<KeyValuePair<TKey, TValue>> entries, Action<BinaryWriter, TKey> writeKey, Action<BinaryWriter, TValue> writeValue)
    {
        writer.Write(entries.Count);
        foreach (var (key, value) in entries)
        {
            writeKey(writer, key);
            writeValue(writer, value);
        }
    }

    public static void ReadAll<TKey, TValue>(this BinaryReader reader, IDictionary<TKey, TValue> into, Func<BinaryReader, TKey> readKey, Func<BinaryReader, TValue> readValue)
    {
        into.Clear();
        for (var left = Count(reader); left > 0; left--)
        {
            var key = readKey(reader);
            into[key] = readValue(reader);
        }
    }

    /// <summary>A number of entries; throws <see cref="InvalidDataException"/> for one that no run could have written.</summary>
    public static int Count(BinaryReader reader)
        => reader.ReadInt32() is >= 0 and <= MostEntries and var count ? count : throw new InvalidDataException("a count is out of range");

    public static void WriteMoment(this BinaryWriter writer, DateTimeOffset? moment)
    {
        writer.Write(moment is not null);
        writer.Write(moment?.Ticks ?? 0);
        writer.Write((short)(moment?.Offset.TotalMinutes ?? 0));
    }

    public static DateTimeOffset? ReadMoment(this BinaryReader reader)
    {
        var known = reader.ReadBoolean();
        var (ticks, minutes) = (reader.ReadInt64(), reader.ReadInt16());
        return known ? new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes)) : null;
    }
}
