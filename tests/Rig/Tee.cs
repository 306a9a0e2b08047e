using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Sekisho.Rig;

/// <summary>Stands between a client and a server, passes everything on and keeps the message each connection sent by DATA, so that it can be compared with what arrived.</summary>
internal sealed class Tee : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<MemoryStream> _sent = new();
    private readonly IPEndPoint _server;
    private readonly Task _accepting;

    /// <summary>Begins to pass on to a server.</summary>
    public Tee(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>The message of the first connection that sent one: after DATA, dots undone, up to the end of data.</summary>
    public byte[] Message
    {
        get
        {
            foreach (var stream in _sent)
            {
                byte[] bytes;
                lock (stream)
                {
                    bytes = stream.ToArray();
                }

                var from = bytes.AsSpan().IndexOf("\r\nDATA\r\n"u8);
                var length = from < 0 ? -1 : bytes.AsSpan(from + 8).IndexOf("\r\n.\r\n"u8);
                if (length >= 0)
                {
                    return Unstuffed(bytes.AsSpan(from + 8, length + 2));
                }
            }

            throw new InvalidOperationException("no message was sent");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        try
        {
            await _accepting;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private static byte[] Unstuffed(ReadOnlySpan<byte> data)
    {
        var plain = new MemoryStream(data.Length);
        for (var i = 0; i < data.Length; i++)
        {
            if (data[i] != '.' || (i > 0 && data[i - 1] != '\n'))
            {
                plain.WriteByte(data[i]);
            }
        }

        return plain.ToArray();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync();
            _ = Task.Run(() => PassAsync(client));
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        var kept = new MemoryStream();
        _sent.Enqueue(kept);
        try
        {
            using (client)
            using (var server = new TcpClient())
            {
                await server.ConnectAsync(_server);
                var back = server.GetStream().CopyToAsync(client.GetStream());
                var buffer = new byte[65536];
                int n;
                while ((n = await client.GetStream().ReadAsync(buffer)) > 0)
                {
                    lock (kept)
                    {
                        kept.Write(buffer, 0, n);
                    }

                    await server.GetStream().WriteAsync(buffer.AsMemory(0, n));
                }

                server.Client.Shutdown(SocketShutdown.Send);
                await back;
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
        }
    }
}
