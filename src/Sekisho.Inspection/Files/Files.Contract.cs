namespace Sekisho.Inspection;

/// <summary>What a file is, by its bytes; its name is only what it claims to be.</summary>
public enum FileKind
{
    /// <summary>No kind known here: nobody can say what it holds.</summary>
    Unknown,

    /// <summary>No bytes at all.</summary>
    Empty,
    Text,
    Html,
    Xml,
    Json,

    /// <summary>Values with a separator (comma, tab, semicolon).</summary>
    Delimited,
    Xlsx,
    Xls,
    Ods,
    Docx,
    Doc,
    Odt,
    Pptx,
    Ppt,
    Odp,
    Pdf,
    Rtf,
    Calendar,
    VCard,

    /// <summary>A mail, or a mailbox file of several.</summary>
    Mail,

    /// <summary>Outlook's .msg.</summary>
    OutlookMessage,

    /// <summary>Outlook's winmail.dat (TNEF).</summary>
    Tnef,
    Zip,
    Tar,
    Gzip,

    /// <summary>7z, rar, lzh, bzip2, xz, cab, cpio, ar, iso: what only a tool unpacks.</summary>
    OtherArchive,

    /// <summary>Pictures, sound, film, fonts, drawings: known, and without text this room can read.</summary>
    Media,

    /// <summary>A program or script a system would run.</summary>
    Executable,

    /// <summary>A database file or mail store (Access, SQLite, pst): known, may hold records, not read here.</summary>
    Database,

    /// <summary>A file that is encrypted as a whole (Office with password, PGP, S/MIME).</summary>
    Encrypted,
}

/// <summary>A piece of a file's content.</summary>
/// <param name="Place">Where, for people: <c>Sheet1</c>, <c>page 3</c>, <c>comments</c>; empty for the whole.</param>
public abstract record FileContent(string Place);

/// <summary>Running text, line ends <c>\n</c>, invisible characters dropped.</summary>
public sealed record TextContent(string Place, string Text) : FileContent(Place);

/// <summary>Rows and cells. Rows may differ in length; merged cells hold their value in the first cell only.</summary>
/// <param name="Place">Sheet or table.</param>
/// <param name="Rows">Cells as a reader would see them, trimmed; dates as <c>yyyy-MM-dd</c>; never null.</param>
public sealed record TableContent(string Place, IReadOnlyList<IReadOnlyList<string>> Rows) : FileContent(Place)
{
    /// <summary>True for a sheet or rows the sender may never have seen (hidden, very hidden).</summary>
    public bool Hidden { get; init; }

    /// <summary>Number of the first row as the program shows it, 1-based.</summary>
    public int FirstRow { get; init; } = 1;
}

/// <summary>Why (part of) a file could not be looked into, or what is odd about it.</summary>
/// <param name="Measure">One of <see cref="FileTroubles"/>.</param>
/// <param name="Detail">For people; safe to show, without content.</param>
public sealed record FileTrouble(string Measure, string Detail);

/// <summary>The troubles of files; measures of the finding <c>uninspectable</c>.</summary>
public static class FileTroubles
{
    /// <summary>Encrypted; needs a password.</summary>
    public const string Encrypted = "encrypted";

    /// <summary>Its kind is known but its bytes are damaged.</summary>
    public const string Broken = "broken";

    /// <summary>Past a limit of depth, entries, size, ratio, time or memory.</summary>
    public const string Limit = "limit";

    /// <summary>The program that reads it is not installed.</summary>
    public const string NoTool = "no-tool";

    /// <summary>No kind anybody here knows.</summary>
    public const string Unknown = "unknown";

    /// <summary>Known, may hold records, but not read (a database, a mail store).</summary>
    public const string Unread = "unread";

    /// <summary>Name and content disagree in a way that hides what it is.</summary>
    public const string Disguised = "disguised";
}

/// <summary>One file of a mail, or one inside a container.</summary>
public sealed record InspectedFile
{
    /// <summary>Its own name, decoded; empty where it has none.</summary>
    public required string Name { get; init; }

    /// <summary>The way to it: <c>名簿.zip/2021/名簿.xlsx</c>. The same as <see cref="Name"/> for a file of the mail itself.</summary>
    public required string Path { get; init; }

    /// <summary>By its bytes.</summary>
    public required FileKind Kind { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>True for a file of the mail itself, false for one out of a container.</summary>
    public bool TopLevel { get; init; }

    /// <summary>What was read, in order; empty for containers and kinds without text.</summary>
    public IReadOnlyList<FileContent> Contents { get; init; } = [];

    /// <summary>What could not be.</summary>
    public IReadOnlyList<FileTrouble> Troubles { get; init; } = [];
}

/// <summary>Bounds of looking into the files of one mail (law 9).</summary>
public sealed record FileLimits
{
    /// <summary>Containers within containers.</summary>
    public int Depth { get; init; } = 8;

    /// <summary>Files of all containers together.</summary>
    public int Files { get; init; } = 5_000;

