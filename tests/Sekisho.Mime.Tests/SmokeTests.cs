namespace Sekisho.Mime.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Reads_a_plain_japanese_mail_with_an_attachment()
    {
        var message = Sample.Message("""
            From: =?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= <taro@example.co.jp>
            To: "Sato, Hanako" <hanako@example.com>, b@example.org
            Subject: =?utf-8?Q?=E4=BB=B6?= =?utf-8?Q?=E5=90=8D?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="b1"

            preamble
            --b1
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64

            44GT44KT44Gr44Gh44Gv
            --b1
            Content-Type: application/pdf; name="x.pdf"
            Content-Disposition: attachment; filename*=utf-8''%E8%A1%A8.pdf

            %PDF
            --b1--
            epilogue

            """);
        Assert.Empty(message.Defects);
        Assert.Equal("山田", message.Headers.Addresses("From").Mailboxes[0].DisplayName);
        Assert.Equal("hanako@example.com b@example.org", message.Headers.Addresses("to").Keys());
        Assert.Equal("Sato, Hanako", message.Headers.Addresses("to").Mailboxes[0].DisplayName);
        Assert.Equal("件名", message.Headers.First("subject")!.Decoded);
        Assert.Equal(2, message.Root.Children.Count);
        Assert.Equal("こんにちは", message.Root.Children[0].ReadText().Text);
        Assert.True(message.Root.Children[0].IsBodyText);
        Assert.Equal("表.pdf", message.Root.Children[1].FileName);
        Assert.Equal("%PDF", System.Text.Encoding.ASCII.GetString(message.Root.Children[1].Decoded()));
        Assert.Equal("preamble", message.Text(message.Root.Preamble));
        Assert.Equal("epilogue\r\n", message.Text(message.Root.Epilogue));
    }

    [Fact]
    public void Edits_a_header_and_nothing_else()
    {
        var message = Sample.Message("From: a@example.com\nTo: b@example.com,\n c@example.com\nCc: d@example.com\nSubject: x\n\nbody\n");
        var edit = new MessageEdit(message);
        Assert.True(edit.IsIdentity);
        edit.Remove(message.Headers.First("Cc")!);
        edit.Replace(message.Headers.First("To")!, "b@example.com"u8);
        edit.Prepend("X-One", "1"u8);
        Assert.Equal("X-One: 1\r\nFrom: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\n\r\nbody\r\n", edit.CopyText());
        Assert.Equal(edit.Length, edit.Copy().Length);
        Assert.False(edit.IsIdentity);
    }
}
