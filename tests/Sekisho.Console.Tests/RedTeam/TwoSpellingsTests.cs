using System.Net;
using Sekisho.Gateway.Hold;
using Sekisho.Pages.SignIn;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.RedTeam;

/// <summary>One person under two spellings of his address counts once, and is kept from his own mail under each.</summary>
public sealed class TwoSpellingsTests
{
    private const string Yaml = """
        organization: { domains: [inside.example, 例え.example] }
        users:
          - { address: admin@inside.example, roles: [administrator] }
        policy:
          - { name: two, when: { recipient: "@one.example" }, then: approve, approvers: [boss@例え.example, second@inside.example, "taro@inside.example"], approvals: 2 }
        """;

    private static Task<string> SendAsync(ConsoleRig rig, string from = "me@inside.example")
        => rig.SendAsync(from, ["a@one.example"], "From: desk@inside.example\nTo: a@one.example\nSubject: plan\n\nHello\n");

    [Fact]
    public async Task One_approver_is_not_two_by_spelling_his_domain_otherwise()
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        var id = await SendAsync(rig);
        foreach (var name in new[] { "boss@例え.example", "boss@xn--r8jz45g.example", "\"boss\"@例え.example" })
        {
            var held = Assert.Single(await rig.Store.HeldOfAsync(id, CancellationToken.None));
            await rig.Gateway.Desk.DecideAsync(new DecisionRequest(held.Id, DecisionKind.Approve, name, held.DecisionDigest), CancellationToken.None);
        }

        Assert.Single(Assert.Single(await rig.Store.HeldOfAsync(id, CancellationToken.None)).Votes);
    }

    [Fact]
    public async Task A_tag_in_quotes_does_not_make_his_own_mail_somebody_elses()
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        var id = await SendAsync(rig, "\"taro+x\"@inside.example");
        var held = Assert.Single(await rig.Store.HeldOfAsync(id, CancellationToken.None));
        var answer = await rig.Gateway.Desk.DecideAsync(new DecisionRequest(held.Id, DecisionKind.Approve, "taro@inside.example", held.DecisionDigest), CancellationToken.None);
        Assert.Equal(DecisionResult.NotAllowed, answer.Result);
    }

    [Theory]
    [InlineData("\"chief\"@inside.example")]
    [InlineData("c\"hie\"f@inside.example")]
    [InlineData("chief@INSIDE.example")]
    public void An_address_with_needless_quotes_or_capitals_is_none_for_an_account(string address) => Assert.False(AccountRules.IsAddress(address));

    [Theory]
    [InlineData("chief@inside.example")]
    [InlineData("taro+x@例え.example")]
    [InlineData("山田@inside.example")]
    public void An_ordinary_one_is(string address) => Assert.True(AccountRules.IsAddress(address));

    [Fact]
    public async Task No_second_account_is_made_of_one_person()
    {
        await using var rig = await ConsoleRig.StartAsync(Yaml);
        await rig.Store.Accounts.SaveAsync(new Account { Address = "boss@例え.example", Roles = ["approver"], CreatedAt = DateTimeOffset.UtcNow }, "test", CancellationToken.None);
        var admin = rig.As("admin@inside.example", "administrator");
        foreach (var again in new[] { "boss@xn--r8jz45g.example", "\"boss\"@例え.example" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await ConsoleRig.PostAsync(admin, "/admin/users", "/admin/users", ("address", again), ("name", ""), ("roles", "sender"), ("scopes", ""))).StatusCode);
        }

        Assert.Single(await rig.Store.Accounts.AccountsAsync(CancellationToken.None));
    }
}
