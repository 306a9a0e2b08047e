using System.Text;
using Sekisho.Audit.Archives;
using Sekisho.Mime;
using Sekisho.Rig;

namespace Sekisho.Audit.Tests.Archives;

/// <summary>Japanese mail of every age, put into archives and taken out again: what people wrote is what the audit reads.</summary>
public sealed class JapaneseMailTests : IDisposable
{
    private const string Subject = "見積書の件";
    private const string Name = "山田太郎";

    private readonly Temp _temp = new("japanese");

    static JapaneseMailTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string, string> Forms()
    {
        var data = new TheoryData<string, string>();
        foreach (var form in new[] { "iso-2022-jp", "shift_jis", "euc-jp", "utf-8", "utf-8-q", "raw iso-2022-jp", "raw shift_jis", "raw euc-jp", "raw utf-8", "old jis" })
        {
            data.Add(form, "mbox");
            data.Add(form, "Maildir");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Subject_and_names_come_out_right(string form, string archiveForm)
    {
        var mail = Mail(form);
        if (archiveForm == "mbox")
        {
            File.WriteAllBytes(_temp["box"], [.. Mails.Bytes(Mails.Separator), .. mail, (byte)'\n']);
        }
        else
        {
            Directory.CreateDirectory(_temp["cur"]);
            Directory.CreateDirectory(_temp["new"]);
            File.WriteAllBytes(_temp["cur/1:2,S"], mail);
        }

        Check(mail);
    }

    [Fact]
    public void The_newest_of_the_escapes_comes_out_right()
    {
        byte[] jis = [.. "\u001b$(Q;3ED\u001b(B"u8];
        var mail = Mails.Bytes($"From: a@inside.example\nTo: b@outside.example\nSubject: =?ISO-2022-JP-2004?B?{Convert.ToBase64String(jis)}?=\nDate: Mon, 6 Jul 2020 10:00:00 +0900\n\nx\n");
        File.WriteAllBytes(_temp["1.eml"], mail);
        using var archive = MailArchive.Open([_temp.Path]);
        Assert.Equal("山田", MimeMessage.Parse(archive.Read(0)).Headers.First("Subject")!.Decoded);
    }

    private void Check(byte[] mail)
    {
        using var archive = MailArchive.Open([_temp.Path]);
        Assert.Equal(1, archive.Count);
        Assert.Equal(mail, archive.Read(0).ToArray());
        var message = MimeMessage.Parse(archive.Read(0));
        Assert.Equal(Subject, message.Headers.First("Subject")!.Decoded);
        var to = Assert.Single(message.Headers.Addresses("To").Mailboxes);
        Assert.Equal("b@outside.example", to.Address?.ToString());
        Assert.Equal(Name, to.DisplayName);
        Assert.Equal(new DateTimeOffset(2020, 7, 6, 10, 0, 0, TimeSpan.FromHours(9)), archive[0].At);
    }

    private static byte[] Mail(string form)
    {
        var raw = form.StartsWith("raw ", StringComparison.Ordinal);
        var charset = raw ? form[4..] : form;
        Func<string, byte[]> write = form switch
        {
            "utf-8-q" => t => Ascii("=?UTF-8?Q?" + string.Concat(Encoding.UTF8.GetBytes(t).Select(b => $"={b:X2}")) + "?="),
            // The first standard's own designations, and no MIME at all.
            "old jis" => t => [.. "\u001b$@"u8, .. Encoding.GetEncoding("iso-2022-jp").GetBytes(t)[3..^3], .. "\u001b(J"u8],
            _ when raw => t => Encoding.GetEncoding(charset).GetBytes(t),
            _ => t => Ascii($"=?{charset}?B?{Convert.ToBase64String(Encoding.GetEncoding(charset).GetBytes(t))}?="),
        };
        var type = form == "old jis" ? "" : $"MIME-Version: 1.0\nContent-Type: text/plain; charset={(form == "utf-8-q" ? "utf-8" : charset)}\n";
        var body = form switch
        {
            "old jis" => write("本文です。お世話になっております。"),
            "utf-8-q" => Encoding.UTF8.GetBytes("本文です。お世話になっております。"),
            _ => Encoding.GetEncoding(charset).GetBytes("本文です。お世話になっております。"),
        };
        return [.. Ascii("From: a@inside.example\nTo: "), .. write(Name), .. Ascii(" <b@outside.example>\nSubject: "), .. write(Subject), .. Ascii($"\nDate: Mon, 6 Jul 2020 10:00:00 +0900\n{type}\n"), .. body, (byte)'\n'];
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
