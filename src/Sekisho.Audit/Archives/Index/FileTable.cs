using System.Collections;
using System.Text;

namespace Sekisho.Audit.Archives;

/// <summary>
/// The archive's files by number. A folder may hold a million of them, so names lie end to end in one run of bytes, as the disk has them (no encoding assumed), and become
/// strings when somebody asks.
/// </summary>
internal sealed class FileTable : IReadOnlyList<string>
{
    private const int Alone = -1;

    // Number 0 is no folder.
    private readonly List<Folder> _folders = [new([], 0)];
    private readonly List<Member> _members = [];
    private Row[] _rows = new Row[16];
    private byte[] _names = new byte[256];
    private int _used;

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>The file's name as a person knows it.</summary>
    public string this[int index] => Display(index);

    /// <summary>A folder files are added under.</summary>
    /// <param name="path">As the disk has it, ending with its separator; what a packed file's members are in, for those.</param>
    /// <param name="rooted">From where on it is the same on every machine: the length of the part that leads to the given path.</param>
    public int AddFolder(ReadOnlySpan<byte> path, int rooted)
    {
        _folders.Add(new Folder(path.ToArray(), Math.Min(rooted, path.Length)));
        return _folders.Count - 1;
    }

    /// <summary>Adds a file of its own on the disk.</summary>
    public int Add(int folder, ReadOnlySpan<byte> name) => Add(folder, name, Alone);

    /// <summary>Adds a file that lies within another.</summary>
    public int AddMember(int folder, ReadOnlySpan<byte> name, string volume, long start, long length)
    {
        _members.Add(new Member(volume, start, length));
        return Add(folder, name, _members.Count - 1);
    }

    /// <summary>Adds all of another table's files behind these; returns by how much their numbers grow.</summary>
    public (int Files, int Folders) Append(FileTable other)
    {
        var (filesBefore, foldersBefore) = (Count, _folders.Count);
        _folders.AddRange(other._folders);
        for (var i = 0; i < other.Count; i++)
        {
            var row = other._rows[i];
            if (row.Slot == Alone)
            {
                Add(row.Folder + foldersBefore, other.Name(i));
            }
            else
            {
                var member = other._members[row.Slot];
                AddMember(row.Folder + foldersBefore, other.Name(i), member.Volume, member.Start, member.Length);
            }
        }

        return (filesBefore, foldersBefore);
    }

    /// <summary>True for a file within another, and where.</summary>
    public bool IsMember(int file, out Member member)
    {
        var slot = _rows[file].Slot;
        member = slot == Alone ? default : _members[slot];
        return slot != Alone;
    }

    /// <summary>The path on the disk of a file of its own.</summary>
    public byte[] Path(int file) => [.. _folders[_rows[file].Folder].Path, .. Name(file)];

    /// <summary>What of its name is the same on every machine.</summary>
    public byte[] Rooted(int file) => [.. _folders[_rows[file].Folder].Path.AsSpan(_folders[_rows[file].Folder].Rooted), .. Name(file)];

    /// <summary>Its name within its folder.</summary>
    public ReadOnlySpan<byte> Name(int file)
    {
        var start = _rows[file].NameAt;
        var end = file + 1 < Count ? _rows[file + 1].NameAt : _used;
        return _names.AsSpan(start, end - start);
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return Display(i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Add(int folder, ReadOnlySpan<byte> name, int slot)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count + (Count >> 1));
        }

        if (name.Length > _names.Length - _used)
        {
            Array.Resize(ref _names, checked((int)Math.Min(Array.MaxLength, Math.Max(_names.Length * 3L / 2, (long)_used + name.Length))));
        }

        name.CopyTo(_names.AsSpan(_used));
        _rows[Count] = new Row(folder, _used, slot);
        _used += name.Length;
        return Count++;
    }

    private string Display(int file) => FileNames.Display(Path(file));

    /// <summary>Where a file lies within another.</summary>
    /// <param name="Volume">Path of the file that holds it.</param>
    /// <param name="Start">Its first byte there.</param>
    /// <param name="Length">Its bytes.</param>
    internal readonly record struct Member(string Volume, long Start, long Length);

    private readonly record struct Folder(byte[] Path, int Rooted);

    private readonly record struct Row(int Folder, int NameAt, int Slot);
}

/// <summary>File names of any encoding.</summary>
internal static class FileNames
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>For a person: UTF-8, or with each byte that is none of it as <c>%XX</c>, control characters too.</summary>
    public static string Display(ReadOnlySpan<byte> name)
    {
        var text = new StringBuilder(name.Length);
        while (!name.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(name, out var rune, out var used);
            if (status == System.Buffers.OperationStatus.Done && !Rune.IsControl(rune))
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var b in name[..used])
                {
                    text.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
                }
            }

            name = name[used..];
        }

        return text.ToString();
    }

    /// <summary>As the runtime's own file calls take it; null where only the system's take it.</summary>
    public static string? Managed(ReadOnlySpan<byte> path)
    {
        try
        {
            return s_strict.GetString(path);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
