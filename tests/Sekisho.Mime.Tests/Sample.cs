using System.Text;
using Sekisho.Mime;

namespace Sekisho.Mime.Tests;

/// <summary>Short ways to make and read messages in tests.</summary>
internal static class Sample
{
    static Sample() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>A message from text: LF becomes CRLF, characters become bytes of <paramref name="charset"/>.</summary>
    public static MimeMessage Message(string text, string charset = "utf-8", MimeLimits? limits = null)
        => MimeMessage.Parse(Bytes(text, charset), limits);

    public static byte[] Bytes(string text, string charset = "utf-8")
        => Encoding.GetEncoding(charset).GetBytes(text.ReplaceLineEndings("\r\n"));

    /// <summary>A message of exactly these bytes, given as Latin-1.</summary>
    public static MimeMessage Exact(string latin1, MimeLimits? limits = null) => MimeMessage.Parse(Encoding.Latin1.GetBytes(latin1), limits);

    public static AddressList Addresses(string value, string charset = "utf-8")
        => Message("To: " + value + "\n\n", charset).Headers.Addresses("To");

    public static string Keys(this AddressList list) => string.Join(' ', list.Mailboxes.Select(m => m.Address?.Key ?? "!"));

    public static string Text(this MimeMessage message, ByteRange range)
        => Encoding.UTF8.GetString(message.Bytes.Span.Slice(range.Offset, range.Length));

    public static byte[] Copy(this MessageEdit edit)
    {
        using var stream = new MemoryStream();
        foreach (var segment in edit.Segments())
        {
            stream.Write(segment.Span);
        }

        return stream.ToArray();
    }

    public static string CopyText(this MessageEdit edit) => Encoding.UTF8.GetString(edit.Copy());

    public static byte[] Decoded(this MimeEntity entity)
    {
        using var from = entity.OpenDecoded();
        using var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }
}
