namespace Sekisho.Mime.Tests;

public sealed class StructureTests
{
    [Fact]
    public void Fields_keep_their_place_and_bytes()
    {
        var message = Sample.Message("Subject : one\n two\nX-Empty:\nTo:a@example.com\n\nbody\n");
        Assert.Equal(["Subject", "X-Empty", "To"], message.Headers.Select(f => f.Name));
        Assert.Equal("Subject : one\r\n two\r\n", message.Text(message.Headers[0].Raw));
        Assert.Equal(" one\r\n two", message.Text(message.Headers[0].Value));
        Assert.Equal("one two", message.Headers[0].Unfolded);
        Assert.Equal("", message.Headers[1].Unfolded);
        Assert.Equal("body\r\n", message.Text(message.Root.Body));
    }

    [Theory]
    [InlineData("To: a@example.com\r\n\r\nbody")]
    [InlineData("To: a@example.com\n\nbody")]
    [InlineData("To: a@example.com\r\n\nbody")]
    [InlineData("To: a@example.com\n\r\nbody")]
    public void The_header_ends_at_the_first_empty_line_however_broken(string text)
        => Assert.Equal("body", Sample.Exact(text).Root.ReadText().Text);

    [Fact]
    public void Lines_without_a_name_are_kept_and_named()
    {
        var message = Sample.Message("Subject: x\nthis is no field\n with a fold\nTo: a@example.com\n\nbody\n");
        Assert.Equal(3, message.Headers.Count);
        Assert.False(message.Headers[1].IsField);
        Assert.Equal("this is no field with a fold", message.Headers[1].Unfolded);
        Assert.Contains(message.Defects, d => d.Kind == MimeDefectKind.NotAField && d.Offset == 12);
    }

    [Fact]
    public void A_text_without_header_is_all_body()
    {
        var message = Sample.Message("Hello\nthere\n\nbye\n");
        Assert.Empty(message.Headers);
        Assert.Equal("Hello\r\nthere\r\n\r\nbye\r\n", message.Root.ReadText().Text);
        Assert.Contains(message.Defects, d => d.Kind == MimeDefectKind.NotAField);
    }

    [Fact]
    public void A_header_without_body_is_complete()
    {
        var message = Sample.Message("To: a@example.com\nSubject: x\n");
        Assert.Empty(message.Defects);
        Assert.Equal(0, message.Root.Body.Length);
    }

    [Fact]
    public void A_message_cut_inside_its_header_says_so()
        => Assert.Contains(Sample.Message("To: a@example.com\nSubje").Defects, d => d.Kind == MimeDefectKind.Truncated);

    [Fact]
    public void An_empty_message_is_read()
    {
        var message = Sample.Exact("");
        Assert.Empty(message.Headers);
        Assert.Equal("", message.Root.ReadText().Text);
        Assert.Empty(message.Headers.Addresses("To").Mailboxes);
    }

    [Fact]
    public void An_mbox_postmark_is_no_defect()
        => Assert.DoesNotContain(
            Sample.Message("From x@example.com Tue Apr 14 10:11:12 2020\nTo: a@example.com\n\n").Defects,
            d => d.Kind is MimeDefectKind.NotAField or MimeDefectKind.BreakInAddress);

    [Fact]
    public void An_outer_boundary_ends_an_inner_multipart_that_is_never_closed()
    {
        var message = Sample.Message("""
            Content-Type: multipart/mixed; boundary=out

            --out
            Content-Type: multipart/alternative; boundary=in

            --in

            one
            --out

            two
            --out--

            """);
        Assert.Equal(2, message.Root.Children.Count);
        Assert.Equal("one", message.Root.Children[0].Children[0].ReadText().Text);
        Assert.Equal("two", message.Root.Children[1].ReadText().Text);
        Assert.Contains(message.Defects, d => d.Kind == MimeDefectKind.BrokenMultipart);
    }

    [Fact]
    public void A_longer_line_that_begins_like_a_boundary_is_text()
    {
        var message = Sample.Message("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--bc\n --b\n---b\n--b \t\n\ntwo\n--b--\n--b\n");
        Assert.Equal(["--bc\r\n --b\r\n---b", "two"], message.Root.Children.Select(c => c.ReadText().Text));
        Assert.Equal("--b\r\n", message.Text(message.Root.Epilogue));
    }

