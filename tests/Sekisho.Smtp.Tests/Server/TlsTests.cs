using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sekisho.Smtp.Tests.Server;

public sealed class TlsTests
{
    private static readonly X509Certificate2 Certificate = MakeCertificate();
    private static readonly SmtpServerOptions Options = new() { OfferStartTls = true, OfferAuth = true, RequireTls = true, RequireAuth = true };

    private static TlsUpgrade ServerUpgrade => SmtpTls.AsServer(() => new SslServerAuthenticationOptions { ServerCertificate = Certificate });

    [Fact]
    public async Task Message_goes_through_starttls_and_auth()
    {
        var pipes = new PipePair();
        var receiver = new MemoryReceiver();
        var info = new SmtpSessionInfo();
        var server = new SmtpServerSession(pipes.Server, info, Options, receiver, ServerUpgrade, TimeProvider.System).RunAsync(default);
        var client = new SmtpClientSession(pipes.Client, new SmtpClientOptions(), TimeProvider.System);
        await client.OpenAsync(default);
        Assert.True(client.Capabilities.StartTls);
        Assert.Empty(client.Capabilities.Auth);
        await client.StartTlsAsync(ClientUpgrade(trusted: true), default);
        Assert.False(client.Capabilities.StartTls);
        Assert.Equal(["PLAIN", "LOGIN"], client.Capabilities.Auth);
        Assert.True(info.IsTls);
        await client.AuthenticateAsync("taro", "himitsu", default);
        Assert.Equal("taro", info.User);
        var text = string.Concat(Enumerable.Repeat("A line, and then one more.\r\n.\r\n", 40_000));
        var result = await client.SendAsync(
            new SmtpMailFrom { Address = "a@example.org" }, [new SmtpRecipient { Address = "b@example.com" }], new Content(text, 100_000), default);
        Assert.Equal(250, result.FinalReply!.Code);
        Assert.Equal(text, Assert.Single(receiver.Messages).Text);
        await client.QuitAsync();
        await server.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_was_said_before_the_handshake_is_forgotten()
    {
        var (pipes, info, server, _) = Start();
        var plain = new Peer(pipes.Client);
        await plain.ExpectAsync(1);
        await plain.SendAsync("EHLO client.example\r\n");
        await plain.ExpectAsync(9);
        await plain.SendAsync("STARTTLS\r\n");
        Assert.Equal("220 2.0.0 Go ahead\r\n", await plain.ExpectAsync(1));
        var tls = new Peer(await ClientUpgrade(trusted: true)(pipes.Client, default));
        await tls.SendAsync("MAIL FROM:<a@example.org>\r\nSTARTTLS\r\nQUIT\r\n");
        Assert.Equal("503 5.5.1 EHLO first\r\n503 5.5.1 TLS is already on\r\n221 2.0.0 Bye\r\n", await tls.ExpectAsync(3));
        await server.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(info.IsTls);
        Assert.Equal("", info.Helo);
        Assert.False(info.IsExtended);
    }

    [Theory]
    [InlineData("EHLO evil.example\r\nMAIL FROM:<evil@example.net>\r\n")]
    [InlineData("N")]
    [InlineData("\r\n")]
    public async Task Bytes_behind_starttls_end_the_session_unread(string injected)
    {
        var called = false;
        var rig = new ServerRig(Options, upgrade: (_, _) => throw new InvalidOperationException($"{called = true}"));
        await rig.StartAsync();
        await rig.SendAsync("EHLO client.example\r\n");
        var replies = await rig.SendAsync("STARTTLS\r\n" + injected);
        Assert.Equal("501 5.5.1 Nothing may follow STARTTLS before the handshake\r\n", replies);
        await rig.EndedAsync();
        Assert.Empty(rig.Receiver.Calls);
        Assert.False(called);
    }

    [Fact]
    public async Task Bytes_between_reply_and_handshake_never_become_commands()
    {
        var (pipes, _, server, receiver) = Start();
        var plain = new Peer(pipes.Client);
        await plain.ExpectAsync(1);
        await plain.SendAsync("EHLO client.example\r\n");
        await plain.ExpectAsync(9);
        await plain.SendAsync("STARTTLS\r\n");
        await plain.ExpectAsync(1);
        await plain.SendAsync("MAIL FROM:<evil@example.net>\r\n");
        await server.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task Untrusted_certificate_is_refused_by_the_client()
    {
        var (pipes, _, server, receiver) = Start();
        var client = new SmtpClientSession(pipes.Client, new SmtpClientOptions(), TimeProvider.System);
        await client.OpenAsync(default);
        var failure = await Assert.ThrowsAsync<SmtpProtocolException>(() => client.StartTlsAsync(ClientUpgrade(trusted: false), default));
        Assert.StartsWith("TLS handshake failed", failure.Message, StringComparison.Ordinal);
        Assert.False(await client.ProbeAsync(default));
        await client.QuitAsync();
        await server.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task Client_refuses_replies_that_come_before_the_handshake()
    {
        var pipes = new PipePair();
        await pipes.ToClient.Writer.WriteAsync("220 x\r\n250-x\r\n250 STARTTLS\r\n220 go\r\n250 injected\r\n"u8.ToArray());
        var client = new SmtpClientSession(pipes.Client, new SmtpClientOptions(), TimeProvider.System);
        await client.OpenAsync(default);
        var called = false;
        var failure = await Assert.ThrowsAsync<SmtpProtocolException>(() => client.StartTlsAsync(
            (plain, _) =>
            {
                called = true;
                return Task.FromResult(plain);
            },
            default));
        Assert.Equal("bytes after the STARTTLS reply and before the handshake", failure.Message);
        Assert.False(called);
    }

    [Fact]
    public async Task Refused_starttls_is_reported_with_its_reply()
    {
        var pipes = new PipePair();
        await pipes.ToClient.Writer.WriteAsync("220 x\r\n250 x\r\n454 4.7.0 no certificate\r\n"u8.ToArray());
        var client = new SmtpClientSession(pipes.Client, new SmtpClientOptions(), TimeProvider.System);
        await client.OpenAsync(default);
        var failure = await Assert.ThrowsAsync<SmtpProtocolException>(() => client.StartTlsAsync(ClientUpgrade(trusted: true), default));
        Assert.Equal(new SmtpReply(454, "4.7.0", "no certificate"), failure.Reply);
    }

    private static (PipePair Pipes, SmtpSessionInfo Info, Task Server, MemoryReceiver Receiver) Start()
    {
        var pipes = new PipePair();
        var info = new SmtpSessionInfo();
        var receiver = new MemoryReceiver();
        return (pipes, info, new SmtpServerSession(pipes.Server, info, Options, receiver, ServerUpgrade, TimeProvider.System).RunAsync(default), receiver);
    }

    private static TlsUpgrade ClientUpgrade(bool trusted) => SmtpTls.AsClient(new SslClientAuthenticationOptions
    {
        TargetHost = "mx.example",
        RemoteCertificateValidationCallback = (_, certificate, _, _) => trusted && certificate!.GetCertHashString() == Certificate.GetCertHashString(),
    });

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mx.example", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>The other side, by hand.</summary>
    private sealed class Peer(IDuplexPipe pipe)
    {
        public async Task SendAsync(string text) => await pipe.Output.WriteAsync(Encoding.ASCII.GetBytes(text));

        public async Task<string> ExpectAsync(int lines)
        {
            while (true)
            {
                var read = await pipe.Input.ReadAsync();
                var text = Encoding.ASCII.GetString(read.Buffer);
                if (text.Count(c => c == '\n') >= lines || read.IsCompleted)
                {
                    pipe.Input.AdvanceTo(read.Buffer.End);
                    return text;
                }

                pipe.Input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
    }
}
