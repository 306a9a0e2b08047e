using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Gateway.Inspect;

/// <summary>
/// ClamAV's daemon over a Unix socket or TCP, by its INSTREAM command (clamd(8)): one connection a mail, the mail in chunks, one line back. Whatever goes
/// wrong on the way is <see cref="MalwareOutcome.Unavailable"/>, with the reason.
/// </summary>
public sealed class ClamdScanner : IMalwareScanner, IDisposable
{
    /// <summary>Scans at the same time; clamd has ten threads as shipped and a queue behind them.</summary>
    private const int Connections = 8;

    private const int Chunk = 64 * 1024;

    private const int LongestAnswer = 4096;

    private static readonly TimeSpan s_connect = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_ping = TimeSpan.FromSeconds(2);

    private readonly EndPoint _address;
    private readonly string _name;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _slots = new(Connections, Connections);

    private ClamdScanner(EndPoint address, string name, TimeSpan limit, TimeProvider time) => (_address, _name, _limit, _time) = (address, name, limit, time);

    /// <summary>A scanner at a Unix socket.</summary>
    /// <param name="socket">Its path.</param>
    /// <param name="limit">What one scan may take, waiting for its turn included.</param>
    /// <param name="time">The clock.</param>
    public static ClamdScanner AtSocket(string socket, TimeSpan limit, TimeProvider time) => new(new UnixDomainSocketEndPoint(socket), socket, limit, time);

    /// <summary>A scanner behind TCP.</summary>
    /// <param name="address">Name or address, and port.</param>
    /// <param name="limit">What one scan may take, waiting for its turn included.</param>
    /// <param name="time">The clock.</param>
    public static ClamdScanner AtAddress(HostPort address, TimeSpan limit, TimeProvider time)
        => new(IPAddress.TryParse(address.Host, out var ip) ? new IPEndPoint(ip, address.Port) : new DnsEndPoint(address.Host, address.Port), address.ToString(), limit, time);

    /// <inheritdoc/>
    public MalwareAnswer Scan(ReadOnlyMemory<byte> message, CancellationToken cancel)
        => Wait(Talk(stop => InstreamAsync(message, stop), _limit, cancel));

    /// <summary>Null when it answers within two seconds, else why not.</summary>
    public string? Ping()
    {
        var answer = Wait(Talk(PingAsync, s_ping, CancellationToken.None));
        return answer.Outcome == MalwareOutcome.Clean ? null : answer.Detail;
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    /// <summary>A synchronous contract; waiting on a task tells the pool to make up for the thread.</summary>
    private static MalwareAnswer Wait(Task<MalwareAnswer> task)
    {
#pragma warning disable VSTHRD002
        return task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    private async Task<MalwareAnswer> Talk(Func<CancellationToken, Task<MalwareAnswer>> talk, TimeSpan limit, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(limit, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            await _slots.WaitAsync(stop.Token).ConfigureAwait(false);
            try
            {
                return await talk(stop.Token).ConfigureAwait(false);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Unavailable($"no answer within {limit.TotalSeconds:0.#} s");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return Unavailable(e is SocketException s ? $"no connection ({s.SocketErrorCode})" : "the connection broke");
        }
    }

    private async Task<MalwareAnswer> PingAsync(CancellationToken cancel)
    {
        using var socket = await ConnectAsync(cancel).ConfigureAwait(false);
        await socket.SendAsync("zPING\0"u8.ToArray(), cancel).ConfigureAwait(false);
        var answer = await AnswerAsync(socket, cancel).ConfigureAwait(false);
        return answer == "PONG" ? new MalwareAnswer(MalwareOutcome.Clean, "") : Unavailable(Said(answer));
    }

    private async Task<MalwareAnswer> InstreamAsync(ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        using var socket = await ConnectAsync(cancel).ConfigureAwait(false);
        try
        {
            await SendAsync(socket, message, cancel).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // It hangs up on what is too large, and says so before.
        }

        return Read(await AnswerAsync(socket, cancel).ConfigureAwait(false));
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk + 32);
        try
        {
            var filled = 0;
            "zINSTREAM\0"u8.CopyTo(buffer);
            filled = "zINSTREAM\0"u8.Length;
            for (var at = 0; at < message.Length;)
            {
                var size = Math.Min(Chunk, message.Length - at);
                BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(filled), size);
                message.Span.Slice(at, size).CopyTo(buffer.AsSpan(filled + sizeof(int)));
                await SendAllAsync(socket, buffer.AsMemory(0, filled + sizeof(int) + size), cancel).ConfigureAwait(false);
                (at, filled) = (at + size, 0);
            }

            // A chunk of no size is the end.
            buffer.AsSpan(filled, sizeof(int)).Clear();
            await SendAllAsync(socket, buffer.AsMemory(0, filled + sizeof(int)), cancel).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancel).ConfigureAwait(false)..];
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancel)
    {
        var socket = _address is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var late = new CancellationTokenSource(s_connect, _time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
            await socket.ConnectAsync(_address, stop.Token).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>One answer: to its NUL, or the end of the connection.</summary>
    private static async Task<string> AnswerAsync(Socket socket, CancellationToken cancel)
    {
        var buffer = new byte[LongestAnswer];
        var filled = 0;
        while (filled < buffer.Length)
        {
            int read;
            try
            {
                read = await socket.ReceiveAsync(buffer.AsMemory(filled), cancel).ConfigureAwait(false);
            }
            catch (SocketException) when (filled > 0)
            {
                break;
            }

            filled += read;
            if (read == 0 || buffer.AsSpan(0, filled).Contains((byte)0))
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(buffer.AsSpan(0, filled)).TrimEnd('\0', '\n', '\r');
    }

    private MalwareAnswer Read(string answer)
    {
        const string Found = " FOUND";
        var said = answer.StartsWith("stream: ", StringComparison.Ordinal) ? answer["stream: ".Length..] : answer;
        if (said == "OK")
        {
            return new MalwareAnswer(MalwareOutcome.Clean, "");
        }

        if (!said.EndsWith(Found, StringComparison.Ordinal))
        {
            return Unavailable(said.StartsWith("INSTREAM size limit exceeded", StringComparison.Ordinal) ? "the mail is larger than its StreamMaxLength" : Said(said));
        }

        var name = Wording(said[..^Found.Length]);
        // Two heuristics say that it could not look, not that it saw something: AlertExceedsMax and AlertEncrypted.
        return name.StartsWith("Heuristics.Limits.", StringComparison.Ordinal) || name.StartsWith("Heuristics.Encrypted.", StringComparison.Ordinal)
            ? Unavailable($"it gave up: {name}")
            : new MalwareAnswer(MalwareOutcome.Infected, name);
    }

    private static string Said(string answer) => answer.Length == 0 ? "it hung up without an answer" : $"it answered: {Wording(answer)}";

    private static string Wording(string text)
    {
        const int Longest = 120;
        return string.Concat(text.Take(Longest).Select(c => c is >= ' ' and < (char)0x7f ? c : '?'));
    }

    private MalwareAnswer Unavailable(string why) => new(MalwareOutcome.Unavailable, $"clamd at {_name}: {why}");
}
