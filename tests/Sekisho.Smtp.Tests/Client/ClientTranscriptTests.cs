using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Sekisho.Smtp.Tests.Client;

/// <summary>
/// The client against a scripted server, whose words come as whole groups, line by line and byte by byte. <c>!</c> starts an action, <c>=</c> is what it came to.
/// </summary>
public sealed class ClientTranscriptTests
{
    public static TheoryData<string> Names => Transcript.Names("client-");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whole(string name) => await ReplayAsync(Transcript.Load(name), group: true, bytes => [bytes]);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Line_by_line(string name) => await ReplayAsync(Transcript.Load(name), group: false, bytes => [bytes]);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Byte_by_byte(string name) => await ReplayAsync(Transcript.Load(name), group: false, bytes => bytes.Select(b => new[] { b }));

    private static async Task ReplayAsync(Transcript transcript, bool group, Func<byte[], IEnumerable<byte[]>> split)
    {
        // Inline, as in ServerRig: when the server's words are written the client has already done all it will.
        var pipes = new PipePair(new PipeOptions(
            readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false));
        var time = new ManualTime();
        var client = new SmtpClientSession(pipes.Client, new SmtpClientOptions { HostName = "gw.example", MaxReplyLine = 200, MaxReplyLines = 10 }, time);
        var action = Task.FromResult("nothing was done");
        var heard = new List<byte>();
        var pending = new List<byte>();
        foreach (var (kind, text) in transcript.Lines)
        {
            if (kind != 'S' && pending.Count > 0)
            {
                await SayAsync(pipes, [.. pending], split);
                pending.Clear();
            }

            switch (kind)
            {
                case 'S' when group:
                    pending.AddRange(Escapes.Decode(text));
                    break;
                case 'S':
                    await SayAsync(pipes, Escapes.Decode(text), split);
                    break;
                case 'C':
                    Hear(pipes, heard);
                    var expected = Escapes.Decode(text);
                    Assert.Equal(Escapes.Encode(expected), Escapes.Encode([.. heard.Take(expected.Length)]));
                    heard.RemoveRange(0, expected.Length);
                    break;
                case '!' when text == "close":
                    await pipes.ToClient.Writer.CompleteAsync();
                    await pipes.ToServer.Reader.CompleteAsync();
                    break;
                case '!' when text.StartsWith("wait ", StringComparison.Ordinal):
                    Assert.False(action.IsCompleted, "it should be waiting");
                    time.Advance(TimeSpan.FromSeconds(int.Parse(text[5..])));
                    break;
                case '!':
                    action = ActAsync(client, text);
                    break;
                case '=':
                    Assert.Equal(text, await action.WaitAsync(TimeSpan.FromSeconds(30)));
                    break;
            }
        }

        Assert.Empty(pending);
        Hear(pipes, heard);
        Assert.Equal("", Escapes.Encode([.. heard]));
    }

    private static async Task SayAsync(PipePair pipes, byte[] bytes, Func<byte[], IEnumerable<byte[]>> split)
    {
        foreach (var piece in split(bytes))
        {
            await pipes.ToClient.Writer.WriteAsync(piece);
        }
    }

    private static void Hear(PipePair pipes, List<byte> heard)
    {
        try
        {
            if (pipes.ToServer.Reader.TryRead(out var read))
            {
                heard.AddRange(read.Buffer.ToArray());
                pipes.ToServer.Reader.AdvanceTo(read.Buffer.End);
            }
        }
        catch (InvalidOperationException)
        {
            // Closed by the transcript.
        }
        catch (IOException)
        {
            // Closed by the client with something unsent.
        }
    }

    private static async Task<string> ActAsync(SmtpClientSession client, string text)
    {
        try
        {
            var words = text.Split(' ', 2);
            switch (words[0])
            {
                case "open":
                    await client.OpenAsync(default);
                    var c = client.Capabilities;
                    return "open" + (c.Pipelining ? " pipelining" : "") + (c.EightBitMime ? " 8bitmime" : "") + (c.SmtpUtf8 ? " smtputf8" : "")
                        + (c.Dsn ? " dsn" : "") + (c.StartTls ? " starttls" : "") + (c.Size is { } size ? $" size={size}" : "")
                        + (c.Auth.Count > 0 ? " auth=" + string.Join(',', c.Auth) : "");
                case "auth":
                    var credentials = words[1].Split('/');
                    await client.AuthenticateAsync(credentials[0], credentials[1], default);
                    return "in";
                case "probe":
                    return await client.ProbeAsync(default) ? "alive" : "dead";
                case "quit":
                    await client.QuitAsync();
                    return "bye";
                default:
                    return Show(await SendAsync(client, words[1]));
            }
        }
        catch (SmtpProtocolException e)
        {
            return $"broken: {e.Message}" + (e.Reply is { } reply ? $" [{Show(reply)}]" : "");
        }
    }

    private static async Task<SmtpSendResult> SendAsync(SmtpClientSession client, string text)
    {
        var content = text.Split(" : ", 2);
        var paths = content[0].Split(" -> ");
        var from = paths[0].Split(' ');
        return await client.SendAsync(
            new SmtpMailFrom
            {
                Address = from[0],
                SmtpUtf8 = from.Contains("UTF8"),
                EightBit = from.Contains("8BIT"),
                Ret = from.Contains("HDRS") ? "HDRS" : null,
                EnvelopeId = from.Contains("ID") ? "a+b" : null,
            },
            [.. paths[1].Split(", ").Select(path => path.Split(' ')).Select(path => new SmtpRecipient
            {
                Address = path[0],
                Notify = path.Contains("NEVER") ? "NEVER" : null,
                OriginalRecipient = path.Contains("ORCPT") ? "rfc822;o=x@example.com" : null,
            })],
            new Content(Escapes.Decode(content[1])),
            default);
    }

    private static string Show(SmtpSendResult result)
        => $"{result.Stage} {Show(result.FinalReply)} [{string.Join("; ", result.Recipients.Select(Show))}]" + (result.Error is null ? "" : $" error: {result.Error}");

    private static string Show(SmtpReply? reply) => reply?.ToString() ?? "none";
}
