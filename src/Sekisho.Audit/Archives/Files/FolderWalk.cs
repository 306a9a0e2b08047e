using System.Text;

namespace Sekisho.Audit.Archives;

/// <summary>Lists the files that the given paths name or hold, in an order that is the same on every run.</summary>
internal sealed class FolderWalk(FileTable files, Action<long>? found, CancellationToken cancellation)
{
    private const int Deepest = 64;
    private const int BatchFiles = 2048;
    private const long BatchBytes = 256L * 1024 * 1024;

    private readonly List<FileBatch> _batches = [];
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly FileOutcome _problems = new(_ => "");

    /// <summary>Walks; throws <see cref="ArchiveException"/> for paths that are not there.</summary>
    public IReadOnlyList<FileBatch> Walk(IReadOnlyList<string> paths)
    {
        var missing = paths.Where(p => !File.Exists(p) && !Directory.Exists(p)).ToList();
        if (missing.Count > 0)
        {
            throw new ArchiveException($"no such file or folder: {string.Join(", ", missing)}");
        }

        foreach (var path in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Directory.Exists(path))
            {
                var root = Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(path) is "/" ? "/" : Path.TrimEndingDirectorySeparator(path) + "/");
                Visit(root, root.Length, Canonical(path), 0);
            }
            else
            {
                AddNamed(path);
            }
        }

        if (_problems.BrokenCount > 0)
        {
            _batches.Add(FileBatch.Of(_problems));
        }

        return _batches;
    }

    private void AddNamed(string path)
    {
        var name = Encoding.UTF8.GetBytes(Path.GetFileName(path));
        var parent = Encoding.UTF8.GetBytes(path)[..^name.Length];
        var folder = files.AddFolder(parent, parent.Length);
        var length = RawFiles.Length(Encoding.UTF8.GetBytes(path));
        if (length == 0)
        {
            // Nothing in it, or a pipe, which would have us wait for somebody to write.
            return;
        }

        AddFile(folder, name, length, KindOf(Encoding.UTF8.GetBytes(path), name), named: true);
    }

    private void Visit(byte[] path, int rooted, string? canonical, int depth)
    {
        if (depth > Deepest)
        {
            _problems.Break(FileNames.Display(path), $"more than {Deepest} folders deep");
            return;
        }

        if (canonical is not null && !_visited.Add(canonical))
        {
            return;
        }

        if (List(path) is not { } listing)
        {
            return;
        }

        var maildir = listing.HasFolder("cur"u8) && (listing.HasFolder("new"u8) || listing.HasFolder("tmp"u8));
        var folder = files.AddFolder(path, rooted);
        for (var i = 0; i < listing.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            // Only a Maildir's own two folders hold its mail; what lies beside them are its server's notes.
            if (listing.Kind(i) != EntryKind.Folder && !(maildir && listing.Kind(i) == EntryKind.File) && !Skipped.IsSkipped(listing.Name(i)))
            {
                VisitFile(path, folder, listing.Name(i), listing.Kind(i), listing.Length(i));
            }
        }

        for (var i = 0; i < listing.Count; i++)
        {
            var kind = listing.Kind(i);
            var name = listing.Name(i);
            if (kind == EntryKind.File || (maildir && name.SequenceEqual("tmp"u8)))
            {
                continue;
            }

            byte[] below = [.. path, .. name, (byte)'/'];
            var real = kind == EntryKind.Link ? CanonicalLink(below) : canonical is null || FileNames.Managed(name) is not { } plain ? null : Path.Combine(canonical, plain);
            if (kind == EntryKind.Link && (real is null || !Directory.Exists(real)))
            {
                continue;
            }

            if (maildir && (name.SequenceEqual("cur"u8) || name.SequenceEqual("new"u8)))
            {
                VisitMails(below, rooted);
            }
            else
            {
                Visit(below, rooted, real, depth + 1);
            }
        }
    }

    /// <summary>What is in a folder; null, and a problem, where it cannot be listed.</summary>
    private FolderListing? List(byte[] path)
    {
        try
        {
            return FolderListing.Read(path, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Break(FileNames.Display(path), $"cannot be listed: {e.Message}");
            return null;
        }
    }

    /// <summary>A Maildir's folder: every file is a mail, whatever it begins with.</summary>
    private void VisitMails(byte[] path, int rooted)
    {
        if (List(path) is not { } listing)
        {
            return;
        }

        var folder = files.AddFolder(path, rooted);
        for (var i = 0; i < listing.Count; i++)
        {
            if (listing.Kind(i) == EntryKind.Folder || listing.Name(i)[0] == '.')
            {
                continue;
            }

            byte[] file = [.. path, .. listing.Name(i)];
            var length = listing.Kind(i) == EntryKind.File ? listing.Length(i) : TargetLength(file);
            if (length == 0)
            {
                // Not opened: it may be a pipe, which would have us wait for somebody to write.
                _problems.Break(FileNames.Display(file), "empty");
                continue;
            }

            AddToBatch(files.Add(folder, listing.Name(i)), folder, length, isMail: true);
        }
    }

    private void VisitFile(byte[] path, int folder, ReadOnlySpan<byte> name, EntryKind kind, long length)
    {
        byte[] file = [.. path, .. name];
        if (kind == EntryKind.Link)
        {
            length = TargetLength(file);
        }

        if (length == 0)
        {
            if (FileKinds.IsNamedMessage(name))
            {
                _problems.Break(FileNames.Display(file), "empty");
            }

            return;
        }

        if (FileKinds.IsNamedMessage(name))
        {
            AddToBatch(files.Add(folder, name), folder, length, isMail: true);
            return;
        }

        AddFile(folder, name, length, KindOf(file, name), named: FileKinds.EndsWith(name, ".mbox"u8) || FileKinds.EndsWith(name, ".mbx"u8));
    }

    private void AddFile(int folder, ReadOnlySpan<byte> name, long length, FileKind? kind, bool named)
    {
        switch (kind)
        {
            case FileKind.Message or FileKind.Emlx:
                AddToBatch(files.Add(folder, name), folder, length, isMail: named);
                break;
            case FileKind.Other or FileKind.Empty when !named:
                break;
            case FileKind.Gzip or FileKind.Xz or FileKind.Zstandard or FileKind.Bzip2 or FileKind.Zip or FileKind.Tar:
                var packed = files.Add(folder, name);
                _batches.Add(new FileBatch(packed, packed, IsMail: named, length) { Packed = kind.Value });
                break;
            default:
                var file = files.Add(folder, name);
                _batches.Add(new FileBatch(file, file, IsMail: named, length));
                break;
        }

        found?.Invoke(files.Count);
    }

    private void AddToBatch(int file, int folder, long length, bool isMail)
    {
        var last = _batches.Count > 0 ? _batches[^1] : default;
        if (last.Folder == folder && last.Last == file - 1 && last.IsMail == isMail && last.Last - last.First < BatchFiles && last.Bytes < BatchBytes && last.Outcome is null)
        {
            _batches[^1] = last with { Last = file, Bytes = last.Bytes + length };
        }
        else
        {
            _batches.Add(new FileBatch(file, file, isMail, length) { Folder = folder });
            found?.Invoke(files.Count);
        }
    }

    /// <summary>By its first bytes; null when they cannot be read, which reading it will say.</summary>
    private static FileKind? KindOf(byte[] path, ReadOnlySpan<byte> name)
    {
        try
        {
            using var handle = RawFiles.Open(path);
            Span<byte> head = stackalloc byte[FileKinds.Sight];
            return FileKinds.Of(head[..RandomAccess.Read(handle, head, 0)], name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Bytes of the file a link leads to; 0 when it leads to none.</summary>
    private static long TargetLength(byte[] link) => CanonicalLink(link) is { } target && File.Exists(target) ? new FileInfo(target).Length : 0;

    private static string? CanonicalLink(byte[] path)
    {
        try
        {
            return FileNames.Managed(path) is { } managed ? Canonical(managed) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A loop of links.
            return null;
        }
    }

    /// <summary>A path without links in any of its parts.</summary>
    private static string Canonical(string path)
    {
        var result = "/";
        var parts = Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            result = Path.Combine(result, part);
            if (new FileInfo(result).LinkTarget is not null)
            {
                var target = File.ResolveLinkTarget(result, returnFinalTarget: true)!.FullName;
                result = string.Equals(target, result, StringComparison.Ordinal) ? target : Canonical(target);
            }
        }

        return result;
    }
}
