using System.Text;

namespace Sekisho.Mime;

/// <summary>What an entity's Content-* fields say of it (RFC 2045, RFC 2183).</summary>
internal static class ContentHeader
{
    private static readonly string[] CommonTypes =
    [
        "text/plain", "text/html", "multipart/mixed", "multipart/alternative", "multipart/related", "application/pdf", "image/png",
        "image/jpeg", "image/gif", "application/octet-stream", "message/rfc822", "text/calendar", "application/zip", "application/ms-tnef",
        "multipart/signed", "multipart/report", "message/delivery-status", "text/csv",
    ];

    /// <summary>Sets media type and transfer encoding, which the structure hangs on.</summary>
    public static void Apply(MimeEntity entity, DefectLog defects)
    {
        var seen = 0;
        HeaderField? type = null;
        HeaderField? encoding = null;
        foreach (var field in entity.Headers)
        {
            var once = FieldNames.OnceIndex(field.Name);
            if (once < 0)
            {
                continue;
            }

            if ((seen & (1 << once)) != 0)
            {
                defects.Add(MimeDefectKind.RepeatedField, field.Raw.Offset, field.Name + " stands twice");
            }

            seen |= 1 << once;
            if (type is null && field.Is("Content-Type"))
            {
                type = field;
            }
            else if (encoding is null && field.Is("Content-Transfer-Encoding"))
            {
                encoding = field;
            }
        }

        entity.ContentType = type;
        var fallback = entity.IsDigestPart ? "message/rfc822" : "text/plain";
        entity.MediaType = type is null ? fallback : MediaType(type.ValueBytes);
        if (encoding is not null)
        {
            entity.Encoding = Encoding(Token(encoding.ValueBytes, ";"u8));
            if (entity.Encoding == TransferEncoding.Unknown)
            {
                defects.Add(MimeDefectKind.Undecodable, encoding.Raw.Offset, "unknown transfer encoding");
            }
        }

        if (type is not null && entity.MediaType.StartsWith("text/", StringComparison.Ordinal)
            && entity.Parameters.TryGetValue("charset", out var charset) && charset.Length > 0 && !Charset.IsKnown(charset))
        {
            defects.Add(MimeDefectKind.UnknownCharset, type.Raw.Offset, "unknown charset " + Printable(charset, 40));
        }
    }

    /// <summary>The boundary's bytes, or null where there is none.</summary>
    public static byte[]? Boundary(MimeEntity entity)
        => entity.Parameters.TryGetValue("boundary", out var boundary) && boundary.TrimEnd().Length > 0
            ? System.Text.Encoding.UTF8.GetBytes(boundary.TrimEnd())
            : null;

    /// <summary>TNEF by type, or by its signature 0x223E9F78 at the start of an octet stream.</summary>
    public static bool LooksLikeTnef(MimeEntity entity)
    {
        if (entity.MediaType is "application/ms-tnef" or "application/vnd.ms-tnef")
        {
            return true;
        }

        if (entity.Children.Count > 0 || entity.Body.Length < 4)
        {
            return false;
        }

        if (entity.Encoding == TransferEncoding.Base64)
        {
            // "eJ8+I" is how the signature's four bytes begin in base64.
            return entity.BodySpan.TrimStart("\r\n \t"u8).StartsWith("eJ8+I"u8);
        }

        return entity.Encoding is TransferEncoding.Identity or TransferEncoding.Unknown
            && entity.BodySpan.StartsWith((ReadOnlySpan<byte>)[0x78, 0x9F, 0x3E, 0x22]);
    }

    /// <summary>Text safe to show: control characters as spaces, cut at <paramref name="max"/>.</summary>
    public static string Printable(string text, int max)
    {
        var cut = text.Length > max ? text[..max] + "…" : text;
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? ' ' : source[i];
            }
        });
    }

    private static string MediaType(ReadOnlySpan<byte> value)
    {
        var token = Token(value, ";"u8);
        foreach (var common in CommonTypes)
        {
            if (Ascii.EqualsIgnoreCase(token, common))
            {
                return common;
            }
        }

        var slash = token.IndexOf((byte)'/');
        if (slash <= 0 || slash == token.Length - 1 || token.Length > 127)
        {
            return "text/plain";
        }

        foreach (var c in token)
        {
            if (c is <= 32 or >= 127 or (byte)'"' or (byte)',' or (byte)'<' or (byte)'>')
            {
                return "text/plain";
            }
        }

        return System.Text.Encoding.ASCII.GetString(token).ToLowerInvariant();
    }

    private static TransferEncoding Encoding(ReadOnlySpan<byte> token)
    {
        if (token.Length == 0 || Ascii.EqualsIgnoreCase(token, "7bit") || Ascii.EqualsIgnoreCase(token, "8bit") || Ascii.EqualsIgnoreCase(token, "binary"))
        {
            return TransferEncoding.Identity;
        }

        if (Ascii.EqualsIgnoreCase(token, "base64"))
        {
            return TransferEncoding.Base64;
        }

        if (Ascii.EqualsIgnoreCase(token, "quoted-printable"))
        {
            return TransferEncoding.QuotedPrintable;
        }

        return Ascii.EqualsIgnoreCase(token, "x-uuencode") || Ascii.EqualsIgnoreCase(token, "x-uue") || Ascii.EqualsIgnoreCase(token, "uuencode")
            ? TransferEncoding.UUEncode
            : TransferEncoding.Unknown;
    }

    /// <summary>The first token of a structured value: comments and blanks before it skipped, ended by a blank, a comment or a stop byte.</summary>
    private static ReadOnlySpan<byte> Token(ReadOnlySpan<byte> value, ReadOnlySpan<byte> stops)
    {
        var at = 0;
        while (at < value.Length)
        {
            if (value[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                at++;
            }
            else if (value[at] == '(' && value[at..].IndexOf((byte)')') is var close and > 0)
            {
                at += close + 1;
            }
            else
            {
                break;
            }
        }

        var rest = value[at..];
        var end = rest.IndexOfAny(" \t\r\n("u8);
        if (end >= 0)
        {
            rest = rest[..end];
        }

        end = rest.IndexOfAny(stops);
        rest = end >= 0 ? rest[..end] : rest;
        return rest.Trim((byte)'"');
    }
}
