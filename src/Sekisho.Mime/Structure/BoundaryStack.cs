namespace Sekisho.Mime;

/// <summary>
/// The boundaries of the multiparts that are open, innermost last (RFC 2046 section 5.1.1). A line is looked up by its hash, and hashed only
/// when some open boundary is of its length: neither the depth of nesting nor look-alike boundaries multiply the time.
/// </summary>
internal sealed class BoundaryStack
{
    private readonly List<byte[]> _open = [];
    private readonly Dictionary<int, int> _lengths = [];
    private readonly Dictionary<byte[], Stack<int>> _indexes = new(new BytesComparer());
    private readonly Dictionary<byte[], Stack<int>>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public BoundaryStack() => _lookup = _indexes.GetAlternateLookup<ReadOnlySpan<byte>>();

    public int Count => _open.Count;

    public void Push(byte[] boundary)
    {
        if (!_indexes.TryGetValue(boundary, out var indexes))
        {
            _indexes[boundary] = indexes = new Stack<int>();
        }

        indexes.Push(_open.Count);
        _open.Add(boundary);
        _lengths[boundary.Length] = _lengths.GetValueOrDefault(boundary.Length) + 1;
    }

    public void Pop()
    {
        var last = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        var indexes = _indexes[last];
        indexes.Pop();
        if (indexes.Count == 0)
        {
            _indexes.Remove(last);
        }

        if (--_lengths[last.Length] == 0)
        {
            _lengths.Remove(last.Length);
        }
    }

    /// <summary>
    /// Which open boundary the line is: its index, or -1. <paramref name="closing"/> when it is the closing delimiter.
    /// An inner boundary wins over an equal outer one.
    /// </summary>
    public int Match(ReadOnlySpan<byte> line, out bool closing)
    {
        closing = false;
        if (_open.Count == 0 || line.Length < 3 || line[0] != '-' || line[1] != '-')
        {
            return -1;
        }

        var text = line[2..].TrimEnd(" \t\r"u8);
        var index = Find(text);
        if (index < 0 && text.EndsWith("--"u8))
        {
            index = Find(text[..^2]);
            closing = index >= 0;
        }

        return index;
    }

    private int Find(ReadOnlySpan<byte> text)
        => _lengths.ContainsKey(text.Length) && _lookup.TryGetValue(text, out var indexes) ? indexes.Peek() : -1;

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
