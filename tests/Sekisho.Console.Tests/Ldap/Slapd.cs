using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Policy;

namespace Sekisho.Pages.Tests.Ldap;

/// <summary>A real OpenLDAP server on a directory and ports of its own, with a few people and groups.</summary>
internal sealed partial class Slapd : IAsyncDisposable
{
    /// <summary>Nobody who signs in must get in with an empty password though this server would let him (bind_anon_dn).</summary>
    private const string Configuration = """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        allow bind_anon_dn
        pidfile {0}/pid
        TLSCACertificateFile {1}/ca.pem
        TLSCertificateFile {0}/server.pem
        TLSCertificateKeyFile {0}/server.key
        database mdb
        suffix "dc=inside,dc=example"
        rootdn "cn=search,dc=inside,dc=example"
        rootpw search-secret
        directory {0}/db
        """;

    private const string People = """
        dn: dc=inside,dc=example
        objectClass: dcObject
        objectClass: organization
        o: Inside
        dc: inside

        dn: ou=people,dc=inside,dc=example
        objectClass: organizationalUnit
        ou: people

        dn: uid=hanako,ou=people,dc=inside,dc=example
        objectClass: inetOrgPerson
        uid: hanako
        cn: Hanako Yamada
        displayName: Yamada Hanako
        sn: Yamada
        mail: hanako@inside.example
        userPassword: right horse

        dn: uid=star,ou=people,dc=inside,dc=example
        objectClass: inetOrgPerson
        uid: star
        cn: Star (*)
        sn: Star
        mail: o'neil+a@inside.example
        userPassword: starry

        dn: uid=one,ou=people,dc=inside,dc=example
        objectClass: inetOrgPerson
        uid: one
        cn: One
        sn: One
        mail: twice@inside.example
        userPassword: same

        dn: uid=two,ou=people,dc=inside,dc=example
        objectClass: inetOrgPerson
        uid: two
        cn: Two
        sn: Two
        mail: twice@inside.example
        userPassword: same

        dn: cn=auditors,dc=inside,dc=example
        objectClass: groupOfNames
        cn: auditors
        member: uid=hanako,ou=people,dc=inside,dc=example

        dn: cn=admins,dc=inside,dc=example
        objectClass: groupOfNames
        cn: admins
        member: uid=two,ou=people,dc=inside,dc=example
        """;

    private static readonly Lazy<string> s_authority = new(Authority);

    private readonly string _directory;
    private Process? _process;

    private Slapd(string directory, int port, int tlsPort) => (_directory, Port, TlsPort) = (directory, port, tlsPort);

    public int Port { get; }

    public int TlsPort { get; }

    /// <summary>How it is asked, in the clear.</summary>
    public LdapConfig Config => new() { Address = new HostPort("127.0.0.1", Port), Base = "ou=people,dc=inside,dc=example" };

    public static bool IsInstalled => File.Exists("/usr/sbin/slapd") && File.Exists("/usr/sbin/slapadd");

    /// <summary>Starts one. Skips the test where none is installed.</summary>
    /// <param name="trusted">Whether its certificate is of the authority that this process trusts.</param>
    public static async Task<Slapd> StartAsync(bool trusted = true)
    {
        Assert.SkipUnless(IsInstalled, "slapd is not installed");
        var authority = s_authority.Value;
        var directory = Directory.CreateTempSubdirectory("sekisho-slapd-").FullName;
        Directory.CreateDirectory(Path.Combine(directory, "db"));
        using (var issuer = trusted ? X509Certificate2.CreateFromPemFile(Path.Combine(authority, "ca.pem"), Path.Combine(authority, "ca.key")) : Issuer())
        {
            WriteServer(directory, issuer);
        }

        await File.WriteAllTextAsync(Path.Combine(directory, "slapd.conf"), Configuration.Replace("{0}", directory, StringComparison.Ordinal).Replace("{1}", authority, StringComparison.Ordinal) + "\n");
        await File.WriteAllTextAsync(Path.Combine(directory, "people.ldif"), People + "\n");
        using (var load = Process.Start(new ProcessStartInfo("/usr/sbin/slapadd", ["-f", Path.Combine(directory, "slapd.conf"), "-l", Path.Combine(directory, "people.ldif")]) { RedirectStandardError = true, UseShellExecute = false })!)
        {
            var errors = await load.StandardError.ReadToEndAsync();
            await load.WaitForExitAsync();
            Assert.True(load.ExitCode == 0, errors);
        }

        var slapd = new Slapd(directory, FreePort(), FreePort());
        await slapd.RunAsync();
        return slapd;
    }

    /// <summary>Kills it.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task RunAsync()
    {
        _process = Process.Start(new ProcessStartInfo("/usr/sbin/slapd",
            ["-h", $"ldap://127.0.0.1:{Port} ldaps://127.0.0.1:{TlsPort}", "-f", Path.Combine(_directory, "slapd.conf"), "-d", "0"])
        { RedirectStandardError = true, UseShellExecute = false })!;
        for (var i = 0; i < 600; i++)
        {
            Assert.False(_process.HasExited, "slapd ended at once");
            try
            {
                using var tcp = new TcpClient();
                await tcp.ConnectAsync(IPAddress.Loopback, TlsPort);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        Assert.Fail("slapd does not listen");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>An authority that libldap in this process trusts: it reads the variable once, before its first connection.</summary>
    private static string Authority()
    {
        var directory = Directory.CreateTempSubdirectory("sekisho-ca-").FullName;
        using var issuer = Issuer();
        File.WriteAllText(Path.Combine(directory, "ca.pem"), issuer.ExportCertificatePem());
        File.WriteAllText(Path.Combine(directory, "ca.key"), issuer.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Assert.Equal(0, SetVariable("LDAPTLS_CACERT", Path.Combine(directory, "ca.pem"), 1));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(directory, recursive: true);
        return directory;
    }

    private static X509Certificate2 Issuer()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN=Test authority {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    private static void WriteServer(string directory, X509Certificate2 issuer)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=directory", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(issuer, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(10), RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path.Combine(directory, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(directory, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    // The environment that .NET keeps is a copy; libldap reads the process's own.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
