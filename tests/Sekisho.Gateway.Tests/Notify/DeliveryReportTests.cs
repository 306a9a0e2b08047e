using System.Text;
using Sekisho.Gateway.Notify;
using Sekisho.Policy;

namespace Sekisho.Gateway.Tests.Notify;

/// <summary>Delivery reports as RFC 3461, 3464 and 6522 want them.</summary>
public sealed class DeliveryReportTests
{
    private static readonly DateTimeOffset s_now = new(2026, 4, 1, 9, 30, 0, TimeSpan.FromHours(9));
    private const string Original = "From: taro@home.example\r\nTo: a@one.example\r\nBcc: secret@two.example,\r\n third@three.example\r\nSubject: =?UTF-8?B?5qGI5YaF?=\r\n\r\nHello\r\n-- \r\nTaro\r\n";

    private static ReportFacts Facts(params ReportedRecipient[] recipients) => new()
    {
        ReportId = "01report",
        Sender = "taro@home.example",
        Subject = "案内",
        MessageId = "abc@home.example",
        ReceivedAt = s_now.AddDays(-1),
        EnvelopeId = "env 1",
        ReportingHost = "gate.home.example",
        Original = Encoding.UTF8.GetBytes(Original),
        Recipients = recipients,
    };

    private static readonly ReportedRecipient s_failed = new("a@one.example", ReportAction.Failed, "550 5.1.1 <a@one.example>: no such user",
        OriginalRecipient: "rfc822;a+x@one.example", RemoteHost: "mx.one.example", LastAttempt: s_now);

    private static WrittenMail Report(ReportFacts facts, string language = "en")
    {
        var mail = DeliveryReport.Compose(facts, new NotifyConfig { Language = language }, s_now);
        Assert.NotNull(mail);
        return new(mail);
    }

    private static string Status(WrittenMail mail) => mail.BodyOf(mail.Parts[1]).TrimEnd() + "\r\n";

    [Fact]
    public void A_failure_is_told_to_people_and_machines()
    {
        var mail = Report(Facts(s_failed));

        Assert.Equal("multipart/report", mail.Message.Root.MediaType);
        Assert.Equal("delivery-status", mail.Message.Root.Parameters["report-type"]);
        Assert.Equal("Could not be delivered: 案内", mail.Header("Subject"));
        Assert.Equal(("auto-replied", "<abc@home.example>"), (mail.Header("Auto-Submitted"), mail.Header("In-Reply-To")));
        Assert.Equal(["text/plain", "message/delivery-status", "text/rfc822-headers"], mail.Parts.Select(p => p.MediaType));
        Assert.Contains("Your mail did not reach these recipients:\r\n  - a@one.example: 550 5.1.1 <a@one.example>: no such user\r\n", mail.Text);
        Assert.Equal(
            """
            Original-Envelope-Id: env 1
            Reporting-MTA: dns; gate.home.example
            Arrival-Date: Tue, 31 Mar 2026 09:30:00 +0900

            Original-Recipient: rfc822;a+x@one.example
            Final-Recipient: rfc822; a@one.example
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx.one.example
            Diagnostic-Code: smtp; 550 5.1.1 <a@one.example>: no such user
            Last-Attempt-Date: Wed, 01 Apr 2026 09:30:00 +0900

            """.ReplaceLineEndings("\r\n"), Status(mail));
        Assert.Equal("From: taro@home.example\r\nTo: a@one.example\r\nSubject: =?UTF-8?B?5qGI5YaF?=\r\n", mail.BodyOf(mail.Parts[2]));
    }

    [Fact]
    public void Recipients_of_one_report_stand_each_by_himself()
    {
        var mail = Report(Facts(s_failed, new("b@two.example", ReportAction.Delayed, "connection refused", RetriedUntil: s_now.AddDays(5)), new("c@three.example", ReportAction.Relayed, "250 ok", Notify: "SUCCESS")), "both");

        var blocks = Status(mail).TrimEnd().Split("\r\n\r\n");
        Assert.Equal(4, blocks.Length);
        Assert.Contains("Action: delayed\r\nStatus: 4.0.0\r\nDiagnostic-Code: x-sekisho; connection refused\r\nWill-Retry-Until: Mon, 06 Apr 2026 09:30:00 +0900", blocks[2]);
        Assert.Contains("Action: relayed\r\nStatus: 2.0.0", blocks[3]);
        Assert.Contains("2026-04-06 09:30 (+09:00) まで試みます。", mail.Text);
        Assert.StartsWith("配達できませんでした / Could not be delivered", mail.Header("Subject"));
    }

