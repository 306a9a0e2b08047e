namespace Sekisho.Storage.Spooling;

/// <summary>Replaces a file so that after a power cut there is the old one or the new one, whole.</summary>
public sealed class DurableFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private bool _done;

    private DurableFile(string target, string temporary) => (_target, _temporary) = (target, temporary);

    /// <summary>
    /// Writes and syncs the new content beside the file, with its permissions (owner only for a new one). A symbolic link is followed. Throws
    /// <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>; then nothing happened.
    /// </summary>
    public static DurableFile Prepare(string path, ReadOnlySpan<byte> content)
    {
        var target = (File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        if (File.Exists(target))
        {
            // Asked here: a rename would get around a file that its owner made read-only.
            using var probe = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }

        try
        {
            using var file = Posix.CreateFile(temporary, FileMode.CreateNew);
            file.Write(content);
            file.Flush(flushToDisk: true);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            }
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        return new DurableFile(target, temporary);
    }

    /// <summary>Puts it in the old one's place; returns when that is on disk.</summary>
    public void Commit()
    {
        File.Move(_temporary, _target, overwrite: true);
        _done = true;
        Posix.SyncDirectory(Path.GetDirectoryName(_target)!);
    }

    /// <summary>Leaves nothing behind when it was not committed.</summary>
    public void Dispose()
    {
        if (!_done)
        {
            File.Delete(_temporary);
        }
    }
}
