using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Sekisho.Audit.Archives;

/// <summary>
/// A stretch of a file seen through a buffer of fixed size that moves on. Plain reads rather than mapped pages: those would be counted as the process's own
/// memory, five gigabytes of it for an archive of that size.
/// </summary>
internal sealed class ContentWindow : IDisposable
{
    // What stays in sight behind a place: enough for the line breaks before it.
    private const int Behind = 8;

    private readonly SafeFileHandle _handle;
    private readonly long _base;
    private readonly bool _bareCr;
    private readonly Action<long>? _read;
    private byte[] _buffer;
    private long _start;
    private int _filled;

    /// <summary>Looks at a stretch.</summary>
    /// <param name="handle">Of the file; stays the caller's.</param>
    /// <param name="start">Where the stretch begins.</param>
    /// <param name="length">How long it is; a file that turns out shorter ends earlier.</param>
    /// <param name="size">Bytes of the buffer.</param>
    /// <param name="bareCr">Shows line feeds where carriage returns stand.</param>
    /// <param name="read">Told how many bytes were read.</param>
    public ContentWindow(SafeFileHandle handle, long start, long length, int size, bool bareCr = false, Action<long>? read = null)
    {
        (_handle, _base, Length, _bareCr, _read) = (handle, start, length, bareCr, read);
        _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(size, Math.Max(length, 1)));
    }

    /// <summary>Bytes of the stretch.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes from a place on: at least <paramref name="wanted"/> of them, fewer only at the end. A few bytes before the place stay in sight too.</summary>
    public ReadOnlySpan<byte> From(long place, int wanted)
    {
        if (place < _start || place + Math.Min(wanted, Length - place) > _start + _filled)
        {
            Move(place);
        }

        var skip = (int)Math.Min(place - _start, _filled);
        return _buffer.AsSpan(skip, _filled - skip);
    }

    /// <summary>The byte before a place that <see cref="From"/> was just asked for, or 0 at the beginning.</summary>
    public byte Before(long place, int back = 1)
    {
        var at = place - back;
        return at >= _start && at < _start + _filled ? _buffer[at - _start] : (byte)0;
    }

    /// <summary>Bytes of another place, the window left where it is.</summary>
    public int Peek(long place, Span<byte> into)
    {
        into = into[..(int)Math.Clamp(Length - place, 0, into.Length)];
        var got = ReadAll(into, place);
        return got;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Move(long place)
    {
        var keep = Math.Max(0, place - Behind);
        var kept = 0;
        if (keep >= _start && keep < _start + _filled)
        {
            kept = (int)(_start + _filled - keep);
            _buffer.AsSpan(_filled - kept, kept).CopyTo(_buffer);
        }

        _start = keep;
        var room = _buffer.AsSpan(kept);
        room = room[..(int)Math.Clamp(Length - _start - kept, 0, room.Length)];
        var got = ReadAll(room, _start + kept);
        if (got < room.Length)
        {
            // It was cut while we read: what is there is all there is.
            Length = _start + kept + got;
        }

        _filled = kept + got;
        _read?.Invoke(got);
    }

    private int ReadAll(Span<byte> into, long place)
    {
        var got = 0;
        while (got < into.Length)
        {
            var n = RandomAccess.Read(_handle, into[got..], _base + place + got);
            if (n == 0)
            {
                break;
            }

            got += n;
        }

        if (_bareCr)
        {
            into[..got].Replace((byte)'\r', (byte)'\n');
        }

        return got;
    }
}