    [Theory]
    [InlineData(null, ReportAction.Failed, true)]
    [InlineData(null, ReportAction.Delayed, true)]
    [InlineData(null, ReportAction.Delivered, false)]
    [InlineData(null, ReportAction.Relayed, false)]
    [InlineData("", ReportAction.Failed, true)]
    [InlineData("NEVER", ReportAction.Failed, false)]
    [InlineData("never", ReportAction.Delayed, false)]
    [InlineData("NEVER", ReportAction.Delivered, false)]
    [InlineData("FAILURE", ReportAction.Failed, true)]
    [InlineData("FAILURE", ReportAction.Delayed, false)]
    [InlineData("DELAY", ReportAction.Failed, false)]
    [InlineData("success,delay", ReportAction.Delayed, true)]
    [InlineData("SUCCESS,FAILURE", ReportAction.Delivered, true)]
    [InlineData("SUCCESS,FAILURE", ReportAction.Relayed, true)]
    [InlineData("FAILURE,DELAY", ReportAction.Delivered, false)]
    public void NOTIFY_decides_what_is_told(string? notify, ReportAction action, bool told)
    {
        var report = DeliveryReport.Compose(Facts(s_failed with { Notify = notify, Action = action }), new NotifyConfig(), s_now);

        Assert.Equal(told, report is not null);
        Assert.Equal(told, DeliveryReport.IsAskedFor(notify, action));
    }

    [Fact]
    public void Recipients_who_asked_for_silence_are_not_in_the_report_of_others()
        => Assert.DoesNotContain("b@two.example", Report(Facts(s_failed, s_failed with { Address = "b@two.example", Notify = "NEVER" })).Raw);

    [Fact]
    public void The_null_sender_is_told_nothing()
        => Assert.Null(DeliveryReport.Compose(Facts(s_failed) with { Sender = "" }, new NotifyConfig(), s_now));

    [Theory]
    [InlineData("550 5.7.1 no", ReportAction.Failed, false, "5.7.1")]
    [InlineData("550-5.7.1 no\r\n550 5.7.1 never", ReportAction.Failed, false, "5.7.1")]
    [InlineData("550 no", ReportAction.Failed, false, "5.0.0")]
    [InlineData("550 5.7 no", ReportAction.Failed, false, "5.0.0")]
    [InlineData("550 5.7.1x no", ReportAction.Failed, false, "5.0.0")]
    [InlineData("550 4.7.1 odd", ReportAction.Failed, false, "5.0.0")]
    [InlineData("450 4.2.2 full", ReportAction.Delayed, false, "4.2.2")]
    [InlineData("450 4.2.2 full", ReportAction.Failed, true, "4.4.7")]
    [InlineData("the certificate is not trusted", ReportAction.Delayed, false, "4.0.0")]
    [InlineData("250 2.1.5 fine", ReportAction.Delivered, false, "2.1.5")]
    [InlineData("", ReportAction.Failed, false, "5.0.0")]
    public void The_status_is_the_peers_where_it_fits(string reply, ReportAction action, bool expired, string status)
        => Assert.Contains($"\r\nStatus: {status}\r\n", Status(Report(Facts(s_failed with { Reply = reply, Action = action, Expired = expired, Notify = "SUCCESS,FAILURE,DELAY" }))));

    [Fact]
    public void RET_FULL_returns_the_mail_without_its_Bcc_and_HDRS_or_nothing_the_header()
    {
        var full = Report(Facts(s_failed) with { Ret = "FULL" });
        var headers = Report(Facts(s_failed) with { Ret = "HDRS" });

        Assert.Equal("message/rfc822", full.Parts[2].MediaType);
        Assert.Equal("Hello\r\n-- \r\nTaro\r\n", full.BodyOf(full.Parts[2].Children[0]));
        Assert.DoesNotContain("Hello", headers.Raw);
        Assert.All([full, headers, Report(Facts(s_failed))], m =>
        {
            Assert.DoesNotContain("secret@", m.Raw);
            Assert.DoesNotContain("third@", m.Raw);
        });
    }

