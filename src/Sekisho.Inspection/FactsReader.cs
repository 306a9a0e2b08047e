using System.Collections.Frozen;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>Reads a message's facts, once for all rules.</summary>
internal static class FactsReader
{
    /// <summary>Fields in which some client or archive shows recipients.</summary>
    private static readonly FrozenSet<string> _recipientFields =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "To", "Cc", "Resent-To", "Resent-Cc", "Apparently-To", "X-Apparently-To", "X-To", "X-Cc", "Envelope-To", "X-Envelope-To", "X-Rcpt-To");

    private static readonly FrozenSet<string> _otherFields = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "From", "Sender", "Reply-To", "Bcc", "Resent-From", "Resent-Sender", "Resent-Bcc", "Errors-To", "Return-Receipt-To", "Disposition-Notification-To");

    /// <summary>Who gets the message. Never throws: what cannot be parsed is outside.</summary>
    public static IReadOnlyList<EnvelopeRecipient> Recipients(InspectionInput input, IOrganisation organisation)
    {
        var recipients = new List<EnvelopeRecipient>(input.Recipients.Count);
        foreach (var given in input.Recipients)
        {
            recipients.Add(EnvelopeRecipient.Of(given, organisation));
        }

        return recipients;
    }

    /// <summary>Everything. Without <paramref name="services"/> texts and files stay unread, for mail nobody outside gets. <paramref name="lease"/> holds the files' contents.</summary>
    public static MessageFacts Read(InspectionInput input, IReadOnlyList<EnvelopeRecipient> recipients, IOrganisation organisation, InspectionServices? services, ExpansionLease lease, CancellationToken cancel)
    {
        var message = input.Message;
        var fields = new List<AddressField>();
        var subject = "";
        string? messageId = null;
        var references = new List<string>();
        foreach (var field in message.Headers)
        {
            if (_recipientFields.Contains(field.Name) || _otherFields.Contains(field.Name))
            {
                fields.Add(new AddressField(field, AddressList.Parse(field)));
            }
            else if (field.Is("Subject"))
            {
                subject = subject.Length == 0 ? TextFolding.StripInvisible(field.Decoded) : subject;
            }
            else if (field.Is("Message-ID"))
            {
                messageId ??= FirstId(field.Unfolded);
            }
            else if (field.Is("In-Reply-To") || field.Is("References"))
            {
                AddIds(field.Unfolded, references);
            }
        }

        cancel.ThrowIfCancellationRequested();
        var withText = services is not null;
        var sender = EmailAddress.TryParse(input.MailFrom, out var parsed) ? parsed : null;
        var authors = AuthorKeys(sender, fields);
        var texts = withText ? MessageTextReader.Read(message, cancel) : new MessageTexts("", "", "", false, [], []);
        return new MessageFacts
        {
            Message = message,
            Sender = sender,
            Author = Author(fields),
            Subject = subject,
            MessageId = messageId,
            References = references,
            Recipients = recipients,
            Visible = Visible(message, recipients, fields, authors, organisation, withText),
            OwnText = texts.Own,
            QuotedText = texts.Quoted,
            FullText = texts.Full,
            HeaderText = withText ? Sekisho.Inspection.HeaderText.Read(message, subject) : "",
            TextTruncated = texts.Truncated,
            HasAttachment = withText && message.Entities().Any(IsFile),
            Files = services is null ? [] : FileReader.Read(message, services, lease, cancel),
            AuthorKeys = authors,
            AddressFields = fields,
            Attendees = texts.Attendees,
            Opaque = texts.Opaque,
        };
    }

    /// <summary>A file somebody attached: not a logo in the text, an invitation or a signature.</summary>
    private static bool IsFile(MimeEntity part)
        => part.IsAttachment && !MessageTextReader.IsCalendar(part)
            && part.MediaType is not ("application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-signature")
            && !(part.MediaType.StartsWith("image/", StringComparison.Ordinal) && part.Disposition != "attachment");

    /// <summary>The bytes of an entry as text, for what was no address.</summary>
    internal static string RawText(MimeMessage message, Mailbox entry)
    {
        var bytes = message.Bytes.Span;
        var from = Math.Clamp(entry.Raw.Offset, 0, bytes.Length);
        var to = Math.Clamp(entry.Raw.End, from, bytes.Length);
        return System.Text.Encoding.UTF8.GetString(bytes[from..to]);
    }

    /// <summary>True for a field whose every address counts as shown.</summary>
    internal static bool NamesRecipients(HeaderField field) => _recipientFields.Contains(field.Name);

    /// <summary>One address a field: a reply address that is a list of customers names no author, it shows customers.</summary>
    private static HashSet<string> AuthorKeys(EmailAddress? sender, List<AddressField> fields)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        if (sender is not null)
        {
            keys.Add(sender.Key);
        }

        foreach (var field in fields)
        {
            if (field.Field.Is("From") || field.Field.Is("Sender") || field.Field.Is("Reply-To"))
            {
                if (field.Entries.FirstAddress is { } address)
                {
                    keys.Add(address.Key);
                }
            }
        }

        return keys;
    }

    private static EmailAddress? Author(List<AddressField> fields)
    {
        foreach (var field in fields)
        {
            if (field.Field.Is("From") && field.Entries.FirstAddress is { } address)
            {
                return address;
            }
        }

        return null;
    }

    /// <summary>Who is shown; by fields that do not name recipients only where somebody outside sees them.</summary>
    private static List<VisibleAddress> Visible(MimeMessage message, IReadOnlyList<EnvelopeRecipient> recipients, List<AddressField> fields, IReadOnlySet<string> authors, IOrganisation organisation, bool others)
    {
        var visible = new List<VisibleAddress>();
        foreach (var (field, entries) in fields)
        {
            if (!NamesRecipients(field))
            {
                continue;
            }

            foreach (var entry in entries.Mailboxes)
            {
                if (entry.Address is { } written && ShownAddress.Of(written, field.Name) is { } address)
                {
                    visible.Add(new VisibleAddress(address, entry.DisplayName, field.Name, organisation.IsInside(address), organisation.OrganisationOf(address)));
                }

                AddStray(message, entry, field, organisation, visible);
            }

            AddUnread(field, entries, organisation, visible);
        }

        if (others)
        {
            OtherFields.Add(message, recipients, fields, authors, organisation, visible);
        }

        return visible;
    }

    /// <summary>Addresses in a display name ("taro@example.com" &lt;x@y&gt;) or in an entry that is no address.</summary>
    private static void AddStray(MimeMessage message, Mailbox entry, HeaderField field, IOrganisation organisation, List<VisibleAddress> visible)
    {
        var named = AddressScanner.MayHold(entry.DisplayName);
        if (!named && entry.Address is not null)
        {
            return;
        }

        var found = new AddressSet();
        if (named)
        {
            AddressScanner.Collect(TextFolding.StripInvisible(entry.DisplayName), found);
        }

        if (entry.Address is null)
        {
            AddressScanner.Collect(TextFolding.StripInvisible(RawText(message, entry)), found);
        }

        foreach (var stray in found.All)
        {
            if (stray.Address is { } address && !address.Equals(entry.Address))
            {
                visible.Add(new VisibleAddress(address, "", field.Name, organisation.IsInside(address), organisation.OrganisationOf(address)));
            }
        }
    }

    /// <summary>Addresses that stand in no entry: in the name of a group, a comment, or what a broken entry hid.</summary>
    private static void AddUnread(HeaderField field, AddressList entries, IOrganisation organisation, List<VisibleAddress> visible)
    {
        const int MaxCompared = 50;
        var text = TextFolding.StripInvisible(field.Decoded);
        var signs = text.AsSpan().Count('@') + text.AsSpan().Count('＠');
        if (signs <= entries.Mailboxes.Count(m => m.Address is not null))
        {
            return;
        }

        var read = entries.Mailboxes.Where(m => m.Address is not null).Select(m => m.Address!.Key).ToHashSet(StringComparer.Ordinal);
        var found = new AddressSet();
        AddressScanner.Collect(text, found);
        var unread = found.All.Where(f => f.Address is not null && !read.Contains(f.Key) && (f.Wide is null || !read.Contains(f.Wide))).ToList();

        // A local part with letters the scanner stops at ends like the address that was read: not another one.
        foreach (var one in unread.Count > MaxCompared ? unread : unread.Where(u => !read.Any(r => r.EndsWith(u.Key, StringComparison.Ordinal))))
        {
            visible.Add(new VisibleAddress(one.Address!, "", field.Name, organisation.IsInside(one.Address!), organisation.OrganisationOf(one.Address!)));
        }
    }

    private static string? FirstId(string value)
    {
        var ids = new List<string>();
        AddIds(value, ids);
        return ids.Count > 0 ? ids[0] : null;
    }

    /// <summary>Message identifiers of a field (RFC 5322 section 3.6.4); without brackets, the whole value is taken for one.</summary>
    private static void AddIds(string value, List<string> ids)
    {
        const int MaxIds = 1000;
        var rest = value.AsSpan().Trim();
        if (rest.Length > 0 && !rest.Contains('<'))
        {
            ids.Add(rest.ToString());
            return;
        }

        while (ids.Count < MaxIds)
        {
            var open = rest.IndexOf('<');
            if (open < 0)
            {
                return;
            }

            rest = rest[(open + 1)..];
            var close = rest.IndexOf('>');
            if (close < 0)
            {
                return;
            }

            if (close > 0)
            {
                ids.Add(rest[..close].Trim().ToString());
            }

            rest = rest[(close + 1)..];
        }
    }
}
