using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Smtp;

namespace Sekisho.Gateway;

/// <summary>TLS as this gateway speaks it, in both directions: version 1.2 and up.</summary>
internal static class Certificates
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>As server, with this certificate.</summary>
    public static TlsUpgrade AsServer(SslStreamCertificateContext certificate)
        => SmtpTls.AsServer(() => new SslServerAuthenticationOptions { ServerCertificateContext = certificate, EnabledSslProtocols = Versions });

    /// <summary>As client. <paramref name="verify"/> false takes any certificate (opportunistic TLS, RFC 7435 section 3).</summary>
    public static TlsUpgrade AsClient(string host, bool verify)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = host, EnabledSslProtocols = Versions };
        if (!verify)
        {
#pragma warning disable CA5359 // opportunistic: hiding mail from listeners is all it promises; who wants more says 'required'
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return SmtpTls.AsClient(options);
    }

    /// <summary>Reads a PEM certificate chain and key. Throws when they cannot be used.</summary>
    public static SslStreamCertificateContext Load(string certificateFile, string keyFile)
    {
        using var fromPem = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        var certificate = X509CertificateLoader.LoadPkcs12(fromPem.Export(X509ContentType.Pkcs12), password: null);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }
}
