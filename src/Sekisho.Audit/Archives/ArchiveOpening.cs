namespace Sekisho.Audit.Archives;

/// <summary>One opening of archives: look, unpack, find the messages, put them in order.</summary>
internal sealed class ArchiveOpening(ArchiveOptions options, IProgress<ArchiveProgress>? progress)
{
    private readonly FileTable _files = new();
    private long _done;
    private long _messages;
    private long _total;

    /// <summary>Opens.</summary>
    public MailArchive Open(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var volumes = new VolumeHandles();
        try
        {
            var batches = new FolderWalk(_files, found => progress?.Report(new ArchiveProgress(ArchivePhase.Looking, found, 0, 0)), cancellation).Walk(paths);
            return new MailArchive(_files, volumes, Index(batches, volumes, cancellation), unpacked: null);
        }
        catch
        {
            volumes.Dispose();
            throw;
        }
    }

    private FileOutcome[] Index(IReadOnlyList<FileBatch> batches, VolumeHandles volumes, CancellationToken cancellation)
    {
        _total = batches.Sum(b => b.Bytes);
        var indexer = new FileIndexer(_files, volumes, options, Report);
        var outcomes = new FileOutcome[batches.Count];
        var degree = options.Parallelism > 0 ? options.Parallelism : Environment.ProcessorCount;

        // The largest first: a great file begun last would keep one processor busy and leave the others idle.
        var order = Enumerable.Range(0, batches.Count).OrderByDescending(i => batches[i].Bytes).ToArray();
        var at = -1;
        Parallel.For(0, Math.Min(degree, Math.Max(1, batches.Count)), new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = cancellation }, _ =>
        {
            while (Interlocked.Increment(ref at) is var next && next < order.Length)
            {
                outcomes[order[next]] = indexer.Index(batches[order[next]], cancellation);
            }
        });
        return outcomes;
    }

    private void Report(long bytes, long messages)
    {
        var done = Interlocked.Add(ref _done, bytes);
        var found = Interlocked.Add(ref _messages, messages);
        progress?.Report(new ArchiveProgress(ArchivePhase.Indexing, done, Math.Max(done, _total), found));
    }
}
