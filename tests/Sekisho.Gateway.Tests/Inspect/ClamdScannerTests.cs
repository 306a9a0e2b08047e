using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sekisho.Gateway.Inspect;
using Sekisho.Inspection;
using Sekisho.Policy;

namespace Sekisho.Gateway.Tests.Inspect;

/// <summary>The scanner's side of clamd's protocol, against one that answers as told. The real one: ClamdTests among the conformance tests.</summary>
public sealed class ClamdScannerTests
{
    [Theory]
    [InlineData("stream: OK", MalwareOutcome.Clean, "")]
    [InlineData("stream: Win.Test.EICAR_HDB-1 FOUND", MalwareOutcome.Infected, "Win.Test.EICAR_HDB-1")]
    [InlineData("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND", MalwareOutcome.Unavailable, "Heuristics.Limits.Exceeded.MaxFileSize")]
    [InlineData("stream: Heuristics.Encrypted.Zip FOUND", MalwareOutcome.Unavailable, "Heuristics.Encrypted.Zip")]
    [InlineData("INSTREAM size limit exceeded. ERROR", MalwareOutcome.Unavailable, "StreamMaxLength")]
    [InlineData("stream: Can't allocate memory ERROR", MalwareOutcome.Unavailable, "Can't allocate memory ERROR")]
    [InlineData("", MalwareOutcome.Unavailable, "hung up")]
    [InlineData("UNKNOWN COMMAND", MalwareOutcome.Unavailable, "UNKNOWN COMMAND")]
    [InlineData("stream: OK\u001b[2J FOUND", MalwareOutcome.Infected, "OK?[2J")]
    public async Task Each_answer_has_its_meaning(string answer, MalwareOutcome outcome, string detail)
    {
        using var clamd = new FakeClamd(answer);
        using var scanner = ClamdScanner.AtAddress(clamd.Address, TimeSpan.FromSeconds(20), TimeProvider.System);
        var said = await Task.Run(() => scanner.Scan("hello"u8.ToArray(), CancellationToken.None), TestContext.Current.CancellationToken);
        Assert.Equal(outcome, said.Outcome);
        Assert.Contains(detail, said.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(1_000_000)]
    public async Task Every_byte_arrives(int size)
    {
        var message = new byte[size];
        new Random(size).NextBytes(message);
        using var clamd = new FakeClamd("stream: OK");
        using var scanner = ClamdScanner.AtAddress(clamd.Address, TimeSpan.FromSeconds(20), TimeProvider.System);
        Assert.Equal(MalwareOutcome.Clean, (await Task.Run(() => scanner.Scan(message, CancellationToken.None), TestContext.Current.CancellationToken)).Outcome);
        Assert.Equal(message, clamd.Received);
    }

    [Fact]
    public async Task One_that_does_not_answer_is_unavailable_in_time()
    {
        using var clamd = new FakeClamd(answer: null);
        using var scanner = ClamdScanner.AtAddress(clamd.Address, TimeSpan.FromMilliseconds(200), TimeProvider.System);
        Assert.Equal(MalwareOutcome.Unavailable, (await Task.Run(() => scanner.Scan("x"u8.ToArray(), CancellationToken.None), TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public async Task Cancelling_is_not_an_answer()
    {
        using var clamd = new FakeClamd(answer: null);
        using var scanner = ClamdScanner.AtAddress(clamd.Address, TimeSpan.FromMinutes(5), TimeProvider.System);
        using var cancel = new CancellationTokenSource();
        var scan = Task.Run(() => scanner.Scan("x"u8.ToArray(), cancel.Token), CancellationToken.None);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scan);
    }

    [Fact]
    public void One_that_is_not_there_is_unavailable_and_said()
    {
        using var nowhere = ClamdScanner.AtSocket("/nowhere/clamd.ctl", TimeSpan.FromSeconds(5), TimeProvider.System);
        var answer = nowhere.Scan("x"u8.ToArray(), CancellationToken.None);
        Assert.Equal(MalwareOutcome.Unavailable, answer.Outcome);
        Assert.StartsWith("clamd at /nowhere/clamd.ctl: no connection", answer.Detail, StringComparison.Ordinal);
        var missing = MalwareScanners.Missing(nowhere, new MalwareConfig { Auto = false, Socket = "/nowhere/clamd.ctl" });
        Assert.Contains("held", missing, StringComparison.Ordinal);
        Assert.Contains("not scanned", MalwareScanners.Missing(NoMalwareScanner.Instance, new MalwareConfig()), StringComparison.Ordinal);
        Assert.Null(MalwareScanners.Missing(NoMalwareScanner.Instance, new MalwareConfig { Auto = false }));
    }

    /// <summary>Takes connections, reads one INSTREAM each, answers; null: never.</summary>
    private sealed class FakeClamd : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly string? _answer;

        public FakeClamd(string? answer)
        {
            _answer = answer;
            _listener.Start();
            _ = ServeAsync();
        }

        public HostPort Address => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

        public byte[] Received { get; private set; } = [];

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            using var client = await _listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            var head = new byte["zINSTREAM\0"u8.Length];
            await stream.ReadExactlyAsync(head);
            Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(head));
            var received = new MemoryStream();
            var length = new byte[4];
            while (true)
            {
                await stream.ReadExactlyAsync(length);
                var size = BinaryPrimitives.ReadInt32BigEndian(length);
                if (size == 0)
                {
                    break;
                }

                var chunk = new byte[size];
                await stream.ReadExactlyAsync(chunk);
                received.Write(chunk);
            }

            Received = received.ToArray();
            if (_answer is null)
            {
                await Task.Delay(Timeout.Infinite);
            }

            byte[] line = _answer!.Length == 0 ? [] : [.. Encoding.ASCII.GetBytes(_answer), 0];
            await stream.WriteAsync(line);
        }
    }
}
