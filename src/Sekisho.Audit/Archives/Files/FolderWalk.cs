using System.Text;

namespace Sekisho.Audit.Archives;

/// <summary>Lists the files that the given paths name or hold, in an order that is the same on every run.</summary>
internal sealed class FolderWalk(FileTable files, Action<long>? found, CancellationToken cancellation)
{
    private readonly List<FileBatch> _batches = [];

    /// <summary>Walks; throws <see cref="ArchiveException"/> for a path that is not there.</summary>
    public IReadOnlyList<FileBatch> Walk(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!File.Exists(path))
            {
                throw new ArchiveException($"{path} does not exist");
            }

            var folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? Path.TrimEndingDirectorySeparator(parent) + "/" : "";
            var id = files.AddFolder(Encoding.UTF8.GetBytes(folder), int.MaxValue);
            var file = files.Add(id, Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            _batches.Add(new FileBatch(file, file, IsMail: true, new FileInfo(path).Length));
            found?.Invoke(files.Count);
        }

        return _batches;
    }
}
