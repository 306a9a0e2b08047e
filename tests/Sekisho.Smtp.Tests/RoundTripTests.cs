namespace Sekisho.Smtp.Tests;

public sealed class RoundTripTests
{
    private static SmtpRecipient To(string address) => new() { Address = address };

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Client_delivers_to_server_what_it_was_given(int recipients)
    {
        var pipes = new PipePair();
        var receiver = new MemoryReceiver();
        var server = new SmtpServerSession(pipes.Server, new SmtpSessionInfo(), new SmtpServerOptions(), receiver, null, TimeProvider.System).RunAsync(default);
        var client = new SmtpClientSession(pipes.Client, new SmtpClientOptions(), TimeProvider.System);
        await client.OpenAsync(default);
        const string Text = "Subject: x\r\n\r\n.\r\n..\r\n.hidden\r\nend.\r\n.";
        for (var round = 0; round < 3; round++)
        {
            var to = Enumerable.Range(0, recipients).Select(i => To($"user{i}@example.com")).ToList();
            var result = await client.SendAsync(new SmtpMailFrom { Address = "a@example.org" }, to, new Content(Text, 3), default);
            Assert.Null(result.Error);
            Assert.Equal(SmtpSendStage.Answered, result.Stage);
            Assert.All(result.Recipients, reply => Assert.Equal(250, reply!.Code));
            Assert.Equal(Text + "\r\n", receiver.Messages[round].Text);
            Assert.Equal(to.Select(r => r.Address), receiver.Messages[round].Recipients.Select(r => r.Address));
        }

        Assert.True(await client.ProbeAsync(default));
        await client.QuitAsync();
        await server.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
