using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sekisho.Rig;

/// <summary>A client that says exactly the bytes it is told to. Text is Latin-1: one character, one byte.</summary>
internal sealed class SmtpTalk : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[16384];
    private int _start;
    private int _end;

    private SmtpTalk(Socket socket) => _socket = socket;

    /// <summary>Connects and reads the greeting.</summary>
    public static async Task<SmtpTalk> ConnectAsync(IPEndPoint to)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to);
            var talk = new SmtpTalk(socket);
            await talk.ExpectAsync(220);
            return talk;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Connects and says EHLO.</summary>
    public static async Task<SmtpTalk> OpenAsync(IPEndPoint to)
    {
        var talk = await ConnectAsync(to);
        await talk.SayAsync("EHLO client.example\r\n", 250);
        return talk;
    }

    /// <summary>Sends bytes.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Sends text, one byte a character.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends text and gives the reply, whose code must be the one named.</summary>
    public async Task<string> SayAsync(string text, int code)
    {
        await SendAsync(text);
        return await ExpectAsync(code);
    }

    /// <summary>Sends text and gives the reply.</summary>
    public async Task<string> SayAsync(string text)
    {
        await SendAsync(text);
        return await ReplyAsync() ?? throw new IOException("the server closed the connection");
    }

    /// <summary>The next reply must have this code.</summary>
    public async Task<string> ExpectAsync(int code)
    {
        var reply = await ReplyAsync() ?? throw new IOException($"the server closed the connection instead of answering {code}");
        return reply.StartsWith(code.ToString(), StringComparison.Ordinal) ? reply : throw new IOException($"expected {code}, got {reply}");
    }

    /// <summary>The next reply, all its lines; null when the server closed.</summary>
    public async Task<string?> ReplyAsync()
    {
        var lines = new StringBuilder();
        while (await LineAsync() is { } line)
        {
            lines.Append(line).Append('\n');
            if (line.Length < 4 || line[3] != '-')
            {
                return lines.ToString().TrimEnd('\n');
            }
        }

        return null;
    }

    /// <summary>One whole transaction; gives the final reply. Recipients must all be taken.</summary>
    public async Task<string> MailAsync(string from, IReadOnlyList<string> to, ReadOnlyMemory<byte> message, string mailParameters = "")
    {
        var commands = new StringBuilder($"MAIL FROM:<{from}>{mailParameters}\r\n");
        foreach (var recipient in to)
        {
            commands.Append("RCPT TO:<").Append(recipient).Append(">\r\n");
        }

        commands.Append("DATA\r\n");
        await SendAsync(Encoding.UTF8.GetBytes(commands.ToString()));
        await ExpectAsync(250);
        foreach (var _ in to)
        {
            await ExpectAsync(250);
        }

        await ExpectAsync(354);
        await SendAsync(Stuffed(message.Span));
        return await ReplyAsync() ?? throw new IOException("the server closed the connection after the end of data");
    }

    /// <summary>The message with dots doubled and the end of data. It must end in CRLF.</summary>
    public static byte[] Stuffed(ReadOnlySpan<byte> message)
    {
        var stuffed = new MemoryStream(message.Length + 16);
        var lineStart = true;
        foreach (var b in message)
        {
            if (lineStart && b == '.')
            {
                stuffed.WriteByte((byte)'.');
            }

            stuffed.WriteByte(b);
            lineStart = b == '\n';
        }

        stuffed.Write(".\r\n"u8);
        return stuffed.ToArray();
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string?> LineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            while (_start < _end)
            {
                var b = _buffer[_start++];
                if (b == '\n')
                {
                    return line.ToString().TrimEnd('\r');
                }

                line.Append((char)b);
            }

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            _start = 0;
            _end = await _socket.ReceiveAsync(_buffer, limit.Token);
            if (_end == 0)
            {
                return null;
            }
        }
    }
}
