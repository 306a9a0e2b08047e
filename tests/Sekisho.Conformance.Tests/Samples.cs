using System.Text;

namespace Sekisho.Conformance.Tests;

/// <summary>Messages to send.</summary>
internal static class Samples
{
    /// <summary>A plain message with lines that begin with dots and one that is long.</summary>
    public static byte[] Plain(string to, string subject = "dots and long lines") => Encoding.ASCII.GetBytes(
        $"From: Hanako <hanako@corp.example>\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{Guid.NewGuid():N}@corp.example>\r\n"
        + "Date: Mon, 06 Apr 2026 09:00:00 +0900\r\n\r\n.\u0020begins with a dot\r\n..two\r\n.\u0009tab\r\n" + new string('x', 998) + "\r\n\r\n  trailing space \r\n");

    /// <summary>Japanese in ISO-2022-JP, subject, names and text, as Japanese mail programs still write it.</summary>
    public static byte[] Iso2022Jp(string to)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var jis = Encoding.GetEncoding("iso-2022-jp");
        string Word(string text) => $"=?ISO-2022-JP?B?{Convert.ToBase64String(jis.GetBytes(text))}?=";
        var head = $"From: {Word("山田花子")} <hanako@corp.example>\r\nTo: {Word("佐藤太郎")} <{to}>\r\nSubject: {Word("お見積りの件")}\r\n {Word("（再送）")}\r\n"
            + $"Message-ID: <{Guid.NewGuid():N}@corp.example>\r\nDate: Mon, 06 Apr 2026 09:00:00 +0900\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. jis.GetBytes("佐藤様\r\n\r\nお世話になっております。見積書を郵送いたします。\r\n.\r\n".Replace("\r\n.\r\n", "\r\n", StringComparison.Ordinal)), .. "-- \r\nCorp\r\n"u8];
    }
}
