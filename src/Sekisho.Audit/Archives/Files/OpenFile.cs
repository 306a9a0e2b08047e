using Microsoft.Win32.SafeHandles;

namespace Sekisho.Audit.Archives;

/// <summary>A file of the archive, open: the stretch of a file on the disk that is its content.</summary>
internal readonly record struct OpenFile(SafeFileHandle Handle, long Start, long Length, bool Owned) : IDisposable
{
    /// <summary>Opens a file of a table; with <paramref name="again"/> its handle is kept, as more will be read from it. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    public static OpenFile Open(FileTable files, int file, VolumeHandles volumes, bool again = false)
    {
        if (files.IsMember(file, out var member))
        {
            return new OpenFile(volumes.Get(member.Volume), member.Start, member.Length, Owned: false);
        }

        if (again)
        {
            var kept = volumes.Get(files, file);
            return new OpenFile(kept, 0, RandomAccess.GetLength(kept), Owned: false);
        }

        var handle = RawFiles.Open(files.Path(file));
        return new OpenFile(handle, 0, RandomAccess.GetLength(handle), Owned: true);
    }

    public void Dispose()
    {
        if (Owned)
        {
            Handle.Dispose();
        }
    }
}
