using Sekisho.Pages.SignIn;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Ldap;

/// <summary>Against a real server; skipped where Debian's slapd is not installed.</summary>
public sealed class LdapTests
{
    private const string Hanako = "hanako@inside.example";

    private readonly List<string> _said = [];

    [Fact]
    public async Task TheRightPasswordIsRightAndTheWrongIsWrong()
    {
        await using var slapd = await Slapd.StartAsync();
        var right = await AskAsync(slapd.Config, Hanako, "right horse");
        Assert.Equal((CredentialOutcome.Right, Hanako, "Yamada Hanako", true), (right.Outcome, right.Address, right.Name, right.FromDirectory));
        Assert.Null(right.Roles);
        Assert.Equal(CredentialOutcome.Right, (await AskAsync(slapd.Config, "HANAKO@Inside.Example", "right horse")).Outcome);
        Assert.Equal(CredentialOutcome.Wrong, (await AskAsync(slapd.Config, Hanako, "wrong horse")).Outcome);
        Assert.Equal(CredentialOutcome.NotMine, (await AskAsync(slapd.Config, "nobody@inside.example", "right horse")).Outcome);
        Assert.Equal(CredentialOutcome.Right, (await AskAsync(slapd.Config, "o'neil+a@inside.example", "starry")).Outcome);
        Assert.Empty(_said);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\0right horse")]
    public async Task AnEmptyPasswordIsWrongThoughTheServerWouldTakeIt(string password)
    {
        await using var slapd = await Slapd.StartAsync();
        Assert.Equal(CredentialOutcome.Wrong, (await AskAsync(slapd.Config, Hanako, password)).Outcome);
        // The server itself lets such a bind in as nobody.
        Assert.True(LdapDirectory.CanBind(slapd.Config, "uid=hanako,ou=people,dc=inside,dc=example", ""));
    }

    [Theory]
    [InlineData("*@inside.example")]
    [InlineData("hanako*@inside.example")]
    [InlineData("*")]
    [InlineData("x)(|(mail=*)@inside.example")]
    [InlineData("\"x)(mail=hanako\"@inside.example")]
    [InlineData("\"hanako\\2a\"@inside.example")]
    public async Task WhatIsTypedStaysAValueOfTheFilter(string address)
    {
        await using var slapd = await Slapd.StartAsync();
        Assert.Equal(CredentialOutcome.NotMine, (await AskAsync(slapd.Config, address, "right horse")).Outcome);
        Assert.Empty(_said);
    }

    [Fact]
    public void EverySpecialCharacterOfAFilterIsEscaped()
    {
        Assert.Equal(@"a\2ab\28c\29d\5ce\00\c3\a5", LdapText.Escape("a*b(c)d\\e\0å"));
        Assert.Equal("first.last+x@inside.example", LdapText.Escape("first.last+x@inside.example"));
    }

    [Fact]
    public async Task TwoPeopleOfOneAddressAreNobody()
    {
        await using var slapd = await Slapd.StartAsync();
        Assert.Equal(CredentialOutcome.Wrong, (await AskAsync(slapd.Config, "twice@inside.example", "same")).Outcome);
    }

    [Fact]
    public async Task GroupsGiveRoles()
    {
        await using var slapd = await Slapd.StartAsync();
        var config = slapd.Config with
        {
            BindDn = "cn=search,dc=inside,dc=example",
            BindPassword = "search-secret",
            Groups = [new("CN=Auditors, dc=inside,dc=example", "auditor"), new("cn=admins,dc=inside,dc=example", "administrator"), new("cn=gone,dc=inside,dc=example", "approver")],
        };
        Assert.Equal(["sender", "auditor"], (await AskAsync(config, Hanako, "right horse")).Roles);
        Assert.Equal(["sender"], (await AskAsync(config, "o'neil+a@inside.example", "starry")).Roles);
        var refused = await AskAsync(config with { BindPassword = "old" }, Hanako, "right horse");
        Assert.Equal(CredentialOutcome.Unavailable, refused.Outcome);
        Assert.Contains("bind-dn", Assert.Single(_said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TlsIsSpokenEitherWayAndACertificateOfNobodyKnownIsRefused()
    {
        await using var slapd = await Slapd.StartAsync();
        Assert.Equal(CredentialOutcome.Right, (await AskAsync(slapd.Config with { StartTls = true }, Hanako, "right horse")).Outcome);
        var implicitly = slapd.Config with { Implicit = true, Address = new HostPort("127.0.0.1", slapd.TlsPort) };
        Assert.Equal(CredentialOutcome.Right, (await AskAsync(implicitly, Hanako, "right horse")).Outcome);
        // The certificate is of another name than the one asked.
        Assert.Equal(CredentialOutcome.Unavailable, (await AskAsync(implicitly with { Address = new HostPort("localhost", slapd.TlsPort) }, Hanako, "right horse")).Outcome);
        await using var stranger = await Slapd.StartAsync(trusted: false);
        Assert.Equal(CredentialOutcome.Unavailable, (await AskAsync(stranger.Config with { StartTls = true }, Hanako, "right horse")).Outcome);
        Assert.Equal(CredentialOutcome.Unavailable, (await AskAsync(stranger.Config with { Implicit = true, Address = new HostPort("127.0.0.1", stranger.TlsPort) }, Hanako, "right horse")).Outcome);
    }

    [Fact]
    public async Task AServerThatIsDownIsSaidOnceAndIsNoWrongPassword()
    {
        await using var slapd = await Slapd.StartAsync();
        using var check = new LdapCheck(() => slapd.Config, _said.Add, TimeProvider.System);
        Assert.Equal(CredentialOutcome.Right, (await check.CheckAsync(Hanako, "right horse", CancellationToken.None)).Outcome);
        await slapd.StopAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(CredentialOutcome.Unavailable, (await check.CheckAsync(Hanako, "right horse", CancellationToken.None)).Outcome);
        }

        Assert.Contains("cannot be reached", Assert.Single(_said), StringComparison.Ordinal);
        Assert.DoesNotContain(Hanako, _said[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnePersonSignsInByTheDirectoryAndAnotherByHisOwnPasswordWhileItIsDown()
    {
        await using var slapd = await Slapd.StartAsync();
        await using var rig = await ConsoleRig.StartAsync($"organization:\n  domains: [inside.example]\nsign-in:\n  ldap:\n    host: 127.0.0.1:{slapd.Port}\n    tls: none\n    base: ou=people,dc=inside,dc=example\n    groups:\n      - group: cn=auditors,dc=inside,dc=example\n        role: auditor\n");
        var hash = new Microsoft.AspNetCore.Identity.PasswordHasher<object>().HashPassword(new object(), "a password of his own");
        await rig.Store.Accounts.SaveAsync(new Account { Address = "local@inside.example", PasswordHash = hash, CreatedAt = TimeProvider.System.GetUtcNow() }, "test", CancellationToken.None);
        Assert.True(await SignsInAsync(rig, Hanako, "right horse"));
        Assert.Equal(["sender", "auditor"], (await rig.Store.Accounts.FindAsync(Hanako, CancellationToken.None))!.Roles);
        Assert.False(await SignsInAsync(rig, Hanako, "wrong horse"));
        await slapd.StopAsync();
        Assert.False(await SignsInAsync(rig, Hanako, "right horse"));
        Assert.True(await SignsInAsync(rig, "local@inside.example", "a password of his own"));
    }

    private static async Task<bool> SignsInAsync(ConsoleRig rig, string address, string password)
    {
        var browser = rig.Browser();
        await ConsoleRig.PostAsync(browser, "/sign-in", "/sign-in?handler=Password", ("address", address), ("password", password));
        return (await browser.GetAsync("/api/me")).IsSuccessStatusCode;
    }

    private async Task<CredentialAnswer> AskAsync(LdapConfig config, string address, string password)
    {
        using var check = new LdapCheck(() => config, _said.Add, TimeProvider.System);
        return await check.CheckAsync(address, password, CancellationToken.None);
    }
}
