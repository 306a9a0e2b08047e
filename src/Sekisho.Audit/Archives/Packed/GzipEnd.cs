using System.Buffers.Binary;
using System.IO.Compression;

namespace Sekisho.Audit.Archives;

/// <summary>
/// Decompresses gzip and knows whether it came to its end: the runtime's decoder takes a file that was cut for one that ends there. The last four bytes of a file say how much
/// it unpacks to, unless it is several put end to end, so a mismatch is only a doubt.
/// </summary>
internal sealed class GzipEnd : IDisposable
{
    private const int MostDrained = 1024 * 1024;

    private readonly byte[] _tail = new byte[4];
    private readonly GZipStream _plain;
    private readonly Stream _packed;
    private uint _length;

    /// <summary>Of a packed stream, which stays open.</summary>
    public GzipEnd(Stream packed)
    {
        _packed = new WatchedStream(packed, Keep);
        _plain = new GZipStream(_packed, CompressionMode.Decompress, leaveOpen: true);
        Plain = new WatchedStream(_plain, bytes => _length += (uint)bytes.Length);
    }

    /// <summary>What it unpacks to.</summary>
    public Stream Plain { get; }

    /// <summary>True when what was read is not what the end of the file says. Asked when the reader is done.</summary>
    public bool IsInDoubt()
    {
        var buffer = new byte[64 * 1024];
        var drained = 0;
        while (Plain.Read(buffer) is > 0 and var got)
        {
            drained += got;
            if (drained > MostDrained)
            {
                // Nobody wanted the rest of it.
                return false;
            }
        }

        while (_packed.Read(buffer) > 0)
        {
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(_tail) != _length;
    }

    public void Dispose()
    {
        Plain.Dispose();
        _plain.Dispose();
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var kept = Math.Max(0, _tail.Length - bytes.Length);
        _tail.AsSpan(_tail.Length - kept).CopyTo(_tail);
        bytes[^(_tail.Length - kept)..].CopyTo(_tail.AsSpan(kept));
    }
}
