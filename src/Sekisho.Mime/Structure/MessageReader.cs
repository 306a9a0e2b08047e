namespace Sekisho.Mime;

/// <summary>
/// Finds the structure of a message in one pass over its lines: headers, parts, embedded messages. A part ends where a delimiter of any
/// open multipart stands, so an inner multipart that is never closed cannot swallow its outer one's parts (RFC 2046 section 5.1.2).
/// </summary>
internal sealed class MessageReader(MimeMessage message, ReaderBudget budget, int baseDepth)
{
    private readonly BoundaryStack _boundaries = new();
    private readonly DefectLog _defects = message.Log;

    /// <summary>Where the last search stopped: the boundary met (-1: end of message), and the end of the text before it.</summary>
    private int _hit = -1;
    private bool _hitCloses;
    private int _textEnd;

    public void Read()
    {
        var scanner = new LineScanner(message.Bytes.Span, _defects);
        budget.EntitiesLeft--;
        ReadEntity(message.Root, ref scanner, baseDepth);
    }

    /// <summary>Reads an entity from its first header byte. Afterwards <see cref="_hit"/> names the delimiter it ended at, and the scanner stands behind it.</summary>
    private void ReadEntity(MimeEntity entity, ref LineScanner scanner, int depth)
    {
        var start = scanner.Position;
        var header = HeaderReader.Read(message, entity, ref scanner, _boundaries, _defects);
        entity.Headers = header.Headers;
        entity.Start = start;
        if (entity == message.Root)
        {
            var from = header.Headers.Count > 0 ? Math.Min(start, header.Headers[0].Raw.Offset) : start;
            message.HeaderRange = new ByteRange(from, header.HeaderEnd - from);
        }

        ContentHeader.Apply(entity, _defects);
        var bodyStart = scanner.Position;
        if (header.Ending == HeaderReader.Ending.Boundary)
        {
            // The delimiter follows the header at once: the body is empty, and the scan below stops on that very line.
            bodyStart = header.HeaderEnd;
        }

        if (IsMultipart(entity) && CanNest(depth, bodyStart))
        {
            ReadMultipart(entity, bodyStart, ref scanner, depth);
        }
        else if (IsEmbedded(entity) && CanNest(depth, bodyStart))
        {
            ReadEmbedded(entity, bodyStart, ref scanner, depth);
        }
        else
        {
            ScanToBoundary(ref scanner);
            entity.Body = Range(bodyStart, _textEnd);
        }

        entity.IsTnef = ContentHeader.LooksLikeTnef(entity);
    }

    private void ReadMultipart(MimeEntity entity, int bodyStart, ref LineScanner scanner, int depth)
    {
        var boundary = ContentHeader.Boundary(entity);
        if (boundary is null)
        {
            _defects.Add(MimeDefectKind.BrokenMultipart, entity.Start, "a multipart without a boundary");
            ScanToBoundary(ref scanner);
            entity.Body = Range(bodyStart, _textEnd);
            return;
        }

        var own = _boundaries.Count;
        _boundaries.Push(boundary);
        ScanToBoundary(ref scanner);
        if (_hit != own)
        {
            _boundaries.Pop();
            _defects.Add(MimeDefectKind.BrokenMultipart, entity.Start, "a multipart whose boundary never comes");
            entity.Body = Range(bodyStart, _textEnd);
            return;
        }

        entity.Preamble = Range(bodyStart, _textEnd);
        var parts = new List<MimeEntity>();
        while (_hit == own && !_hitCloses)
        {
            if (budget.EntitiesLeft <= 0)
            {
                NoteLimit(scanner.Position, "more parts than the limit");
                SkipParts(own, ref scanner);
                break;
            }

            budget.EntitiesLeft--;
            var part = new MimeEntity
            {
                Message = message,
                Parent = entity,
                IsDigestPart = entity.MediaType == "multipart/digest",
            };
            parts.Add(part);
            ReadEntity(part, ref scanner, depth + 1);
        }

        entity.Children = parts;
        _boundaries.Pop();
        if (_hit == own)
        {
            var epilogue = scanner.Position;
            ScanToBoundary(ref scanner);
            entity.Epilogue = Range(epilogue, _textEnd);
        }
        else
        {
            _defects.Add(MimeDefectKind.BrokenMultipart, entity.Start, "a multipart that is never closed");
        }

        entity.Body = Range(bodyStart, _textEnd);
    }

