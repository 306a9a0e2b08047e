using System.Security.Cryptography;
using System.Text;
using Sekisho.Audit.Run;

namespace Sekisho.Program.Commands;

/// <summary>Where an audit keeps its state and writes its reports.</summary>
internal static class AuditPlaces
{
    /// <summary>The state folder of these paths, in the user's own state directory: the same paths find it again whatever the working directory.</summary>
    public static string StateFor(IReadOnlyList<string> paths)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', paths.Select(Path.GetFullPath)))))[..16];
        var home = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } given ? given
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } user ? Path.Combine(user, ".local", "state")
            : Path.GetTempPath();
        return Path.Combine(home, "sekisho", "audit", name);
    }

    /// <summary>Takes the state folder, or where it cannot be made one in the temporary directory, without checkpoints.</summary>
    public static (StateFolder Folder, bool Lasting) Take(string path, bool named, Action<string> say)
    {
        try
        {
            return (StateFolder.Take(path), true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (named)
            {
                throw new UsageException($"--state {path}: {e.Message}");
            }

            say($"how far it is cannot be kept in {path} ({e.Message}); a run that is stopped will begin anew (name a folder with --state)");
            return (StateFolder.Take(Directory.CreateTempSubdirectory("sekisho-audit-").FullName), false);
        }
    }

    /// <summary>Finds out before hours of work whether a file can be written. Throws <see cref="UsageException"/>.</summary>
    public static void CheckWritable(string option, string? path)
    {
        if (path is null)
        {
            return;
        }

        if (Directory.Exists(path))
        {
            throw new UsageException($"{option} {path}: is a directory; expected a file name");
        }

        try
        {
            using var probe = new FileStream(Beside(path), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            if (File.Exists(path))
            {
                using var existing = new FileStream(path, FileMode.Open, FileAccess.Write);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option} {path}: cannot be written: {e.Message}");
        }
    }

    /// <summary>Writes a file whole or not at all.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var beside = Beside(path);
        try
        {
            using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
            {
                write(file);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static string Beside(string path)
    {
        var full = Path.GetFullPath(path);
        return Path.Combine(Path.GetDirectoryName(full) ?? "/", $".{Path.GetFileName(full)}.{Environment.ProcessId}.new");
    }
}
