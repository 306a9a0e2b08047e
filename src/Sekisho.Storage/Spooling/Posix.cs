using System.Runtime.InteropServices;
using System.Text;

namespace Sekisho.Storage.Spooling;

/// <summary>What .NET cannot do by itself: sync a directory, so that a new or renamed file's entry survives a power cut.</summary>
internal static partial class Posix
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int InvalidArgument = 22;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Differs between processors; elsewhere than on Linux the flag is left out, it only guards against a non-directory.
    private static readonly int s_directory = !OperatingSystem.IsLinux() ? 0
        : RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x4000 : 0x10000;

    /// <summary>Creates a directory (mail is nobody else's business: owner only) and syncs its entry in the parent. Nothing happens when it is there.</summary>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
        if (!string.IsNullOrEmpty(parent))
        {
            CreateDirectory(parent);
        }

        Directory.CreateDirectory(path, OwnerOnly);
        if (!string.IsNullOrEmpty(parent))
        {
            SyncDirectory(parent);
        }
    }

    /// <summary>Opens a file for writing that nobody but its owner can read from its first moment on.</summary>
    public static FileStream CreateFile(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Syncs a directory's entries to disk. Throws <see cref="IOException"/> when the disk reports an error.</summary>
    public static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // NTFS journals directory entries; there is no call to make.
            return;
        }

        var descriptor = open(Encoding.UTF8.GetBytes(path + '\0'), ReadOnly | CloseOnExec | s_directory);
        if (descriptor < 0)
        {
            throw Error(path);
        }

        try
        {
            // Some network file systems cannot sync a directory and say EINVAL; they write entries through.
            if (fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
            {
                throw Error(path);
            }
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static IOException Error(string path)
    {
        var code = Marshal.GetLastPInvokeError();
        return new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(code)}", code);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int open(byte[] path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
