using System.Net;
using System.Text.RegularExpressions;
using Sekisho.Pages.SignIn;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.SignIn;

/// <summary>One's own account: keys for programs, and how fast roles count.</summary>
public sealed partial class AccountTests
{
    private const string Me = "me@inside.example";

    [Fact]
    public async Task A_key_is_shown_once_kept_as_a_digest_and_revoked_by_its_owner_alone()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        await rig.AddAsync("other@inside.example", "administrator");
        var browser = await rig.SignedInAsync(Me);
        var made = await ConsoleRig.PostAsync(browser, "/account", "/account?handler=AddKey", ("name", "mail client"), ("scopes", "check"), ("scopes", "metrics"), ("days", "30"));
        var secret = Key().Match(await made.Content.ReadAsStringAsync()).Value;
        Assert.StartsWith(Secrets.KeyPrefix, secret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await browser.GetStringAsync("/account"), StringComparison.Ordinal);
        var key = (await rig.Store.Accounts.FindTokenAsync(Secrets.Digest(secret), CancellationToken.None))!;
        // Metrics are not his to give away.
        Assert.Equal((Me, "mail client", "check"), (key.Owner, key.Name, string.Join(' ', key.Scopes)));
        Assert.Equal(House.Now.AddDays(30).ToUnixTimeSeconds(), key.ExpiresAt!.Value.ToUnixTimeSeconds());

        var other = await rig.SignedInAsync("other@inside.example");
        Assert.Equal(HttpStatusCode.NotFound, (await ConsoleRig.PostAsync(other, "/account", "/account?handler=Revoke", ("key", $"{key.Id}"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await ConsoleRig.PostAsync(browser, "/account", "/account?handler=Revoke", ("key", $"{key.Id}"))).StatusCode);
        Assert.Null(await rig.Store.Accounts.FindTokenAsync(Secrets.Digest(secret), CancellationToken.None));
    }

    [Fact]
    public async Task A_key_does_not_open_the_account_it_belongs_to()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "administrator");
        var secret = Secrets.NewKey();
        await rig.Store.Accounts.AddTokenAsync(new ApiToken(0, Secrets.Digest(secret), "all", Me, ["check", "read", "decide", "metrics"], House.Now, null, null), Me, CancellationToken.None);
        var program = rig.Browser();
        program.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        Assert.NotEqual(HttpStatusCode.OK, (await program.GetAsync("/account")).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await program.GetAsync("/account/second-factor")).StatusCode);
    }

    [Fact]
    public async Task Roles_given_by_another_process_count_without_a_restart()
    {
        await using var rig = await House.StartAsync();
        var beside = await SqliteStore.OpenAsync(rig.Directory, TimeProvider.System, CancellationToken.None);
        await using (beside)
        {
            await beside.Accounts.SaveAsync(new Account { Address = "boss@inside.example", Roles = ["approver"], CreatedAt = House.Now }, "administrator", CancellationToken.None);
            await ConsoleRig.UntilAsync(() => Task.FromResult(rig.Gateway.Config.RolesOf("boss@inside.example").Contains("approver")));
            await beside.Accounts.RemoveAsync("boss@inside.example", "administrator", CancellationToken.None);
            await ConsoleRig.UntilAsync(() => Task.FromResult(rig.Gateway.Config.RolesOf("boss@inside.example").Count == 0));
        }
    }

    [Fact]
    public async Task The_chosen_language_is_kept_with_the_account()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var browser = await rig.SignedInAsync(Me);
        await ConsoleRig.PostAsync(browser, "/account", "/account?handler=Profile", ("name", "花子"), ("language", "ja"));
        Assert.Contains("自分のアカウント", await browser.GetStringAsync("/account"), StringComparison.Ordinal);
        Assert.Contains("自分のアカウント", await (await rig.SignedInAsync(Me)).GetStringAsync("/account"), StringComparison.Ordinal);
    }

    [GeneratedRegex("sekisho_[A-Za-z0-9_-]{43}")]
    private static partial Regex Key();
}
