using System.Net;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.RedTeam;

/// <summary>An administrator of a part, or a browser left open, tries to become more by the accounts he may change.</summary>
public sealed class TakeoverTests
{
    private const string Yaml = """
        organization: { domains: [inside.example], approvers: [head@inside.example] }
        users:
          - { address: chief@inside.example, roles: [administrator] }
          - { address: plain@inside.example, roles: [sender] }
        policy:
          - { name: marked, when: { keyword: [secret] }, then: approve, approvers: [lawyer@inside.example], deadline: 1d, at-deadline: escalate, escalate-to: [board@inside.example] }
        """;

    private static HttpClient Part(ConsoleRig rig) => rig.AsScoped("part@inside.example", "administrator", "@inside.example");

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string page, string address, string what)
        => ConsoleRig.PostAsync(client, page, "/admin/users/one", ("address", address), ("what", what), ("roles", "sender"), ("scopes", ""));

    [Theory]
    [InlineData("chief@inside.example")]
    [InlineData("head@inside.example")]
    [InlineData("lawyer@inside.example")]
    [InlineData("board@inside.example")]
    public async Task A_password_for_somebody_whom_the_file_gives_rights_is_not_his_to_make(string address)
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        var answer = await ConsoleRig.PostAsync(Part(rig), "/admin/users", "/admin/users", ("address", address), ("name", ""), ("roles", "sender"), ("scopes", ""));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(await rig.Store.Accounts.FindAsync(address, CancellationToken.None));
    }

    [Theory]
    [InlineData("chief@inside.example", "password")]
    [InlineData("chief@inside.example", "factor")]
    [InlineData("chief@inside.example", "sessions")]
    [InlineData("head@inside.example", "password")]
    public async Task Nor_to_change_where_there_is_an_account_without_roles_of_its_own(string address, string what)
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        var account = new Account { Address = address, Roles = ["sender"], PasswordHash = "kept", TotpSecret = "kept", CreatedAt = DateTimeOffset.UtcNow };
        await rig.Store.Accounts.SaveAsync(account, "test", CancellationToken.None);
        Assert.Equal(HttpStatusCode.NotFound, (await ChangeAsync(Part(rig), "/admin/users", address, what)).StatusCode);
        var now = (await rig.Store.Accounts.FindAsync(address, CancellationToken.None))!;
        Assert.Equal(("kept", "kept"), (now.PasswordHash, now.TotpSecret));
    }

    [Fact]
    public async Task His_own_people_remain_his()
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        Assert.Equal(HttpStatusCode.OK, (await ConsoleRig.PostAsync(Part(rig), "/admin/users", "/admin/users", ("address", "plain@inside.example"), ("name", ""), ("roles", "sender"), ("scopes", ""))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(Part(rig), "/admin/users/one?address=plain@inside.example", "plain@inside.example", "password")).StatusCode);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("factor")]
    public async Task A_browser_left_open_gives_its_administrator_no_new_password_and_takes_no_second_factor_off(string what)
    {
        await using var rig = await ConsoleRig.StartAsync("organization:\n  domains: [inside.example]\n");
        var account = new Account { Address = "boss@inside.example", Roles = ["administrator"], PasswordHash = "kept", TotpSecret = "kept", CreatedAt = DateTimeOffset.UtcNow };
        await rig.Store.Accounts.SaveAsync(account, "test", CancellationToken.None);
        var boss = rig.As("boss@inside.example", "administrator");
        Assert.Equal(HttpStatusCode.BadRequest, (await ConsoleRig.PostAsync(boss, "/admin/users/one?address=boss@inside.example", "/admin/users/one", ("address", "boss@inside.example"), ("what", what))).StatusCode);
        var now = (await rig.Store.Accounts.FindAsync("boss@inside.example", CancellationToken.None))!;
        Assert.Equal(("kept", "kept"), (now.PasswordHash, now.TotpSecret));
    }
}
