using Microsoft.Win32.SafeHandles;

namespace Sekisho.Audit.Archives;

/// <summary>A file of the archive, open: the stretch of a file on the disk that is its content.</summary>
internal readonly record struct OpenFile(SafeFileHandle Handle, long Start, long? Part, bool Owned) : IDisposable
{
    /// <summary>Bytes of it; asked of the system where it is a whole file, so not for each message of one.</summary>
    public long Length => Part ?? RandomAccess.GetLength(Handle);

    /// <summary>Opens a file of a table; with <paramref name="again"/> its handle is kept, as more will be read from it. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    public static OpenFile Open(FileTable files, int file, VolumeHandles volumes, bool again = false)
    {
        if (files.IsMember(file, out var member))
        {
            return new OpenFile(volumes.Get(member.Volume), member.Start, member.Length, Owned: false);
        }

        if (again)
        {
            return new OpenFile(volumes.Get(files, file), 0, Part: null, Owned: false);
        }

        return new OpenFile(RawFiles.Open(files.Path(file)), 0, Part: null, Owned: true);
    }

    public void Dispose()
    {
        if (Owned)
        {
            Handle.Dispose();
        }
    }
}