    [Fact]
    public void A_large_mail_comes_back_as_its_header_and_a_large_header_in_part()
    {
        var large = Report(Facts(s_failed) with { Ret = "FULL", Original = Encoding.ASCII.GetBytes("Subject: x\r\n\r\n" + new string('y', DeliveryReport.MostReturned)) });
        var header = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-Field-{i}: {new string('z', 40)}\r\n"));
        var cut = Report(Facts(s_failed) with { Original = Encoding.ASCII.GetBytes(header + "\r\nbody") });

        Assert.Equal("text/rfc822-headers", large.Parts[2].MediaType);
        Assert.DoesNotContain("yyyy", large.Raw);
        Assert.InRange(cut.Raw.Length, DeliveryReport.MostReturned - 1000, DeliveryReport.MostReturned + 5000);
        Assert.DoesNotContain("body", cut.BodyOf(cut.Parts[2]));
    }

    [Fact]
    public void Eight_bit_originals_are_marked_as_such()
    {
        var mail = Report(Facts(s_failed) with { Original = Encoding.UTF8.GetBytes("Subject: 案内\r\n\r\nx\r\n") });

        Assert.Contains("Content-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSubject: 案内\r\n", mail.Raw);
    }

    [Fact]
    public void A_boundary_in_the_original_does_not_end_the_part()
    {
        var mail = Report(Facts(s_failed) with { Ret = "FULL", Original = "Subject: x\r\n\r\n--=_01report\r\nContent-Type: text/html\r\n\r\nevil\r\n--=_01report--\r\n--=_01report.0--\r\n"u8.ToArray() });

        Assert.Equal(["text/plain", "message/delivery-status", "message/rfc822"], mail.Parts.Select(p => p.MediaType));
    }

    [Theory]
    [InlineData("550 5.1.1 no\r\nAction: delivered\r\n\r\nFinal-Recipient: rfc822; x@y.test")]
    [InlineData("550 no\n\nAction: delivered")]
    [InlineData("550 no\u2028Action: delivered\0\u202E")]
    public void A_peers_words_cannot_add_fields_or_recipients(string reply)
    {
        var status = Status(Report(Facts(s_failed with { Reply = reply, RemoteHost = reply, OriginalRecipient = reply, Address = "a@one.example" + reply[3..] }) with { EnvelopeId = reply, ReportingHost = reply }));

        Assert.Equal(2, status.TrimEnd().Split("\r\n\r\n").Length);
        Assert.Equal("failed", Assert.Single(status.Split("\r\n"), l => l.StartsWith("Action:", StringComparison.OrdinalIgnoreCase))["Action: ".Length..]);
        Assert.Single(status.Split("\r\n"), l => l.StartsWith("Final-Recipient:", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(status.Replace("\r\n", "", StringComparison.Ordinal), c => c is < ' ' or > '~');
    }

    [Fact]
    public void Long_replies_are_cut_and_folded()
    {
        var mail = Report(Facts(s_failed with { Reply = "550 5.0.0 " + string.Concat(Enumerable.Repeat("words and more ", 1000)) }));
        var unbroken = Report(Facts(s_failed with { Reply = "550 5.0.0 " + new string('x', 5000) }));

        Assert.All(Status(mail).Split("\r\n"), l => Assert.InRange(l.Length, 0, 78));
        Assert.All(Status(unbroken).Split("\r\n"), l => Assert.InRange(l.Length, 0, 998));
    }

    [Fact]
    public void An_address_beyond_ASCII_is_written_as_RFC_6533_says()
    {
        var mail = Report(Facts(s_failed with { Address = "太郎@one.example", OriginalRecipient = "rfc822;太郎@one.example" }));

        Assert.Contains("Final-Recipient: utf-8; \\x{592A}\\x{90CE}@one.example\r\n", Status(mail));
        Assert.Contains("Original-Recipient: utf-8; \\x{592A}\\x{90CE}@one.example\r\n", Status(mail));
    }

    [Fact]
    public void Any_original_comes_back_inside_its_part()
    {
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(300)];
            for (var b = 0; b < bytes.Length; b++)
            {
                bytes[b] = "\r\n\r\n: \tBccbcc--=_01report\0\x80\xff"u8[random.Next(24)];
            }

            var mail = DeliveryReport.Compose(Facts(s_failed) with { Original = bytes, Ret = i % 2 == 0 ? "FULL" : null }, new NotifyConfig(), s_now)!;
            var message = Sekisho.Mime.MimeMessage.Parse(mail.Bytes);

            Assert.Equal(3, message.Root.Children.Count);
            Assert.Equal("message/delivery-status", message.Root.Children[1].MediaType);
            Assert.Equal(-1, Encoding.Latin1.GetString(mail.Bytes.Span).Replace("\r\n", "", StringComparison.Ordinal).AsSpan().IndexOfAny('\r', '\n'));
        }
    }
}
