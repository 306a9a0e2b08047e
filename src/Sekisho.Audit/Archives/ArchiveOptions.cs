namespace Sekisho.Audit.Archives;

/// <summary>How archives are opened.</summary>
public sealed record ArchiveOptions
{
    /// <summary>The defaults.</summary>
    public static ArchiveOptions Default { get; } = new();

    /// <summary>The folder under which packed archives are unpacked, in a folder of this run's own that disposal removes; the system's temporary folder when null.</summary>
    public string? WorkFolder { get; init; }

    /// <summary>Files read at the same time; 0 = one a processor.</summary>
    public int Parallelism { get; init; }

    /// <summary>The same as a number of threads.</summary>
    internal int Degree => Parallelism > 0 ? Parallelism : Environment.ProcessorCount;

    /// <summary>Bytes one message may have; a longer one is named broken. At most 2^31-1.</summary>
    public int MaxMessageBytes { get; init; } = 512 * 1024 * 1024;

    /// <summary>Bytes all packed archives together may have unpacked; what goes past it is left out and named broken.</summary>
    public long MaxUnpackedBytes { get; init; } = 1L << 40;

    /// <summary>Bytes that unpacking leaves free on the disk of <see cref="WorkFolder"/>; less is an error, for the machine needs them more.</summary>
    public long KeepFreeBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Bytes each reader holds while it looks for messages; at least 128 KB.</summary>
    public int ReadBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes of a mailbox that are worth a reader of their own: a larger one is looked through by several at once, as many as <see cref="Parallelism"/> says.</summary>
    public int PartBytes { get; init; } = 8 * 1024 * 1024;
}

/// <summary>What opening archives is doing.</summary>
public enum ArchivePhase
{
    /// <summary>Listing folders.</summary>
    Looking,

    /// <summary>Unpacking zip, tar, gz, xz and the like.</summary>
    Unpacking,

    /// <summary>Finding messages and their dates.</summary>
    Indexing,
}

/// <summary>How far it is.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Done">Bytes done; files found while looking.</param>
/// <param name="Total">Bytes to do; 0 where it is not known yet.</param>
/// <param name="Messages">Messages found so far.</param>
public readonly record struct ArchiveProgress(ArchivePhase Phase, long Done, long Total, long Messages);

/// <summary>Archives that cannot be opened at all: no such path, no room to unpack. The message is for a person.</summary>
public sealed class ArchiveException : IOException
{
    /// <summary>Says what stands in the way.</summary>
    public ArchiveException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
