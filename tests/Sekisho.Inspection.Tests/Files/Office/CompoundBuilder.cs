using System.Text;

namespace Sekisho.Inspection.Tests;

/// <summary>Writes compound files as [MS-CFB] has them (version 3, small streams in the mini stream), independently of the reader.</summary>
internal sealed class CompoundBuilder
{
    private const int Sector = 512;

    private readonly List<(string Name, byte[]? Content, CompoundBuilder? Storage)> _entries = [];

    public CompoundBuilder Stream(string name, byte[] content)
    {
        _entries.Add((name, content, null));
        return this;
    }

    public CompoundBuilder Storage(string name, CompoundBuilder storage)
    {
        _entries.Add((name, null, storage));
        return this;
    }

    public byte[] Build()
    {
        var directory = new List<byte[]>();
        var mini = new MemoryStream();
        var miniFat = new List<int>();
        var large = new List<byte[]>();
        directory.Add([]);
        var child = Write(directory, mini, miniFat, large);

        // Sectors: directory, mini table, mini stream, large streams, allocation table.
        var sectors = new MemoryStream();
        var fat = new List<int>();
        int Put(byte[] bytes)
        {
            if (bytes.Length == 0)
            {
                return -2;
            }

            var start = fat.Count;
            var count = (bytes.Length + Sector - 1) / Sector;
            for (var i = 0; i < count; i++)
            {
                fat.Add(i + 1 < count ? start + i + 1 : -2);
            }

            sectors.Write(bytes);
            sectors.Write(new byte[(count * Sector) - bytes.Length]);
            return start;
        }

        // One table of 128 sectors comes first, so that it lies behind the head; larger files are not needed.
        fat.Add(-3);
        sectors.Write(new byte[Sector]);
        var starts = large.ConvertAll(Put);
        var miniStart = Put(mini.ToArray());
        var miniFatStart = Put([.. miniFat.SelectMany(BitConverter.GetBytes)]);
        directory[0] = Entry("Root Entry", 5, -1, child, miniStart, (int)mini.Length);
        var entries = directory.SelectMany(e => e).ToArray();
        for (var i = 0; i < directory.Count; i++)
        {
            var start = BitConverter.ToInt32(entries, (i * 128) + 116);
            if (start <= -1000)
            {
                BitConverter.TryWriteBytes(entries.AsSpan((i * 128) + 116), starts[-1000 - start]);
            }
        }

        while (entries.Length % Sector != 0)
        {
            entries = [.. entries, .. new byte[128]];
        }

        var directoryStart = Put(entries);
        var head = new byte[Sector];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(head, 0);
        head[24] = 0x3E;
        head[26] = 3;
        (head[28], head[29]) = (0xFE, 0xFF);
        head[30] = 9;
        head[32] = 6;
        BitConverter.TryWriteBytes(head.AsSpan(44), 1);
        BitConverter.TryWriteBytes(head.AsSpan(48), directoryStart);
        BitConverter.TryWriteBytes(head.AsSpan(56), 4096);
        BitConverter.TryWriteBytes(head.AsSpan(60), miniFatStart);
        BitConverter.TryWriteBytes(head.AsSpan(64), (miniFat.Count * 4 + Sector - 1) / Sector);
        BitConverter.TryWriteBytes(head.AsSpan(68), -2);
        head.AsSpan(76).Fill(0xFF);
        BitConverter.TryWriteBytes(head.AsSpan(76), 0);
        var all = sectors.ToArray();
        Assert.True(fat.Count <= Sector / 4, "more sectors than one table holds");
        all.AsSpan(0, Sector).Fill(0xFF);
        for (var i = 0; i < fat.Count; i++)
        {
            BitConverter.TryWriteBytes(all.AsSpan(i * 4), fat[i]);
        }

        return [.. head, .. all];
    }

    private int Write(List<byte[]> directory, MemoryStream mini, List<int> miniFat, List<byte[]> large)
    {
        var next = -1;
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            var (name, content, storage) = _entries[i];
            if (storage is not null)
            {
                var child = storage.Write(directory, mini, miniFat, large);
                directory.Add(Entry(name, 1, next, child, 0, 0));
            }
            else if (content!.Length >= 4096)
            {
                large.Add(content);
                directory.Add(Entry(name, 2, next, -1, -1000 - (large.Count - 1), content.Length));
            }
            else
            {
                var start = content.Length == 0 ? -2 : (int)(mini.Length / 64);
                var count = (content.Length + 63) / 64;
                for (var s = 0; s < count; s++)
                {
                    miniFat.Add(s + 1 < count ? start + s + 1 : -2);
                }

                mini.Write(content);
                mini.Write(new byte[(count * 64) - content.Length]);
                directory.Add(Entry(name, 2, next, -1, start, content.Length));
            }

            next = directory.Count - 1;
        }

        return next;
    }

    private static byte[] Entry(string name, byte type, int right, int child, int start, int size)
    {
        var entry = new byte[128];
        Encoding.Unicode.GetBytes(name).CopyTo(entry, 0);
        BitConverter.TryWriteBytes(entry.AsSpan(64), (short)((name.Length + 1) * 2));
        entry[66] = type;
        entry[67] = 1;
        BitConverter.TryWriteBytes(entry.AsSpan(68), -1);
        BitConverter.TryWriteBytes(entry.AsSpan(72), right);
        BitConverter.TryWriteBytes(entry.AsSpan(76), child);
        BitConverter.TryWriteBytes(entry.AsSpan(116), start);
        BitConverter.TryWriteBytes(entry.AsSpan(120), size);
        return entry;
    }
}
