using System.Text;

namespace Sekisho.Smtp.Tests.Server;

public sealed class LimitTests
{
    private const string Envelope = "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\n";

    [Fact]
    public async Task Endless_ehlo_line_is_dropped_as_it_comes_and_refused_at_its_end()
    {
        // The pipe holds 64 kB; the session must let go of each block, or this would never end.
        var pipes = new PipePair();
        var receiver = new MemoryReceiver();
        var run = new SmtpServerSession(pipes.Server, new SmtpSessionInfo(), new SmtpServerOptions(), receiver, null, TimeProvider.System).RunAsync(default);
        var block = new byte[65_536];
        block.AsSpan().Fill((byte)'x');
        await pipes.ToServer.Writer.WriteAsync("EHLO "u8.ToArray());
        for (var i = 0; i < 256; i++)
        {
            await pipes.ToServer.Writer.WriteAsync(block);
        }

        await pipes.ToServer.Writer.WriteAsync("\r\nNOOP\r\nQUIT\r\n"u8.ToArray());
        await run.WaitAsync(TimeSpan.FromSeconds(30));
        var text = "";
        while (pipes.ToClient.Reader.TryRead(out var read) && !read.Buffer.IsEmpty)
        {
            text += Encoding.ASCII.GetString(read.Buffer);
            pipes.ToClient.Reader.AdvanceTo(read.Buffer.End);
        }

        Assert.Equal("220 localhost ESMTP Sekisho\r\n500 5.5.2 Line too long\r\n250 2.0.0 OK\r\n221 2.0.0 Bye\r\n", text);
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public async Task Command_line_limit_counts_the_line_break(int length, bool accepted)
    {
        var rig = await ServerRig.StartedAsync();
        var reply = await rig.SendAsync("NOOP " + new string('x', length - 7) + "\r\n");
        Assert.Equal(accepted ? "250 2.0.0 OK\r\n" : "500 5.5.2 Line too long\r\n", reply);
        Assert.Equal("250 2.0.0 OK\r\n", await rig.SendAsync("NOOP\r\n"));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Auth_response_limit_counts_the_line_break(int length, bool accepted)
    {
        var rig = await ServerRig.StartedAsync(new SmtpServerOptions { OfferAuth = true, MaxAuthLine = 100 }, tls: true);
        Assert.Equal("334 \r\n", await rig.SendAsync("AUTH PLAIN\r\n"));
        var reply = await rig.SendAsync(new string('!', length - 2) + "\r\n");
        Assert.StartsWith(accepted ? "501 5.5.2" : "500 5.5.6", reply, StringComparison.Ordinal);
        Assert.Equal("250 2.0.0 OK\r\n", await rig.SendAsync("NOOP\r\n"));
    }

    [Fact]
    public async Task Auth_command_may_be_longer_than_other_commands()
    {
        var rig = await ServerRig.StartedAsync(new SmtpServerOptions { OfferAuth = true }, tls: true);
        var long_ = Convert.ToBase64String(Encoding.UTF8.GetBytes("\0taro\0" + new string('p', 5000)));
        Assert.StartsWith("535 5.7.8", await rig.SendAsync($"AUTH PLAIN {long_}\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AUTH_that_breaks_inside_is_temporary_and_counts_against_nobody()
    {
        var receiver = new MemoryReceiver { OnAuthenticate = (_, _) => throw new IOException("the directory is away") };
        var rig = await ServerRig.StartedAsync(new SmtpServerOptions { OfferAuth = true, MaxAuthFailures = 1 }, receiver, tls: true);
        var credentials = Convert.ToBase64String("\0taro\0himitsu"u8);
        Assert.StartsWith("454 4.7.0", await rig.SendAsync($"AUTH PLAIN {credentials}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("454 4.7.0", await rig.SendAsync($"AUTH PLAIN {credentials}\r\n"), StringComparison.Ordinal);
        Assert.Equal("250 2.0.0 OK\r\n", await rig.SendAsync("NOOP\r\n"));
    }

    [Fact]
    public async Task Too_many_errors_end_the_session()
    {
        var rig = await ServerRig.StartedAsync(new SmtpServerOptions { MaxErrors = 3 });
        var replies = await rig.SendAsync("FOO\r\nBAR\r\nBAZ\r\nNOOP\r\n");
        Assert.Equal("500 5.5.1 Command not recognised\r\n500 5.5.1 Command not recognised\r\n421 4.7.0 Too many errors\r\n", replies);
        await rig.EndedAsync();
    }

    [Fact]
    public async Task Bad_addresses_and_the_rest_of_a_refused_group_are_not_held_against_the_client()
    {
        var receiver = new MemoryReceiver { OnMail = from => from.Address.StartsWith("bad", StringComparison.Ordinal) ? new SmtpReply(550, "5.7.1", "no") : null };
        var rig = await ServerRig.StartedAsync(new SmtpServerOptions { MaxErrors = 3 }, receiver);
        for (var i = 0; i < 5; i++)
        {
            var refused = await rig.SendAsync("MAIL FROM:<bad@example.org>\r\nRCPT TO:<b@example.com>\r\nRCPT TO:<c@example.com>\r\nDATA\r\n");
            Assert.Equal("550 5.7.1 no\r\n503 5.5.1 MAIL first\r\n503 5.5.1 MAIL first\r\n503 5.5.1 MAIL first\r\n", refused);
        }

        await rig.SendAsync("RSET\r\nMAIL FROM:<a@example.org>\r\n");
        for (var i = 0; i < 50; i++)
        {
            Assert.StartsWith("501 5.1.3", await rig.SendAsync("RCPT TO:<b@@example.com>\r\n"), StringComparison.Ordinal);
        }

        Assert.Equal("250 2.1.5 Recipient OK\r\n354 End data with <CR><LF>.<CR><LF>\r\n", await rig.SendAsync("RCPT TO:<b@example.com>\r\nDATA\r\n"));
    }

    [Fact]
    public async Task Recipients_over_the_limit_are_asked_to_come_later()
    {
        var rig = await ServerRig.StartedAsync(new SmtpServerOptions { MaxRecipients = 2 });
        var replies = await rig.SendAsync("MAIL FROM:<>\r\nRCPT TO:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nRCPT TO:<c@example.com>\r\nDATA\r\n");
        Assert.Contains("\r\n452 4.5.3 Too many recipients\r\n354", replies, StringComparison.Ordinal);
        await rig.SendAsync("x\r\n.\r\n");
        Assert.Equal(2, Assert.Single(rig.Receiver.Messages).Recipients.Count);
    }

    [Fact]
    public async Task Transactions_over_the_limit_end_the_session()
    {
        var rig = await ServerRig.StartedAsync(new SmtpServerOptions { MaxTransactions = 1 });
        var replies = await rig.SendAsync(Envelope + "DATA\r\n.\r\nMAIL FROM:<a@example.org>\r\nNOOP\r\n");
        Assert.EndsWith("250 2.0.0 Taken\r\n421 4.7.0 Enough for one session, connect again\r\n", replies, StringComparison.Ordinal);
        await rig.EndedAsync();
    }

    [Fact]
    public async Task Declared_size_over_the_limit_is_refused_at_mail()
    {
        var rig = await ServerRig.StartedAsync(new SmtpServerOptions { MaxMessageSize = 1000 });
        Assert.Equal("552 5.3.4 Message too large\r\n", await rig.SendAsync("MAIL FROM:<a@example.org> SIZE=1001\r\n"));
        Assert.Equal("250 2.1.0 Sender OK\r\n", await rig.SendAsync("MAIL FROM:<a@example.org> SIZE=1000\r\n"));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task Message_over_the_limit_is_read_to_its_end_and_refused(int size, bool accepted)
    {
        var rig = await ServerRig.StartedAsync(new SmtpServerOptions { MaxMessageSize = 1000 });
        await rig.SendAsync(Envelope + "DATA\r\n");
        var reply = await rig.SendAsync(new string('x', size - 2) + "\r\n.\r\nNOOP\r\n");
        Assert.Equal((accepted ? "250 2.0.0 Taken\r\n" : "552 5.3.4 Message too large\r\n") + "250 2.0.0 OK\r\n", reply);
        Assert.Equal(accepted ? 0 : 1, rig.Receiver.Aborted);
    }

    [Fact]
    public async Task Data_without_end_is_not_read_for_ever()
    {
        var rig = await ServerRig.StartedAsync(new SmtpServerOptions { MaxMessageSize = 1000, MinDataRate = 0 }, new MemoryReceiver { KeepBytes = false });
        await rig.SendAsync(Envelope + "DATA\r\n");
        var block = new byte[1 << 20];
        var reply = "";
        for (var i = 0; i < 100 && reply.Length == 0; i++)
        {
            reply = await rig.SendAsync(block);
        }

        Assert.Equal("552 5.3.4 Message too large\r\n", reply);
        await rig.EndedAsync();
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Text_line_over_the_limit_is_refused_at_the_end(int length, bool accepted)
    {
        var rig = await ServerRig.StartedAsync(new SmtpServerOptions { MaxTextLine = 100 });
        await rig.SendAsync(Envelope + "DATA\r\n");
        var reply = await rig.SendAsync("short\r\n" + new string('x', length - 2) + "\r\nshort\r\n.\r\n");
        Assert.StartsWith(accepted ? "250" : "500 5.6.0", reply, StringComparison.Ordinal);
        Assert.Equal(accepted ? 0 : 1, rig.Receiver.Aborted);
    }

    [Fact]
    public async Task Sixteen_thousand_recipients_in_one_burst_are_linear()
    {
        var burst = new StringBuilder("MAIL FROM:<a@example.org>\r\n");
        for (var i = 0; i < 16_280; i++)
        {
            burst.Append("RCPT TO:<user").Append(i).Append("@example.com>\r\n");
        }

        var rig = await ServerRig.StartedAsync();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var replies = await rig.SendAsync(burst.Append("DATA\r\n").ToString());
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.EndsWith("354 End data with <CR><LF>.<CR><LF>\r\n", replies, StringComparison.Ordinal);
        Assert.Equal(16_282, replies.Split("\r\n").Length - 1);

        // A quadratic step would show as copies of the burst (half a megabyte) per recipient; this is what address, record and reply cost, with room.
        Assert.InRange(allocated, 0, 16_280L * 1024);
        await rig.SendAsync("x\r\n.\r\n");
        Assert.Equal(16_280, Assert.Single(rig.Receiver.Messages).Recipients.Count);
    }
}
