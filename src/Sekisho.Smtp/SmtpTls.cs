using System.IO.Pipelines;
using System.Net.Security;

namespace Sekisho.Smtp;

/// <summary>Ready-made <see cref="TlsUpgrade"/> delegates over <see cref="SslStream"/>, for STARTTLS and for implicit TLS (RFC 8314) alike.</summary>
public static class SmtpTls
{
    /// <summary>TLS as server. The options are asked for at each handshake, so that a renewed certificate is taken without a restart.</summary>
    public static TlsUpgrade AsServer(Func<SslServerAuthenticationOptions> options) => async (plain, cancel) =>
    {
        var stream = new SslStream(new DuplexPipeStream(plain));
        return await UpgradeAsync(stream, stream.AuthenticateAsServerAsync(options(), cancel)).ConfigureAwait(false);
    };

    /// <summary>TLS as client; what is verified, and how, is in the options.</summary>
    public static TlsUpgrade AsClient(SslClientAuthenticationOptions options) => async (plain, cancel) =>
    {
        var stream = new SslStream(new DuplexPipeStream(plain));
        return await UpgradeAsync(stream, stream.AuthenticateAsClientAsync(options, cancel)).ConfigureAwait(false);
    };

    private static async Task<IDuplexPipe> UpgradeAsync(SslStream stream, Task handshake)
    {
        try
        {
            await handshake.ConfigureAwait(false);
            return new TlsPipe(stream);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private sealed class TlsPipe(SslStream stream) : IDuplexPipe, IAsyncDisposable
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));

        // The size of a TLS record: smaller buffers would each become a record of their own.
        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: 16 * 1024, leaveOpen: true));

        public async ValueTask DisposeAsync()
        {
            try
            {
                // close_notify, so that the peer can tell an end from a cut; it must not wait for a peer that does not read.
                await stream.ShutdownAsync().WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // The connection is gone already.
            }

            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A pipe seen as a stream. Disposing it leaves the pipe to its owner.</summary>
    private sealed class DuplexPipeStream(IDuplexPipe pipe) : Stream
    {
        private readonly Stream _input = pipe.Input.AsStream(leaveOpen: true);
        private readonly Stream _output = pipe.Output.AsStream(leaveOpen: true);

        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => _input.ReadAsync(buffer, cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => _input.ReadAsync(buffer, offset, count, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
            => _output.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => _output.WriteAsync(buffer, offset, count, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Asynchronous only.");

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Asynchronous only.");

        public override void Flush() => throw new NotSupportedException("Asynchronous only.");

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
