using System.Globalization;
using System.Security.Cryptography;

namespace Sekisho.Audit.Archives;

/// <summary>Archives on disk.</summary>
public sealed class MailArchive : IMailArchive
{
    private readonly FileTable _files;
    private readonly VolumeHandles _volumes;
    private readonly ArchiveIndex _index;
    private readonly IDisposable? _unpacked;

    internal MailArchive(FileTable files, VolumeHandles volumes, IReadOnlyList<FileOutcome> outcomes, IDisposable? unpacked)
    {
        (_files, _volumes, _unpacked) = (files, volumes, unpacked);
        _index = new ArchiveIndex([.. outcomes.Select(o => o.Entries)]);
        Broken = [.. outcomes.SelectMany(o => o.Broken).Take(FileOutcome.MaxNamed)];
        BrokenCount = outcomes.Sum(o => o.BrokenCount);
        Fingerprint = Digest();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => _files;

    /// <inheritdoc/>
    public int Count => _index.Count;

    /// <inheritdoc/>
    public long Bytes => _index.Bytes;

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public IReadOnlyList<BrokenMessage> Broken { get; }

    /// <inheritdoc/>
    public long BrokenCount { get; }

    /// <inheritdoc/>
    public ArchivedMessage this[int index]
    {
        get
        {
            ref var entry = ref _index[index];
            return new ArchivedMessage(entry.File, entry.Offset, entry.Length, entry.At) { Quoted = (entry.Marks & EntryMarks.Quoted) != 0 };
        }
    }

    /// <summary>
    /// Opens archives: files and folders of any form that is known, or packed ones of them. What is broken is named and counted; only what leaves nothing to do is an
    /// <see cref="ArchiveException"/>: a path that does not exist, no room to unpack.
    /// </summary>
    /// <param name="paths">Files and folders, in any mixture.</param>
    /// <param name="options">Limits and the place to unpack.</param>
    /// <param name="progress">Told how far it is, from several threads.</param>
    /// <param name="cancellation">Ends it early; what was unpacked is removed.</param>
    public static IMailArchive Open(
        IReadOnlyList<string> paths, ArchiveOptions? options = null, IProgress<ArchiveProgress>? progress = null, CancellationToken cancellation = default) =>
        new ArchiveOpening(options ?? ArchiveOptions.Default, progress).Open(paths, cancellation);

    /// <summary>Where a message is, as a person finds it: <c>Sent.mbox, byte 123,456</c>, or the path of a file that is one message.</summary>
    public static string PlaceOf(IMailArchive archive, int index)
    {
        var message = archive[index];
        return message.Offset == 0 ? archive.Files[message.File] : string.Create(CultureInfo.InvariantCulture, $"{archive.Files[message.File]}, byte {message.Offset:N0}");
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Read(int index)
    {
        var entry = _index[index];
        for (var again = false; ; again = true)
        {
            try
            {
                return Read(entry);
            }
            catch (ObjectDisposedException) when (!again)
            {
                // The handle was given up for another file's between our asking and our reading.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new IOException($"{_files[entry.File]} cannot be read any more: {e.Message}", e);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _volumes.Dispose();
        _unpacked?.Dispose();
    }

    private ReadOnlyMemory<byte> Read(Entry entry)
    {
        // Where one message stands behind another, more will be asked for.
        using var open = OpenFile.Open(_files, entry.File, _volumes, again: entry.Offset > 0);
        var bytes = GC.AllocateUninitializedArray<byte>(entry.Length);
        var got = 0;
        while (got < bytes.Length)
        {
            var n = RandomAccess.Read(open.Handle, bytes.AsSpan(got), open.Start + entry.Offset + got);
            if (n == 0)
            {
                throw new IOException("it has become shorter since it was looked through");
            }

            got += n;
        }

        return bytes.AsMemory(0, MessageBytes.Restore(bytes, entry.Marks));
    }

    private string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var file = 0; file < _files.Count; file++)
        {
            hash.AppendData(_files.Rooted(file));
            hash.AppendData([0]);
        }

        _index.AppendTo(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
