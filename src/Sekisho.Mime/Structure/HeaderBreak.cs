namespace Sekisho.Mime;

/// <summary>
/// Finds headers that a line break tore apart inside a list of recipients, so that the rest of the list stands as text before everybody's
/// eyes. It looks for positive evidence only: a mail whose header is whole and whose text happens to list addresses is none.
/// </summary>
internal static class HeaderBreak
{
    /// <summary>A torn list longer than this is known by its first part.</summary>
    private const int MaxBlock = 2 * 1024 * 1024;

    /// <summary>Fields that end up in the text when the header breaks before them; one that the header lacks is evidence.</summary>
    private static readonly string[] Telling =
        ["From", "Date", "Subject", "To", "Cc", "Bcc", "Reply-To", "Sender", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "X-Mailer", "User-Agent"];

    public static IEnumerable<MimeDefect> Find(MimeMessage message)
    {
        foreach (var field in message.Headers)
        {
            if (!field.IsField && !HeaderReader.IsPostmark(field) && field.ValueBytes.Contains((byte)'@')
                && AddressList.Parse(field).Mailboxes.Any(m => m.Address is not null))
            {
                yield return new MimeDefect(MimeDefectKind.BreakInAddress, field.Raw.Offset, "a header line without a field name holds addresses");
            }
        }

        if (TornAt(message) is { } why)
        {
            yield return new MimeDefect(MimeDefectKind.HeaderEndsInsideAddresses, message.HeaderRange.End, why);
        }
    }

    private static string? TornAt(MimeMessage message)
    {
        var headers = message.Headers;
        if (headers.Count == 0)
        {
            return null;
        }

        var body = message.Bytes.Span[message.HeaderRange.End..];
        var text = body.TrimStart(" \t\r\n"u8);
        if (text.Length == 0)
        {
            return null;
        }

        // The field the empty line follows; lines that are no fields belong to what stands before them.
        var last = headers[headers.Count - 1];
        var lastField = headers.LastOrDefault(f => f.IsField);
        var afterRecipients = lastField is not null && FieldNames.IsRecipient(lastField.Name);
        if (afterRecipients && EndsOpen(last))
        {
            return $"{lastField!.Name} ends unfinished before the empty line";
        }

        var start = message.Bytes.Length - text.Length;
        var block = Block(text);
        var next = block < text.Length ? HeaderLine(text[block..]) : null;
        var missing = next is not null && headers.First(next) is null ? next : null;
        if (block == 0)
        {
            return afterRecipients && missing is not null && LacksEssentials(headers)
                ? $"{missing} stands in the text, after an empty line behind {lastField!.Name}"
                : null;
        }

        if (!IsListRemainder(message, start, block))
        {
            return null;
        }

        if (missing is not null)
        {
            // No recipient field is asked for here: a mailer that takes Bcc out leaves none of the list it tore.
            return $"the text begins with addresses, then {missing}, which the header lacks";
        }

        if (afterRecipients && (text[0] == ',' || LacksEssentials(headers)))
        {
            return $"the text begins with what reads as the rest of {lastField!.Name}";
        }

        return null;
    }

    private static bool EndsOpen(HeaderField field)
    {
        var value = field.ValueBytes.TrimEnd(" \t\r\n"u8);
        return value.EndsWith(","u8) || AddressList.Parse(field).EndsOpen;
    }

    private static bool LacksEssentials(HeaderList headers)
        => headers.First("From") is null || headers.First("Date") is null || headers.First("Subject") is null;

    /// <summary>Length of the leading lines that could be the rest of an address list: up to an empty line, a field, or a line with neither @ nor comma.</summary>
    private static int Block(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && at < MaxBlock)
        {
            var rest = text[at..];
            var lineFeed = rest.IndexOf((byte)'\n');
            var line = (lineFeed < 0 ? rest : rest[..lineFeed]).TrimEnd("\r"u8);
            if (line.Length == 0 || HeaderLine(rest) is not null || line.IndexOfAny((byte)'@', (byte)',') < 0)
            {
                break;
            }

            at += lineFeed < 0 ? rest.Length : lineFeed + 1;
        }

        return at;
    }

    /// <summary>The name of the telling field a line begins with, or null.</summary>
    private static string? HeaderLine(ReadOnlySpan<byte> text)
    {
        var colon = HeaderReader.NameEnd(text[..Math.Min(text.Length, 64)], out var length);
        if (colon < 0)
        {
            return null;
        }

        foreach (var name in Telling)
        {
            if (Ascii.EqualsIgnoreCase(text[..length], name))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>
    /// True when the stretch reads as a list: every entry is an address alone or in angle brackets. Words before a bare address are prose
    /// ("write to a@example.com, or …"). One broken entry is allowed: the one the break went through.
    /// </summary>
    private static bool IsListRemainder(MimeMessage message, int start, int length)
    {
        var range = new ByteRange(start, length);
        var list = AddressList.Parse(new HeaderField(message, "To", range, range) { Entity = message.Root });
        var addresses = 0;
        var broken = 0;
        foreach (var mailbox in list.Mailboxes)
        {
            if (mailbox.Address is null)
            {
                broken++;
            }
            else if (mailbox.DisplayName.Length > 0 && !message.Bytes.Span.Slice(mailbox.Raw.Offset, mailbox.Raw.Length).Contains((byte)'<'))
            {
                return false;
            }
            else
            {
                addresses++;
            }
        }

        return addresses > 0 && broken <= 1 && !list.HasRemarks;
    }
}