    /// <summary>Bytes of one unpacked file.</summary>
    public long FileBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Bytes unpacked of all containers together.</summary>
    public long ExpandedBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Expanded to packed, from the first MiB on.</summary>
    public int Ratio { get; init; } = 250;

    /// <summary>Characters of text and cells together.</summary>
    public long Chars { get; init; } = 24L * 1024 * 1024;

    /// <summary>Cells of all tables together.</summary>
    public long Cells { get; init; } = 3_000_000;

    /// <summary>What one run of an external program may take.</summary>
    public TimeSpan ToolTime { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>A job only an external program does.</summary>
public enum FileTool
{
    /// <summary>Text of a PDF, pages divided by form feeds (poppler's <c>pdftotext</c>).</summary>
    PdfText,

    /// <summary>Unpacks 7z, rar, lzh and the like (libarchive's <c>bsdtar</c>).</summary>
    Unpack,

    /// <summary>Text of an old Word file (<c>catdoc</c> or <c>antiword</c>).</summary>
    WordText,

    /// <summary>Text of an old PowerPoint file (<c>catppt</c>).</summary>
    SlideText,

    /// <summary>Files attached to a PDF (poppler's <c>pdfdetach</c>).</summary>
    PdfFiles,
}

/// <summary>How a tool's run ended.</summary>
public enum ToolOutcome
{
    Done,

    /// <summary>The program is not installed.</summary>
    Absent,

    /// <summary>It needs a password.</summary>
    Encrypted,

    /// <summary>The program could not read the file.</summary>
    Broken,

    /// <summary>It was stopped at a limit; what came before it is in the answer.</summary>
    Limit,
}

/// <summary>A file a tool unpacked.</summary>
public sealed record UnpackedFile(string Name, ReadOnlyMemory<byte> Bytes);

/// <summary>What a tool answered.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">Its text, for the tools that give text.</param>
/// <param name="Files">Its files, for <see cref="FileTool.Unpack"/>.</param>
/// <param name="Detail">For people: the program and what it said; safe to show.</param>
public sealed record ToolAnswer(ToolOutcome Outcome, string Text, IReadOnlyList<UnpackedFile> Files, string Detail);

/// <summary>External programs, run elsewhere: this room starts none.</summary>
public interface IFileTools
{
    /// <summary>
    /// Runs one over a file's bytes, within the limits. Never throws for what the file holds or the program does; throws
    /// <see cref="OperationCanceledException"/> when cancelled, with the program gone.
    /// </summary>
    ToolAnswer Run(FileTool tool, ReadOnlyMemory<byte> file, FileLimits limits, CancellationToken cancel);
}

/// <summary>No program is there.</summary>
public sealed class NoFileTools : IFileTools
{
    /// <summary>The one instance.</summary>
    public static NoFileTools Instance { get; } = new();

    /// <inheritdoc/>
    public ToolAnswer Run(FileTool tool, ReadOnlyMemory<byte> file, FileLimits limits, CancellationToken cancel)
        => new(ToolOutcome.Absent, "", [], $"{tool}");
}

/// <summary>What a malware scanner said.</summary>
public enum MalwareOutcome
{
    Clean,
    Infected,

    /// <summary>It did not answer, or answered with an error: nobody knows.</summary>
    Unavailable,

    /// <summary>None is configured.</summary>
    NotScanned,
}

/// <summary>What a scanner answered. <paramref name="Detail"/>: the signature's name, or why it is unavailable; safe to show.</summary>
public sealed record MalwareAnswer(MalwareOutcome Outcome, string Detail);

/// <summary>A malware scanner, elsewhere.</summary>
public interface IMalwareScanner
{
    /// <summary>Scans a whole message as received. Never throws but for cancellation.</summary>
    MalwareAnswer Scan(ReadOnlyMemory<byte> message, CancellationToken cancel);
}

/// <summary>No scanner is configured.</summary>
public sealed class NoMalwareScanner : IMalwareScanner
{
    /// <summary>The one instance.</summary>
    public static NoMalwareScanner Instance { get; } = new();

    /// <inheritdoc/>
    public MalwareAnswer Scan(ReadOnlyMemory<byte> message, CancellationToken cancel) => new(MalwareOutcome.NotScanned, "");
}

/// <summary>What the engine needs from outside this room.</summary>
public sealed record InspectionServices
{
    /// <summary>No programs, no scanner, the shipped limits.</summary>
    public static InspectionServices None { get; } = new();

    /// <summary>External programs.</summary>
    public IFileTools Tools { get; init; } = NoFileTools.Instance;

    /// <summary>Malware scanner.</summary>
    public IMalwareScanner Malware { get; init; } = NoMalwareScanner.Instance;

    /// <summary>Mail of nothing but plain text is scanned for malware too.</summary>
    public bool ScanPlainText { get; init; }

    /// <summary>Bounds.</summary>
    public FileLimits Limits { get; init; } = new();
}
