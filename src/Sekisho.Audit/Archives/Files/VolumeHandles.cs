using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sekisho.Audit.Archives;

/// <summary>Handles of the files that messages are read from again and again, a bounded number of them open.</summary>
internal sealed class VolumeHandles : IDisposable
{
    private const int Most = 128;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Path, SafeFileHandle Handle)>> _open = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Path, SafeFileHandle Handle)> _order = new();
    private bool _disposed;

    /// <summary>
    /// The file's handle. It may be closed for another file's sake while the caller still holds it: a read that meets a closed handle asks again.
    /// </summary>
    public SafeFileHandle Get(string path)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_open.TryGetValue(path, out var node))
            {
                _order.Remove(node);
                _order.AddFirst(node);
                return node.Value.Handle;
            }

            var handle = RawFiles.Open(Encoding.UTF8.GetBytes(path));
            _open[path] = _order.AddFirst((path, handle));
            if (_order.Count > Most)
            {
                var last = _order.Last!.Value;
                _order.RemoveLast();
                _open.Remove(last.Path);
                last.Handle.Dispose();
            }

            return handle;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var (_, handle) in _order)
            {
                handle.Dispose();
            }

            _order.Clear();
            _open.Clear();
        }
    }
}
