namespace Sekisho.Smtp.Tests.Server;

public sealed class TimeoutTests
{
    private const string ToData = "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n";

    [Fact]
    public async Task Silence_between_commands_ends_with_421()
    {
        var rig = await ServerRig.StartedAsync();
        rig.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal("250 2.0.0 OK\r\n", await rig.SendAsync("NOOP\r\n"));
        rig.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.False(rig.Running.IsCompleted);
        rig.Time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal("421 4.4.2 Timed out\r\n", await rig.ReadAsync());
        await rig.EndedAsync();
    }

    [Fact]
    public async Task Command_in_pieces_does_not_prolong_its_time()
    {
        var rig = await ServerRig.StartedAsync();
        for (var i = 0; i < 7; i++)
        {
            rig.Time.Advance(TimeSpan.FromMinutes(0.7));
            await rig.SendAsync("N");
        }

        Assert.False(rig.Running.IsCompleted);
        rig.Time.Advance(TimeSpan.FromMinutes(0.2));
        Assert.Equal("421 4.4.2 Timed out\r\n", await rig.ReadAsync());
        await rig.EndedAsync();
    }

    [Fact]
    public async Task Silence_in_data_ends_with_421_and_aborts()
    {
        var rig = await ServerRig.StartedAsync();
        await rig.SendAsync(ToData + "half a mess");
        rig.Time.Advance(TimeSpan.FromSeconds(179));
        Assert.False(rig.Running.IsCompleted);
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("421 4.4.2 Timed out\r\n", await rig.ReadAsync());
        await rig.EndedAsync();
        Assert.Equal(1, rig.Receiver.Aborted);
        Assert.Empty(rig.Receiver.Messages);
    }

    [Fact]
    public async Task Broken_data_without_true_end_is_answered_after_five_seconds()
    {
        var rig = await ServerRig.StartedAsync();
        Assert.EndsWith("<LF>\r\n", await rig.SendAsync(ToData + "hello\n.\n"), StringComparison.Ordinal);
        rig.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal("", await rig.ReadAsync());
        rig.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.StartsWith("550 5.6.11 ", await rig.ReadAsync(), StringComparison.Ordinal);
        await rig.EndedAsync();
        Assert.Equal(1, rig.Receiver.Aborted);
    }

    [Fact]
    public async Task Trickling_data_ends_with_421()
    {
        var rig = await ServerRig.StartedAsync();
        await rig.SendAsync(ToData);
        for (var i = 0; i < 2; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(29));
            Assert.Equal("", await rig.SendAsync("x"));
        }

        rig.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("421 4.4.2 Data comes too slowly\r\n", await rig.SendAsync("x"));
        await rig.EndedAsync();
        Assert.Equal(1, rig.Receiver.Aborted);
    }

    [Fact]
    public async Task Data_above_the_least_rate_goes_on()
    {
        var rig = await ServerRig.StartedAsync();
        await rig.SendAsync(ToData);
        for (var i = 0; i < 100; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal("", await rig.SendAsync(new string('x', 1200) + "\r\n"));
        }

        Assert.Equal("250 2.0.0 Taken\r\n", await rig.SendAsync(".\r\n"));
    }

    [Fact]
    public async Task Own_slowness_is_not_held_against_the_peer()
    {
        ServerRig? rig = null;
        var receiver = new MemoryReceiver { OnWrite = _ => rig!.Time.Advance(TimeSpan.FromMinutes(10)) };
        rig = await ServerRig.StartedAsync(receiver: receiver);
        await rig.SendAsync(ToData);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("", await rig.SendAsync("x\r\n"));
        }

        Assert.Equal("250 2.0.0 Taken\r\n", await rig.SendAsync(".\r\n"));
    }

    [Fact]
    public async Task Peer_that_reads_no_replies_is_left()
    {
        var pipes = new PipePair(new System.IO.Pipelines.PipeOptions(pauseWriterThreshold: 100, resumeWriterThreshold: 50, useSynchronizationContext: false,
            readerScheduler: System.IO.Pipelines.PipeScheduler.Inline, writerScheduler: System.IO.Pipelines.PipeScheduler.Inline));
        var time = new ManualTime();
        var run = new SmtpServerSession(pipes.Server, new SmtpSessionInfo(), new SmtpServerOptions(), new MemoryReceiver(), null, time).RunAsync(default);
        _ = pipes.ToServer.Writer.WriteAsync("EHLO x\r\n"u8.ToArray()).AsTask();
        Assert.False(run.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(6));
        await run.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Draining_ends_an_idle_session_at_once()
    {
        var rig = await ServerRig.StartedAsync();
        await rig.DrainAsync();
        Assert.Equal("421 4.3.2 Shutting down, try again later\r\n", await rig.ReadAsync());
        await rig.EndedAsync();
    }

    [Theory]
    [InlineData("DATA\r\nhello\r\n", ".\r\n")]
    [InlineData("BDAT 7\r\nhello\r\n", "BDAT 0 LAST\r\n")]
    public async Task Draining_lets_a_begun_message_come_to_its_end(string begin, string end)
    {
        var rig = await ServerRig.StartedAsync();
        await rig.SendAsync("MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\n" + begin);
        await rig.DrainAsync();
        Assert.Equal("", await rig.ReadAsync());
        Assert.Equal("250 2.0.0 Taken\r\n421 4.3.2 Shutting down, try again later\r\n", await rig.SendAsync(end));
        await rig.EndedAsync();
        Assert.Single(rig.Receiver.Messages);
    }
}
