using System.Runtime.InteropServices;
using System.Text;
using Sekisho.Mime;

namespace Sekisho.Gateway.Deliver;

/// <summary>
/// Takes recipients who were struck off out of the header: the mail does not go to them, and a reply to all must not bring them back. Fields that do not name
/// them stay as they stand; of the others only the entry goes. The body is never touched (law 5).
/// </summary>
internal static class StruckRecipients
{
    /// <summary>What a mail without visible recipients says in To (RFC 5322 section 3.4, an empty group).</summary>
    private static ReadOnlySpan<byte> Undisclosed => "undisclosed-recipients:;"u8;

    /// <summary>Fields that name recipients, or whom replies go to.</summary>
    private static readonly string[] s_fields =
    [
        "To", "Cc", "Reply-To", "Resent-To", "Resent-Cc", "Resent-Reply-To", "Mail-Followup-To", "Mail-Reply-To", "Apparently-To", "Envelope-To", "X-Envelope-To", "X-Original-To",
        "Delivered-To", "X-Original-Cc", "X-Cc", "X-To",
    ];

    /// <summary>Adds the splices to <paramref name="edit"/>.</summary>
    /// <param name="removed">Keys (<see cref="EmailAddress.Key"/>) of who was struck off.</param>
    public static void Take(MimeMessage message, MessageEdit edit, IReadOnlySet<string> removed)
    {
        if (removed.Count == 0)
        {
            return;
        }

        // The first To that loses everybody says so, unless another one still names somebody.
        HeaderField? emptied = null;
        var somebody = false;
        foreach (var field in message.Headers)
        {
            if (!Array.Exists(s_fields, field.Is))
            {
                continue;
            }

            var list = AddressList.Parse(field);
            var kept = list.Mailboxes.Where(m => !IsStruck(message, m, removed)).ToList();
            var mentioned = kept.Exists(m => Mentions(m.DisplayName, removed) || MentionsRaw(message, m, removed));
            var isTo = field.Is("To");
            if (kept.Count == list.Mailboxes.Count && !mentioned)
            {
                somebody |= isTo && kept.Count > 0;
                continue;
            }

            if (kept.Count > 0)
            {
                edit.Replace(field, Rest(message, field, list, removed));
                somebody |= isTo;
                continue;
            }

            edit.Remove(field);
            emptied ??= isTo ? field : null;
        }

        if (emptied is not null && !somebody)
        {
            edit.Replace(emptied, Undisclosed);
        }
    }

    /// <summary>True for his own entry, and for a broken one in which he can be read.</summary>
    private static bool IsStruck(MimeMessage message, Mailbox mailbox, IReadOnlySet<string> removed)
        => mailbox.Address is { } address ? removed.Contains(address.Key) : Mentions(mailbox.DisplayName, removed) || MentionsRaw(message, mailbox, removed);

    private static bool MentionsRaw(MimeMessage message, Mailbox mailbox, IReadOnlySet<string> removed)
    {
        var raw = message.Bytes.Span.Slice(mailbox.Raw.Offset, mailbox.Raw.Length);
        if (mailbox.Address is not null && raw.Count((byte)'@') <= 1)
        {
            // The one sign is his own address's.
            return false;
        }

        var text = Encoding.UTF8.GetString(raw);
        return mailbox.Address is { } own ? Mentions(text.Replace(own.Key, "", StringComparison.OrdinalIgnoreCase), removed) : Mentions(text, removed);
    }

    private static bool Mentions(string text, IReadOnlySet<string> removed)
        => text.Contains('@', StringComparison.Ordinal) && removed.Any(key => text.Contains(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>The field without them: the bytes of the others as they were written, groups and encoded words included; should that not read as it must, their bare addresses.</summary>
    private static byte[] Rest(MimeMessage message, HeaderField field, AddressList list, IReadOnlySet<string> removed)
    {
        var expected = list.Mailboxes.Where(m => m.Address is not null && !removed.Contains(m.Address.Key)).Select(m => m.Address!.Key).ToList();
        var cut = Cut(message, field, list, removed);
        if (cut is not null)
        {
            var again = MimeMessage.Parse((byte[])[.. "To: "u8, .. cut, .. "\r\n\r\n"u8]).Headers.Addresses("To").Mailboxes;
            if (again.Where(m => m.Address is not null).Select(m => m.Address!.Key).SequenceEqual(expected, StringComparer.Ordinal) && !Mentions(Encoding.UTF8.GetString(cut), removed))
            {
                return cut;
            }
        }

        return expected.Count == 0 ? Undisclosed.ToArray() : Encoding.UTF8.GetBytes(string.Join(", ", expected.Distinct(StringComparer.Ordinal)));
    }

    /// <summary>Cuts their entries out of the value's bytes, each with one comma. Null where the entries do not lie one after the other.</summary>
    private static byte[]? Cut(MimeMessage message, HeaderField field, AddressList list, IReadOnlySet<string> removed)
    {
        var bytes = message.Bytes.Span;
        var end = field.Raw.Offset + field.Raw.Length;
        var at = bytes[field.Raw.Offset..end].IndexOf((byte)':') + field.Raw.Offset + 1;
        var value = new List<byte>(field.Raw.Length);
        foreach (var mailbox in list.Mailboxes)
        {
            var (start, stop) = (mailbox.Raw.Offset, mailbox.Raw.Offset + mailbox.Raw.Length);
            if (start < at || stop > end)
            {
                return null;
            }

            Copy(bytes[at..start], value);
            at = stop;
            if (!IsStruck(message, mailbox, removed))
            {
                var named = mailbox.Address is not null && (Mentions(mailbox.DisplayName, removed) || MentionsRaw(message, mailbox, removed));
                Copy(named ? Encoding.UTF8.GetBytes(mailbox.Address!.Key) : bytes[start..stop], value);
                continue;
            }

            var behind = bytes[at..end].IndexOfAnyExcept(" \t\r\n"u8);
            if (behind >= 0 && bytes[at + behind] == (byte)',')
            {
                at += behind + 1;
                var blanks = bytes[at..end].IndexOfAnyExcept(" \t\r\n"u8);
                at += value is [.., (byte)' ' or (byte)'\t'] && blanks > 0 ? blanks : 0;
                continue;
            }

            // The last of its list or group: the comma before him goes.
            var less = value.FindLastIndex(b => b is not ((byte)' ' or (byte)'\t'));
            if (less >= 0 && value[less] == (byte)',')
            {
                value.RemoveRange(less, value.Count - less);
            }
        }

        Copy(bytes[at..end], value);
        return CollectionsMarshal.AsSpan(value).Trim(" \t"u8).ToArray();
    }

    /// <summary>Folds undone: the writer folds anew.</summary>
    private static void Copy(ReadOnlySpan<byte> bytes, List<byte> to)
    {
        foreach (var b in bytes)
        {
            if (b is not ((byte)'\r' or (byte)'\n' or 0))
            {
                to.Add(b);
            }
        }
    }
}
