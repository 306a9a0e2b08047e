namespace Sekisho.Audit.Archives;

/// <summary>
/// One file that everything of a packed archive is written to end to end, rather than a file each: a zip may hold a million mails. Counts against what all may take together.
/// </summary>
internal sealed class Spool : IDisposable
{
    private const int BufferSize = 256 * 1024;
    private const long CheckStep = 64L * 1024 * 1024;

    private readonly WorkFolder _folder;
    private readonly UnpackBudget _budget;
    private readonly FileStream _file;
    private long _checkAt;

    /// <summary>An empty one.</summary>
    public Spool(WorkFolder folder, UnpackBudget budget)
    {
        (_folder, _budget, Path) = (folder, budget, folder.NewFile());
        _file = new FileStream(Path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            BufferSize = BufferSize,
        });
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>Appends a stream's bytes; returns how many. Throws <see cref="UnpackLimitException"/> past the budget, <see cref="ArchiveException"/> when the disk is full.</summary>
    public long Append(Stream content, CancellationToken cancellation)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferSize);
        var start = Length;
        try
        {
            while (content.Read(buffer, 0, buffer.Length) is > 0 and var got)
            {
                cancellation.ThrowIfCancellationRequested();
                _budget.Take(got);
                Write(buffer.AsSpan(0, got));
            }

            return Length - start;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes what is buffered.</summary>
    public void Flush()
    {
        try
        {
            _file.Flush();
        }
        catch (IOException e) when (WorkFolder.IsFull(e))
        {
            throw _folder.Full(e);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (Length >= _checkAt)
        {
            _folder.CheckRoom();
            _checkAt = Length + CheckStep;
        }

        try
        {
            _file.Write(bytes);
        }
        catch (IOException e) when (WorkFolder.IsFull(e))
        {
            throw _folder.Full(e);
        }

        Length += bytes.Length;
    }
}

/// <summary>What all packed archives of one opening may have unpacked together. Safe to use from several threads.</summary>
internal sealed class UnpackBudget(long limit)
{
    private long _used;

    /// <summary>Takes so much of it.</summary>
    public void Take(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) > limit)
        {
            throw new UnpackLimitException(FormattableString.Invariant($"unpacks to more than the {limit:N0} bytes that are allowed; the rest of it was left out"));
        }
    }
}

/// <summary>A packed archive went past what it may take.</summary>
internal sealed class UnpackLimitException(string message) : IOException(message);
