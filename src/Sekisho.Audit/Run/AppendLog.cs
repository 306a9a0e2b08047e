using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Sekisho.Audit.Run;

/// <summary>
/// Bytes that are only ever added, in a file beside the saved state: what a checkpoint knows of it is a length, and what a killed run wrote beyond that is cut off. Where the disk is full, the rest
/// stays in memory until there is room. Not for several threads at once.
/// </summary>
internal sealed class AppendLog : IDisposable
{
    private const int Chunk = 256 * 1024;

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly SafeFileHandle _file;
    private readonly ArrayBufferWriter<byte> _pending = new(Chunk);
    private long _inFile;
    private bool _full;

    /// <summary>Opens the log, keeping its first <paramref name="length"/> bytes. Throws <see cref="InvalidDataException"/> where there are fewer, <see cref="IOException"/> where it cannot be opened.</summary>
    public AppendLog(string path, long length)
    {
        _path = path;
        _stream = StateFolder.OwnerOnly(path, FileMode.OpenOrCreate, FileShare.ReadWrite);
        _file = _stream.SafeFileHandle;
        if (RandomAccess.GetLength(_file) < length)
        {
            _stream.Dispose();
            throw new InvalidDataException($"{Path.GetFileName(path)} is shorter than it was saved");
        }

        RandomAccess.SetLength(_file, length);
        _inFile = length;
    }

    /// <summary>Bytes added, on disk or not yet.</summary>
    public long Length => _inFile + _pending.WrittenCount;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _pending.Write(bytes);
        if (_pending.WrittenCount >= Chunk && !_full)
        {
            try
            {
                Write();
            }
            catch (IOException)
            {
                _full = true;
            }
        }
    }

    /// <summary>Brings everything to the disk. Throws <see cref="IOException"/> when there is no room; then it is kept, and can be tried again.</summary>
    public void Flush()
    {
        Write();
        RandomAccess.FlushToDisk(_file);
        _full = false;
    }

    /// <summary>Reads all from the beginning; nothing may be added meanwhile.</summary>
    public Stream OpenRead() => new LogStream(this);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Write()
    {
        if (_pending.WrittenCount > 0)
        {
            RandomAccess.Write(_file, _pending.WrittenSpan, _inFile);
            _inFile += _pending.WrittenCount;
            _pending.ResetWrittenCount();
        }
    }

    private int ReadAt(long offset, Span<byte> into)
    {
        if (offset < _inFile)
        {
            var read = RandomAccess.Read(_file, into[..(int)Math.Min(into.Length, _inFile - offset)], offset);
            return read > 0 ? read : throw new IOException($"{_path}: shorter than was written");
        }

        var rest = _pending.WrittenSpan[(int)(offset - _inFile)..];
        rest = rest[..Math.Min(rest.Length, into.Length)];
        rest.CopyTo(into);
        return rest.Length;
    }

    private sealed class LogStream(AppendLog log) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => log.Length;

        public override long Position { get; set; }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = log.ReadAt(Position, buffer);
            Position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
