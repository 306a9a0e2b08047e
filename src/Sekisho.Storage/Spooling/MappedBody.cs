using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Sekisho.Storage.Spooling;

/// <summary>A spool file mapped into memory: a large message is read where it lies, never copied onto the heap.</summary>
internal sealed unsafe class MappedBody : MemoryManager<byte>, IBodyLease
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _length;
    private byte* _pointer;

    private MappedBody(MemoryMappedFile file, MemoryMappedViewAccessor view, int length)
    {
        _file = file;
        _view = view;
        _length = length;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pointer);
        _pointer += view.PointerOffset;
    }

    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pointer is null, this);
            return Memory;
        }
    }

    /// <summary>Maps a file. Throws <see cref="StoreException"/> saying which file is missing, or shorter or longer than what was accepted.</summary>
    public static MappedBody Open(string path, string name, long size)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length != size)
            {
                throw new StoreException($"spool file {name} has {length} bytes, {size} were accepted");
            }

            if (size is 0 or > int.MaxValue)
            {
                throw new StoreException($"spool file {name}: {size} bytes cannot be mapped");
            }

            var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            try
            {
                return new MappedBody(file, file.CreateViewAccessor(0, size, MemoryMappedFileAccess.Read), (int)size);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (FileNotFoundException error)
        {
            throw new StoreException($"spool file {name} is missing", error);
        }
        catch (DirectoryNotFoundException error)
        {
            throw new StoreException($"spool file {name} is missing", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"spool file {name} cannot be read: {error.Message}", error);
        }
    }

    public override Span<byte> GetSpan()
    {
        // A span over unmapped memory would crash the process; asked after disposal it says so instead.
        ObjectDisposedException.ThrowIf(_pointer is null, this);
        return new Span<byte>(_pointer, _length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_pointer is null, this);
        return new MemoryHandle(_pointer + elementIndex, pinnable: this);
    }

    public override void Unpin()
    {
    }

    public void Dispose() => Dispose(disposing: true);

    protected override void Dispose(bool disposing)
    {
        if (_pointer is not null)
        {
            _pointer = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }
}

/// <summary>A body that came with its row.</summary>
internal sealed class InlineBody(ReadOnlyMemory<byte> bytes) : IBodyLease
{
    public ReadOnlyMemory<byte> Bytes => bytes;

    public void Dispose()
    {
    }
}
