using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sekisho.Gateway;

/// <summary>TLS over a pair of pipes, for both directions of SMTP.</summary>
internal static class TlsPipe
{
    private static readonly StreamPipeReaderOptions s_reader = new(bufferSize: 16 * 1024, leaveOpen: true);
    private static readonly StreamPipeWriterOptions s_writer = new(minimumBufferSize: 16 * 1024, leaveOpen: true);

    /// <summary>As server, with this certificate. Throws <see cref="AuthenticationException"/> or <see cref="IOException"/> when the handshake fails.</summary>
    public static async Task<IDuplexPipe> AsServerAsync(IDuplexPipe plain, SslStreamCertificateContext certificate, CancellationToken cancel)
    {
        var stream = new SslStream(new DuplexPipeStream(plain), leaveInnerStreamOpen: true);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        await stream.AuthenticateAsServerAsync(options, cancel).ConfigureAwait(false);
        return new StreamPipe(stream);
    }

    /// <summary>As client. <paramref name="verify"/> false takes any certificate (opportunistic TLS, RFC 7435 section 3).</summary>
    public static async Task<IDuplexPipe> AsClientAsync(IDuplexPipe plain, string host, bool verify, CancellationToken cancel)
    {
        var stream = new SslStream(new DuplexPipeStream(plain), leaveInnerStreamOpen: true);
        var options = new SslClientAuthenticationOptions { TargetHost = host, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        if (!verify)
        {
#pragma warning disable CA5359 // opportunistic: hiding mail from listeners is all it promises; who wants more says 'required'
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        await stream.AuthenticateAsClientAsync(options, cancel).ConfigureAwait(false);
        return new StreamPipe(stream);
    }

    /// <summary>Reads a PEM certificate chain and key. Throws with the file's name when they cannot be used.</summary>
    public static SslStreamCertificateContext LoadCertificate(string certificateFile, string keyFile)
    {
        using var fromPem = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        var certificate = X509CertificateLoader.LoadPkcs12(fromPem.Export(X509ContentType.Pkcs12), password: null);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    private sealed class StreamPipe(SslStream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, s_reader);

        public PipeWriter Output { get; } = PipeWriter.Create(stream, s_writer);
    }

    /// <summary>The two pipes as one stream, as <see cref="SslStream"/> wants it.</summary>
    private sealed class DuplexPipeStream(IDuplexPipe pipe) : Stream
    {
        private readonly Stream _in = pipe.Input.AsStream(leaveOpen: true);
        private readonly Stream _out = pipe.Output.AsStream(leaveOpen: true);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => _out.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => _out.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => _in.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _in.ReadAsync(buffer, cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => _in.ReadAsync(buffer, offset, count, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => _out.Write(buffer, offset, count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _out.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => _out.WriteAsync(buffer, offset, count, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
