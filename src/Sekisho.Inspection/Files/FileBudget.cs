namespace Sekisho.Inspection;

/// <summary>What all files of one mail share: how much more may be read, and the memory held for it.</summary>
internal sealed class FileBudget(FileLimits limits, ExpansionLease lease)
{
    /// <summary>What a cell costs beside its characters: the string's head and the reference to it.</summary>
    private const int CellWeight = 32;

    public FileLimits Limits { get; } = limits;

    public long CharsLeft { get; private set; } = limits.Chars;

    public long CellsLeft { get; private set; } = limits.Cells;

    public int FilesLeft { get; private set; } = limits.Files;

    public long ExpandedLeft { get; private set; } = limits.ExpandedBytes;

    /// <summary>True when neither text nor cells will be taken any more.</summary>
    public bool TextFull => CharsLeft <= 0;

    public bool TakeFile() => FilesLeft-- > 0;

    /// <summary>Takes characters; how many of them may be kept.</summary>
    public int TakeChars(int chars)
    {
        var kept = (int)Math.Clamp(CharsLeft, 0, chars);
        CharsLeft -= chars;
        lease.Grow(kept * 2L);
        return kept;
    }

    /// <summary>Takes a row's cells and their characters: all or none.</summary>
    public bool TakeCells(int cells, long chars)
    {
        CellsLeft -= Math.Max(1, cells);
        CharsLeft -= chars;
        if (CellsLeft < 0 || CharsLeft < 0)
        {
            return false;
        }

        lease.Grow((cells * (long)CellWeight) + (chars * 2));
        return true;
    }

    /// <summary>Takes unpacked bytes. False when there were not so many left.</summary>
    public bool TakeExpanded(long bytes) => (ExpandedLeft -= bytes) >= 0;

    /// <summary>Memory that is needed from now on; may wait until other mails give some back.</summary>
    public void Hold(long bytes) => lease.Grow(bytes);

    /// <summary>Memory that is no longer needed.</summary>
    public void Release(long bytes) => lease.Shrink(bytes);
}
