using System.Text;
using Sekisho.Gateway.Deliver;
using Sekisho.Inspection;
using Sekisho.Mime;
using Sekisho.Storage;

namespace Sekisho.Gateway.Tests.Deliver;

/// <summary>Law 3: an individual copy shows no other outside person in any header. Law 2: no copy carries Bcc. Law 5: the body is untouched.</summary>
public sealed class IndividualCopyTests
{
    private const string Body = "\r\nHello alice@a.example and bob@b.example,\r\n.\r\nbody \0 stays\r\n";

    [Fact]
    public void Each_copy_is_addressed_to_its_recipient_as_originally_written()
    {
        var copy = Individual("From: me@inside.example\r\nTo: \"Alice A.\" <alice@a.example>, bob@b.example\r\nSubject: x\r\n", "alice@a.example", "bob@b.example");
        Assert.Contains("\r\nTo: \"Alice A.\" <alice@a.example>\r\n", "\r\n" + copy("alice@a.example"));
        Assert.DoesNotContain("bob@b.example", Head(copy("alice@a.example")));
        Assert.Contains("\r\nTo: bob@b.example\r\n", "\r\n" + copy("bob@b.example"));
    }

    [Fact]
    public void Inside_recipients_stay_in_Cc()
    {
        var head = Head(Individual("From: me@inside.example\r\nTo: a@a.example, Boss <boss@inside.example>\r\nCc: b@b.example, team@inside.example\r\n", "a@a.example", "b@b.example")("a@a.example"));
        Assert.Contains("Cc: Boss <boss@inside.example>, team@inside.example\r\n", head);
        Assert.Contains("To: a@a.example\r\n", head);
        Assert.DoesNotContain("b@b.example", head);
    }

    [Fact]
    public void Inside_recipients_can_be_left_out()
    {
        var head = Head(Individual("From: me@inside.example\r\nTo: a@a.example, boss@inside.example\r\n", false, "a@a.example")("a@a.example"));
        Assert.DoesNotContain("boss@", head);
    }

