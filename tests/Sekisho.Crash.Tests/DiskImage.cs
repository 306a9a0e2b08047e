using Sekisho.Rig;

namespace Sekisho.Crash.Tests;

/// <summary>The simulated disk of <c>disk-shim.c</c>, seen from outside: what a power loss leaves, and going back to it.</summary>
internal sealed class DiskImage : IDisposable
{
    private readonly string _data;
    private readonly string _image;
    private readonly string _trigger;
    private readonly string _library;

    private DiskImage(string folder, string library)
    {
        (_data, _image, _trigger, _library) = (Path.Combine(folder, "data"), Path.Combine(folder, "image"), Path.Combine(folder, "fail"), library);
        Directory.CreateDirectory(_data);
    }

    /// <summary>The data directory.</summary>
    public string Data => _data;

    /// <summary>Compiles the shim and prepares a disk in a folder; skips the test, saying so, where there is no compiler.</summary>
    public static async Task<DiskImage> CreateAsync(string folder)
    {
        var compiler = Programs.Find("gcc") ?? Programs.Find("cc");
        Assert.SkipWhen(compiler is null, "gcc is not installed");
        var library = Path.Combine(folder, "disk-shim.so");
        (await Programs.RunAsync(compiler!, ["-shared", "-fPIC", "-O2", "-Wall", "-o", library, Path.Combine(Tree.Root, "tests/Sekisho.Crash.Tests/disk-shim.c"), "-ldl", "-lpthread"])).Succeeded();
        return new DiskImage(folder, library);
    }

    /// <summary>Says that all that is on the disk now is durable, and gives the environment for a process on it.</summary>
    /// <param name="ignore">Syncs that do nothing (mutations), see <c>disk-shim.c</c>; or null.</param>
    public Dictionary<string, string> Mount(string? ignore = null)
    {
        if (Directory.Exists(_image))
        {
            Directory.Delete(_image, recursive: true);
        }

        Directory.CreateDirectory(Path.Combine(_image, "files"));
        Directory.CreateDirectory(Path.Combine(_image, "dirs"));
        Record(_data);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LD_PRELOAD"] = _library,
            ["DISK_DATA"] = _data,
            ["DISK_IMAGE"] = _image,
            ["DISK_FAIL"] = _trigger,
        };
        if (ignore is not null)
        {
            environment["DISK_IGNORE"] = ignore;
        }

        return environment;
    }

    /// <summary>Throws away what was not durable. The process must be dead.</summary>
    public void LosePower()
    {
        Directory.Delete(_data, recursive: true);
        Directory.CreateDirectory(_data);
        Restore(_data, "@");
    }

    /// <summary>From now on calls of a kind fail, see <c>disk-shim.c</c>: e.g. <c>ENOSPC write create</c>.</summary>
    public void Break(string how)
    {
        File.WriteAllText(_trigger + ".new", how);
        File.Move(_trigger + ".new", _trigger, overwrite: true);
    }

    /// <summary>The disk works again.</summary>
    public void Mend() => File.Delete(_trigger);

    public void Dispose() => Mend();

    private static string Key(string relative) => relative == "." ? "@" : relative.Replace('/', '%');

    private void Record(string folder)
    {
        var lines = new List<string>();
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(e => !e.Name.EndsWith("-shm", StringComparison.Ordinal)))
        {
            if (entry is DirectoryInfo)
            {
                lines.Add($"d - {entry.Name}");
                Record(entry.FullName);
            }
            else
            {
                var id = $"{Inode.Of(entry.FullName)}.0";
                lines.Add($"f {id} {entry.Name}");
                File.Copy(entry.FullName, Path.Combine(_image, "files", id), overwrite: true);
            }
        }

        File.WriteAllText(Path.Combine(_image, "dirs", Key(Path.GetRelativePath(_data, folder))), string.Concat(lines.Select(l => l + "\n")));
    }

    private void Restore(string folder, string key)
    {
        var list = Path.Combine(_image, "dirs", key);
        foreach (var line in File.Exists(list) ? File.ReadAllLines(list) : [])
        {
            var parts = line.Split(' ', 3);
            var path = Path.Combine(folder, parts[2]);
            if (parts[0] == "d")
            {
                Directory.CreateDirectory(path);
                Restore(path, Key(Path.GetRelativePath(_data, path)));
                continue;
            }

            // The entry was synced but the content never: the file is there and empty.
            var content = Path.Combine(_image, "files", parts[1]);
            if (File.Exists(content))
            {
                File.Copy(content, path);
            }
            else
            {
                File.WriteAllBytes(path, []);
            }
        }
    }
}
