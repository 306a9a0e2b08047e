namespace Sekisho.Gateway.Tools;

/// <summary>
/// Where children work: one folder of this process under the temporary directory, readable by nobody else, in it one folder a run, removed after it. What a
/// killed process left behind is removed by the next one that starts.
/// </summary>
internal sealed class PrivateFolder : IDisposable
{
    private const string Prefix = "sekisho-tools-";
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const uint Nobody = 65534;

    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };

    private readonly Lock _lock = new();
    private readonly string _place;
    private string? _root;
    private long _runs;

    /// <summary>Makes nothing yet; sweeps what dead processes left.</summary>
    public PrivateFolder(string? place = null)
    {
        _place = place ?? Path.GetTempPath();
        Sweep(_place);
    }

    /// <summary>A new folder for one run. Throws <see cref="IOException"/> when the disk does not give one.</summary>
    public string Create()
    {
        var path = Path.Combine(Root(), Interlocked.Increment(ref _runs).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Make(path);
        Own(path);
        return path;
    }

    /// <summary>Gives a file or folder of a run to the user the child runs as.</summary>
    public static void Own(string path)
    {
        if (Sandbox.Here.AsNobody)
        {
            _ = Native.ChangeOwner(path, Nobody, Nobody);
        }
    }

    /// <summary>Removes a run's folder, whatever modes a child gave to what is in it. Never throws.</summary>
    public static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            try
            {
                Unlock(new DirectoryInfo(path), depth: 0);
                Directory.Delete(path, recursive: true);
            }
            catch (Exception again) when (again is IOException or UnauthorizedAccessException)
            {
                // Left for the next start's sweep.
            }
        }
    }

    /// <summary>Makes a folder and all in it, symbolic links left alone, ours to read and to remove.</summary>
    public static void Unlock(DirectoryInfo folder, int depth)
    {
        const int Deepest = 2000;
        if (OperatingSystem.IsWindows() || depth > Deepest)
        {
            return;
        }

        folder.UnixFileMode = Owner;
        foreach (var below in folder.EnumerateDirectories("*", s_all))
        {
            if (below.LinkTarget is null)
            {
                Unlock(below, depth + 1);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_root is not null)
            {
                Remove(_root);
                _root = null;
            }
        }
    }

    private string Root()
    {
        lock (_lock)
        {
            if (_root is null || !Directory.Exists(_root))
            {
                var path = Path.Combine(_place, $"{Prefix}{Environment.ProcessId}-{Path.GetRandomFileName()[..8]}");
                Make(path);
                Own(path);
                _root = path;
            }

            return _root;
        }
    }

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Owner);
        }
    }

    private static void Sweep(string place)
    {
        try
        {
            foreach (var path in Directory.EnumerateDirectories(place, Prefix + "*"))
            {
                var name = Path.GetFileName(path.AsSpan())[Prefix.Length..];
                var end = name.IndexOf('-');
                if (end > 0 && int.TryParse(name[..end], out var process) && !Directory.Exists($"/proc/{process}") && Directory.Exists("/proc/self"))
                {
                    Remove(path);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process's leftovers are no reason not to start.
        }
    }
}