    [Theory]
    [InlineData("Bcc: b@b.example\r\n")]
    [InlineData("bcc : b@b.example\r\n")]
    [InlineData("Resent-Bcc: b@b.example\r\n")]
    [InlineData("Resent-To: b@b.example\r\n")]
    [InlineData("Cc: b@b.example\r\nCc: B <B@b.example>\r\n")]
    [InlineData("To: c@c.example\r\nTo: b@b.example\r\n")]
    [InlineData("Reply-To: b@b.example\r\n")]
    [InlineData("X-Original-To: b@b.example\r\n")]
    [InlineData("X-Anything: see b@b.example!\r\n")]
    [InlineData("X-Folded: see\r\n b@b.example\r\n")]
    [InlineData("Received: from x by y for <b@b.example>; Mon, 1 Jan 2024 00:00:00 +0000\r\n")]
    [InlineData("Subject: =?utf-8?B?YkBiLmV4YW1wbGU=?=\r\n")]
    [InlineData("Comments: (b@b.example)\r\n")]
    [InlineData("X-Wide: ｂ＠b.example b＠b.example\r\n")]
    [InlineData("X-Param: for=b@b.example; x\r\n")]
    [InlineData("References: <b@b.example>\r\n")]
    [InlineData("To: a@a.example (with b@b.example)\r\n")]
    [InlineData("To: \"b@b.example\" <a@a.example>\r\n")]
    [InlineData("To: friends: a@a.example, b@b.example;\r\n")]
    [InlineData("X-Unknown: stranger@elsewhere.example\r\n")]
    [InlineData("Reply-To: b @ b.example\r\n")]
    [InlineData("Reply-To: b(one)@(two)b.example\r\n")]
    [InlineData("Reply-To: me@inside.example, b@b.example\r\n")]
    [InlineData("List-Unsubscribe: <https://inside.example/u?mail=b%40b.example>\r\n")]
    [InlineData("List-Unsubscribe: <mailto:leave+b=b.example@inside.example>\r\n")]
    [InlineData("To: \"b%40b.example\" <a@a.example>\r\n")]
    [InlineData("To: <@relay.example,@b.example:a@a.example>\r\n")]
    [InlineData("X-Invisible: b\u200b@b.example\r\n")]
    [InlineData("X-Json: {\"to\":[\"a@a.example\",\"b@b.example\"]}\r\n")]
    [InlineData("Content-Type: text/plain; charset=utf-8; name=\"b@b.example.txt\"\r\n")]
    public void No_header_shows_another_outsider(string field)
    {
        var copy = Individual("From: me@inside.example\r\n" + field + "MIME-Version: 1.0\r\n", "a@a.example", "b@b.example", "c@c.example")("a@a.example");
        var head = MimeMessage.Parse(Encoding.UTF8.GetBytes(copy)).Headers;
        foreach (var one in head)
        {
            var text = one.Decoded.Replace('＠', '@').Replace("%40", "@", StringComparison.Ordinal).Replace("\u200b", "", StringComparison.Ordinal)
                .Replace("(one)@(two)", "@", StringComparison.Ordinal).Replace(" @ ", "@", StringComparison.Ordinal);
            Assert.DoesNotContain("b@b.example", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("@b.example", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("b=b.example", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("c@c.example", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("stranger@", text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Single(head.All("To"));
        Assert.Contains("a@a.example", head.First("To")!.Decoded);
        Assert.Contains("MIME-Version: 1.0\r\n", copy);
    }

    [Fact]
    public void An_author_who_is_a_recipient_hides_nobody_behind_his_own_address()
    {
        var head = Head(Individual("From: author@gmail.com\r\nTo: a@a.example, b@b.example\r\nCc: author@gmail.com\r\nReply-To: author@gmail.com, b@b.example\r\n",
            "a@a.example", "b@b.example", "author@gmail.com")("a@a.example"));
        Assert.DoesNotContain("b@b.example", head);
        Assert.Contains("From: author@gmail.com\r\n", head);
    }

    [Fact]
    public void A_From_that_lists_recipients_keeps_its_author()
    {
        var head = Head(Individual("From: Me <me@inside.example>, a@a.example, b@b.example\r\nTo: a@a.example, b@b.example\r\n", "a@a.example", "b@b.example")("a@a.example"));
        Assert.Contains("From: Me <me@inside.example>\r\n", head);
        Assert.DoesNotContain("b@b.example", head);
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed; boundary=\"=_1@mx.elsewhere.example\"\r\n", "Content-Type: multipart/mixed; boundary=\"=_1@mx.elsewhere.example\"\r\n")]
    [InlineData("Content-Type: text/plain; charset=utf-8; name=\"b@b.example.txt\"\r\n", "Content-Type: text/plain; charset=\"utf-8\"\r\n")]
    public void The_type_of_the_content_is_never_lost(string given, string kept)
        => Assert.Contains("\r\n" + kept, Individual("From: me@inside.example\r\nTo: a@a.example, b@b.example\r\n" + given, "a@a.example", "b@b.example")("a@a.example"));

    [Fact]
    public void Author_threading_and_date_stay()
    {
        const string kept = "From: Me <me@inside.example>\r\nMessage-ID: <1@inside.example>\r\nIn-Reply-To: <x@mail.a.example>\r\nReferences: <y@mail.a.example>\r\n <x@mail.a.example>\r\nDate: Mon, 1 Jan 2024 00:00:00 +0900\r\nReply-To: desk@inside.example\r\n";
        Assert.StartsWith(kept, Individual(kept + "To: a@a.example, b@b.example\r\n", "a@a.example", "b@b.example")("a@a.example"));
    }

    [Fact]
    public void Body_bytes_pass_untouched()
    {
        var copy = Individual("From: me@inside.example\r\nTo: a@a.example, b@b.example\r\n", "a@a.example", "b@b.example")("a@a.example");
        Assert.EndsWith("\r\n" + Body, copy);
    }

    [Fact]
    public void A_recipient_of_Bcc_gets_himself_as_To()
    {
        var head = Head(Individual("From: me@inside.example\r\nTo: a@a.example\r\nBcc: hidden@h.example\r\n", "a@a.example", "hidden@h.example")("hidden@h.example"));
        Assert.Contains("To: hidden@h.example\r\n", head);
        Assert.DoesNotContain("a@a.example", head);
    }

    [Fact]
    public void A_message_without_any_recipient_field_gets_a_To()
        => Assert.Contains("To: a@a.example\r\n", Head(Individual("From: me@inside.example\r\nSubject: x\r\n", "a@a.example")("a@a.example")));

    [Fact]
    public void The_original_copy_loses_only_Bcc()
    {
        const string head = "From: me@inside.example\r\nTo: a@a.example\r\nBcc: b@b.example,\r\n c@c.example\r\nSubject: x\r\n";
        var copy = Make(head, true, "a@a.example", "b@b.example").For(CopyKind.Original, new StoredRecipient(0, "a@a.example", null, null));
        Assert.Equal("From: me@inside.example\r\nTo: a@a.example\r\nSubject: x\r\n" + Body, Text(copy));
    }

    [Fact]
    public void The_original_copy_without_Bcc_is_the_message_byte_for_byte()
    {
        const string head = "From: me@inside.example\r\nTo: a@a.example\r\nX-Odd:   \r\n  folded \t\r\nnot a field\r\n";
        Assert.Equal(head + Body, Text(Make(head, true, "a@a.example").For(CopyKind.Original, new StoredRecipient(0, "a@a.example", null, null))));
    }

    [Fact]
    public void Sixteen_thousand_copies_share_one_reading_and_stay_small()
    {
        var people = Enumerable.Range(0, 16_280).Select(i => $"reader{i}@example{i % 977}.test").ToArray();
        var maker = Make("From: me@inside.example\r\nTo: " + string.Join(",\r\n ", people) + "\r\nSubject: news\r\n", true, people);
        var before = GC.GetAllocatedBytesForCurrentThread();
        long bytes = 0;
        foreach (var person in people)
        {
            var copy = maker.For(CopyKind.Individual, new StoredRecipient(0, person, null, null));
            bytes += copy.Length;
            Assert.True(copy.Length < 300);
        }

        Assert.True(bytes > 0);
        // The first copy reads the header once; all others are a few hundred bytes of edits, not another header each.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 300L * 1024 * 1024);
    }

    private static Func<string, string> Individual(string head, params string[] envelope) => Individual(head, true, envelope);

    private static Func<string, string> Individual(string head, bool keepInside, params string[] envelope)
    {
        var maker = Make(head, keepInside, envelope);
        return recipient => Text(maker.For(CopyKind.Individual, new StoredRecipient(0, recipient, null, null)));
    }

    private static CopyMaker Make(string head, bool keepInside, params string[] envelope)
        => new(MimeMessage.Parse(Encoding.UTF8.GetBytes(head + Body)), new Organisation(["inside.example"]), envelope, keepInside, eightBit: false, trace: null);

    private static string Head(string copy) => copy[..(copy.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2)];

    private static string Text(Smtp.ISmtpContent content)
    {
        using var all = new MemoryStream();
        foreach (var segment in content.Segments())
        {
            all.Write(segment.Span);
        }

        Assert.Equal(content.Length, all.Length);
        return Encoding.UTF8.GetString(all.ToArray());
    }
}
