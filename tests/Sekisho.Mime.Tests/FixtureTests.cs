using System.Text;

namespace Sekisho.Mime.Tests;

/// <summary>Mails as their clients write them: what a person sees of each.</summary>
public sealed class FixtureTests
{
    [Fact]
    public void Mutt_iso_2022_jp()
    {
        var message = Fixture.Read("mutt-iso-2022-jp");
        Assert.Empty(message.Defects);
        Assert.Equal("会議のご案内", message.Headers.First("Subject")!.Decoded);
        Assert.Equal("山田太郎", message.Headers.Addresses("From").Mailboxes[0].DisplayName);
        Assert.Equal("hanako@example.com kenji@example.org", message.Headers.Addresses("To").Keys());
        Assert.Equal("営業部", message.Headers.Addresses("Cc").Mailboxes[0].DisplayName);
        var text = message.Root.ReadText();
        Assert.Equal("iso-2022-jp", text.Charset);
        Assert.Contains("会議は４月２０日です。", text.Text, StringComparison.Ordinal);
        Assert.True(message.Root.IsBodyText);
    }

    [Fact]
    public void Outlook_express_vendor_characters()
    {
        var message = Fixture.Read("outlook-express-cp50221");
        Assert.Equal("㈱テスト ﾀﾛｳ", message.Headers.Addresses("From").Mailboxes[0].DisplayName);
        Assert.Equal("①ご連絡", message.Headers.First("Subject")!.Decoded);
        Assert.Equal("①株式会社ﾃｽﾄ㈱Ⅱ\r\n髙 tail\r\n", message.Root.ReadText().Text);
    }

    [Fact]
    public void Outlook_winmail_dat_by_type_and_by_signature()
    {
        var message = Fixture.Read("outlook-tnef");
        Assert.Empty(message.Defects);
        Assert.Equal("hanako@example.com kenji@example.org", message.Headers.Addresses("To").Keys());
        Assert.Equal("レポートを添付します。\r\n", message.Root.Children[0].ReadText().Text);
        Assert.Equal([false, true, true], message.Root.Children.Select(c => c.IsTnef));
        Assert.Equal([true, false, false], message.Root.Children.Select(c => c.IsBodyText));
        Assert.Equal(0x78, message.Root.Children[2].OpenDecoded().ReadByte());
    }

    [Fact]
    public void Becky_raw_shift_jis_everywhere()
    {
        var message = Fixture.Read("becky-raw-shift-jis");
        Assert.Empty(message.Defects);
        Assert.Equal("見積書の送付", message.Headers.First("Subject")!.Decoded);
        Assert.Equal("山田 太郎", message.Headers.Addresses("From").Mailboxes[0].DisplayName);
        Assert.Equal(["表示ソ能", "予算「十」"], message.Headers.Addresses("To").Mailboxes.Select(m => m.DisplayName));
        Assert.Equal("a@example.com b@example.org", message.Headers.Addresses("To").Keys());
        Assert.Equal("お世話になっております。\r\n表をお送りします。ｶﾀｶﾅ①髙\r\n", message.Root.Children[0].ReadText().Text);
        Assert.Equal("予算表", message.Root.Children[1].FileName);
        Assert.Equal("予算表.xls", message.Root.Children[1].Parameters["name"]);
        Assert.Equal("attachment", message.Root.Children[1].Disposition);
    }

    [Fact]
    public void Gmail_alternative_with_a_subject_split_inside_a_character()
    {
        var message = Fixture.Read("gmail-alternative");
        Assert.Empty(message.Defects);
        Assert.Equal("御見積書および納期回答書のご送付につきまして", message.Headers.First("Subject")!.Decoded);
        Assert.Equal(
            ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"],
            message.Entities().Select(e => e.MediaType));
        Assert.Equal("お世話になっております。\r\n見積書をお送りします。\r\n", message.Entities().ElementAt(2).ReadText().Text);
        var file = message.Entities().Last();
        Assert.Equal("見積書.pdf", file.FileName);
        Assert.Equal([.. "%PDF-1.4 "u8, .. Enumerable.Range(0, 256).Select(i => (byte)i)], file.Decoded());
    }

