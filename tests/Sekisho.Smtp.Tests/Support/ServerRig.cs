using System.IO.Pipelines;
using System.Text;

namespace Sekisho.Smtp.Tests;

/// <summary>
/// A server session on pipes whose continuations run inline: when <see cref="SendAsync(string)"/> returns, the session has done all it can with what was sent
/// and waits, so no test has to wait for time to pass.
/// </summary>
internal sealed class ServerRig
{
    private static readonly PipeOptions Inline = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false);

    private readonly CancellationTokenSource _drain = new();
    private readonly PipePair _pipes = new(Inline);

    public ServerRig(SmtpServerOptions? options = null, MemoryReceiver? receiver = null, TlsUpgrade? upgrade = null, bool tls = false)
    {
        Info = new SmtpSessionInfo { IsTls = tls };
        Receiver = receiver ?? new MemoryReceiver();
        Session = new SmtpServerSession(_pipes.Server, Info, (options ?? new SmtpServerOptions()) with { HostName = "mx.example" }, Receiver, upgrade, Time);
    }

    public SmtpSessionInfo Info { get; }

    public MemoryReceiver Receiver { get; }

    public ManualTime Time { get; } = new();

    public SmtpServerSession Session { get; }

    public Task Running { get; private set; } = Task.CompletedTask;

    public PipePair Pipes => _pipes;

    /// <summary>Starts and takes the greeting.</summary>
    public async Task<string> StartAsync()
    {
        Running = Session.RunAsync(_drain.Token);
        return await ReadAsync();
    }

    /// <summary>Starts, and says EHLO.</summary>
    public static async Task<ServerRig> StartedAsync(SmtpServerOptions? options = null, MemoryReceiver? receiver = null, bool tls = false)
    {
        var rig = new ServerRig(options, receiver, tls: tls);
        await rig.StartAsync();
        await rig.SendAsync("EHLO client.example\r\n");
        return rig;
    }

    public Task DrainAsync() => _drain.CancelAsync();

    /// <summary>Sends bytes (Latin-1 of the text) and returns what came back.</summary>
    public Task<string> SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task<string> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _pipes.ToServer.Writer.WriteAsync(bytes);
        return await ReadAsync();
    }

    public async Task HangUpAsync() => await _pipes.ToServer.Writer.CompleteAsync();

    /// <summary>What has come back and was not read yet.</summary>
    public Task<string> ReadAsync()
    {
        var text = new StringBuilder();
        while (_pipes.ToClient.Reader.TryRead(out var read))
        {
            text.Append(Encoding.UTF8.GetString(read.Buffer));
            _pipes.ToClient.Reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        return Task.FromResult(text.ToString());
    }

    /// <summary>The session has ended by itself; fails when it has not.</summary>
    public async Task EndedAsync()
    {
        Assert.True(Running.IsCompleted, "the session still runs");
        await Running;
    }
}
