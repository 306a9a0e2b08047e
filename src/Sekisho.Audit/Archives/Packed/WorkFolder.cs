namespace Sekisho.Audit.Archives;

/// <summary>
/// A folder of this run's own for what is unpacked: readable by nobody else, gone on disposal. A lock held as long as the run lives tells the next run which folders of killed
/// ones to remove.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Prefix = "sekisho-archive-";
    private const string LockName = "lock";
    private const int NoSpace = 28;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;
    private readonly string _path;
    private readonly long _keepFree;
    private readonly DriveInfo _drive;
    private int _files;

    /// <summary>Makes it under a place; throws <see cref="ArchiveException"/> when the disk does not let it.</summary>
    public WorkFolder(string? place, long keepFree)
    {
        _keepFree = keepFree;
        place ??= Path.GetTempPath();
        try
        {
            Directory.CreateDirectory(place);
            Sweep(place);
            _path = Path.Combine(place, Prefix + Guid.NewGuid().ToString("n"));
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(_path);
            }
            else
            {
                Directory.CreateDirectory(_path, Owner);
            }

            _lock = new FileStream(Path.Combine(_path, LockName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
            _drive = new DriveInfo(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException($"cannot unpack under {place}: {e.Message}", e);
        }
    }

    /// <summary>A new file's path.</summary>
    public string NewFile() => Path.Combine(_path, Interlocked.Increment(ref _files).ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Throws when less is free than is to stay so.</summary>
    public void CheckRoom()
    {
        if (_drive.AvailableFreeSpace < _keepFree)
        {
            throw Full(null);
        }
    }

    /// <summary>True for the error of a full disk.</summary>
    public static bool IsFull(IOException e) => (e.HResult & 0xffff) == NoSpace || e.HResult == unchecked((int)0x80070070);

    /// <summary>What a full disk is reported as.</summary>
    public ArchiveException Full(IOException? inner) =>
        new($"no room to unpack: {Path.GetDirectoryName(_path)} has {Math.Max(0, _drive.AvailableFreeSpace) / (1024 * 1024):N0} MB free; name another folder, or unpack the archives yourself", inner);

    public void Dispose()
    {
        _lock.Dispose();
        Remove(_path);
    }

    private static void Sweep(string place)
    {
        foreach (var folder in Directory.EnumerateDirectories(place, Prefix + "*"))
        {
            var file = Path.Combine(folder, LockName);
            try
            {
                // Whoever lives holds its lock.
                using (new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None))
                {
                }

                Remove(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use, or somebody else's.
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run sweeps.
        }
    }
}
