using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sekisho.Audit.Archives;

/// <summary>Handles of the files that messages are read from again and again, a bounded number of them open.</summary>
internal sealed class VolumeHandles : IDisposable
{
    private const int Most = 128;

    private readonly Lock _lock = new();
    private readonly Dictionary<Name, LinkedListNode<(Name Name, SafeFileHandle Handle)>> _open = [];
    private readonly LinkedList<(Name Name, SafeFileHandle Handle)> _order = new();
    private bool _disposed;

    /// <summary>
    /// A packed file's handle. It may be closed for another file's sake while the caller still holds it: a read that meets a closed handle asks again.
    /// </summary>
    public SafeFileHandle Get(string path) => Get(new Name(path, 0), null);

    /// <summary>The same for a file of its own with many messages in it. Its table must be the same every time.</summary>
    public SafeFileHandle Get(FileTable files, int file) => Get(new Name(null, file), files);

    private SafeFileHandle Get(Name name, FileTable? files)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_open.TryGetValue(name, out var node))
            {
                _order.Remove(node);
                _order.AddFirst(node);
                return node.Value.Handle;
            }

            var handle = RawFiles.Open(files is null ? Encoding.UTF8.GetBytes(name.Volume!) : files.Path(name.File));
            _open[name] = _order.AddFirst((name, handle));
            if (_order.Count > Most)
            {
                var last = _order.Last!.Value;
                _order.RemoveLast();
                _open.Remove(last.Name);
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

    private readonly record struct Name(string? Volume, int File);
}
