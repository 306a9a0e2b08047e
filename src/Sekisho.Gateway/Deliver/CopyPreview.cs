using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Storage;

namespace Sekisho.Gateway.Deliver;

/// <summary>The copies of a message exactly as the delivery would make them, to be looked at. Sends nothing and keeps nothing.</summary>
public sealed class CopyPreview
{
    private readonly CopyMaker _maker;

    /// <summary>Prepares them.</summary>
    /// <param name="message">As received.</param>
    /// <param name="organisation">Who is inside.</param>
    /// <param name="envelope">All recipients.</param>
    /// <param name="keepInside">Inside addresses stay visible in individual copies.</param>
    public CopyPreview(MimeMessage message, IOrganisation organisation, IReadOnlyCollection<string> envelope, bool keepInside)
        => _maker = new CopyMaker(message, organisation, envelope, keepInside, eightBit: true, trace: null);

    /// <summary>The bytes of the copy for one recipient; with <see cref="CopyKind.Original"/> it is the same for all.</summary>
    public byte[] For(CopyKind kind, string recipient)
    {
        var content = _maker.For(kind, new StoredRecipient(0, recipient, Notify: null, OriginalRecipient: null));
        var copy = new MemoryStream(checked((int)content.Length));
        foreach (var segment in content.Segments())
        {
            copy.Write(segment.Span);
        }

        return copy.ToArray();
    }
}
