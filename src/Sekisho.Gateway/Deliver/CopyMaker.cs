using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Smtp;
using Sekisho.Storage;

namespace Sekisho.Gateway.Deliver;

/// <summary>
/// Makes what leaves out of what came: edits of the message, derived on the fly, never stored. One maker serves all copies of a
/// submission: what they share is worked out once, so that 16,280 individual copies cost 16,280 small edits and one reading.
/// </summary>
internal sealed class CopyMaker
{
    private static readonly string[] s_blindFields = ["Bcc", "Resent-Bcc"];

    private readonly MimeMessage _message;
    private readonly bool _eightBit;
    private readonly Lazy<IndividualSkeleton> _skeleton;
    private readonly MessageEdit _original;

    /// <summary>Prepares the copies of a message for an envelope.</summary>
    /// <param name="message">As received.</param>
    /// <param name="organisation">Who is inside.</param>
    /// <param name="envelope">All recipients of the submission, also those of other copies: none of the outside ones may show in another's copy.</param>
    /// <param name="keepInside">Inside addresses stay visible in individual copies.</param>
    /// <param name="eightBit">The message has bytes above 127.</param>
    /// <param name="trace">A Received value to put on top, or null.</param>
    /// <param name="removed">Recipients who were struck off: no copy names them as recipients.</param>
    public CopyMaker(MimeMessage message, IOrganisation organisation, IReadOnlyCollection<string> envelope, bool keepInside, bool eightBit, string? trace, IReadOnlyCollection<string>? removed = null)
    {
        _message = message;
        _eightBit = eightBit;
        _original = new MessageEdit(message);
        foreach (var field in message.Headers)
        {
            if (IsBlind(field))
            {
                _original.Remove(field);
            }
        }

        var struck = (removed ?? []).Select(given => EmailAddress.TryParse(given, out var address) ? address.Key : given.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        StruckRecipients.Take(message, _original, struck);
        if (trace is not null)
        {
            _original.Prepend("Received", System.Text.Encoding.UTF8.GetBytes(trace));
        }

        // Reading the header's addresses costs time that a plain copy need not spend.
        _skeleton = new Lazy<IndividualSkeleton>(() => new IndividualSkeleton(message, organisation, envelope, keepInside, _original.Clone(), struck));
    }

    /// <summary>The copy for a delivery.</summary>
    public ISmtpContent For(CopyKind kind, StoredRecipient recipient) => kind switch
    {
        CopyKind.Original => new EditContent(_original, _eightBit),
        CopyKind.Individual => new EditContent(_skeleton.Value.For(recipient.Address), _eightBit),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>True for fields that must never leave (law 2).</summary>
    public static bool IsBlind(HeaderField field) => Array.Exists(s_blindFields, field.Is);

    private sealed class EditContent(MessageEdit edit, bool eightBit) : ISmtpContent
    {
        public long Length => edit.Length;

        public bool HasEightBit => eightBit;

        public IEnumerable<ReadOnlyMemory<byte>> Segments() => edit.Segments();
    }
}
