using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Looks into the files of a mail, whatever their wrapping.</summary>
public static class FileReader
{
    /// <summary>
    /// Every file of the message and every file inside them, in order, each with what could be read and what could not. Never throws for
    /// what the files hold; <see cref="OperationCanceledException"/> when cancelled.
    /// </summary>
    public static IReadOnlyList<InspectedFile> Read(MimeMessage message, InspectionServices services, CancellationToken cancel)
    {
        using var lease = ExpansionGate.Shared.Open(cancel);
        return Read(message, services, lease, cancel);
    }

    /// <summary>The same for one file by itself.</summary>
    public static IReadOnlyList<InspectedFile> Read(string name, ReadOnlyMemory<byte> bytes, InspectionServices services, CancellationToken cancel)
    {
        using var lease = ExpansionGate.Shared.Open(cancel);
        var walk = new FileWalk(services, lease, cancel);
        walk.Take(name, name, bytes, 0, null);
        return walk.Files;
    }

    /// <summary>The same, held by a lease that outlives the reading: the contents stay in memory until the rules are done with them.</summary>
    internal static IReadOnlyList<InspectedFile> Read(MimeMessage message, InspectionServices services, ExpansionLease lease, CancellationToken cancel)
    {
        FileWalk? walk = null;
        foreach (var file in MailFiles.Of(message))
        {
            walk ??= new FileWalk(services, lease, cancel);
            file.Walk(walk);
        }

        return walk?.Files ?? [];
    }
}
