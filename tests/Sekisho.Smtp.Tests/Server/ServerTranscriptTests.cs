using System.Text;

namespace Sekisho.Smtp.Tests.Server;

/// <summary>Each transcript as it was written, then byte by byte, then everything at once, then cut in two at every place.</summary>
public sealed class ServerTranscriptTests
{
    public static TheoryData<string> Names => Transcript.Names("server-");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Line_by_line(string name) => await ReplayAsync(Transcript.Load(name), bytes => [bytes]);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Byte_by_byte(string name) => await ReplayAsync(Transcript.Load(name), bytes => bytes.Select(b => new[] { b }));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whole(string name)
    {
        var transcript = Transcript.Load(name);
        if (transcript.Has("conversation"))
        {
            // It holds what must not be pipelined; that it is refused when it is has its own tests.
            return;
        }

        var rig = Rig(transcript);
        var replies = await rig.StartAsync() + await rig.SendAsync(transcript.Lines.Where(line => line.Kind == 'C').SelectMany(line => Escapes.Decode(line.Text)).ToArray());
        Assert.Equal(Said(transcript), replies);
        Check(transcript, rig);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Cut_in_two(string name)
    {
        var transcript = Transcript.Load(name);
        if (transcript.Has("conversation"))
        {
            return;
        }

        var all = transcript.Lines.Where(line => line.Kind == 'C').SelectMany(line => Escapes.Decode(line.Text)).ToArray();
        for (var cut = 1; cut < all.Length; cut += all.Length > 2000 ? 37 : 1)
        {
            var rig = Rig(transcript);
            var replies = await rig.StartAsync() + await rig.SendAsync(all.AsMemory(0, cut)) + await rig.SendAsync(all.AsMemory(cut));
            Assert.Equal(Said(transcript), replies);
            Check(transcript, rig);
        }
    }

    private static string Said(Transcript transcript)
        => Encoding.UTF8.GetString([.. transcript.Lines.Where(line => line.Kind == 'S').SelectMany(line => Escapes.Decode(line.Text))]);

    private static async Task ReplayAsync(Transcript transcript, Func<byte[], IEnumerable<byte[]>> split)
    {
        var rig = Rig(transcript);
        var replies = await rig.StartAsync();
        foreach (var (kind, text) in transcript.Lines)
        {
            if (kind == 'C')
            {
                Assert.Equal("", replies);
                foreach (var piece in split(Escapes.Decode(text)))
                {
                    replies += await rig.SendAsync(piece);
                }
            }
            else if (kind == 'S')
            {
                var expected = Encoding.UTF8.GetString(Escapes.Decode(text));
                Assert.StartsWith(expected, replies, StringComparison.Ordinal);
                replies = replies[expected.Length..];
            }
        }

        Assert.Equal("", replies);
        Check(transcript, rig);
    }

    private static void Check(Transcript transcript, ServerRig rig)
    {
        Assert.Equal(transcript.Lines.Where(line => line.Kind == 'M').Select(line => line.Text), rig.Receiver.Messages.Select(Show));
        Assert.Equal(rig.Receiver.Opened, rig.Receiver.Completed + rig.Receiver.Aborted + (transcript.Has("open") ? 1 : 0));
        Assert.Equal(transcript.Has("closed"), rig.Running.IsCompleted);
    }

    private static string Show(Taken taken)
    {
        var text = new StringBuilder(taken.From.Address);
        text.Append(taken.From.Size is { } size ? $" SIZE={size}" : "").Append(taken.From.EightBit ? " 8BIT" : "").Append(taken.From.SmtpUtf8 ? " UTF8" : "")
            .Append(taken.From.Ret is { } ret ? $" RET={ret}" : "").Append(taken.From.EnvelopeId is { } id ? $" ENVID={id}" : "").Append(" -> ");
        text.AppendJoin(", ", taken.Recipients.Select(r => r.Address + (r.Notify is null ? "" : $" NOTIFY={r.Notify}")
            + (r.OriginalRecipient is null ? "" : $" ORCPT={r.OriginalRecipient}")));
        return text.Append(" : ").Append(Escapes.Encode(taken.Bytes)).ToString();
    }

    private static ServerRig Rig(Transcript transcript)
    {
        var options = new SmtpServerOptions
        {
            NormalizeLineBreaks = transcript.Has("normalize"),
            OfferAuth = transcript.Has("auth"),
            RequireAuth = transcript.Has("require-auth"),
            RequireTls = transcript.Has("require-tls"),
            OfferStartTls = transcript.Has("starttls"),
            OfferChunking = !transcript.Has("no-chunking"),
            MaxMessageSize = transcript.Number("size", 1_000_000),
            MaxErrors = transcript.Number("errors", 20),
        };
        var receiver = new MemoryReceiver
        {
            OnConnect = () => transcript.Has("turn-away") ? new SmtpReply(554, "5.7.1", "Not you") : null,
            OnMail = from => from.Address.Split('@')[0] switch
            {
                "refused" => new SmtpReply(550, "5.7.1", "Not allowed\nto send"),
                "broken" => throw new InvalidOperationException("password=secret"),
                "nonsense" => new SmtpReply(354, null, "Go on"),
                _ => null,
            },
            OnRecipient = to => to.Address.Split('@')[0] switch
            {
                "unknown" => new SmtpReply(550, "5.1.1", "Unknown user\r\n250 injected"),
                "later" => new SmtpReply(450, "4.2.0", "Later"),
                "broken" => throw new InvalidOperationException("password=secret"),
                "full" => throw new SmtpStorageFullException(),
                "go-away" => new SmtpReply(421, "4.7.0", "Enough"),
                _ => null,
            },
            OnOpen = () =>
            {
                if (transcript.Has("open-fails"))
                {
                    throw new IOException("disk");
                }
            },
            OnWrite = _ =>
            {
                if (transcript.Has("write-full"))
                {
                    throw new SmtpStorageFullException();
                }
            },
            OnComplete = _ => transcript.Has("complete-fails") ? throw new IOException("disk") : new SmtpReply(250, "2.0.0", "Taken"),
        };
        return new ServerRig(options, receiver, transcript.Has("starttls") ? (_, _) => throw new IOException("no handshake here") : null, transcript.Has("tls"));
    }
}
