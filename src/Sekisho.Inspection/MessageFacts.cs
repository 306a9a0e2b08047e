using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>A recipient of the envelope.</summary>
/// <param name="Given">As given in RCPT TO.</param>
/// <param name="Address">Parsed, or null where it cannot be (then it counts as outside, its own organisation).</param>
/// <param name="Inside">By the organisation's domains.</param>
/// <param name="Organisation">Organisation key.</param>
public sealed record EnvelopeRecipient(string Given, EmailAddress? Address, bool Inside, string Organisation)
{
    /// <summary>Key for comparison: <see cref="EmailAddress.Key"/>, or the given text in lower case.</summary>
    public string Key => Address?.Key ?? Given.ToLowerInvariant();

    /// <summary>Reads an address as given in RCPT TO. One that cannot be read is outside and its own organisation: the safe side.</summary>
    public static EnvelopeRecipient Of(string given, IOrganisation organisation) => EmailAddress.TryParse(given, out var address)
        ? new EnvelopeRecipient(given, address, organisation.IsInside(address), organisation.OrganisationOf(address))
        : new EnvelopeRecipient(given, Address: null, Inside: false, given.ToLowerInvariant());
}

/// <summary>An address people can see in the header's recipient fields.</summary>
public sealed record VisibleAddress(EmailAddress Address, string DisplayName, string Field, bool Inside, string Organisation);

/// <summary>What was read from a message, once, for all rules.</summary>
public sealed class MessageFacts
{
    /// <summary>The message.</summary>
    public required MimeMessage Message { get; init; }

    /// <summary>Envelope sender, or null for the null sender or a broken one.</summary>
    public EmailAddress? Sender { get; init; }

    /// <summary>First address of From, or null.</summary>
    public EmailAddress? Author { get; init; }

    /// <summary>Decoded subject, empty when there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>What it is about, by its subject.</summary>
    internal string Topic => field ??= Inspection.Topic.Of(Subject);

    /// <summary>Message-ID without brackets, or null.</summary>
    public string? MessageId { get; init; }

    /// <summary>In-Reply-To and References, without brackets.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The envelope's recipients in order, duplicates kept.</summary>
    public required IReadOnlyList<EnvelopeRecipient> Recipients { get; init; }

    /// <summary>
    /// To, Cc and the other fields that name recipients (Resent-To, Resent-Cc, Apparently-To and the like), in order, duplicates kept.
    /// Addresses in display names and in broken entries stand here too: some client shows them.
    /// </summary>
    public IReadOnlyList<VisibleAddress> Visible { get; init; } = [];

    /// <summary>Outside envelope recipients.</summary>
    public IEnumerable<EnvelopeRecipient> Outside => Recipients.Where(r => !r.Inside);

    /// <summary>The author's own text: body parts as text (HTML reduced), quoted thread and forwarded headers left out.</summary>
    public string OwnText { get; init; } = "";

    /// <summary>All body text, quotes included (HTML reduced to text).</summary>
    public string FullText { get; init; } = "";

    /// <summary>What stands in the margins for people to read: subject, comments, names and descriptions of parts; a line each.</summary>
    public string HeaderText { get; init; } = "";

    /// <summary>The quoted thread and forwarded messages, which <see cref="OwnText"/> leaves out. Empty where there is none.</summary>
    public string QuotedText { get; init; } = "";

    /// <summary>True when text was cut at a limit.</summary>
    public bool TextTruncated { get; init; }

    /// <summary>True when there is a file somebody attached; pictures shown in the text, invitations and signatures are none.</summary>
    public bool HasAttachment { get; init; }

    /// <summary>The mail's files and the files inside them, each with what could be read.</summary>
    public IReadOnlyList<InspectedFile> Files { get; init; } = [];

    /// <summary>Keys of everybody the header names as the author's side: envelope sender, From, Sender, Reply-To.</summary>
    internal IReadOnlySet<string> AuthorKeys { get; init; } = new HashSet<string>();

    /// <summary>Every recipient and author field with its entries, read once.</summary>
    internal IReadOnlyList<AddressField> AddressFields { get; init; } = [];

    /// <summary>Parts nobody here can look into: what it is, and a short word for its measure.</summary>
    internal IReadOnlyList<OpaquePart> Opaque { get; init; } = [];

    /// <summary>Attendees and organisers of calendar parts, duplicates dropped.</summary>
    internal IReadOnlyList<FoundAddress> Attendees { get; init; } = [];
}

/// <summary>An address field and its entries.</summary>
internal sealed record AddressField(HeaderField Field, AddressList Entries);

/// <summary>A part that cannot be looked into: <paramref name="Measure"/> names the kind.</summary>
internal sealed record OpaquePart(string Measure, string Detail);
