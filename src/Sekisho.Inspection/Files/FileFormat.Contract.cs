namespace Sekisho.Inspection;

/// <summary>Reads the files of some kinds. Stateless: one instance serves all threads.</summary>
internal interface IFileFormat
{
    /// <summary>True for a kind it reads.</summary>
    bool Reads(FileKind kind);

    /// <summary>
    /// Puts what the file holds into <paramref name="into"/>, which bounds everything: stop when it answers false or <see cref="FileHarvest.Full"/>.
    /// May throw for a damaged file: the walker then notes <see cref="FileTroubles.Broken"/> and keeps what was harvested before. Must not
    /// recurse by the file's nesting, nor hold more than a few times the file's size, and asks <see cref="FileSource.Cancel"/> in long loops.
    /// </summary>
    void Read(FileSource file, FileHarvest into);
}

/// <summary>A file to be read.</summary>
internal sealed class FileSource
{
    /// <summary>Its own name, decoded; empty where it has none.</summary>
    public required string Name { get; init; }

    /// <summary>The way to it, for people.</summary>
    public required string Path { get; init; }

    /// <summary>By its bytes.</summary>
    public required FileKind Kind { get; init; }

    /// <summary>All of them. They need not lie in an array: use <see cref="Open"/> for a stream.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>External programs and limits.</summary>
    public required InspectionServices Services { get; init; }

    /// <summary>Charset the mail declares for it, or null.</summary>
    public string? Charset { get; init; }

    /// <summary>Time running out.</summary>
    public required CancellationToken Cancel { get; init; }

    /// <summary>The bytes as a seekable, read-only stream, without a copy.</summary>
    public Stream Open() => new BytesStream(Bytes);
}

/// <summary>
/// What is read of one file, with the budgets of the whole mail: characters, cells, files, depth, bytes, ratio. The only place where they are
/// kept. Every adding method answers false when no more of its kind will be taken; the trouble <see cref="FileTroubles.Limit"/> is noted by then.
/// </summary>
internal sealed partial class FileHarvest
{
    /// <summary>True when nothing more will be taken of text, tables or files: reading on is in vain.</summary>
    public bool Full => Stopped || Budget.TextFull;

    /// <summary>
    /// Adds running text. Line ends are made <c>\n</c> and invisible characters dropped here; blank text is not kept. Text past the budget is cut.
    /// </summary>
    /// <param name="place">Where, for people: <c>page 3</c>, <c>comments</c>; empty for the whole.</param>
    /// <param name="text">Any text.</param>
    public partial bool AddText(string place, string text);

    /// <summary>Begins a table; rows are added to it and <see cref="TableHarvest.Dispose"/> ends it. One without any value is not kept.</summary>
    /// <param name="place">Sheet or table.</param>
    /// <param name="hidden">The sender may never have seen it.</param>
    /// <param name="firstRow">1-based number of the first row as the program shows it.</param>
    public partial TableHarvest AddTable(string place, bool hidden = false, int firstRow = 1);

    /// <summary>Notes a trouble, once for each measure and detail. <paramref name="detail"/>: for people, safe to show, without content.</summary>
    public partial void AddTrouble(string measure, string detail);

    /// <summary>Adds a file out of this one and reads it at once. Stretches of this file's own bytes cost no memory.</summary>
    /// <param name="name">Its name in the container, folders included; empty where it has none.</param>
    /// <param name="bytes">Its bytes.</param>
    public partial bool AddFile(string name, ReadOnlyMemory<byte> bytes);

    /// <summary>The same from a stream (an unpacking one, usually), which is read to its end or to the limits of size and ratio, and not closed.</summary>
    /// <param name="name">Its name in the container.</param>
    /// <param name="content">Its bytes. What it throws ends this file as broken.</param>
    /// <param name="expected">Bytes it says it has, as a hint for the buffer; need not be true. 0: unknown.</param>
    public partial bool AddFile(string name, Stream content, long expected = 0);

    /// <summary>Adds a file out of this one of which only name and size can be told (an encrypted entry).</summary>
    public partial bool AddClosedFile(string name, long size, FileKind kind);
}

/// <summary>Rows of one table on their way into the harvest.</summary>
internal sealed partial class TableHarvest : IDisposable
{
    /// <summary>
    /// Adds the next row. Cells are trimmed here, line breaks made <c>\n</c>, null made empty, empty cells at the row's end dropped; an empty row
    /// keeps its number. The list is copied. False when the budget is spent: stop.
    /// </summary>
    public partial bool AddRow(IReadOnlyList<string?> cells);

    /// <summary>Ends the table and puts it into the harvest.</summary>
    public partial void Dispose();
}
