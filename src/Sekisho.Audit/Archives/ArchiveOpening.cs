namespace Sekisho.Audit.Archives;

/// <summary>One opening of archives: look, unpack, find the messages, put them in order.</summary>
internal sealed class ArchiveOpening(ArchiveOptions options, IProgress<ArchiveProgress>? progress)
{
    private const int ReportBits = 20;

    private readonly FileTable _files = new();
    private readonly Lock _lock = new();
    private long _done;
    private long _messages;
    private long _total;

    /// <summary>Opens.</summary>
    public MailArchive Open(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var volumes = new VolumeHandles();
        WorkFolder? work = null;
        try
        {
            var found = new FolderWalk(_files, n => progress?.Report(new ArchiveProgress(ArchivePhase.Looking, n, 0, 0)), cancellation).Walk(paths);
            var batches = Unpack(found, Work, cancellation);
            return new MailArchive(_files, volumes, Index(batches, volumes, cancellation), work);
        }
        catch
        {
            volumes.Dispose();
            work?.Dispose();
            throw;
        }

        WorkFolder Work()
        {
            lock (_lock)
            {
                return work ??= new WorkFolder(options.WorkFolder, options.KeepFreeBytes);
            }
        }
    }

    /// <summary>Puts in each packed file's place what is in it.</summary>
    private IReadOnlyList<FileBatch> Unpack(IReadOnlyList<FileBatch> batches, Func<WorkFolder> work, CancellationToken cancellation)
    {
        int[] packed = [.. Enumerable.Range(0, batches.Count).Where(i => batches[i].Packed != FileKind.Other)];
        if (packed.Length == 0)
        {
            return batches;
        }

        _total = packed.Sum(i => batches[i].Bytes);
        var budget = new UnpackBudget(options.MaxUnpackedBytes);
        var unpacked = new Unpacked?[batches.Count];
        Share(packed, i => batches[i].Bytes, i => unpacked[i] = Unpack(batches[i].First, work, budget, cancellation), cancellation);

        // Numbers are given here, one after another, so that they are the same however the threads ran.
        var all = new List<FileBatch>(batches.Count);
        for (var i = 0; i < batches.Count; i++)
        {
            if (unpacked[i] is not { } result)
            {
                all.Add(batches[i]);
                continue;
            }

            var (files, folders) = _files.Append(result.Files);
            all.AddRange(result.Batches.Select(b => b with { First = b.First + files, Last = b.Last + files, Folder = b.Folder == 0 ? 0 : b.Folder + folders }));
            all.Add(FileBatch.Of(result.Outcome));
            unpacked[i] = null;
        }

        return all;
    }

    private Unpacked Unpack(int file, Func<WorkFolder> work, UnpackBudget budget, CancellationToken cancellation)
    {
        try
        {
            using var unpacker = new Unpacker(_files.Path(file), _files.Rooted(file), work, budget, n => Report(ArchivePhase.Unpacking, n, 0), cancellation);
            unpacker.Run();
            return new Unpacked(unpacker.Files, unpacker.Batches, unpacker.Outcome);
        }
        catch (IOException e) when (e is not ArchiveException)
        {
            var outcome = new FileOutcome(_ => _files[file]);
            outcome.Break(0, e.Message);
            return new Unpacked(new FileTable(), [], outcome);
        }
    }

    private FileOutcome[] Index(IReadOnlyList<FileBatch> batches, VolumeHandles volumes, CancellationToken cancellation)
    {
        (_done, _total) = (0, batches.Sum(b => b.Bytes));
        var indexer = new FileIndexer(_files, volumes, options, (bytes, messages) => Report(ArchivePhase.Indexing, bytes, messages));
        var outcomes = new FileOutcome[batches.Count];
        Share([.. Enumerable.Range(0, batches.Count)], i => batches[i].Bytes, i => outcomes[i] = indexer.Index(batches[i], cancellation), cancellation);
        progress?.Report(new ArchiveProgress(ArchivePhase.Indexing, Math.Max(_done, _total), Math.Max(_done, _total), _messages));
        return outcomes;
    }

    /// <summary>Does the work on several threads, the largest first: a great file begun last would keep one processor busy and leave the others idle.</summary>
    private void Share(int[] items, Func<int, long> size, Action<int> work, CancellationToken cancellation)
    {
        int[] order = [.. items.OrderByDescending(size)];
        var at = -1;
        try
        {
            Parallel.For(0, Math.Min(options.Degree, order.Length), new ParallelOptions { MaxDegreeOfParallelism = options.Degree, CancellationToken = cancellation }, _ =>
            {
                while (Interlocked.Increment(ref at) is var next && next < order.Length)
                {
                    work(order[next]);
                }
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.FirstOrDefault(i => i is ArchiveException or OperationCanceledException) is { } first)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }

    private void Report(ArchivePhase phase, long bytes, long messages)
    {
        var done = Interlocked.Add(ref _done, bytes);
        var found = Interlocked.Add(ref _messages, messages);
        if (done >> ReportBits == (done - bytes) >> ReportBits && done < _total)
        {
            // Once a megabyte is often enough: a folder may have a million files.
            return;
        }

        progress?.Report(new ArchiveProgress(phase, done, Math.Max(done, _total), found));
    }

    private sealed record Unpacked(FileTable Files, List<FileBatch> Batches, FileOutcome Outcome);
}