    [Fact]
    public void Parts_without_blank_line_or_body_are_read()
    {
        var message = Sample.Message("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n--b\n--b\ntext at once\nand on\n--b--\n");
        Assert.Equal(["text/html", "text/plain", "text/plain"], message.Root.Children.Select(c => c.MediaType));
        Assert.Equal(["", "", "text at once\r\nand on"], message.Root.Children.Select(c => c.ReadText().Text));
    }

    [Theory]
    [InlineData("text/HTML; charset=utf-8", "text/html")]
    [InlineData("\"text/html\"", "text/html")]
    [InlineData("(a comment) text/html (another)", "text/html")]
    [InlineData("text", "text/plain")]
    [InlineData("", "text/plain")]
    [InlineData("text/", "text/plain")]
    [InlineData("/html", "text/plain")]
    [InlineData(";", "text/plain")]
    [InlineData("APPLICATION/x-Foo", "application/x-foo")]
    public void Media_types(string value, string expected) => Assert.Equal(expected, Sample.Message($"Content-Type: {value}\n\n").Root.MediaType);

    [Theory]
    [InlineData("multipart/mixed; boundary=\"b c\"", "b c")]
    [InlineData("multipart/mixed; Boundary = b", "b")]
    [InlineData("multipart/mixed; boundary=b; boundary=c", "b")]
    [InlineData("multipart/mixed;\n boundary=\"b\"", "b")]
    [InlineData("multipart/mixed; charset=x;boundary=b(comment)", "b")]
    [InlineData("multipart/mixed; boundary*0=\"a\"; boundary*1=\"b\"", "ab")]
    [InlineData("multipart/mixed; boundary=\"b", "b")]
    [InlineData("multipart/mixed; boundary=\"b\\\"c\"", "b\"c")]
    public void Boundaries(string type, string boundary)
    {
        var message = Sample.Message($"Content-Type: {type}\n\n--{boundary}\n\nx\n--{boundary}--\n");
        Assert.Equal("x", Assert.Single(message.Root.Children).ReadText().Text);
    }

    [Theory]
    [InlineData("attachment; filename=\"a b.txt\"", "a b.txt")]
    [InlineData("attachment; filename=a b.txt", "a b.txt")]
    [InlineData("attachment; filename=\"a;b.txt\"; size=3", "a;b.txt")]
    [InlineData("attachment; filename=\"a\\\\b.txt\"", "a\\b.txt")]
    [InlineData("attachment; filename=\"C:\\dir\\b.txt\"", "C:\\dir\\b.txt")]
    [InlineData("attachment; filename*=iso-2022-jp'ja'%1B%24B%49%3D%1B%28B.txt", "表.txt")]
    [InlineData("attachment; filename*=shift_jis''%95%5C.txt", "表.txt")]
    [InlineData("attachment; filename*=''%E8%A1%A8.txt", "表.txt")]
    [InlineData("attachment; filename*=%E8%A1%A8.txt", "表.txt")]
    [InlineData("attachment; filename*1*=%A1%A8.txt; filename*0*=utf-8''%E8", "表.txt")]
    [InlineData("attachment; filename*0*=utf-8''%E8%A1%A8; filename*1=\".txt\"", "表.txt")]
    [InlineData("attachment; filename=\"x.txt\"; filename*=utf-8''%E8%A1%A8.txt", "表.txt")]
    [InlineData("attachment; filename=\"=?utf-8?B?6KGo?=.txt\"", "表.txt")]
    [InlineData("attachment; filename==?utf-8?B?6KGo?=.txt", "表.txt")]
    [InlineData("attachment; filename*0=\"=?utf-8?B?6K\"; filename*1=\"Go?=.txt\"", "表.txt")]
    [InlineData("attachment; filename=\"表.txt\"", "表.txt")]
    [InlineData("attachment; filename=\"never closed.txt", "never closed.txt")]
    [InlineData("attachment; filename=\"\"", null)]
    [InlineData("attachment", null)]
    public void File_names(string disposition, string? expected)
        => Assert.Equal(expected, Sample.Message($"Content-Disposition: {disposition}\n\n").Root.FileName);

