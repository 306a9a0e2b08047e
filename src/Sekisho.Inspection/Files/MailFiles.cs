using System.Globalization;
using Sekisho.Mime;

namespace Sekisho.Inspection;

/// <summary>One file of a mail, its transfer encoding still on.</summary>
internal readonly record struct MailFile(MimeEntity Entity, int Number)
{
    /// <summary>Takes the encoding off and reads the file.</summary>
    public void Walk(FileWalk walk, string folder = "", int depth = 0)
    {
        var name = Entity.FileName ?? "";
        var path = folder + (name.Length > 0 ? name : $"attachment {Number.ToString(CultureInfo.InvariantCulture)}");
        var charset = Entity.Parameters.GetValueOrDefault("charset");
        if (Entity.Encoding is TransferEncoding.Identity or TransferEncoding.Unknown)
        {
            Take(walk, folder, (name, path, depth), Entity.Message.Bytes.Slice(Entity.Body.Offset, Entity.Body.Length), charset, null);
            return;
        }

        // No transfer encoding makes more of what it is given; base64 makes three bytes of four.
        var bound = Entity.Encoding == TransferEncoding.Base64 ? (Entity.Body.Length / 4 * 3L) + 3 : Entity.Body.Length;
        var bytes = new ExpandedBytes(walk.Budget, Math.Min(bound, walk.Budget.Limits.FileBytes));
        try
        {
            using var decoded = Entity.OpenDecoded();
            bytes.Fill(decoded, bound, walk.Cancel);
            Take(walk, folder, (name, path, depth), bytes.Bytes, charset, bytes.Cut ? FileTroubles.Limit : null);
        }
        finally
        {
            bytes.Release();
        }
    }

    private void Take(FileWalk walk, string folder, (string Name, string Path, int Depth) at, ReadOnlyMemory<byte> bytes, string? charset, string? trouble)
    {
        var (name, path, depth) = at;
        if (!Entity.IsBodyText)
        {
            walk.Take(name, path, bytes, depth, charset, trouble);
            return;
        }

        // Without a type a part is text (RFC 2045 section 5.2), whatever it is; clients save it as a file all the same.
        if (MailFiles.IsNoText(bytes.Span) && FileKindDetector.Detect(name, bytes).Kind is not (FileKind.Unknown or FileKind.Text or FileKind.Empty))
        {
            walk.Take(name, path, bytes, depth, charset, trouble);
            return;
        }

        foreach (var (inner, data) in InlineFiles.Of(bytes))
        {
            if (!walk.Budget.TakeFile() || !walk.Budget.TakeExpanded(data.Length))
            {
                walk.Add(new InspectedFile { Name = inner, Path = folder + inner, Kind = FileKind.Unknown, Size = data.Length, TopLevel = depth == 0,
                    Troubles = [new FileTrouble(FileTroubles.Limit, "number of files")] });
                return;
            }

            walk.Take(inner, folder + inner, data, depth, null);
        }

        if (InlineFiles.HasPgp(bytes.Span))
        {
            walk.Add(new InspectedFile { Name = "", Path = folder + "PGP message", Kind = FileKind.Encrypted, Size = bytes.Length, TopLevel = depth == 0,
                Troubles = [new FileTrouble(FileTroubles.Encrypted, "PGP")] });
        }

        if (InlineFiles.OldCoding(bytes.Span) is { } coding)
        {
            walk.Add(new InspectedFile { Name = "", Path = folder + coding, Kind = FileKind.Unknown, Size = bytes.Length, TopLevel = depth == 0,
                Troubles = [new FileTrouble(FileTroubles.Unread, coding)] });
        }
    }
}

/// <summary>Which parts of a mail are files.</summary>
internal static class MailFiles
{
    /// <summary>The files of a message and of the messages embedded in it, in order.</summary>
    public static IEnumerable<MailFile> Of(MimeMessage message)
    {
        var number = 0;
        foreach (var entity in message.Entities())
        {
            if (IsFile(entity) || (entity.IsBodyText && MayHoldFiles(entity)))
            {
                yield return new MailFile(entity, ++number);
            }
        }
    }

    /// <summary>A body text is looked at for files in its midst. The words that begin one survive every encoding but base64.</summary>
    private static bool MayHoldFiles(MimeEntity entity)
    {
        if (entity.Encoding != TransferEncoding.Base64)
        {
            var body = entity.Message.Bytes.Span.Slice(entity.Body.Offset, entity.Body.Length);
            return InlineFiles.MayBeIn(body) || IsNoText(body);
        }

        // Looked at in pieces that overlap, so that even a large text needs little memory.
        const int Piece = 64 * 1024;
        const int Overlap = 64;
        using var decoded = entity.OpenDecoded();
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var kept = 0;
            while (true)
            {
                var read = decoded.ReadAtLeast(buffer.AsSpan(kept), 1, throwOnEndOfStream: false);
                if (read == 0)
                {
                    return false;
                }

                var length = kept + read;
                if (InlineFiles.MayBeIn(buffer.AsSpan(0, length)) || (kept == 0 && IsNoText(buffer.AsSpan(0, length))))
                {
                    return true;
                }

                kept = Math.Min(Overlap, length);
                buffer.AsSpan(length - kept, kept).CopyTo(buffer);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>By its head: a file begins as one.</summary>
    internal static bool IsNoText(ReadOnlySpan<byte> body) => !PlainText.LooksLikeText(body[..Math.Min(body.Length, 512)]);

    /// <summary>A leaf that is no body text. Reports of delivery, signatures and the wrappings of encryption belong to the mail, not to what it carries.</summary>
    private static bool IsFile(MimeEntity entity)
        => entity.Children.Count == 0 && (entity.IsTnef || (entity.IsAttachment
            && entity.MediaType is not ("message/delivery-status" or "message/disposition-notification" or "text/rfc822-headers" or "message/partial"
                or "application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-signature"
                or "application/pkcs7-mime" or "application/x-pkcs7-mime")
            && entity.Parent?.MediaType != "multipart/encrypted"));
}
