using System.IO.Enumeration;
using System.Text;

namespace Sekisho.Audit.Archives;

/// <summary>
/// What a folder holds, sorted: numbers by their value, the rest by their bytes. Names lie end to end, as a folder may have a million of them.
/// </summary>
internal sealed class FolderListing
{
    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false, BufferSize = 64 * 1024 };

    private readonly List<Row> _rows = [];
    private byte[] _names = new byte[1024];
    private int _used;

    private FolderListing()
    {
    }

    /// <summary>How many entries.</summary>
    public int Count => _rows.Count;

    /// <summary>Lists a folder. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    public static FolderListing Read(ReadOnlySpan<byte> folder, CancellationToken cancellation)
    {
        var listing = new FolderListing();
        var managed = FileNames.Managed(folder);
        if (managed is null || !listing.TryReadManaged(managed, cancellation))
        {
            // The runtime reads names as UTF-8 and cannot open again what is none.
            listing._rows.Clear();
            listing._used = 0;
            foreach (var (name, kind) in RawFiles.List(folder))
            {
                cancellation.ThrowIfCancellationRequested();
                listing.Add(name, kind, RawFiles.Length([.. folder, .. name]));
            }
        }

        listing._rows.Sort(listing.Compare);
        return listing;
    }

    /// <summary>An entry's name.</summary>
    public ReadOnlySpan<byte> Name(int index) => _names.AsSpan(_rows[index].At, _rows[index].NameLength);

    /// <summary>What it is.</summary>
    public EntryKind Kind(int index) => _rows[index].Kind;

    /// <summary>Bytes; 0 for what is no file.</summary>
    public long Length(int index) => _rows[index].Length;

    /// <summary>True when a folder of that name is here.</summary>
    public bool HasFolder(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < Count; i++)
        {
            if (Kind(i) is EntryKind.Folder or EntryKind.Link && Name(i).SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryReadManaged(string folder, CancellationToken cancellation)
    {
        var whole = true;
        var entries = new FileSystemEnumerable<int>(folder, (ref FileSystemEntry entry) =>
        {
            if (entry.FileName.Contains('\uFFFD'))
            {
                whole = false;
                return 0;
            }

            var link = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
            var kind = link ? EntryKind.Link : entry.IsDirectory ? EntryKind.Folder : EntryKind.File;
            Span<byte> name = stackalloc byte[entry.FileName.Length * 3];
            Add(name[..Encoding.UTF8.GetBytes(entry.FileName, name)], kind, kind == EntryKind.File ? entry.Length : 0);
            return 0;
        }, s_all);
        foreach (var _ in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!whole)
            {
                return false;
            }
        }

        return true;
    }

    private void Add(ReadOnlySpan<byte> name, EntryKind kind, long length)
    {
        if (name.Length > _names.Length - _used)
        {
            Array.Resize(ref _names, Math.Max(_names.Length * 2, _used + name.Length));
        }

        name.CopyTo(_names.AsSpan(_used));
        _rows.Add(new Row(_used, (ushort)name.Length, kind, length));
        _used += name.Length;
    }

    private int Compare(Row a, Row b)
    {
        var left = _names.AsSpan(a.At, a.NameLength);
        var right = _names.AsSpan(b.At, b.NameLength);
        var numbers = Digits(left) && Digits(right) ? left.TrimStart((byte)'0').Length.CompareTo(right.TrimStart((byte)'0').Length) : 0;
        return numbers != 0 ? numbers : left.SequenceCompareTo(right);
    }

    private static bool Digits(ReadOnlySpan<byte> name) => !name.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private readonly record struct Row(int At, ushort NameLength, EntryKind Kind, long Length);
}

/// <summary>What stands in a folder.</summary>
internal enum EntryKind : byte
{
    File,
    Folder,

    /// <summary>A symbolic link to anything.</summary>
    Link,
}
