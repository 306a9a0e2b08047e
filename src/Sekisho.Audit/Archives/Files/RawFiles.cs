using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sekisho.Audit.Archives;

/// <summary>
/// Files by the bytes of their names. Where a name is UTF-8 the runtime's own calls do it; mail folders of older systems have names in Latin-1 or Shift_JIS, which only the
/// system's calls reach.
/// </summary>
internal static class RawFiles
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int FromEnd = 2;
    private const int NameAt = 19;
    private const int TypeAt = 18;
    private const byte TypeFolder = 4;
    private const byte TypeFile = 8;
    private const byte TypeLink = 10;

    /// <summary>Opens a file to read. Others may write to it meanwhile: a mail program may be running. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    public static SafeFileHandle Open(ReadOnlySpan<byte> path)
    {
        if (FileNames.Managed(path) is { } managed)
        {
            return File.OpenHandle(managed, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.None);
        }

        var handle = open(Terminated(path), ReadOnly | CloseOnExec | NonBlocking);
        return handle >= 0 ? new SafeFileHandle(handle, ownsHandle: true) : throw Failed();
    }

    /// <summary>A file's bytes; 0 for what is none, or gone.</summary>
    public static long Length(ReadOnlySpan<byte> path)
    {
        if (FileNames.Managed(path) is { } managed)
        {
            var info = new FileInfo(managed);
            return info.Exists ? info.Length : 0;
        }

        var handle = open(Terminated(path), ReadOnly | CloseOnExec | NonBlocking);
        if (handle < 0)
        {
            // It may be there and closed to us: opening it will say so.
            return 1;
        }

        using var file = new SafeFileHandle(handle, ownsHandle: true);
        return Math.Max(0, lseek(handle, 0, FromEnd));
    }

    /// <summary>A folder's entries but itself and the one above. Only where folders are read as Linux does on 64 bits; elsewhere names are never in doubt.</summary>
    public static IEnumerable<(byte[] Name, EntryKind Kind)> List(ReadOnlySpan<byte> folder)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            throw new IOException("it holds files whose names are not in UTF-8");
        }

        var stream = opendir(Terminated(folder));
        return stream != 0 ? List(stream) : throw Failed();
    }

    private static IEnumerable<(byte[] Name, EntryKind Kind)> List(nint stream)
    {
        try
        {
            for (var entry = readdir(stream); entry != 0; entry = readdir(stream))
            {
                EntryKind? kind = Marshal.ReadByte(entry, TypeAt) switch
                {
                    TypeFolder => EntryKind.Folder,
                    TypeLink => EntryKind.Link,
                    TypeFile or 0 => EntryKind.File,
                    _ => null,
                };
                var name = Bytes(entry + NameAt);
                if (kind is { } known && name is not [(byte)'.'] and not [(byte)'.', (byte)'.'])
                {
                    yield return (name, known);
                }
            }
        }
        finally
        {
            _ = closedir(stream);
        }
    }

    private static byte[] Bytes(nint text)
    {
        var length = 0;
        while (Marshal.ReadByte(text, length) != 0)
        {
            length++;
        }

        var bytes = new byte[length];
        Marshal.Copy(text, bytes, 0, length);
        return bytes;
    }

    private static byte[] Terminated(ReadOnlySpan<byte> path) => [.. path, 0];

    private static IOException Failed() => new(new Win32Exception(Marshal.GetLastPInvokeError()).Message);

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // Bytes need no marshalling, and the names are the system's.
    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long lseek(int file, long offset, int whence);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint opendir(byte[] path);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint readdir(nint stream);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int closedir(nint stream);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
