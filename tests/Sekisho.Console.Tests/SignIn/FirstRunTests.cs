using System.Net;
using Sekisho.Pages.SignIn;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.SignIn;

public sealed class FirstRunTests
{
    private static (string, string)[] Form(string address) => [("address", address), ("name", "管理 太郎"), ("password", House.Password), ("again", House.Password), ("language", "ja")];

    [Fact]
    public async Task The_link_creates_the_administrator_signs_him_in_and_is_gone()
    {
        await using var rig = await House.StartAsync();
        var path = (await FirstRun.PathAsync(rig.Gateway, CancellationToken.None))!;
        var browser = rig.Browser();
        var made = await ConsoleRig.PostAsync(browser, path, path, Form("Boss@Inside.example"));
        Assert.Equal("/", made.Headers.Location!.OriginalString);
        Assert.Equal("/dashboard", (await browser.GetAsync("/")).Headers.Location!.OriginalString);
        Assert.Contains("administrator", rig.Gateway.Config.RolesOf("boss@inside.example"));
        Assert.Equal(HttpStatusCode.NotFound, (await rig.Browser().GetAsync(path)).StatusCode);
        Assert.Null(await FirstRun.PathAsync(rig.Gateway, CancellationToken.None));
    }

    [Fact]
    public async Task A_wrong_token_is_nothing_here()
    {
        await using var rig = await House.StartAsync();
        var path = (await FirstRun.PathAsync(rig.Gateway, CancellationToken.None))!;
        Assert.Equal(HttpStatusCode.NotFound, (await rig.Browser().GetAsync(path[..^1] + (path[^1] == 'A' ? 'B' : 'A'))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await rig.Browser().GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Of_two_at_once_one_wins()
    {
        await using var rig = await House.StartAsync();
        var path = (await FirstRun.PathAsync(rig.Gateway, CancellationToken.None))!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => ConsoleRig.PostAsync(rig.Browser(), path, path, Form($"boss{i}@inside.example"))));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.NotFound));
        Assert.Single(await rig.Store.Accounts.AccountsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task When_every_account_is_removed_the_old_link_stays_shut()
    {
        await using var rig = await House.StartAsync();
        var path = (await FirstRun.PathAsync(rig.Gateway, CancellationToken.None))!;
        await ConsoleRig.PostAsync(rig.Browser(), path, path, Form("boss@inside.example"));
        await rig.Store.Accounts.RemoveAsync("boss@inside.example", "test", CancellationToken.None);
        Assert.Equal(HttpStatusCode.NotFound, (await rig.Browser().GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("boss@inside.example", "short", "at least 12")]
    [InlineData("boss@inside.example", "Boss@Inside.example", "must not be your address")]
    [InlineData("boss@inside.example", "aaaaaaaaaaaaaaaa", "one character repeated")]
    [InlineData("no address", House.Password, "not a mail address")]
    [InlineData("a\u202eb@inside.example", House.Password, "not a mail address")]
    public async Task What_cannot_be_is_said_and_nothing_is_made(string address, string password, string said)
    {
        await using var rig = await House.StartAsync();
        var path = (await FirstRun.PathAsync(rig.Gateway, CancellationToken.None))!;
        var answer = await ConsoleRig.PostAsync(rig.Browser(), path, path, ("address", address), ("name", ""), ("password", password), ("again", password));
        Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await rig.Store.Accounts.AccountsAsync(CancellationToken.None));
    }
}
