namespace Sekisho.Mime;

/// <summary>
/// The boundaries of the multiparts that are open, innermost last (RFC 2046 section 5.1.1). A line is compared only with boundaries
/// of its own length, found through a table, so the depth of nesting does not multiply the time.
/// </summary>
internal sealed class BoundaryStack
{
    private readonly List<byte[]> _open = [];
    private readonly Dictionary<int, int> _lengths = [];

    public int Count => _open.Count;

    public void Push(byte[] boundary)
    {
        _open.Add(boundary);
        _lengths[boundary.Length] = _lengths.GetValueOrDefault(boundary.Length) + 1;
    }

    public void Pop()
    {
        var last = _open[^1];
        _open.RemoveAt(_open.Count - 1);
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
    {
        if (!_lengths.ContainsKey(text.Length))
        {
            return -1;
        }

        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (text.SequenceEqual(_open[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
