using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Looks into the files of a mail, whatever their wrapping.</summary>
public static class FileReader
{
    /// <summary>
    /// Every file of the message and every file inside them, in order, each with what could be read and what could not. Never throws for
    /// what the files hold; <see cref="OperationCanceledException"/> when cancelled.
    /// </summary>
    public static IReadOnlyList<InspectedFile> Read(MimeMessage message, InspectionServices services, CancellationToken cancel) => [];

    /// <summary>The same for one file by itself.</summary>
    public static IReadOnlyList<InspectedFile> Read(string name, ReadOnlyMemory<byte> bytes, InspectionServices services, CancellationToken cancel) => [];
}
