namespace Sekisho.Audit.Archives;

/// <summary>One message of an archive, by its place.</summary>
/// <param name="File">Which of the archive's files (<see cref="IMailArchive.Files"/>).</param>
/// <param name="Offset">Bytes from the beginning of that file's (unpacked) content to the message's first header byte.</param>
/// <param name="Length">Bytes of the message, separator lines not counted, <c>&gt;From</c> quoting as it stands.</param>
/// <param name="At">When it was written: its Date, or else what the archive says (the From_ line, a later Received), or else the time of the message before it.</param>
public readonly record struct ArchivedMessage(int File, long Offset, int Length, DateTimeOffset At)
{
    /// <summary>True where lines that begin with <c>From </c> were quoted with <c>&gt;</c> and are to be given back.</summary>
    public bool Quoted { get; init; }
}

/// <summary>A message that could not be taken for one.</summary>
/// <param name="Place">File and offset, as a person finds it.</param>
/// <param name="Why">Reason, one line.</param>
public sealed record BrokenMessage(string Place, string Why);

/// <summary>
/// Archives opened for reading: every message they hold, in date order (ties: the order of the paths, then of the file). The order is the same on every run over the same files.
/// Safe to read from many threads. Disposing removes what was unpacked.
/// </summary>
public interface IMailArchive : IDisposable
{
    /// <summary>Names of the files as a person knows them: the path, and within a packed file the path in it.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>Messages in date order.</summary>
    int Count { get; }

    /// <summary>Bytes of all messages.</summary>
    long Bytes { get; }

    /// <summary>Digest of what was found (files, sizes, messages): another one means that a saved state belongs to other files.</summary>
    string Fingerprint { get; }

    /// <summary>What could not be taken for a message, at most 1,000 of them; <see cref="BrokenCount"/> counts all.</summary>
    IReadOnlyList<BrokenMessage> Broken { get; }

    /// <summary>How many could not be taken for a message.</summary>
    long BrokenCount { get; }

    /// <summary>The message at a place in date order.</summary>
    ArchivedMessage this[int index] { get; }

    /// <summary>Its bytes, valid until disposal. Throws <see cref="IOException"/> naming the file when it cannot be read any more.</summary>
    ReadOnlyMemory<byte> Read(int index);
}
