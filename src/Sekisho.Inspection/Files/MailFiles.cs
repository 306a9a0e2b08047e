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
            walk.Take(name, path, Entity.Message.Bytes.Slice(Entity.Body.Offset, Entity.Body.Length), depth, charset);
            return;
        }

        // No transfer encoding makes more of what it is given; base64 makes three bytes of four.
        var bound = Entity.Encoding == TransferEncoding.Base64 ? (Entity.Body.Length / 4 * 3L) + 3 : Entity.Body.Length;
        var bytes = new ExpandedBytes(walk.Budget, Math.Min(bound, walk.Budget.Limits.FileBytes));
        try
        {
            using var decoded = Entity.OpenDecoded();
            bytes.Fill(decoded, bound, walk.Cancel);
            walk.Take(name, path, bytes.Bytes, depth, charset, bytes.Cut ? FileTroubles.Limit : null);
        }
        finally
        {
            bytes.Release();
        }
    }
}

/// <summary>Which parts of a mail are files.</summary>
internal static class MailFiles
{
    /// <summary>The files of a message and of the messages embedded in it, in order.</summary>
    public static IEnumerable<MailFile> Of(MimeMessage message)
    {
        if (message.Root.Children.Count == 0 && !message.Root.IsAttachment)
        {
            yield break;
        }

        var number = 0;
        foreach (var entity in message.Entities())
        {
            if (IsFile(entity))
            {
                yield return new MailFile(entity, ++number);
            }
        }
    }

    /// <summary>A leaf that is no body text. Reports of delivery, signatures and the wrappings of encryption belong to the mail, not to what it carries.</summary>
    private static bool IsFile(MimeEntity entity)
        => entity.Children.Count == 0 && (entity.IsTnef || (entity.IsAttachment
            && entity.MediaType is not ("message/delivery-status" or "message/disposition-notification" or "text/rfc822-headers" or "message/partial" or "message/external-body"
                or "application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-signature"
                or "application/pkcs7-mime" or "application/x-pkcs7-mime")
            && entity.Parent?.MediaType != "multipart/encrypted"));
}
