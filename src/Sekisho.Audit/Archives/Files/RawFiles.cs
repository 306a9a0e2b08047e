using Microsoft.Win32.SafeHandles;

namespace Sekisho.Audit.Archives;

/// <summary>Opens files by the bytes of their names.</summary>
internal static class RawFiles
{
    /// <summary>Opens a file to read. Others may write to it meanwhile: a mail program may be running. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    public static SafeFileHandle Open(ReadOnlySpan<byte> path)
    {
        var managed = FileNames.Managed(path) ?? throw new FileNotFoundException("its name is not in UTF-8");
        return File.OpenHandle(managed, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.None);
    }
}
