using System.Text;

namespace Sekisho.Incidents;

/// <summary>A file to attach.</summary>
internal sealed record MailFile(string Name, string MediaType, byte[] Content);

/// <summary>A body with its content fields, encoded once and shared by all mails that carry it.</summary>
internal sealed class MailBody
{
    private MailBody(string fields, byte[] bytes) => (Fields, Bytes) = (fields, bytes);

    /// <summary>MIME-Version and Content- fields, each with its line end.</summary>
    public string Fields { get; }

    /// <summary>What follows the blank line.</summary>
    public byte[] Bytes { get; }

    /// <summary>Text, and files as multipart/mixed. Line ends in <paramref name="text"/> are <c>\n</c>.</summary>
    public static MailBody Create(string text, MailStyle style, params MailFile[] files)
    {
        var (textFields, textBytes) = Text(text, style);
        if (files.Length == 0)
        {
            return new MailBody("MIME-Version: 1.0\r\n" + textFields, textBytes);
        }

        // Another one inside than outside, where a mail carries a mail.
        var boundary = Array.Exists(files, f => f.MediaType == "message/rfc822") ? "----=_Sekisho_Reenactment_0002" : "----=_Sekisho_Reenactment_0001";
        using var all = new MemoryStream();
        Write(all, $"This is a multi-part message in MIME format.\r\n\r\n--{boundary}\r\n{textFields}\r\n");
        all.Write(textBytes);
        foreach (var file in files)
        {
            if (file.MediaType == "message/rfc822")
            {
                // RFC 2046, 5.2.1: a mail within a mail may not be in base64; ours is 7bit throughout.
                Write(all, $"\r\n--{boundary}\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment;\r\n {FileName(file.Name, style)}\r\n\r\n");
                all.Write(file.Content);
                continue;
            }

            Write(all, $"\r\n--{boundary}\r\nContent-Type: {file.MediaType}\r\nContent-Transfer-Encoding: base64\r\n"
                + $"Content-Disposition: attachment;\r\n {FileName(file.Name, style)}\r\n\r\n");
            Write(all, Base64(file.Content));
        }

        Write(all, $"\r\n--{boundary}--\r\n");
        return new MailBody($"MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"{boundary}\"\r\n", all.ToArray());
    }

    /// <summary>The same as plain text and as HTML, for the reader's program to choose from.</summary>
    public static MailBody Alternative(string text, string html, MailStyle style)
    {
        const string Boundary = "----=_Sekisho_Reenactment_0003";
        var (textFields, textBytes) = Text(text, style);
        var (htmlFields, htmlBytes) = Text(html, style);
        using var all = new MemoryStream();
        Write(all, $"--{Boundary}\r\n{textFields}\r\n");
        all.Write(textBytes);
        Write(all, $"\r\n--{Boundary}\r\n{htmlFields.Replace("text/plain", "text/html", StringComparison.Ordinal)}\r\n");
        all.Write(htmlBytes);
        Write(all, $"\r\n--{Boundary}--\r\n");
        return new MailBody($"MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"{Boundary}\"\r\n", all.ToArray());
    }

    /// <summary>Any media type with its encoded bytes: an invitation, a signed mail.</summary>
    public static MailBody Of(string fields, byte[] bytes) => new("MIME-Version: 1.0\r\n" + fields, bytes);

    /// <summary>Bytes as they stand, without any content field: a body that no mail program meant to write.</summary>
    public static MailBody Raw(byte[] bytes) => new("", bytes);

    private static (string Fields, byte[] Bytes) Text(string text, MailStyle style)
    {
        var lines = text.ReplaceLineEndings("\r\n");
        if (!lines.EndsWith("\r\n", StringComparison.Ordinal))
        {
            lines += "\r\n";
        }

        var bytes = MailText.Encode(lines, style);
        return style switch
        {
            MailStyle.Iso2022Jp => ("Content-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n", bytes),
            MailStyle.Utf8EightBit => ("Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n", bytes),
            _ => ("Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n", Encoding.ASCII.GetBytes(Base64(bytes))),
        };
    }

    private static string FileName(string name, MailStyle style)
        => name.All(char.IsAscii) ? $"filename=\"{name}\""
            // Old mail programs put an encoded word into the parameter, against the standard; newer ones use RFC 2231.
            : style == MailStyle.Iso2022Jp ? $"filename=\"{MailText.EncodeWords(name, style)}\"" : $"filename*=UTF-8''{Uri.EscapeDataString(name)}";

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks) + "\r\n";

    private static void Write(MemoryStream to, string ascii) => to.Write(Encoding.ASCII.GetBytes(ascii));
}
