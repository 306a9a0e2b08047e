using System.Collections.Frozen;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>
/// Outside people in fields that are not there to name recipients: a reply address that lists a whole round, a program's <c>X-Recipients</c>. What stands
/// in a header is read by whoever looks, and by every client that answers to it.
/// </summary>
internal static class OtherFields
{
    /// <summary>From so many on, addresses of a field that is no machine's are a list; one alone may be a contact.</summary>
    private const int List = 2;

    /// <summary>From so many on, also those of a machine's field are: a service has an address or two.</summary>
    private const int MachinesList = 10;

    /// <summary>Recipients whose domains are looked for in a value; of more it is read instead, which costs the same however many they are.</summary>
    private const int MaxCompared = 50;

    /// <summary>Judged by rules of their own, or never sent.</summary>
    private static readonly FrozenSet<string> _judgedElsewhere = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Subject", "Thread-Topic", "Bcc", "Resent-Bcc");

    /// <summary>Beginnings of the names of fields in which <c>x@y</c> is mostly no person: identifiers, traces, signatures, service addresses.</summary>
    private static readonly string[] _machines =
        ["Message-ID", "In-Reply-To", "References", "Resent-Message-ID", "Received", "Authentication-Results", "DKIM-", "ARC-", "DomainKey-", "List-", "Content-", "X-MS-", "X-Google-", "X-Received", "Autocrypt"];

    /// <summary>Fields of machines in which every mail has something that is spelt like an address.</summary>
    private static readonly string[] _identifiers = ["Message-ID", "In-Reply-To", "References", "Resent-Message-ID", "Received", "ARC-", "DKIM-", "DomainKey-", "X-Received"];

    /// <summary>Adds those of them that count as visible: every recipient of the envelope who is named, and lists of others, in one field or in several of one name.</summary>
    public static void Add(MimeMessage message, IReadOnlyList<EnvelopeRecipient> recipients, IReadOnlyList<AddressField> fields, IReadOnlySet<string> authors, IOrganisation organisation,
        List<VisibleAddress> visible)
    {
        List<(string Field, List<EmailAddress> People)>? named = null;
        var next = 0;
        foreach (var field in message.Headers)
        {
            // Address fields stand in the order of the header.
            var entries = next < fields.Count && ReferenceEquals(fields[next].Field, field) ? fields[next++].Entries : null;
            if (FactsReader.NamesRecipients(field) || _judgedElsewhere.Contains(field.Name) || (entries is null && !AddressScanner.MayHold(field)))
            {
                continue;
            }

            if ((entries is not null || !IsAny(_identifiers, field.Name) || MayName(field.Decoded, recipients)) && In(field, entries, authors, organisation) is { } people)
            {
                (named ??= []).Add((field.Name, people));
            }
        }

        if (named is not null)
        {
            Add(named, recipients, organisation, visible);
        }
    }

    private static void Add(List<(string Field, List<EmailAddress> People)> named, IReadOnlyList<EnvelopeRecipient> recipients, IOrganisation organisation, List<VisibleAddress> visible)
    {
        var envelope = recipients.Where(r => !r.Inside).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var field in named.GroupBy(n => n.Field, StringComparer.OrdinalIgnoreCase))
        {
            var people = field.SelectMany(n => n.People).DistinctBy(a => a.Key, StringComparer.Ordinal).ToList();
            var isList = people.Count >= MachinesList ? !IsAny(_identifiers, field.Key) : people.Count >= List && !IsAny(_machines, field.Key);
            visible.AddRange((isList ? people : people.FindAll(a => envelope.Contains(a.Key))).Select(a => new VisibleAddress(a, "", field.Key, Inside: false, organisation.OrganisationOf(a))));
        }
    }

    private static bool IsAny(string[] beginnings, string name)
    {
        foreach (var beginning in beginnings)
        {
            if (name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>False for a value in which no outside recipient's domain stands: an identifier, as nearly all. What may be spelled otherwise (percent signs, anything but printable ASCII) is read.</summary>
    private static bool MayName(string value, IReadOnlyList<EnvelopeRecipient> recipients)
    {
        if (recipients.Count > MaxCompared || value.Contains('%') || value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return true;
        }

        foreach (var recipient in recipients)
        {
            if (!recipient.Inside && (recipient.Address is not { } address || value.Contains(address.Domain, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The outside addresses of a field but for the author's, each once; null where it has none, as nearly all.</summary>
    private static List<EmailAddress>? In(HeaderField field, AddressList? entries, IReadOnlySet<string> authors, IOrganisation organisation)
    {
        List<EmailAddress>? found = null;
        HashSet<string>? keys = null;
        foreach (var mailbox in entries?.Mailboxes ?? [])
        {
            if (mailbox.Address is { } address)
            {
                Take(address);
            }
        }

        foreach (var address in TextAddresses.Find(field.Decoded))
        {
            Take(address);
        }

        return found;

        void Take(EmailAddress address)
        {
            if (!authors.Contains(address.Key) && !organisation.IsInside(address) && (keys ??= new HashSet<string>(StringComparer.Ordinal)).Add(address.Key))
            {
                (found ??= []).Add(address);
            }
        }
    }
}
