namespace Sekisho.Audit.Archives;

/// <summary>Files to read in one go: those of one folder that are a mail each, or one mailbox, or one packed file.</summary>
/// <param name="First">The first, by its number in the table.</param>
/// <param name="Last">The last; all between belong to it.</param>
/// <param name="IsMail">True where each is mail by its place, its name or somebody's word, so that one that is none is broken.</param>
/// <param name="Bytes">About how many bytes they have.</param>
internal readonly record struct FileBatch(int First, int Last, bool IsMail, long Bytes)
{
    /// <summary>The folder that all are in; 0 for one file alone, which nothing is added to.</summary>
    public int Folder { get; init; }

    /// <summary>The form it is packed in, or <see cref="FileKind.Other"/>.</summary>
    public FileKind Packed { get; init; }

    /// <summary>When the packed file was last written to that these lie in.</summary>
    public DateTimeOffset Changed { get; init; }

    /// <summary>What was found already: problems of the walk or of unpacking.</summary>
    public FileOutcome? Outcome { get; init; }

    /// <summary>Problems alone.</summary>
    public static FileBatch Of(FileOutcome outcome) => new(0, -1, IsMail: false, 0) { Outcome = outcome };
}
