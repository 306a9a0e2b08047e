using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Sekisho.Smtp.Tests.Client;

/// <summary>Law 8: whether a retry can duplicate must be known exactly, wherever the sending stops.</summary>
public sealed class SendStageTests
{
    private static readonly SmtpMailFrom From = new() { Address = "a@example.org" };
    private static readonly SmtpRecipient[] To = [new() { Address = "b@example.com" }];

    /// <summary>Ten blocks and more, so that sending has many moments at which it can stop.</summary>
    private static readonly byte[] Large = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789\r\n", 80_000)));

    [Fact]
    public async Task Server_that_leaves_at_any_byte_before_the_end_has_nothing()
    {
        // It reads N bytes of the data and is gone. Only when the end of data was among what was sent may the outcome be in doubt.
        foreach (var bytes in new[] { 1, 1000, 32_767, 32_768, 65_536, 100_000, 300_000, 700_000 })
        {
            var (client, pipes) = await OpenAsync();
            var sending = client.SendAsync(From, To, new Content(Large), default);
            await EnvelopeAsync(pipes);
            var data = await ReadAsync(pipes, bytes);
            await pipes.ToServer.Reader.CompleteAsync();
            await pipes.ToClient.Writer.CompleteAsync();
            var result = await sending.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(SmtpSendStage.BeforeEndOfData, result.Stage);
            Assert.NotNull(result.Error);
            Assert.Null(result.FinalReply);
            Assert.Equal([null], result.Recipients);
            Assert.DoesNotContain("\r\n.\r\n", data, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Server_that_leaves_with_the_end_of_data_in_its_hands_is_in_doubt()
    {
        var (client, pipes) = await OpenAsync();
        var sending = client.SendAsync(From, To, new Content("x\r\n"), default);
        await EnvelopeAsync(pipes);
        Assert.Equal("x\r\n.\r\n", await ReadAsync(pipes, 6));
        await pipes.ToServer.Reader.CompleteAsync();
        await pipes.ToClient.Writer.CompleteAsync();
        var result = await sending;
        Assert.Equal(SmtpSendStage.ReplyLost, result.Stage);
        Assert.Equal([null], result.Recipients);
    }

    [Theory]
    [InlineData("552 5.3.4 too large\r\n", 552)]
    [InlineData("421 4.3.0 going\r\n", 421)]
    [InlineData("250 2.0.0 taken\r\n", null)]
    [InlineData("354 go on\r\n", null)]
    public async Task Reply_before_the_end_of_data_is_never_taken_for_its_reply(string early, int? final)
    {
        var (client, pipes) = await OpenAsync();
        var sending = client.SendAsync(From, To, new Content(Large), default);
        await EnvelopeAsync(pipes);
        var data = await ReadAsync(pipes, 100_000);
        await pipes.ToClient.Writer.WriteAsync(Encoding.ASCII.GetBytes(early));
        data += await ReadAllAsync(pipes, sending);
        var result = await sending;
        Assert.Equal(SmtpSendStage.BeforeEndOfData, result.Stage);
        Assert.Equal(final, result.FinalReply?.Code);
        Assert.StartsWith("answered before the end of data: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n.\r\n", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_reply_too_many_never_makes_a_message_count_as_delivered()
    {
        // 250 250 354 and a 250 that belongs to nothing: it must not be read as the answer to the end of data.
        var (client, pipes) = await OpenAsync();
        var sending = client.SendAsync(From, To, new Content("x\r\n"), default);
        await ReadAsync(pipes, "DATA\r\n");
        await pipes.ToClient.Writer.WriteAsync("250 ok\r\n250 ok\r\n354 go\r\n250 stray\r\n"u8.ToArray());
        var result = await sending;
        Assert.Equal(SmtpSendStage.BeforeEndOfData, result.Stage);
        Assert.Null(result.FinalReply);
        Assert.Equal("answered before the end of data: 250 stray", result.Error);
    }

    [Fact]
    public async Task Cancelling_before_the_end_of_data_leaves_nothing_taken()
    {
        var (client, pipes) = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var sending = client.SendAsync(From, To, new Content(Large), cancel.Token);
        await EnvelopeAsync(pipes);
        var data = await ReadAsync(pipes, 50_000);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.False(await client.ProbeAsync(default));
        await client.QuitAsync();
        data += await ReadAllAsync(pipes, Task.CompletedTask);
        Assert.DoesNotContain("\r\n.\r\n", data, StringComparison.Ordinal);
        Assert.DoesNotContain("QUIT", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_after_the_end_of_data_still_takes_the_answer()
    {
        var (client, pipes) = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var sending = client.SendAsync(From, To, new Content("x\r\n"), cancel.Token);
        await EnvelopeAsync(pipes);
        await ReadAsync(pipes, "\r\n.\r\n");
        await cancel.CancelAsync();
        await pipes.ToClient.Writer.WriteAsync("250 2.0.0 taken\r\n"u8.ToArray());
        var result = await sending;
        Assert.Equal(SmtpSendStage.Answered, result.Stage);
        Assert.Equal(250, result.FinalReply!.Code);
    }

    [Theory]
    [InlineData("shorter")]
    [InlineData("broken")]
    [InlineData("throws")]
    public async Task Content_that_changes_while_it_is_sent_is_never_ended(string change)
    {
        var (client, pipes) = await OpenAsync();
        var content = new ChangingContent(change);
        var sending = client.SendAsync(From, To, content, default);
        await EnvelopeAsync(pipes);
        var data = await ReadAllAsync(pipes, sending);
        var result = await sending;
        Assert.Equal(SmtpSendStage.BeforeEndOfData, result.Stage);
        Assert.Equal(change == "throws" ? "the file is gone" : "content changed while it was sent", result.Error);
        await client.QuitAsync();
        data += await ReadAllAsync(pipes, Task.CompletedTask);
        Assert.DoesNotContain("\r\n.\r\n", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_that_cannot_be_read_is_not_begun()
    {
        var (client, pipes) = await OpenAsync();
        foreach (var content in new ISmtpContent[] { new ChangingContent("throws") { Round = 1 }, new Content("abc") { Length = 4 } })
        {
            var result = await client.SendAsync(From, To, content, default);
            Assert.Equal(new SmtpReply(451, "4.3.0", "Message could not be read and was not sent"), result.FinalReply);
            Assert.Equal(SmtpSendStage.BeforeEndOfData, result.Stage);
            Assert.Null(result.Error);
        }

        Assert.False(pipes.ToServer.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Ten_thousand_recipients_do_not_deadlock_on_full_pipes()
    {
        // Both directions hold next to nothing: who writes everything before reading anything stands still here.
        var pipes = new PipePair(new PipeOptions(pauseWriterThreshold: 512, resumeWriterThreshold: 256, minimumSegmentSize: 256, useSynchronizationContext: false));
        var receiver = new MemoryReceiver { OnRecipient = to => to.Address.StartsWith("user7", StringComparison.Ordinal) ? new SmtpReply(550, "5.1.1", "no") : null };
        var server = new SmtpServerSession(pipes.Server, new SmtpSessionInfo(), new SmtpServerOptions(), receiver, null, TimeProvider.System).RunAsync(default);
        var client = new SmtpClientSession(pipes.Client, new SmtpClientOptions { MaxRecipients = 20_000 }, TimeProvider.System);
        await client.OpenAsync(default);
        var to = Enumerable.Range(0, 10_000).Select(i => new SmtpRecipient { Address = $"user{i}@example.com" }).ToList();
        var result = await client.SendAsync(From, to, new Content(Large, 1000), default).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(SmtpSendStage.Answered, result.Stage);
        Assert.Equal(1111, result.Recipients.Count(reply => reply!.Code == 550));
        Assert.Equal(8889, Assert.Single(receiver.Messages).Recipients.Count);
        Assert.Equal(Large, receiver.Messages[0].Bytes);
        await client.QuitAsync();
        await server;
    }

    [Fact]
    public async Task Server_that_leaves_during_a_long_envelope_is_noticed()
    {
        var pipes = new PipePair(new PipeOptions(pauseWriterThreshold: 512, resumeWriterThreshold: 256, useSynchronizationContext: false));
        var client = new SmtpClientSession(pipes.Client, new SmtpClientOptions(), TimeProvider.System);
        await pipes.ToClient.Writer.WriteAsync("220 x\r\n250-x\r\n250 PIPELINING\r\n"u8.ToArray());
        await client.OpenAsync(default);
        var to = Enumerable.Range(0, 1000).Select(i => new SmtpRecipient { Address = $"user{i}@example.com" }).ToList();
        var sending = client.SendAsync(From, to, new Content("x"), default);
        await pipes.ToClient.Writer.WriteAsync("250 ok\r\n250 ok\r\n421 4.3.2 going\r\n"u8.ToArray());
        var result = await sending.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(SmtpSendStage.BeforeEndOfData, result.Stage);
        Assert.Equal(421, result.FinalReply!.Code);
        Assert.All(result.Recipients, reply => Assert.Equal(421, reply!.Code));
    }

    [Fact]
    public async Task No_recipients_or_too_many_are_a_mistake_of_the_caller()
    {
        var (client, _) = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync(From, [], new Content("x"), default));
        await Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync(From, [.. Enumerable.Repeat(To[0], 1001)], new Content("x"), default));
    }

    private static async Task<(SmtpClientSession Client, PipePair Pipes)> OpenAsync()
    {
        var pipes = new PipePair();
        var client = new SmtpClientSession(pipes.Client, new SmtpClientOptions(), TimeProvider.System);
        await pipes.ToClient.Writer.WriteAsync("220 x\r\n250-x\r\n250 PIPELINING\r\n"u8.ToArray());
        await client.OpenAsync(default);
        await ReadAsync(pipes, "EHLO localhost\r\n");
        return (client, pipes);
    }

    private static async Task EnvelopeAsync(PipePair pipes)
    {
        await ReadAsync(pipes, "DATA\r\n");
        await pipes.ToClient.Writer.WriteAsync("250 ok\r\n250 ok\r\n354 go\r\n"u8.ToArray());
    }

    private static async Task ReadAsync(PipePair pipes, string until)
    {
        var text = "";
        while (!text.EndsWith(until, StringComparison.Ordinal))
        {
            text += await ReadAsync(pipes, 1);
        }
    }

    private static async Task<string> ReadAsync(PipePair pipes, int bytes)
    {
        // Not ReadAtLeastAsync: it lets the writer run on, and what the other side has not asked for must stay unsent here.
        var text = new StringBuilder();
        while (text.Length < bytes)
        {
            var read = await pipes.ToServer.Reader.ReadAsync();
            var taken = read.Buffer.Slice(0, Math.Min(bytes - text.Length, read.Buffer.Length));
            text.Append(Encoding.ASCII.GetString(taken.ToArray()));
            pipes.ToServer.Reader.AdvanceTo(taken.End);
        }

        return text.ToString();
    }

    private static async Task<string> ReadAllAsync(PipePair pipes, Task sending)
    {
        var text = new StringBuilder();
        while (true)
        {
            ReadResult read;
            try
            {
                if (!pipes.ToServer.Reader.TryRead(out read) && !sending.IsCompleted)
                {
                    await Task.Yield();
                    continue;
                }
            }
            catch (IOException)
            {
                // Closed by the client with something unsent.
                return text.ToString();
            }

            if (!read.Buffer.IsEmpty || read.IsCompleted)
            {
                text.Append(Encoding.ASCII.GetString(read.Buffer.ToArray()));
                pipes.ToServer.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return text.ToString();
                }
            }
            else
            {
                return text.ToString();
            }
        }
    }

    /// <summary>Right when it is looked through, wrong when it is sent.</summary>
    private sealed class ChangingContent(string change) : ISmtpContent
    {
        public int Round { get; set; }

        public long Length => 100_000;

        public bool HasEightBit => false;

        public IEnumerable<ReadOnlyMemory<byte>> Segments()
        {
            var bytes = new byte[Length];
            bytes.AsSpan().Fill((byte)'x');
            bytes[^2] = 13;
            bytes[^1] = 10;
            if (Round++ == 0)
            {
                yield return bytes;
                yield break;
            }

            yield return bytes.AsMemory(0, 50_000);
            switch (change)
            {
                case "throws": throw new IOException("the file is gone");
                case "broken":
                    bytes[70_000] = 10;
                    yield return bytes.AsMemory(50_000);
                    break;
            }
        }
    }
}
