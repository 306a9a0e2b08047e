using System.Text;

namespace Sekisho.Bench.Micro;

/// <summary>The mails that are measured; made here, so that every machine reads the same ones.</summary>
internal static class Mails
{
    public static readonly string[] Names = ["4 kB text", "4 kB iso-2022-jp", "100 kB html + file", "10 MB base64"];

    public static byte[] Make(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return name switch
        {
            "4 kB text" => Plain("utf-8", "8bit", "Thank you for the figures; the meeting is on Tuesday at ten. ", 3_600),
            "4 kB iso-2022-jp" => Plain("iso-2022-jp", "7bit", "お世話になっております。会議は火曜日の十時からです。", 3_600),
            "100 kB html + file" => Mixed(100_000),
            _ => Mixed(10_000_000),
        };
    }

    /// <summary>A To field of that many entries, as a value.</summary>
    public static string Addresses(int count)
        => string.Join(",\r\n ", Enumerable.Range(0, count).Select(i => (i % 3) switch
        {
            0 => $"user{i}@company{i}.example",
            1 => $"\"Sato, Hanako {i}\" <user{i}@company{i}.example>",
            _ => $"=?utf-8?B?5bGx55Sw?= <user{i}@company{i}.example>",
        }));

    private static string Header(string type) => "Received: from client.example.co.jp by mail.example.co.jp; Tue, 14 Apr 2020 10:11:12 +0900\r\n"
        + "From: =?utf-8?B?5bGx55Sw5aSq6YOO?= <taro@example.co.jp>\r\nTo: " + Addresses(5) + "\r\nCc: sales@example.net\r\n"
        + "Subject: =?utf-8?B?5Lya6K2w44Gu44GU5qGI5YaF?=\r\nDate: Tue, 14 Apr 2020 10:11:12 +0900\r\nMessage-ID: <1@example.co.jp>\r\n"
        + "MIME-Version: 1.0\r\nContent-Type: " + type + "\r\n";

    private static byte[] Plain(string charset, string encoding, string sentence, int size)
    {
        var line = Encoding.GetEncoding(charset).GetBytes(sentence + "\r\n");
        var bytes = new List<byte>(Encoding.ASCII.GetBytes(Header($"text/plain; charset={charset}") + $"Content-Transfer-Encoding: {encoding}\r\n\r\n"));
        while (bytes.Count < size)
        {
            bytes.AddRange(line);
        }

        return [.. bytes];
    }

    private static byte[] Mixed(int size)
    {
        var text = new StringBuilder(Header("multipart/mixed; boundary=\"=_b\"") + "\r\n--=_b\r\nContent-Type: multipart/alternative; boundary=\"=_a\"\r\n\r\n");
        foreach (var type in (string[])["text/plain", "text/html"])
        {
            text.Append("--=_a\r\nContent-Type: ").Append(type).Append("; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
            for (var i = 0; i < 100; i++)
            {
                text.Append("<p>=E4=BC=9A=E8=AD=B0=E3=81=AF the meeting is on Tuesday at ten =E3=81=A7=E3=81=99</p>\r\n");
            }
        }

        text.Append("--=_a--\r\n--=_b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''%E8%A1%A8.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        var random = new Random(1);
        var data = new byte[57];
        while (text.Length < size)
        {
            random.NextBytes(data);
            text.Append(Convert.ToBase64String(data)).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(text.Append("--=_b--\r\n").ToString());
    }
}