    private void ReadEmbedded(MimeEntity entity, int bodyStart, ref LineScanner scanner, int depth)
    {
        if (budget.EntitiesLeft <= 0)
        {
            NoteLimit(bodyStart, "more parts than the limit");
            ScanToBoundary(ref scanner);
            entity.Body = Range(bodyStart, _textEnd);
            return;
        }

        if (entity.Encoding == TransferEncoding.Identity)
        {
            budget.EntitiesLeft--;
            var inner = new MimeEntity { Message = message, Parent = entity, IsMessageRoot = true };
            ReadEntity(inner, ref scanner, depth + 1);
            entity.Children = [inner];
            entity.Body = Range(bodyStart, _textEnd);
            return;
        }

        // A transfer encoding on a message is not allowed (RFC 2046 section 5.2.1), but clients take it off and show what is inside.
        ScanToBoundary(ref scanner);
        entity.Body = Range(bodyStart, _textEnd);
        var decoded = Decode(entity);
        if (decoded is null)
        {
            return;
        }

        budget.EntitiesLeft--;
        var embedded = MimeMessage.Parse(decoded, budget, depth + 1);
        embedded.Root.Parent = entity;
        entity.Children = [embedded.Root];
        _defects.AddAll(embedded.Log, entity.Start);
    }

    private byte[]? Decode(MimeEntity entity)
    {
        using var stream = entity.OpenDecoded();
        using var decoded = new MemoryStream();
        var buffer = new byte[Math.Min(81920, Math.Max(256, entity.Body.Length))];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            budget.EmbeddedBytesLeft -= read;
            if (budget.EmbeddedBytesLeft < 0)
            {
                NoteLimit(entity.Body.Offset, "encoded embedded messages larger than the limit");
                return null;
            }

            decoded.Write(buffer, 0, read);
        }

        return decoded.ToArray();
    }

    /// <summary>Past the limit: goes on to the end of this multipart, its parts not read.</summary>
    private void SkipParts(int own, ref LineScanner scanner)
    {
        do
        {
            ScanToBoundary(ref scanner);
        }
        while (_hit == own && !_hitCloses);
    }

    private void ScanToBoundary(ref LineScanner scanner)
    {
        var textEnd = scanner.Position;
        while (scanner.Next())
        {
            var hit = _boundaries.Match(scanner.Line, out var closing);
            if (hit >= 0)
            {
                (_hit, _hitCloses, _textEnd) = (hit, closing, textEnd);
                return;
            }

            // The line break before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1).
            textEnd = scanner.End;
        }

        (_hit, _hitCloses, _textEnd) = (-1, false, scanner.Bytes.Length);
    }

    private bool CanNest(int depth, int offset)
    {
        if (depth < budget.MaxDepth)
        {
            return true;
        }

        NoteLimit(offset, "nested deeper than the limit");
        return false;
    }

    private void NoteLimit(int offset, string detail)
    {
        if (!budget.LimitNoted)
        {
            budget.LimitNoted = true;
            _defects.Add(MimeDefectKind.LimitReached, offset, detail);
        }
    }

    private static bool IsMultipart(MimeEntity entity) => entity.MediaType.StartsWith("multipart/", StringComparison.Ordinal);

    private static bool IsEmbedded(MimeEntity entity) => entity.MediaType is "message/rfc822" or "message/global" or "message/news";

    private static ByteRange Range(int start, int end) => new(start, Math.Max(0, end - start));
}
