namespace Sekisho.Audit.Archives;

/// <summary>
/// The few fields of a header that placing a message needs, found in one pass over its lines: reading whole messages would take most of the time, and all but their bytes
/// is read again when they are judged.
/// </summary>
internal readonly ref struct HeaderScan
{
    /// <summary>Values of the first Date and of the topmost Received, folds in; empty where there is none.</summary>
    public ReadOnlySpan<byte> Date { get; private init; }

    /// <inheritdoc cref="Date"/>
    public ReadOnlySpan<byte> Received { get; private init; }

    /// <summary>Content-Length, or -1.</summary>
    public long ContentLength { get; private init; }

    /// <summary>Bytes through the empty line that ends the header, or -1 when it does not end here.</summary>
    public int Length { get; private init; }

    /// <summary>How many lines look like a field.</summary>
    public int Fields { get; private init; }

    /// <summary>Of those, fields that mail has: what tells a message from some other text with colons.</summary>
    public int MailFields { get; private init; }

    /// <summary>True for the message that IMAP servers keep their own notes in, at the head of a mailbox.</summary>
    public bool IsServersOwn { get; private init; }

    /// <summary>Reads a header. Never throws.</summary>
    public static HeaderScan Read(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> date = default, received = default;
        var contentLength = -1L;
        var length = -1;
        var fields = 0;
        var mailFields = 0;
        var imapNote = false;
        var internalSubject = false;
        for (var at = 0; at < text.Length;)
        {
            var line = LineAt(text, at, out var next);
            if (line.IsEmpty)
            {
                length = next;
                break;
            }

            var colon = FieldNameLength(line);
            if (colon > 0)
            {
                fields++;
                var name = line[..colon].TrimEnd(" \t"u8);
                switch (FieldOf(name))
                {
                    case Field.Date when date.IsEmpty:
                        date = Value(text, at + colon + 1, ref next);
                        mailFields++;
                        break;
                    case Field.Received when received.IsEmpty:
                        received = Value(text, at + colon + 1, ref next);
                        mailFields++;
                        break;
                    case Field.ContentLength when contentLength < 0:
                        contentLength = Number(line[(colon + 1)..]);
                        break;
                    case Field.Subject:
                        internalSubject = line[(colon + 1)..].TrimStart((byte)' ').StartsWith("DON'T DELETE THIS MESSAGE"u8);
                        mailFields++;
                        break;
                    case Field.ImapNote:
                        imapNote = true;
                        break;
                    case Field.Other:
                        break;
                    default:
                        mailFields++;
                        break;
                }
            }

            at = next;
        }

        return new HeaderScan
        {
            Date = date,
            Received = received,
            ContentLength = contentLength,
            Length = length,
            Fields = fields,
            MailFields = mailFields,
            IsServersOwn = imapNote && internalSubject,
        };
    }

    /// <summary>The length of a field's name where the line begins with one and a colon, or 0.</summary>
    public static int FieldNameLength(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            return 0;
        }

        // RFC 5322 section 2.2: any printable but the colon; blanks before it are obsolete syntax.
        var name = line[..colon].TrimEnd(" \t"u8);
        return name.IsEmpty || name.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? 0 : colon;
    }

    private enum Field
    {
        Other,
        Date,
        Received,
        ContentLength,
        Subject,
        ImapNote,
        Mail,
    }

    private static Field FieldOf(ReadOnlySpan<byte> name) => (name[0] | 0x20, name.Length) switch
    {
        ('d', 4) when Is(name, "date"u8) => Field.Date,
        ('r', 8) when Is(name, "received"u8) => Field.Received,
        ('s', 7) when Is(name, "subject"u8) => Field.Subject,
        ('c', 14) when Is(name, "content-length"u8) => Field.ContentLength,
        ('x', 6) when Is(name, "x-imap"u8) => Field.ImapNote,
        ('x', 10) when Is(name, "x-imapbase"u8) => Field.ImapNote,
        ('f', 4) when Is(name, "from"u8) => Field.Mail,
        ('t', 2) when Is(name, "to"u8) => Field.Mail,
        ('c', 2) when Is(name, "cc"u8) => Field.Mail,
        ('b', 3) when Is(name, "bcc"u8) => Field.Mail,
        ('s', 6) when Is(name, "sender"u8) => Field.Mail,
        ('r', 8) when Is(name, "reply-to"u8) => Field.Mail,
        ('m', 10) when Is(name, "message-id"u8) => Field.Mail,
        ('m', 12) when Is(name, "mime-version"u8) => Field.Mail,
        ('i', 11) when Is(name, "in-reply-to"u8) => Field.Mail,
        ('r', 10) when Is(name, "references"u8) => Field.Mail,
        ('r', 11) when Is(name, "return-path"u8) => Field.Mail,
        ('d', 12) when Is(name, "delivered-to"u8) => Field.Mail,
        ('c', 12) when Is(name, "content-type"u8) => Field.Mail,
        _ => Field.Other,
    };

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower) => System.Text.Ascii.EqualsIgnoreCase(name, lower);

    private static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> text, int at, out int next)
    {
        var end = text[at..].IndexOf((byte)'\n');
        next = end < 0 ? text.Length : at + end + 1;
        var line = end < 0 ? text[at..] : text.Slice(at, end);
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    /// <summary>A value with the lines that continue it.</summary>
    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> text, int from, scoped ref int next)
    {
        while (next < text.Length && text[next] is (byte)' ' or (byte)'\t')
        {
            _ = LineAt(text, next, out next);
        }

        return text[from..next].Trim(" \t\r\n"u8);
    }

    private static long Number(ReadOnlySpan<byte> text) =>
        System.Buffers.Text.Utf8Parser.TryParse(text.Trim(" \t"u8), out long number, out var used) && used == text.Trim(" \t"u8).Length && number >= 0 ? number : -1;
}
