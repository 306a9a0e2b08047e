namespace Sekisho.Mime;

/// <summary>One entry of an address list: a display name (decoded) and an address, or what stood there and is not one.</summary>
/// <param name="DisplayName">Decoded per RFC 2047; empty when there is none.</param>
/// <param name="Address">Null when the text is broken: then <paramref name="Defect"/> names why.</param>
/// <param name="Raw">The entry's bytes inside the message (display name, address and its comments; without the separating commas).</param>
/// <param name="Group">The group the entry stands in (RFC 5322 section 3.4), or null.</param>
/// <param name="Defect">Why the entry is broken or suspicious, or null.</param>
public sealed record Mailbox(string DisplayName, EmailAddress? Address, ByteRange Raw, string? Group, MimeDefect? Defect);

/// <summary>The addresses of one or more header fields, in order; broken entries are kept with their defect.</summary>
public sealed class AddressList
{
    /// <summary>An empty list.</summary>
    public static AddressList Empty { get; } = new([], []);

    internal AddressList(IReadOnlyList<Mailbox> mailboxes, IReadOnlyList<MimeDefect> defects) => (Mailboxes, Defects) = (mailboxes, defects);

    /// <summary>Every entry, groups flattened.</summary>
    public IReadOnlyList<Mailbox> Mailboxes { get; }

    /// <summary>The first entry that is an address; null where none is.</summary>
    public EmailAddress? FirstAddress
    {
        get
        {
            foreach (var mailbox in Mailboxes)
            {
                if (mailbox.Address is { } address)
                {
                    return address;
                }
            }

            return null;
        }
    }

    /// <summary>Line breaks or control characters inside address data, unparsable stretches, too many entries.</summary>
    public IReadOnlyList<MimeDefect> Defects { get; }

    /// <summary>True when the value breaks off: inside quotes or angle brackets, or with an entry that is no whole address.</summary>
    internal bool EndsOpen { get; init; }

    /// <summary>True when words stand behind an address that belong to no entry ("a@example.com on Tuesday").</summary>
    internal bool HasRemarks { get; init; }

    /// <summary>Reads the value of an address field (To, Cc, From, …). Never throws; linear in the field's length.</summary>
    public static AddressList Parse(HeaderField field) => field.AddressesRead ??= AddressParser.Parse(field);
}
