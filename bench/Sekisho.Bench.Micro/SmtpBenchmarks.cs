using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using BenchmarkDotNet.Attributes;
using Sekisho.Smtp;

namespace Sekisho.Bench.Micro;

/// <summary>The commands that a large envelope is made of.</summary>
[MemoryDiagnoser]
public class SmtpGrammarBenchmarks
{
    private static readonly byte[] Mail = "FROM:<taro.yamada@example.co.jp> SIZE=4096 BODY=8BITMIME"u8.ToArray();
    private static readonly byte[] Recipient = "TO:<hanako.suzuki@example.com> NOTIFY=FAILURE"u8.ToArray();

    /// <summary>MAIL with two parameters.</summary>
    [Benchmark]
    public bool MailFrom() => EnvelopeGrammar.TryParseMail(Mail, new EnvelopeGrammar.Allowed(Extended: true, Auth: false), out _, out _);

    /// <summary>RCPT with one parameter.</summary>
    [Benchmark]
    public bool RcptTo() => EnvelopeGrammar.TryParseRecipient(Recipient, extended: true, utf8: false, out _, out _);
}

/// <summary>Undoing dot-stuffing, and adding it, on 1 MB of text.</summary>
[MemoryDiagnoser]
public class SmtpDataBenchmarks : IMeasured
{
    private const int Size = 1 << 20;
    private byte[] _wire = [];
    private byte[] _message = [];

    /// <summary>How many of a hundred lines begin with a dot.</summary>
    [Params(0, 1, 100)]
    public int DottedLines { get; set; }

    /// <summary>Makes the message and its form on the wire.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < Size; i++)
        {
            text.Append(i % 100 < DottedLines ? '.' : 'x').Append("A line of the usual length, such as mail clients write them since ever").Append("\r\n");
        }

        _message = Encoding.ASCII.GetBytes(text.ToString());
        var output = new ArrayBufferWriter<byte>();
        var stuffer = new DotStuffer();
        stuffer.Write(_message, output);
        stuffer.End(output);
        _wire = output.WrittenSpan.ToArray();
    }

    /// <summary>As the server reads it.</summary>
    [Benchmark]
    public long Decode()
    {
        var decoder = new DataDecoder(normalize: false, maxTextLine: 1000);
        decoder.Reset(dots: true);
        var rest = new ReadOnlySequence<byte>(_wire);
        long length = 0;
        for (var ended = false; !ended;)
        {
            ended = decoder.Decode(rest, out var consumed, out var bytes);
            length += bytes.Length;
            rest = rest.Slice(consumed);
        }

        decoder.Release();
        return length;
    }

    /// <summary>As the client writes it.</summary>
    [Benchmark]
    public long Encode()
    {
        var output = new ArrayBufferWriter<byte>(_wire.Length + 16);
        var stuffer = new DotStuffer();
        stuffer.Write(_message, output);
        stuffer.End(output);
        return stuffer.Written;
    }

    long IMeasured.BytesOf(IReadOnlyDictionary<string, object> parameters) => Size;
}

/// <summary>Whole server sessions in memory: what the protocol costs before disk and rules.</summary>
[MemoryDiagnoser]
public class SmtpSessionBenchmarks
{
    private byte[] _messages = [];
    private byte[] _burst = [];

    /// <summary>Makes both conversations.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var body = string.Concat(Enumerable.Repeat("A line of the usual length, such as mail clients write them since ever\r\n", 56));
        var text = new StringBuilder("EHLO client.example\r\n");
        for (var i = 0; i < 1000; i++)
        {
            text.Append("MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n").Append(body).Append(".\r\n");
        }

        _messages = Encoding.ASCII.GetBytes(text.Append("QUIT\r\n").ToString());
        text.Clear().Append("EHLO client.example\r\nMAIL FROM:<a@example.org>\r\n");
        for (var i = 0; i < 16_280; i++)
        {
            text.Append("RCPT TO:<user").Append(i).Append("@example.com>\r\n");
        }

        _burst = Encoding.ASCII.GetBytes(text.Append("DATA\r\nx\r\n.\r\nQUIT\r\n").ToString());
    }

    /// <summary>A thousand messages of 4 kB.</summary>
    [Benchmark(OperationsPerInvoke = 1000)]
    public Task<long> Messages() => ServeAsync(_messages);

    /// <summary>One message to 16,280 recipients; the figure is for one of them.</summary>
    [Benchmark(OperationsPerInvoke = 16_280)]
    public Task<long> Recipients() => ServeAsync(_burst);

    private static async Task<long> ServeAsync(byte[] conversation)
    {
        var options = new PipeOptions(
            readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false);
        var input = new Pipe(options);
        var output = new Pipe(options);
        var receiver = new Counter();
        var run = new SmtpServerSession(new Ends(input.Reader, output.Writer), new SmtpSessionInfo(), new SmtpServerOptions(), receiver, null, TimeProvider.System)
            .RunAsync(default);
        for (var at = 0; at < conversation.Length; at += 16_384)
        {
            await input.Writer.WriteAsync(conversation.AsMemory(at, Math.Min(16_384, conversation.Length - at))).ConfigureAwait(false);
            if (output.Reader.TryRead(out var read))
            {
                output.Reader.AdvanceTo(read.Buffer.End);
            }
        }

        await run.ConfigureAwait(false);
        return receiver.Bytes;
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Counter : ISmtpReceiver, ISmtpMessageSink
    {
        public long Bytes { get; private set; }

        public ValueTask<SmtpReply?> ConnectAsync(SmtpSessionInfo session, CancellationToken cancel) => default;

        public ValueTask<bool> AuthenticateAsync(SmtpSessionInfo session, string user, string password, CancellationToken cancel) => new(false);

        public ValueTask<SmtpReply?> MailAsync(SmtpSessionInfo session, SmtpMailFrom from, CancellationToken cancel) => default;

        public ValueTask<SmtpReply?> RecipientAsync(SmtpSessionInfo session, SmtpRecipient recipient, CancellationToken cancel) => default;

        public ValueTask<ISmtpMessageSink> OpenMessageAsync(
            SmtpSessionInfo session, SmtpMailFrom from, IReadOnlyList<SmtpRecipient> recipients, CancellationToken cancel) => new(this);

        public ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancel)
        {
            Bytes += bytes.Length;
            return default;
        }

        public ValueTask<SmtpReply> CompleteAsync(CancellationToken cancel) => new(new SmtpReply(250, "2.0.0", "Taken"));

        public ValueTask AbortAsync() => default;
    }
}
