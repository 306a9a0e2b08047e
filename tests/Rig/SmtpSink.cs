using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sekisho.Rig;

/// <summary>One message as it reached the sink.</summary>
/// <param name="Number">Order of arrival, from 0.</param>
/// <param name="From">MAIL FROM with its parameters, e.g. <c>&lt;a@example.com&gt; BODY=8BITMIME</c>.</param>
/// <param name="Sender">The address alone.</param>
/// <param name="To">The recipients that were taken.</param>
/// <param name="Data">The message, dots undone.</param>
/// <param name="Acknowledged">False when the reply was withheld on purpose: taken, but the client does not know.</param>
internal sealed record SunkMessage(int Number, string From, string Sender, IReadOnlyList<string> To, byte[] Data, bool Acknowledged);

/// <summary>What the sink does with a message it has read.</summary>
internal enum SinkAnswer
{
    /// <summary>250.</summary>
    Take,

    /// <summary>451, message not taken.</summary>
    Defer,

    /// <summary>554, message not taken.</summary>
    Reject,

    /// <summary>Takes it and closes the connection without a reply.</summary>
    TakeAndVanish,

    /// <summary>Closes the connection, message not taken.</summary>
    Vanish,
}

/// <summary>
/// A mail server that keeps what it gets, written for the tests: strict about line endings (a bare CR or LF in a message is recorded as a
/// violation), offers PIPELINING, 8BITMIME, SMTPUTF8, SIZE and DSN, and answers as programmed.
/// </summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<SunkMessage> _messages = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly Task _accepting;
    private int _number;
    private int _connections;

    /// <summary>Starts to listen.</summary>
    public SmtpSink()
    {
        _listener.Start(1024);
        _accepting = AcceptAsync();
    }

    /// <summary>Where.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>What to do with a message; called once its end of data was read, from many threads.</summary>
    public Func<SunkMessage, SinkAnswer> Answer { get; set; } = _ => SinkAnswer.Take;

    /// <summary>The reply to RCPT, or null for 250.</summary>
    public Func<string, string?> AnswerRecipient { get; set; } = _ => null;

    /// <summary>Waits before each final reply.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Extensions not to be offered.</summary>
    public HashSet<string> Without { get; } = new(StringComparer.Ordinal);

    /// <summary>What was taken so far.</summary>
    public IReadOnlyCollection<SunkMessage> Messages => _messages;

    /// <summary>Breaches of the protocol by the client.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Connections so far.</summary>
    public int Connections => _connections;

    /// <summary>Waits until this many messages came, at most <paramref name="seconds"/>.</summary>
    public async Task<IReadOnlyList<SunkMessage>> WaitForAsync(int count, int seconds = 60)
    {
        for (var i = 0; i < seconds * 50 && _messages.Count < count; i++)
        {
            await Task.Delay(20);
        }

        var got = _messages.ToArray();
        return got.Length >= count ? got : throw new TimeoutException($"{got.Length} of {count} messages reached the sink");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        try
        {
            await _accepting;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            Interlocked.Increment(ref _connections);
            _ = Task.Run(async () =>
            {
                try
                {
                    using (client)
                    {
                        client.NoDelay = true;
                        await ServeAsync(client.GetStream());
                    }
                }
                catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
                {
                }
            });
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        var reader = new LineReader(stream, _stop.Token);
        await WriteAsync(stream, "220 sink.example ESMTP\r\n");
        string? from = null;
        List<string> to = [];
        while (await reader.LineAsync() is { } raw)
        {
            var line = Encoding.UTF8.GetString(raw).TrimEnd('\r', '\n');
            var verb = line.Split(' ', 2)[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    string[] offers = ["PIPELINING", "SIZE 104857600", "8BITMIME", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES"];
                    string[] lines = ["sink.example", .. offers.Where(o => !Without.Contains(o.Split(' ')[0]))];
                    await WriteAsync(stream, string.Concat(lines.Select((l, i) => $"250{(i == lines.Length - 1 ? ' ' : '-')}{l}\r\n")));
                    break;
                case "HELO" or "NOOP":
                    await WriteAsync(stream, "250 2.0.0 sink.example\r\n");
                    break;
                case "RSET":
                    (from, to) = (null, []);
                    await WriteAsync(stream, "250 2.0.0 ok\r\n");
                    break;
                case "MAIL":
                    (from, to) = (line["MAIL FROM:".Length..], []);
                    await WriteAsync(stream, "250 2.1.0 ok\r\n");
                    break;
                case "RCPT":
                    var recipient = Between(line);
                    var refusal = AnswerRecipient(recipient);
                    if (refusal is null)
                    {
                        to.Add(recipient);
                    }

                    await WriteAsync(stream, (refusal ?? "250 2.1.5 ok") + "\r\n");
                    break;
                case "DATA" when from is null || to.Count == 0:
                    await WriteAsync(stream, "503 5.5.1 no recipients\r\n");
                    break;
                case "DATA":
                    await WriteAsync(stream, "354 go on\r\n");
                    var data = await DataAsync(reader);
                    if (data is null || !await TakeAsync(stream, from, to, data))
                    {
                        return;
                    }

                    (from, to) = (null, []);
                    break;
                case "QUIT":
                    await WriteAsync(stream, "221 2.0.0 bye\r\n");
                    return;
                default:
                    _violations.Enqueue($"unknown command: {line}");
                    await WriteAsync(stream, "500 5.5.2 unknown\r\n");
                    break;
            }
        }
    }

    private async Task<bool> TakeAsync(NetworkStream stream, string from, List<string> to, byte[] data)
    {
        var message = new SunkMessage(Interlocked.Increment(ref _number) - 1, from.Trim(), Between(from), to, data, true);
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, _stop.Token);
        }

        switch (Answer(message))
        {
            case SinkAnswer.Take:
                _messages.Enqueue(message);
                await WriteAsync(stream, "250 2.0.0 taken\r\n");
                return true;
            case SinkAnswer.Defer:
                await WriteAsync(stream, "451 4.3.0 later\r\n");
                return true;
            case SinkAnswer.Reject:
                await WriteAsync(stream, "554 5.7.1 never\r\n");
                return true;
            case SinkAnswer.TakeAndVanish:
                _messages.Enqueue(message with { Acknowledged = false });
                return false;
            default:
                return false;
        }
    }

    private async Task<byte[]?> DataAsync(LineReader reader)
    {
        var data = new MemoryStream();
        while (await reader.LineAsync() is { } line)
        {
            if (line is [.., not (byte)'\r', (byte)'\n'] or [(byte)'\n'] || line.AsSpan(0, Math.Max(0, line.Length - 2)).Contains((byte)'\r'))
            {
                _violations.Enqueue($"bare line break in a message: {Encoding.Latin1.GetString(line.AsSpan(0, Math.Min(80, line.Length)))}");
            }

            if (line is [(byte)'.', (byte)'\r', (byte)'\n'])
            {
                return data.ToArray();
            }

            data.Write(line is [(byte)'.', ..] ? line.AsSpan(1) : line);
        }

        return null;
    }

    private static string Between(string path)
    {
        var start = path.IndexOf('<');
        var end = path.LastIndexOf('>');
        return start >= 0 && end > start ? path[(start + 1)..end] : path;
    }

    private static Task WriteAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    /// <summary>Lines with their ends, as bytes.</summary>
    private sealed class LineReader(NetworkStream stream, CancellationToken stop)
    {
        private readonly byte[] _buffer = new byte[65536];
        private int _start;
        private int _end;

        public async ValueTask<byte[]?> LineAsync()
        {
            MemoryStream? partial = null;
            while (true)
            {
                var at = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
                if (at >= 0)
                {
                    var piece = _buffer.AsSpan(_start, at + 1);
                    _start += at + 1;
                    if (partial is null)
                    {
                        return piece.ToArray();
                    }

                    partial.Write(piece);
                    return partial.ToArray();
                }

                (partial ??= new MemoryStream()).Write(_buffer, _start, _end - _start);
                _start = 0;
                _end = await stream.ReadAsync(_buffer, stop);
                if (_end == 0)
                {
                    return null;
                }
            }
        }
    }
}
