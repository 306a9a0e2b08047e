namespace Sekisho.Inspection;

/// <summary>A part of a package was larger than the limits allow.</summary>
internal sealed class PartLimitException() : IOException("past a limit");

/// <summary>
/// The unpacked bytes of a part, counted against the mail's budget as they come. Ends with <see cref="PartLimitException"/> where the part, its
/// ratio to the packed size, or all parts together go past the limits.
/// </summary>
internal sealed class PartStream(Stream inner, long packed, FileBudget budget) : ForwardStream
{
    /// <summary>A sheet is one part but many rows: it may be larger than a file from a container.</summary>
    private const int FilesOfAPart = 3;

    private const long RatioFrom = 1024 * 1024;

    private readonly long _most = Math.Min(budget.Limits.FileBytes * FilesOfAPart, RatioFrom + (Math.Max(packed, 0) * budget.Limits.Ratio));
    public override int Read(Span<byte> buffer)
    {
        var length = inner.Read(buffer);
        BytesRead += length;
        if (BytesRead > _most || !budget.TakeExpanded(length))
        {
            throw new PartLimitException();
        }

        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
