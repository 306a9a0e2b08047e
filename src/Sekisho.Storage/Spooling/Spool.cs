using System.Buffers;
using System.Security.Cryptography;

namespace Sekisho.Storage.Spooling;

/// <summary>
/// Large bodies as files: <c>spool/SS/NAME</c>, SS the first two digits of the name, so that no directory grows without bound.
/// A file is written under <c>spool/tmp</c>, synced, renamed to its place, and the directory synced; only then its name is known to
/// anybody, so a file in its place is always whole.
/// </summary>
internal sealed class Spool : ISpool
{
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    private readonly string _root;
    private readonly string _temporary;
    private readonly HashSet<string> _synced = new(StringComparer.Ordinal);
    private readonly DateTime _opened;

    public Spool(string root)
    {
        _root = root;
        _temporary = Path.Combine(root, "tmp");
        Posix.CreateDirectory(_temporary);
        _opened = DiskTime();
    }

    public long FreeBytes
    {
        get
        {
            try
            {
                return new DriveInfo(_root).AvailableFreeSpace;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new StoreException("cannot ask for the free space: " + error.Message, error);
            }
        }
    }

    public Task<ISpoolWriter> CreateAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        try
        {
            return Task.FromResult<ISpoolWriter>(new SpoolWriter(this, name, Path.Combine(_temporary, name)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failure("cannot create a spool file", error);
        }
    }

    public IBodyLease Open(StoredBody body, long size)
    {
        if (body.SpoolName is not { } name)
        {
            return body.Inline.Length == size
                ? new InlineBody(body.Inline)
                : throw new StoreException(body.Inline.IsEmpty ? "the body has been removed after its time of keeping" : $"the body has {body.Inline.Length} bytes, {size} were accepted");
        }

        return MappedBody.Open(PathOf(name), name, size);
    }

    public void Discard(string name) => TryDelete(PathOf(name));

    /// <summary>True when the file is there with exactly this size.</summary>
    public bool Holds(string name, long size)
    {
        var file = new FileInfo(PathOf(name));
        return file.Exists && file.Length == size;
    }

    /// <summary>Where a committed file lives. Names come from the database, but are checked all the same: they become paths.</summary>
    public string PathOf(string name)
    {
        if (name.Length != 32 || name.AsSpan().ContainsAnyExcept(s_digits))
        {
            throw new StoreException("not the name of a spool file: " + name);
        }

        return Path.Combine(_root, name[..2], name);
    }

    /// <summary>
    /// Makes sure of the directory a file goes to, and that its own entry is on disk. Once per directory and process, under a lock:
    /// that it is there does not mean that whoever made it has synced it yet.
    /// </summary>
    public void EnsureDirectoryOf(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        lock (_synced)
        {
            if (!_synced.Contains(directory))
            {
                Posix.CreateDirectory(directory);
                Posix.SyncDirectory(_root);
                _synced.Add(directory);
            }
        }
    }

    /// <summary>
    /// Removes files no submission owns, which a crash left behind: unfinished ones, and committed ones whose submission was never
    /// accepted. Only what was last written before the store was opened, and at least <paramref name="age"/> ago, is looked at:
    /// a younger file may be on its way into a submission at this moment. Returns how many went.
    /// </summary>
    public int RemoveOrphans(Func<string, bool> isOwned, TimeSpan age)
    {
        var now = DiskTime();
        if (now - DateTime.MinValue < age)
        {
            return 0;
        }

        var before = now - age < _opened ? now - age : _opened;
        var removed = 0;
        foreach (var directory in Directory.EnumerateDirectories(_root))
        {
            var unfinished = string.Equals(directory, _temporary, StringComparison.Ordinal);
            foreach (var path in Directory.EnumerateFiles(directory))
            {
                if (File.GetLastWriteTimeUtc(path) < before && (unfinished || !isOwned(Path.GetFileName(path))) && TryDelete(path))
                {
                    removed++;
                }
            }
        }

        return removed;
    }

    /// <summary>
    /// What the disk takes the time to be: files are dated by it, so their age is told by it and by no other clock. The beginning of time,
    /// before which nothing was written, when the disk takes no file.
    /// </summary>
    private DateTime DiskTime()
    {
        var path = Path.Combine(_temporary, $"clock-{Environment.ProcessId}-{Guid.NewGuid():n}");
        try
        {
            using (File.Create(path))
            {
                return File.GetLastWriteTimeUtc(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return DateTime.MinValue;
        }
        finally
        {
            TryDelete(path);
        }
    }

    /// <summary>Removes a file no submission refers to. It is only space: where it cannot be removed now, the next clean-up tries again.</summary>
    public static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static StoreException Failure(string what, Exception error) => new(what + ": " + error.Message, error, IsNoSpace(error));

    // ENOSPC and EDQUOT as .NET hands them on (HResult carries errno), ERROR_DISK_FULL on Windows.
    private static bool IsNoSpace(Exception error) => error is IOException && error.HResult is 28 or 122 or unchecked((int)0x80070070) or unchecked((int)0x80070027);
}