    [Fact]
    public void Nesting_stops_at_the_limit_and_the_rest_is_kept_as_it_stands()
    {
        var text = string.Concat(Enumerable.Range(0, 100).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"));
        var message = Sample.Message(text, limits: new MimeLimits { MaxDepth = 10 });
        Assert.Equal(11, message.Entities().Count());
        Assert.Contains(message.Defects, d => d.Kind == MimeDefectKind.LimitReached);
        Assert.True(message.Entities().Last().IsBodyText);
    }

    [Fact]
    public void Parts_stop_at_the_limit()
    {
        var text = "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", 100)) + "--b--\nepilogue";
        var message = Sample.Message(text, limits: new MimeLimits { MaxEntities = 10 });
        Assert.Equal(10, message.Entities().Count());
        Assert.Contains(message.Defects, d => d.Kind == MimeDefectKind.LimitReached);
        Assert.Equal("epilogue", message.Text(message.Root.Epilogue));
    }

    [Fact]
    public void Embedded_messages_under_an_encoding_stop_at_the_limit()
    {
        var inner = "Subject: inner\r\n\r\n" + new string('x', 1000);
        var text = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(inner));
        Assert.Single(Sample.Message(text).Root.Children);
        var message = Sample.Message(text, limits: new MimeLimits { MaxEmbeddedBytes = 500 });
        Assert.Empty(message.Root.Children);
        Assert.Contains(message.Defects, d => d.Kind == MimeDefectKind.LimitReached);
    }

    [Fact]
    public void A_header_longer_than_the_limit_still_ends_where_it_ends()
    {
        var text = string.Concat(Enumerable.Range(0, 100).Select(i => $"X-{i}: y\n z\n")) + "\nbody";
        var message = Sample.Message(text, limits: new MimeLimits { MaxHeaderFields = 10 });
        Assert.Equal(10, message.Headers.Count);
        Assert.Equal("X-9: y\r\n z\r\n", message.Text(message.Headers[9].Raw));
        Assert.Equal("body", message.Root.ReadText().Text);
        Assert.Contains(message.Defects, d => d.Kind == MimeDefectKind.LimitReached);
    }

    [Fact]
    public void Line_form_defects_do_not_push_out_the_others()
    {
        var message = Sample.Exact("Subject: x\n" + string.Concat(Enumerable.Repeat("X: y\n", 3000)) + "To: a@exam\x01ple.com\n\n");
        Assert.Contains(message.Defects, d => d.Kind == MimeDefectKind.BreakInAddress);
        Assert.True(message.Defects.Count(d => d.Kind == MimeDefectKind.BareLineBreak) < 20);
    }

    [Theory]
    [InlineData("Content-Transfer-Encoding: x-strange\n\nx", MimeDefectKind.Undecodable)]
    [InlineData("Content-Type: text/plain; charset=x-strange\n\nx", MimeDefectKind.UnknownCharset)]
    [InlineData("Content-Type: multipart/mixed\n\nx", MimeDefectKind.BrokenMultipart)]
    [InlineData("Subject: a\nSubject: b\n\nx", MimeDefectKind.RepeatedField)]
    public void Defects_are_named(string text, MimeDefectKind kind) => Assert.Equal(kind, Assert.Single(Sample.Message(text).Defects).Kind);

    [Theory]
    [InlineData("Subject: x\r\n\r\na\nb", MimeDefectKind.BareLineBreak, 15)]
    [InlineData("Subject: x\r\n\r\na\rb", MimeDefectKind.BareLineBreak, 15)]
    [InlineData("Subject: x\r\n\r\na\0b", MimeDefectKind.Nul, 15)]
    public void Broken_lines_are_named_with_their_place(string text, MimeDefectKind kind, int offset)
    {
        var defect = Assert.Single(Sample.Exact(text).Defects);
        Assert.Equal((kind, offset), (defect.Kind, defect.Offset));
    }

    [Fact]
    public void A_line_of_more_than_998_octets_is_named()
    {
        Assert.Empty(Sample.Message("Subject: x\n\n" + new string('x', 998) + "\n").Defects);
        Assert.Equal(MimeDefectKind.LongLine, Assert.Single(Sample.Message("Subject: x\n\n" + new string('x', 999) + "\n").Defects).Kind);
    }
}
