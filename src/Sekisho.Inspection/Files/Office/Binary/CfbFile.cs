using System.Buffers.Binary;
using System.Text;

namespace Sekisho.Inspection;

/// <summary>A stream or storage of a compound file.</summary>
/// <param name="Id">Its number in the directory.</param>
/// <param name="Name">At most 31 characters.</param>
/// <param name="IsStream">False for a storage.</param>
/// <param name="Start">First sector.</param>
/// <param name="Size">Bytes it says it has.</param>
/// <param name="Child">Number of its child tree's root, for a storage.</param>
internal sealed record CfbEntry(int Id, string Name, bool IsStream, uint Start, long Size, int Child);

/// <summary>
/// Reads a compound file ([MS-CFB]): the file system in a file of old Office documents and Outlook messages. Sector chains that turn in circles or
/// lead outside end where they do; no stream is ever longer than the file, and all reading together is bounded by a multiple of the file's size.
/// </summary>
internal sealed class CfbFile
{
    private const int MostEntries = 200_000;
    private const int MiniSize = 64;
    private const uint End = 0xFFFFFFFA;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _sector;
    private readonly List<int> _fat = [];
    private readonly List<int> _directory = [];
    private readonly uint _miniCutoff;
    private readonly ReadOnlyMemory<byte> _miniStream;
    private readonly ReadOnlyMemory<byte> _miniFat;
    private long _budget;

    private CfbFile(ReadOnlyMemory<byte> bytes, int sector)
    {
        (_bytes, _sector) = (bytes, sector);
        _budget = (bytes.Length * 8L) + (1 << 20);
        ReadFat();
        ReadDirectory();
        Root = Entry(0) ?? throw new InvalidDataException("no root");
        _miniCutoff = UInt(56);
        _miniStream = Chain(Root.Start, long.MaxValue);
        _miniFat = Chain(UInt(60), long.MaxValue);
    }

    /// <summary>The uppermost storage.</summary>
    public CfbEntry Root { get; }

    /// <summary>True when a chain broke off or reading went past its bound: what was read is not all.</summary>
    public bool Damaged { get; private set; }

    /// <summary>True by the signature.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    /// <summary>Opens one. Throws <see cref="InvalidDataException"/> where header or root cannot be read.</summary>
    public static CfbFile Open(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < 512 || !IsOne(bytes.Span))
        {
            throw new InvalidDataException("no compound file");
        }