    [Fact]
    public void Thunderbird_rfc_2231_continuations()
    {
        var message = Fixture.Read("thunderbird-rfc2231");
        Assert.Empty(message.Defects);
        Assert.Equal("令和二年度の会員名簿と連絡先の一覧（最新版）.xlsx", message.Root.Children[1].FileName);
        Assert.Equal("令和二年度の会員名簿と連絡先の一覧（最新版）.xlsx", message.Root.Children[1].Parameters["name"]);
        Assert.True(message.Root.Children[0].IsBodyText);
    }

    [Fact]
    public void Forwarded_messages_in_every_wrapping()
    {
        var message = Fixture.Read("forwarded-messages");
        Assert.Empty(message.Defects);
        Assert.Equal(
            [
                "multipart/mixed", "text/plain",
                "message/rfc822", "multipart/alternative", "text/plain", "text/html",
                "message/rfc822", "multipart/alternative", "text/plain", "text/html",
                "multipart/digest", "message/rfc822", "text/plain", "message/rfc822", "text/plain",
                "message/partial", "message/external-body",
            ],
            message.Entities().Select(e => e.MediaType));
        var plain = message.Root.Children[1].Children[0];
        var encoded = message.Root.Children[2].Children[0];
        Assert.Same(message, plain.Message);
        Assert.NotSame(message, encoded.Message);
        Assert.Equal("inner text", plain.Children[0].ReadText().Text);
        Assert.Equal("inner text", encoded.Children[0].ReadText().Text);
        Assert.Equal("inner", encoded.Headers.First("Subject")!.Decoded);
        Assert.Equal("https://files.example.com/a", message.Root.Children[5].Parameters["url"]);
        Assert.Same(message.Root.Children[2], encoded.Parent);
        Assert.Equal("first", message.Root.Children[3].Children[0].Children[0].ReadText().Text);
    }

    [Fact]
    public void Delivery_report_from_postfix()
    {
        var message = Fixture.Read("postfix-delivery-report");
        Assert.Empty(message.Defects);
        Assert.Equal(["text/plain", "message/delivery-status", "text/rfc822-headers"], message.Root.Children.Select(c => c.MediaType));
        Assert.Equal("mailer-daemon@mail.example.co.jp", message.Headers.Addresses("From").Keys());
        Assert.Equal("Mail Delivery System", message.Headers.Addresses("From").Mailboxes[0].DisplayName);
    }

    [Fact]
    public void A_boundary_in_other_case_leaves_the_text_readable()
    {
        var message = Fixture.Read("script-broken-multipart");
        Assert.Contains(message.Defects, d => d.Kind == MimeDefectKind.BrokenMultipart);
        Assert.True(message.Root.IsBodyText);
        Assert.Contains("こんにちは", message.Root.ReadText().Text, StringComparison.Ordinal);
        Assert.Equal("問合せ"[..2], message.Headers.First("Subject")!.Decoded[..2]);
    }

    [Fact]
    public void An_imported_file_with_bare_line_feeds()
    {
        var message = Fixture.Read("imported-lf-only");
        Assert.Equal("a@example.com b@example.com", message.Headers.Addresses("To").Keys());
        Assert.Equal(2, message.Root.Children.Count);
        Assert.Equal("text", message.Root.Children[0].ReadText().Text);
        Assert.Equal("x.txt", message.Root.Children[1].FileName);
        Assert.Equal(
            [MimeDefectKind.BareLineBreak, MimeDefectKind.BrokenMultipart],
            message.Defects.Select(d => d.Kind).Distinct().Order());
    }

    [Fact]
    public void Uuencode()
    {
        var message = Fixture.Read("old-uuencode");
        Assert.Equal("hello world", Encoding.ASCII.GetString(message.Root.Children[0].Decoded()));
    }

    [Fact]
    public void Twenty_multiparts_deep()
    {
        var message = Fixture.Read("deep-multipart");
        Assert.Empty(message.Defects);
        Assert.Equal("deepest", message.Entities().Last().ReadText().Text);
        Assert.Equal(21, message.Entities().Count());
    }

    [Fact]
    public void Apple_mail()
    {
        var message = Fixture.Read("apple-mail-decomposed");
        Assert.Empty(message.Defects);
        Assert.Equal("資料です。\r\n ", message.Root.Children[0].ReadText().Text);
        Assert.Equal("資料.png", message.Root.Children[1].FileName);
        Assert.True(message.Root.Children[1].IsAttachment);
        Assert.Equal("inline", message.Root.Children[1].Disposition);
    }
}
