using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;

namespace Sekisho.Smtp.Tests.Fuzz;

public sealed partial class SessionFuzz
{
    private static readonly PipeOptions Inline = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false);

    private static readonly string[] ClientSays =
    [
        "EHLO client.example\r\n", "HELO x\r\n", "MAIL FROM:<a@example.org>\r\n", "RCPT TO:<b@example.com>\r\n", "DATA\r\n", "Subject: x\r\n\r\nbody\r\n.\r\n", ".\r\n",
        "\r\n.\r\n", "\n.\n", "BDAT 5\r\nhello", "BDAT 0 LAST\r\n", "BDAT 7 LAST\r\nhello\r\n", "BDAT 999999999\r\n", "RSET\r\n", "NOOP\r\n", "VRFY x\r\n", "HELP\r\n", "STARTTLS\r\n",
        "AUTH PLAIN AHRhcm8AaGltaXRzdQ==\r\n", "AUTH LOGIN\r\n", "dGFybw==\r\n", "aGltaXRzdQ==\r\n", "*\r\n", "QUIT\r\n", "MAIL FROM:<> SIZE=10 BODY=8BITMIME\r\n", "..dots\r\n",
        "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n", "EHLO x\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\nBDAT 3\r\nabc",
        "EHLO x\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nx\r\n.\r\n",
    ];

    private static readonly string[] ServerSays =
    [
        "220 x\r\n", "250 ok\r\n", "250-x\r\n250-PIPELINING\r\n250 SIZE 1000\r\n", "250 2.1.5 ok\r\n", "354 go\r\n", "550 5.1.1 no\r\n", "451 later\r\n", "421 4.3.2 going\r\n", "334 \r\n",
        "235 in\r\n", "250-\r\n", "250\r\n", "999 x\r\n", "OK\r\n", "\r\n", "250 ok\n", "220 x\r\n250-x\r\n250 PIPELINING\r\n",
    ];

    [Fact]
    public async Task Server_survives_any_client()
    {
        var mutator = new Mutator(1, ClientSays);
        var taken = 0;
        for (var i = 0; i < LongRun.Cases(10_000, 1_000_000); i++)
        {
            var input = mutator.Case(12);
            var mode = mutator.Next(16);
            var (first, replies) = await ServeAsync(input, mode, input.Length);
            taken += first.Messages.Count;
            AssertReplies(replies);
            Assert.Equal(first.Opened, first.Completed + first.Aborted);
            Assert.True(first.Messages.Count <= first.Calls.Count);

            // However the bytes are cut, the same happens; except where what matters is what had already come (STARTTLS, a refused DATA).
            var (second, again) = await ServeAsync(input, mode, mutator.Next(input.Length + 1));
            if (!replies.Contains("Nothing may follow", StringComparison.Ordinal) && !again.Contains("Nothing may follow", StringComparison.Ordinal))
            {
                Assert.Equal(replies, again);
                Assert.Equal(first.Messages.Select(message => message.Text), second.Messages.Select(message => message.Text));
            }
        }

        Assert.True(taken > 100, "hardly any message got through; the seeds are too badly spoiled to test much");
    }

    [Fact]
    public async Task Client_survives_any_server()
    {
        var mutator = new Mutator(2, ServerSays);
        int answered = 0, doubtful = 0;
        for (var i = 0; i < LongRun.Cases(10_000, 1_000_000); i++)
        {
            var pipes = new PipePair(Inline);
            var time = new ManualTime();
            var client = new SmtpClientSession(pipes.Client, new SmtpClientOptions(), time);
            var serving = ServeAsync(pipes, mutator);
            try
            {
                if (mutator.Next(8) > 0)
                {
                    await Patiently(time, client.OpenAsync(default));
                }

                if (mutator.Next(8) == 0)
                {
                    await Patiently(time, client.AuthenticateAsync("taro", "himitsu", default));
                }

                var many = mutator.Next(4) == 0 ? 30 : 2;
                var sending = client.SendAsync(
                    new SmtpMailFrom { Address = "a@example.org" },
                    [.. Enumerable.Range(0, many).Select(n => new SmtpRecipient { Address = $"b{n}@example.com" })],
                    new Content("Subject: x\r\n\r\n.\r\nbody\r\n"),
                    default);
                await Patiently(time, sending);
                var result = await sending;
                Assert.Equal(many, result.Recipients.Count);
                Assert.True(result.Stage != SmtpSendStage.Answered || result.FinalReply is not null);
                Assert.True(result.Stage == SmtpSendStage.Answered || !result.Recipients.Any(reply => reply is { IsSuccess: true }), "delivered without an answer");
                answered += result.Stage == SmtpSendStage.Answered ? 1 : 0;
                doubtful += result.Stage == SmtpSendStage.ReplyLost ? 1 : 0;
                await Patiently(time, client.ProbeAsync(default));
            }
            catch (SmtpProtocolException)
            {
                // The one way to fail.
            }

            await Patiently(time, client.QuitAsync());
            await serving.WaitAsync(TimeSpan.FromSeconds(30));
        }

        Assert.True(answered > 50 && doubtful > 5, $"{answered} answered, {doubtful} in doubt: the replies are too badly spoiled to test much");
    }

    /// <summary>When nothing moves any more, both wait for the other: then time passes.</summary>
    private static async Task Patiently(ManualTime time, Task task)
    {
        for (var i = 0; !task.IsCompleted; i++)
        {
            Assert.True(i < 3000, "it waits for ever");
            await Task.Yield();
            if (i > 3)
            {
                time.Advance(TimeSpan.FromMinutes(1));
            }

            if (i > 100)
            {
                // Time has passed enough; what is still to come waits for a thread.
                await Task.Delay(10);
            }
        }

        await task;
    }

    /// <summary>Answers each thing it hears with something, more or less fitting, and hangs up at some time.</summary>
    private static async Task ServeAsync(PipePair pipes, Mutator mutator)
    {
        var patience = mutator.Next(20) + 1;
        var fitting = mutator.Next(3) > 0;
        await SayAsync(pipes, fitting ? "220 x\r\n"u8.ToArray() : mutator.Case(2));
        while (patience-- > 0)
        {
            ReadResult read;
            try
            {
                read = await pipes.ToServer.Reader.ReadAsync();
            }
            catch (IOException)
            {
                // Closed by the client with something unsent.
                break;
            }

            var text = Encoding.ASCII.GetString(read.Buffer.ToArray());
            pipes.ToServer.Reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }

            foreach (var line in text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
            {
                var reply = line[..Math.Min(4, line.Length)] switch
                {
                    _ when !fitting || mutator.Next(20) == 0 => mutator.Case(2),
                    "EHLO" => "250-x\r\n250 PIPELINING\r\n"u8.ToArray(),
                    "DATA" => "354 go\r\n"u8.ToArray(),
                    "Subj" or "body" or ".." => [],
                    _ => "250 ok\r\n"u8.ToArray(),
                };
                await SayAsync(pipes, reply);
            }
        }

        await pipes.ToClient.Writer.CompleteAsync();
        await pipes.ToServer.Reader.CompleteAsync();
    }

    private static async Task SayAsync(PipePair pipes, byte[] bytes) => await pipes.ToClient.Writer.WriteAsync(bytes);

    private static async Task<(MemoryReceiver Receiver, string Replies)> ServeAsync(byte[] input, int mode, int cut)
    {
        var pipes = new PipePair(Inline);
        var receiver = new MemoryReceiver();
        var options = new SmtpServerOptions
        {
            NormalizeLineBreaks = (mode & 1) != 0,
            OfferAuth = (mode & 2) != 0,
            OfferStartTls = (mode & 4) != 0,
            OfferChunking = (mode & 8) == 0,
            MaxMessageSize = 1000,
            MaxCommandLine = 200,
        };
        TlsUpgrade upgrade = (plain, _) => input.Length % 2 == 0 ? Task.FromResult(plain) : throw new IOException("no handshake");
        var run = new SmtpServerSession(pipes.Server, new SmtpSessionInfo { IsTls = (mode & 6) == 2 }, options, receiver, upgrade, new ManualTime()).RunAsync(default);
        await pipes.ToServer.Writer.WriteAsync(input.AsMemory(0, cut));
        await pipes.ToServer.Writer.WriteAsync(input.AsMemory(cut));
        await pipes.ToServer.Writer.CompleteAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(30));
        var replies = new StringBuilder();
        while (pipes.ToClient.Reader.TryRead(out var read) && !read.Buffer.IsEmpty)
        {
            replies.Append(Encoding.UTF8.GetString(read.Buffer.ToArray()));
            pipes.ToClient.Reader.AdvanceTo(read.Buffer.End);
        }

        return (receiver, replies.ToString());
    }

    private static void AssertReplies(string replies)
    {
        Assert.EndsWith("\r\n", replies, StringComparison.Ordinal);
        Assert.All(replies[..^2].Split("\r\n"), line => Assert.Matches(ReplyLine(), line));
        Assert.DoesNotContain("4.3.0", replies, StringComparison.Ordinal);
    }

    [GeneratedRegex("^[2-5][0-9][0-9][ -][ -~]*$")]
    private static partial Regex ReplyLine();
}