        var shift = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[30..]);
        return shift is 9 or 12 ? new CfbFile(bytes, 1 << shift) : throw new InvalidDataException("sector size");
    }

    /// <summary>What a storage holds, by name (§2.6.4 compares without case).</summary>
    public Dictionary<string, CfbEntry> Children(CfbEntry storage)
    {
        var found = new Dictionary<string, CfbEntry>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<int>();
        var open = new Stack<int>();
        open.Push(storage.Child);
        while (open.TryPop(out var id))
        {
            if (id < 0 || id >= _directory.Count || !seen.Add(id) || Entry(id) is not { } entry)
            {
                continue;
            }

            if ((_budget -= 16) < 0)
            {
                // Storages that share one tree would have it walked over and over.
                Damaged = true;
                break;
            }

            found.TryAdd(entry.Name, entry);
            open.Push(Int(_directory[id] + 72));
            open.Push(Int(_directory[id] + 68));
        }

        return found;
    }

    /// <summary>A stream by its name in the root, or null.</summary>
    public ReadOnlyMemory<byte>? Find(string name) => Children(Root).TryGetValue(name, out var entry) && entry.IsStream ? Read(entry) : null;

    /// <summary>The bytes of a stream, as many as there are.</summary>
    public ReadOnlyMemory<byte> Read(CfbEntry entry)
    {
        var content = entry.Size < _miniCutoff ? MiniChain(entry.Start, entry.Size) : Chain(entry.Start, entry.Size);
        Damaged |= content.Length < entry.Size;
        return content;
    }

    private CfbEntry? Entry(int id)
    {
        if (id >= _directory.Count)
        {
            return null;
        }

        var at = _directory[id];
        var entry = _bytes.Span.Slice(at, 128);
        var type = entry[66];
        if (type is not (1 or 2 or 5))
        {
            return null;
        }

        var length = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]) - 2, 0, 62) & ~1;
        var size = _sector == 512 ? BinaryPrimitives.ReadUInt32LittleEndian(entry[120..]) : BinaryPrimitives.ReadInt64LittleEndian(entry[120..]);
        return new CfbEntry(id, Encoding.Unicode.GetString(entry[..length]), type == 2, UInt(at + 116), Math.Max(0, size), Int(at + 76));
    }

    private void ReadFat()
    {
        for (var i = 0; i < 109; i++)
        {
            AddFat(UInt(76 + (i * 4)));
        }

        // Each sector of the double-indirect table is met once at most.
        var next = UInt(68);
        for (var hops = 0; Offset(next) is { } at && hops <= _bytes.Length / _sector; hops++)
        {
            for (var i = 0; i < _sector - 4; i += 4)
            {
                AddFat(UInt(at + i));
            }

            next = UInt(at + _sector - 4);
            if (_fat.Count > _bytes.Length / _sector)
            {
                break;
            }
        }
    }

    private void AddFat(uint sector)
    {
        if (sector < End)
        {
            _fat.Add(Offset(sector) ?? -1);
        }
    }

    private void ReadDirectory()
    {
        var sector = UInt(48);
        for (var hops = 0; Offset(sector) is { } at && hops <= _bytes.Length / _sector && _directory.Count < MostEntries; hops++)
        {
            for (var i = 0; i < _sector; i += 128)
            {
                _directory.Add(at + i);
            }

            sector = Next(sector);
        }
    }

    private uint Next(uint sector)
    {
        var perSector = (uint)_sector / 4;
        var table = sector / perSector;
        return table < _fat.Count && _fat[(int)table] >= 0 ? UInt(_fat[(int)table] + (int)(sector % perSector * 4)) : End;
    }

    private ReadOnlyMemory<byte> Chain(uint start, long size)
    {
        // First the whole way, then one copy; a file written in one go needs none.
        var sectors = new List<int>();
        var most = (int)Math.Min(_bytes.Length / _sector, (Math.Min(size, _bytes.Length) + _sector - 1) / _sector);
        var straight = true;
        for (var sector = start; sectors.Count < most && Offset(sector) is { } at; sector = Next(sector))
        {
            straight &= sectors.Count == 0 || at == sectors[^1] + _sector;
            sectors.Add(at);
        }

        if (sectors.Count == 0)
        {
            return default;
        }

        var length = (int)Math.Min(size, (long)sectors.Count * _sector);
        if ((_budget -= length) < 0)
        {
            Damaged = true;
            return default;
        }

        if (straight)
        {
            return _bytes.Slice(sectors[0], Math.Min(length, _bytes.Length - sectors[0]));
        }

        var whole = new byte[length];
        for (var i = 0; i < sectors.Count; i++)
        {
            var room = whole.AsSpan(i * _sector);
            var part = _bytes.Span[sectors[i]..];
            part[..Math.Min(part.Length, Math.Min(_sector, room.Length))].CopyTo(room);
        }

        return whole;
    }

    private ReadOnlyMemory<byte> MiniChain(uint start, long size)
    {
        var claimed = size;
        size = Math.Min(size, _miniStream.Length);
        if (size <= 0 || (_budget -= size) < 0)
        {
            Damaged |= claimed > 0;
            return default;
        }

        var most = (int)((size + MiniSize - 1) / MiniSize);
        var whole = new byte[size];
        var filled = 0;
        var sector = start;
        for (var i = 0; i < most && sector < End && ((long)sector + 1) * MiniSize <= _miniStream.Length + (MiniSize - 1); i++)
        {
            var part = _miniStream.Span[(int)((long)sector * MiniSize)..];
            var length = Math.Min(Math.Min(part.Length, MiniSize), whole.Length - filled);
            part[..length].CopyTo(whole.AsSpan(filled));
            filled += length;
            sector = ((long)sector * 4) + 4 <= _miniFat.Length ? BinaryPrimitives.ReadUInt32LittleEndian(_miniFat.Span[((int)sector * 4)..]) : End;
        }

        return whole.AsMemory(0, filled);
    }

    /// <summary>Where a sector lies; the last one may be cut short by programs that save on it.</summary>
    private int? Offset(uint sector)
    {
        var at = ((long)sector + 1) * _sector;
        return sector < End && at + _sector <= _bytes.Length ? (int)at : null;
    }

    private uint UInt(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span[at..]);

    private int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(_bytes.Span[at..]);
}
