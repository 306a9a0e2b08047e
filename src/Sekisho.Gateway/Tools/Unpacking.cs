using Sekisho.Inspection;

namespace Sekisho.Gateway.Tools;

/// <summary>
/// libarchive's bsdtar and bsdcat. An archive is unpacked into the run's folder; only plain files are read back, and what it writes is counted while it
/// writes. bsdtar itself keeps within the folder: it neither follows nor writes through symbolic links, nor takes <c>..</c> or absolute paths.
/// </summary>
internal static class Unpacking
{
    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };

    /// <summary>True for what packs one stream without names: xz, bzip2, zstd, lzip, lz4, compress, lzma.</summary>
    public static bool IsOneFile(ReadOnlySpan<byte> file)
        => file is [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] or [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..]
            or [0x28, 0xB5, 0x2F, 0xFD, ..] or [(byte)'L', (byte)'Z', (byte)'I', (byte)'P', ..] or [0x04, 0x22, 0x4D, 0x18, ..] or [0x1F, 0x9D, ..] or [0x5D, 0, 0, ..];

    /// <summary>One packed stream: its content as one file without a name.</summary>
    public static ToolAnswer One(ToolRun run)
    {
        var max = Math.Min(Math.Min(run.Limits.FileBytes, run.Limits.ExpandedBytes), run.ByRatio);
        var result = run.Start([run.Input], max, fileBytes: 1);
        IReadOnlyList<UnpackedFile> files = result.Output.Length > 0 ? [new UnpackedFile("", result.Output)] : [];
        return result switch
        {
            { End: ChildEnd.NotStarted } => run.Answer(ToolOutcome.Absent, result.Errors),
            { End: ChildEnd.Limit } => run.Answer(ToolOutcome.Limit, "stopped at a limit", files: files),
            { ExitCode: 0 } => run.Answer(ToolOutcome.Done, "", files: files),
            _ => run.Answer(TextTools.Failure(result), result.Errors, files: files),
        };
    }

    /// <summary>An archive: its plain files in the order of their names.</summary>
    public static ToolAnswer Archive(ToolRun run)
    {
        var japanese = HasOldNames(run.File.Span);
        var answer = Unpack(run, "1", japanese);
        return !japanese && answer.Files.Any(f => f.Name.Contains('\uFFFD', StringComparison.Ordinal)) ? Unpack(run, "2", japanese: true) : answer;
    }

    /// <summary>The files attached to a PDF, in the order of their names.</summary>
    public static ToolAnswer PdfFiles(ToolRun run)
    {
        var into = Path.Combine(run.Folder, "1");
        var max = Math.Min(run.Limits.ExpandedBytes, run.ByRatio);
        var folder = Directory.CreateDirectory(into);
        PrivateFolder.Own(into);
        var result = run.Start(["-saveall", "-enc", "UTF-8", "-o", into, run.Input], maxOutput: 64 * 1024, run.Limits.FileBytes, () => !Count(folder, run.Limits.Files, max));
        if (result.End == ChildEnd.NotStarted)
        {
            return run.Answer(ToolOutcome.Absent, result.Errors);
        }

        PrivateFolder.Unlock(folder, depth: 0);
        var files = new List<UnpackedFile>();
        var whole = Collect(folder, "", files, new Budget(run.Limits.Files, max, run.Limits.FileBytes), run.Cancel);
        return result switch
        {
            _ when !whole || result.End == ChildEnd.Limit => run.Answer(ToolOutcome.Limit, "stopped at a limit", files: files),
            { ExitCode: 0 } => run.Answer(ToolOutcome.Done, "", files: files),
            _ => run.Answer(TextTools.Failure(result), result.Errors, files: files),
        };
    }

    private static ToolAnswer Unpack(ToolRun run, string name, bool japanese)
    {
        var into = Path.Combine(run.Folder, name);
        var max = Math.Min(run.Limits.ExpandedBytes, run.ByRatio);
        var folder = Directory.CreateDirectory(into);
        PrivateFolder.Own(into);

        // A passphrase that fits nothing: without one it would ask for it, again and again.
        List<string> arguments = ["-x", "-f", run.Input, "-C", into, "--no-same-owner", "--no-same-permissions", "--no-acls", "--no-xattrs", "--no-fflags", "-m", "--passphrase", "\u0001"];
        if (japanese)
        {
            arguments.AddRange(["--options", "hdrcharset=CP932"]);
        }

        var result = run.Start(arguments, maxOutput: 64 * 1024, run.Limits.FileBytes, () => !Count(folder, run.Limits.Files, max));
        if (result.End == ChildEnd.NotStarted)
        {
            return run.Answer(ToolOutcome.Absent, result.Errors);
        }

        PrivateFolder.Unlock(folder, depth: 0);
        var files = new List<UnpackedFile>();
        var whole = Collect(folder, "", files, new Budget(run.Limits.Files, max, run.Limits.FileBytes), run.Cancel);
        return result switch
        {
            _ when !whole || result.End == ChildEnd.Limit => run.Answer(ToolOutcome.Limit, "stopped at a limit", files: files),
            _ when TextTools.Says(result, "encrypted") || TextTools.Says(result, "passphrase") => run.Answer(ToolOutcome.Encrypted, "needs a password", files: files),
            { ExitCode: 0 } => run.Answer(ToolOutcome.Done, "", files: files),
            _ => run.Answer(TextTools.Failure(result), result.Errors, files: files),
        };
    }

    /// <summary>Formats whose names carry no charset and were made on Japanese machines: lzh, rar, cab, zip.</summary>
    private static bool HasOldNames(ReadOnlySpan<byte> file)
        => file is [_, _, (byte)'-', (byte)'l', (byte)'h' or (byte)'z', _, (byte)'-', ..] || file.StartsWith("Rar!\x1a\x07\0"u8) || file.StartsWith("MSCF"u8) || file.StartsWith("PK"u8);

    /// <summary>False once there is more in the folder than allowed. What cannot be counted at the moment (it changes) counts at the next look.</summary>
    private static bool Count(DirectoryInfo folder, int files, long bytes)
    {
        var left = new Stack<DirectoryInfo>([folder]);
        var entries = 0;
        try
        {
            while (left.TryPop(out var one))
            {
                foreach (var entry in one.EnumerateFileSystemInfos("*", s_all))
                {
                    if (++entries > 2 * files + 100 || (entry is FileInfo file && (bytes -= file.Length) < 0))
                    {
                        return false;
                    }

                    if (entry is DirectoryInfo { LinkTarget: null } below)
                    {
                        left.Push(below);
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Made or locked under our eyes.
        }

        return true;
    }

    /// <summary>False when not all of it could be taken.</summary>
    private static bool Collect(DirectoryInfo folder, string path, List<UnpackedFile> files, Budget budget, CancellationToken cancel)
    {
        const int Deepest = 4000;
        var whole = path.Length < Deepest;
        IEnumerable<FileSystemInfo> entries = whole ? folder.EnumerateFileSystemInfos("*", s_all).OrderBy(e => e.Name, StringComparer.Ordinal) : [];
        foreach (var entry in entries)
        {
            cancel.ThrowIfCancellationRequested();
            var name = path.Length == 0 ? entry.Name : $"{path}/{entry.Name}";
            if (entry.LinkTarget is not null)
            {
                continue;
            }

            if (entry is DirectoryInfo below)
            {
                whole &= Collect(below, name, files, budget, cancel);
            }
            else
            {
                var size = ((FileInfo)entry).Length;
                if (!budget.Take(size))
                {
                    return false;
                }

                files.Add(new UnpackedFile(name, Read(entry, size)));
            }
        }

        return whole;
    }

    private static byte[] Read(FileSystemInfo file, long size)
    {
        // Pipes, sockets and devices have no size; to open one could mean to wait for ever.
        if (size == 0)
        {
            return [];
        }

        if (!OperatingSystem.IsWindows())
        {
            file.UnixFileMode = UnixFileMode.UserRead;
        }

        return File.ReadAllBytes(file.FullName);
    }

    private sealed class Budget(int files, long bytes, long fileBytes)
    {
        private int _files = files;
        private long _bytes = bytes;

        public bool Take(long size)
        {
            _bytes -= size;
            return --_files >= 0 && _bytes >= 0 && size <= fileBytes;
        }
    }
}
