namespace Sekisho.Policy.Tests;

/// <summary>The section <c>sign-in</c>: what arrives, and what is refused because it would believe anybody or show passwords.</summary>
public sealed class SignInTests
{
    [Fact]
    public void Every_setting_arrives()
    {
        var signIn = Policies.Config("""
            sign-in:
              local: false
              links: sign-in
              link-life: 2d
              session: 8h
              idle: 20m
              second-factor: [administrator, auditor, administrator]
              proxy: { header: X-Remote-User, from: [10.0.0.7, "2001:db8::/64"] }
              ldap:
                host: ldap.example.com:389
                base: ou=people,dc=example,dc=com
                mail-attribute: proxyAddresses
                groups:
                  - { group: "cn=admins,dc=example,dc=com", role: administrator }
            """).SignIn;

        Assert.Equal((false, LinkUse.SignIn, TimeSpan.FromDays(2), TimeSpan.FromHours(8), TimeSpan.FromMinutes(20)), (signIn.Local, signIn.Links, signIn.LinkLife, signIn.Session, signIn.Idle));
        Assert.Equal(["administrator", "auditor"], signIn.SecondFactor);
        Assert.Equal("X-Remote-User", signIn.Proxy!.Header);
        Assert.Equal(["10.0.0.7/32", "2001:db8::/64"], signIn.Proxy.From);
        Assert.Equal((true, false, "proxyAddresses"), (signIn.Ldap!.StartTls, signIn.Ldap.Implicit, signIn.Ldap.MailAttribute));
        Assert.Equal([new("cn=admins,dc=example,dc=com", "administrator")], signIn.Ldap.Groups);
    }

    [Theory]
    [InlineData("ldap.example.com:636", false, true)]
    [InlineData("ldap.example.com:389", true, false)]
    [InlineData("127.0.0.1:389", false, false)]
    [InlineData("127.0.0.1:636", false, true)]
    public void A_directory_is_spoken_to_by_its_port(string host, bool startTls, bool isImplicit)
    {
        var ldap = Policies.Config($"sign-in:\n  ldap: {{ host: '{host}', base: dc=example }}").SignIn.Ldap!;
        Assert.Equal((startTls, isImplicit), (ldap.StartTls, ldap.Implicit));
    }

    [Fact]
    public void A_shorter_session_shortens_the_rest_in_it()
        => Assert.Equal(TimeSpan.FromMinutes(30), Policies.Config("sign-in: { session: 30m }").SignIn.Idle);

    [Theory]
    [InlineData("sign-in:\n  ldap: { host: 'ldap.example.com:389', tls: none, base: dc=x }", "2:41", "passwords would travel to ldap.example.com:389 in the clear")]
    [InlineData("sign-in:\n  ldap: { base: dc=x }", "2:9", "the directory has no host")]
    [InlineData("sign-in:\n  ldap: { host: 'ldap.example.com:636' }", "2:9", "the directory has no base")]
    [InlineData("sign-in:\n  ldap: { host: '127.0.0.1:389', base: dc=x, bind-dn: cn=me }", "2:46", "the directory has a bind-dn without a bind-password-file")]
    [InlineData("sign-in:\n  ldap: { host: '127.0.0.1:389', base: dc=x, mail-attribute: 'mail)(uid=*' }", "2:62", "expected an attribute's name")]
    [InlineData("sign-in:\n  ldap: { host: '127.0.0.1:389', base: dc=x, groups: [{ group: cn=x, role: boss }] }", "2:76", "sign-in.ldap.groups.role holds 'boss'")]
    [InlineData("sign-in:\n  proxy: { header: X-User }", "2:10", "sign in as anybody")]
    [InlineData("sign-in:\n  proxy: { header: X-User, from: [] }", "2:28", "sign in as anybody")]
    [InlineData("sign-in:\n  proxy: { header: X-User, from: '0.0.0.0/0' }", "2:28", "which is everybody")]
    [InlineData("sign-in:\n  proxy: { from: 10.0.0.7 }", "2:10", "the proxy has no header")]
    [InlineData("sign-in:\n  proxy: { header: Cookie, from: 10.0.0.7 }", "2:20", "expected a header of the proxy's own")]
    [InlineData("sign-in:\n  local: false", "2:3", "nobody could sign in")]
    [InlineData("sign-in:\n  idle: 13h", "2:3", "expected idle at most session")]
    [InlineData("sign-in:\n  second-factor: [boss]", "2:19", "sign-in.second-factor holds 'boss'")]
    [InlineData("sign-in:\n  links: open", "2:10", "expected decide or sign-in")]
    public void What_would_believe_anybody_or_show_passwords_is_refused(string yaml, string place, string says)
    {
        var error = Assert.Single(Policies.Errors(yaml));
        Assert.Contains($":{place}: ", error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  s3cret \nsecond line\n", "s3cret", null)]
    [InlineData("\n", null, "bind-password-file is empty")]
    [InlineData(null, null, "there is no file")]
    public void Who_searches_has_his_password_in_a_file(string? content, string? password, string? error)
    {
        var directory = Directory.CreateTempSubdirectory("sekisho-ldap-").FullName;
        try
        {
            if (content is not null)
            {
                File.WriteAllText(Path.Combine(directory, "secret"), content);
            }

            const string Yaml = "sign-in:\n  ldap: { host: 'ldap.example.com:636', base: dc=x, bind-dn: cn=me, bind-password-file: secret }\n";
            var config = SekishoConfig.Parse(Yaml, Path.Combine(directory, "sekisho.yaml"), out var errors);
            Assert.Equal(password, config?.SignIn.Ldap!.BindPassword);
            Assert.Equal(error is null, errors.Count == 0);
            Assert.All(errors, e => Assert.Contains(error!, e.Message, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
