using System.Text;

namespace Sekisho.Policy.Tests;

/// <summary>Files on disk: encodings, missing files, files that a configuration names.</summary>
public sealed class ConfigFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sekisho-config-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Error(string path)
    {
        Assert.Null(SekishoConfig.Load(path, out var errors));
        return Assert.Single(errors).ToString();
    }

    [Fact]
    public void Byte_order_mark_and_CRLF_do_not_matter()
    {
        var path = Write("sekisho.yaml", [0xef, 0xbb, 0xbf, .. "organization:\r\n  name: 株式会社例\r\n  domains: [例え.jp]\r\nundo: 5s\r\n"u8]);

        var config = SekishoConfig.Load(path, out var errors);

        Assert.Empty(errors);
        Assert.Equal(("株式会社例", TimeSpan.FromSeconds(5)), (config!.OrganisationName, config.Undo));
        Assert.Equal(["xn--r8jz45g.jp"], config.Domains);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n...\n")]
    [InlineData("relay:\nstore:\n  # keep: 5d\npolicy:\n")]
    public void A_file_that_says_nothing_gives_the_defaults(string text)
    {
        var config = SekishoConfig.Load(Write("sekisho.yaml", Encoding.UTF8.GetBytes(text)), out var errors);

        Assert.Empty(errors);
        Assert.Equivalent(SekishoConfig.Default with { Policy = null! }, config! with { Policy = null! }, strict: true);
        Assert.Equal(PolicySet.Shipped.Version, config.Policy.Version);
    }

    [Fact]
    public void What_is_not_UTF_8_is_pointed_at()
    {
        var path = Write("sekisho.yaml", [.. "organization:\n  name: "u8, 0x8a, 0x94, 0x8e, 0xae]);

        Assert.Equal($"{path}:2:9: the file is not UTF-8 from here on (Shift_JIS or Latin-1, perhaps); save it as UTF-8", Error(path));
        Assert.Contains("UTF-16", Error(Write("wide.yaml", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("undo: 5s")).ToArray())));
    }

    [Fact]
    public void What_cannot_be_read_is_an_error_not_an_exception()
    {
        Assert.Contains("1:1: the file cannot be read", Error(Path.Combine(_directory, "none.yaml")));
        Assert.Contains("1:1: the file cannot be read", Error(_directory));
        Assert.Contains("too large", Error(Write("big.yaml", new byte[1024 * 1024 + 1])));
    }

    [Fact]
    public void Files_are_found_beside_the_configuration_and_missing_ones_named()
    {
        Write("cert.pem", "x"u8.ToArray());
        Write("secret", "hush hush \nmore"u8.ToArray());
        var good = Write("good.yaml", Encoding.UTF8.GetBytes("""
            listen: [{ smtp: "127.0.0.1:2525", certificate: cert.pem, key: cert.pem, tls: implicit }]
            relay: { host: "smtp.example.com:465", tls: implicit, user: me, password-file: secret }
            """));
        var config = SekishoConfig.Load(good, out var errors);

        Assert.Empty(errors);
        Assert.Equal("hush hush", config!.Relay.Password);
        Assert.Equal(Path.Combine(_directory, "cert.pem"), config.Listeners[0].Certificate);
        Assert.True(config.Listeners[0].ImplicitTls);

        var bad = Write("bad.yaml", Encoding.UTF8.GetBytes("""
            listen:
              - { smtp: "127.0.0.1:2525", certificate: none.pem, key: cert.pem }
              - { smtp: "127.0.0.1:2526", certificate: cert.pem }
              - { smtp: "127.0.0.1:2527", certificate: cert.pem, key: cert.pem, tls: none }
              - { smtp: "127.0.0.1:2528", certificate: cert.pem, key: cert.pem, auth: required }
            relay: { host: "smtp.example.com:465", tls: required, user: me, password-file: none }
            """));

        Assert.Null(SekishoConfig.Load(bad, out errors));
        Assert.Equal(
            [
                $"{bad}:2:44: listen.certificate: there is no file '{Path.Combine(_directory, "none.pem")}'",
                $"{bad}:3:31: the door has a certificate without a key; expected both (PEM files) or none",
                $"{bad}:4:69: 'tls: none' and a certificate contradict each other; expected starttls, required or implicit, or no certificate",
                $"{bad}:5:69: 'auth: required', but no user has a password-hash: nobody could send; expected one under 'users'",
                $"{bad}:6:80: relay.password-file: there is no file '{Path.Combine(_directory, "none")}'",
            ],
            errors.Select(e => e.ToString()));
    }

    [Fact]
    public void An_empty_password_file_is_an_error_and_a_password_is_never_quoted()
    {
        Write("empty", []);
        Write("long", Encoding.UTF8.GetBytes(new string('s', 2000)));

        Assert.Contains("password-file is empty", Error(Write("a.yaml", "relay: { host: \"h.example:25\", tls: required, user: me, password-file: empty }"u8.ToArray())));
        Assert.DoesNotContain("sss", Error(Write("b.yaml", "relay: { host: \"h.example:25\", tls: required, user: me, password-file: long }"u8.ToArray())));
    }
}
