namespace Sekisho.Mime;

/// <summary>Reads one header: fields, folds, lines that are neither (RFC 5322 section 2.2, and its obsolete forms in section 4.5).</summary>
internal static class HeaderReader
{
    /// <summary>How a header ended.</summary>
    internal enum Ending
    {
        /// <summary>At an empty line.</summary>
        EmptyLine,

        /// <summary>At a delimiter of an open multipart; the scanner stands on that line.</summary>
        Boundary,

        /// <summary>With the message.</summary>
        EndOfMessage,

        /// <summary>There is no header: the first line is text already; the scanner is put back on it.</summary>
        NoHeader,
    }

    internal readonly record struct Result(HeaderList Headers, Ending Ending, int HeaderEnd, int Boundary, bool Closing);

    public static Result Read(MimeMessage message, MimeEntity entity, ref LineScanner scanner, BoundaryStack boundaries, DefectLog defects)
    {
        var limits = message.Limits;
        var fields = new List<HeaderField>();
        var headers = new HeaderList(fields);
        var start = scanner.Position;
        var ending = Ending.EndOfMessage;
        var boundary = -1;
        var closing = false;
        var pending = new Pending { Start = -1 };
        var valid = 0;
        var firstText = -1;
        var full = false;
        var noted = false;
        var headerEnd = start;

        while (scanner.Next())
        {
            if (scanner.End == scanner.Start)
            {
                ending = Ending.EmptyLine;
                break;
            }

            boundary = boundaries.Match(scanner.Line, out closing);
            if (boundary >= 0)
            {
                ending = Ending.Boundary;
                break;
            }

            headerEnd = scanner.Position;
            var first = scanner.Bytes[scanner.Start];
            if (full && !(first is (byte)' ' or (byte)'\t' && pending.Start >= 0))
            {
                // The last field is still read to its end: half a field could not be taken out or replaced cleanly.
                Flush();
                continue;
            }

            if (first is (byte)' ' or (byte)'\t' && pending.Start >= 0)
            {
                pending.ValueEnd = scanner.End;
                pending.End = scanner.Position;
            }
            else
            {
                Flush();
                full = fields.Count >= limits.MaxHeaderFields;
                if (!full)
                {
                    Begin(ref scanner);
                }
            }

            full |= scanner.Position - start > limits.MaxHeaderBytes;
            if (full && !noted)
            {
                noted = true;
                defects.Add(MimeDefectKind.LimitReached, scanner.Start, "header longer than the limit; the rest of it was not read");
            }
        }

        if (ending == Ending.EndOfMessage && scanner.Position > start && !scanner.Terminated && entity.IsMessageRoot)
        {
            defects.Add(MimeDefectKind.Truncated, scanner.Start, "the message ends inside its header");
        }

        if (ending == Ending.Boundary)
        {
            scanner.Position = scanner.Start;
        }

        Flush();

        if (valid == 0 && firstText >= 0)
        {
            // No field at all: a text without a header, not a header of nothing but broken lines. Everything from its first line is body.
            fields.RemoveAll(f => f.Raw.Offset >= firstText);
            scanner.QuietUntil = Math.Max(scanner.QuietUntil, scanner.Position);
            scanner.Position = firstText;
            defects.Add(MimeDefectKind.NotAField, firstText, "no header: the first line is text");
            return new Result(headers, Ending.NoHeader, firstText, -1, false);
        }

        foreach (var field in fields)
        {
            if (!field.IsField && !IsPostmark(field))
            {
                defects.Add(MimeDefectKind.NotAField, field.Raw.Offset, "a header line that is no field");
            }
        }

        return new Result(headers, ending, headerEnd, boundary, closing);

        void Begin(ref LineScanner at)
        {
            var line = at.Line;
            var colon = NameEnd(line, out var nameLength);
            pending = new Pending
            {
                Start = at.Start,
                NameLength = colon < 0 ? 0 : nameLength,
                ValueStart = colon < 0 ? at.Start : at.Start + colon + 1,
                ValueEnd = at.End,
                End = at.Position,
            };
            if (colon >= 0)
            {
                valid++;
            }
            else if (firstText < 0 && !(at.Start == 0 && line.StartsWith("From "u8)))
            {
                firstText = at.Start;
            }
        }

        void Flush()
        {
            if (pending.Start < 0)
            {
                return;
            }

            var name = pending.NameLength == 0 ? "" : FieldNames.Get(message.Bytes.Span.Slice(pending.Start, pending.NameLength));
            fields.Add(new HeaderField(
                message,
                name,
                new ByteRange(pending.Start, pending.End - pending.Start),
                new ByteRange(pending.ValueStart, pending.ValueEnd - pending.ValueStart))
            {
                Entity = entity,
            });
            pending.Start = -1;
        }
    }

    /// <summary>
    /// Where the colon stands, or -1 when the line is no field. Blanks before the colon are allowed (RFC 5322 section 4.5.8). A name with
    /// characters of address syntax is none: <c>b@example.com: …</c> is the rest of a broken recipient list, not a field.
    /// </summary>
    public static int NameEnd(ReadOnlySpan<byte> line, out int nameLength)
    {
        nameLength = 0;
        var i = 0;
        for (; i < line.Length; i++)
        {
            var c = line[i];
            if (c == ':')
            {
                break;
            }

            if (c is <= 32 or >= 127)
            {
                if (c is (byte)' ' or (byte)'\t')
                {
                    break;
                }

                return -1;
            }

            if (c is (byte)'@' or (byte)'<' or (byte)'>' or (byte)'"' or (byte)',')
            {
                return -1;
            }
        }

        nameLength = i;
        while (i < line.Length && line[i] is (byte)' ' or (byte)'\t')
        {
            i++;
        }

        return nameLength > 0 && i < line.Length && line[i] == ':' ? i : -1;
    }

    /// <summary>True for the <c>From </c> line of an mbox file, which is no part of the message.</summary>
    public static bool IsPostmark(HeaderField field) => field.Raw.Offset == 0 && !field.IsField && field.ValueBytes.StartsWith("From "u8);

    private struct Pending
    {
        public int Start;
        public int NameLength;
        public int ValueStart;
        public int ValueEnd;
        public int End;
    }
}
