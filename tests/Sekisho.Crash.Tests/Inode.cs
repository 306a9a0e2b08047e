using System.Runtime.InteropServices;

namespace Sekisho.Crash.Tests;

/// <summary>The number of a file on its disk; .NET does not tell.</summary>
internal static partial class Inode
{
    /// <summary>The inode number.</summary>
    public static ulong Of(string path)
    {
        // struct statx: stx_ino lies 32 bytes from the start on every architecture.
        Span<byte> result = stackalloc byte[256];
        if (Statx(-100, path, 0, 0x100, ref MemoryMarshal.GetReference(result)) != 0)
        {
            throw new IOException($"statx of {path} failed: {Marshal.GetLastPInvokeError()}");
        }

        return BitConverter.ToUInt64(result[32..40]);
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte result);
}
