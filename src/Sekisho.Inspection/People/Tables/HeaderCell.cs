namespace Sekisho.Inspection;

/// <summary>A header as it stands over its column.</summary>
internal sealed record HeaderCell(int Column, string Text, ColumnMeaning? Meaning)
{
    private static readonly HeaderCell[] _bare = [.. Enumerable.Range(0, Grid.MaxColumns).Select(c => new HeaderCell(c, "", null))];

    /// <summary>No header over a column of a sheet.</summary>
    public static HeaderCell Bare(int column) => _bare[column];
}
