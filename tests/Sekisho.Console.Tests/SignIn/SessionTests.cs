using System.Net;
using System.Text.RegularExpressions;
using Sekisho.Pages.SignIn;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.SignIn;

/// <summary>Sessions: begun anew at each sign-in, bound to a cookie that scripts and other sites do not get, ended by many things.</summary>
public sealed partial class SessionTests
{
    private const string Me = "me@inside.example";

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_other_sites()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var answer = await rig.Browser().SignInAsync(Me);
        var cookie = answer.Cookie("sekisho-session")!.ToLowerInvariant();
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain=", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires=", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_https_the_cookie_is_secure_and_of_this_host_alone()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var browser = rig.Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        var answer = await browser.SignInAsync(Me);
        var cookie = answer.Cookie("__Host-sekisho-session")!.ToLowerInvariant();
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.Null(answer.Cookie("sekisho-session"));

        // The same secret under the name anybody on the domain could set opens nothing over https.
        var planted = rig.Browser();
        planted.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        planted.DefaultRequestHeaders.Add("Cookie", "sekisho-session=" + answer.Cookie("__Host-sekisho-session")!.Split(';')[0].Split('=')[1]);
        Assert.False(await planted.IsInsideAsync());
    }

    [Fact]
    public async Task A_cookie_planted_before_signing_in_opens_nothing_after_it()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var planted = "sekisho-session=" + Secrets.New();
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var victim = new HttpClient(handler) { BaseAddress = rig.Http };
        using var get = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        get.Headers.Add("Cookie", planted);
        var page = await victim.SendAsync(get);
        using var post = new HttpRequestMessage(HttpMethod.Post, "/sign-in?handler=Password")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("address", Me), KeyValuePair.Create("password", House.Password), KeyValuePair.Create("__RequestVerificationToken", TokenIn(await page.Content.ReadAsStringAsync()))]),
        };
        post.Headers.Add("Cookie", $"{planted}; {page.Cookie("sekisho-form")!.Split(';')[0]}");
        var signedIn = await victim.SendAsync(post);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.NotEqual(planted, signedIn.Cookie("sekisho-session")!.Split(';')[0]);

        var attacker = rig.Browser();
        attacker.DefaultRequestHeaders.Add("Cookie", planted);
        Assert.False(await attacker.IsInsideAsync());
    }

    [Fact]
    public async Task Signing_in_again_ends_the_session_before_and_begins_a_new_one()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var browser = rig.Browser();
        var first = (await browser.SignInAsync(Me)).Cookie("sekisho-session")!.Split(';')[0];
        // The form of somebody signed in redirects; post with the token of another page.
        var answer = await ConsoleRig.PostAsync(browser, "/account", "/sign-in?handler=Password", ("address", Me), ("password", House.Password));
        var second = answer.Cookie("sekisho-session")!.Split(';')[0];
        Assert.NotEqual(first, second);
        var old = rig.Browser();
        old.DefaultRequestHeaders.Add("Cookie", first);
        Assert.False(await old.IsInsideAsync());
        Assert.True(await browser.IsInsideAsync());
    }

    [Fact]
    public async Task Only_the_digest_of_the_cookie_is_kept()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var secret = (await rig.Browser().SignInAsync(Me)).Cookie("sekisho-session")!.Split(';')[0].Split('=')[1];
        Assert.Equal(Secrets.Digest(secret), Assert.Single(await rig.Store.Accounts.SessionsAsync(Me, CancellationToken.None)).Digest);
    }

    [Fact]
    public async Task Signing_out_ends_it_for_whoever_kept_the_cookie()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var browser = rig.Browser();
        var cookie = (await browser.SignInAsync(Me)).Cookie("sekisho-session")!.Split(';')[0];
        await browser.GetAsync("/sign-out");
        Assert.True(await browser.IsInsideAsync());
        Assert.Equal("/sign-in", (await ConsoleRig.PostAsync(browser, "/account", "/sign-out")).Headers.Location!.OriginalString);
        var thief = rig.Browser();
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.False(await thief.IsInsideAsync());
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("roles")]
    [InlineData("password")]
    [InlineData("removed")]
    public async Task It_ends_when_the_account_changes(string what)
    {
        await using var rig = await House.StartAsync();
        var account = await rig.AddAsync(Me, "sender");
        var browser = await rig.SignedInAsync(Me);
        Assert.True(await browser.IsInsideAsync());
        await (what switch
        {
            "disabled" => rig.Store.Accounts.SaveAsync(account with { Disabled = true }, "test", CancellationToken.None),
            "roles" => rig.Store.Accounts.SaveAsync(account with { Roles = ["auditor"] }, "test", CancellationToken.None),
            "password" => rig.Store.Accounts.SaveAsync(account with { PasswordHash = new Passwords(1000).Hash("another long password") }, "test", CancellationToken.None),
            _ => rig.Store.Accounts.RemoveAsync(Me, "test", CancellationToken.None),
        });
        Assert.False(await browser.IsInsideAsync());
    }

    [Fact]
    public async Task One_ends_his_other_sessions_and_nobody_elses()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        await rig.AddAsync("other@inside.example", "sender");
        var (here, there, other) = (await rig.SignedInAsync(Me), await rig.SignedInAsync(Me), await rig.SignedInAsync("other@inside.example"));
        var others = Assert.Single(await rig.Store.Accounts.SessionsAsync("other@inside.example", CancellationToken.None)).Digest;
        await ConsoleRig.PostAsync(here, "/account", "/account?handler=End", ("session", others));
        Assert.True(await other.IsInsideAsync());
        await ConsoleRig.PostAsync(here, "/account", "/account?handler=End", ("session", "others"));
        Assert.True(await here.IsInsideAsync());
        Assert.False(await there.IsInsideAsync());
        Assert.True(await other.IsInsideAsync());
    }

    [Fact]
    public async Task Changing_the_password_asks_the_old_one_and_signs_the_others_out()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var (here, there) = (await rig.SignedInAsync(Me), await rig.SignedInAsync(Me));
        const string New = "an entirely new sentence";
        var refused = await ConsoleRig.PostAsync(here, "/account", "/account?handler=Password", ("old", "not it at all"), ("password", New), ("again", New));
        Assert.Contains("present password is not right", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var done = await ConsoleRig.PostAsync(here, "/account", "/account?handler=Password", ("old", House.Password), ("password", New), ("again", New));
        Assert.Equal("/account?done=password", done.Headers.Location!.OriginalString);
        Assert.True(await here.IsInsideAsync());
        Assert.False(await there.IsInsideAsync());
        await rig.SignedInAsync(Me, New);
    }

    [Fact]
    public async Task A_form_made_for_another_for_nobody_or_by_nobody_is_refused()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        await rig.AddAsync("other@inside.example", "sender");
        var session = (await rig.Browser().SignInAsync(Me)).Cookie("sekisho-session")!.Split(';')[0];
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var victim = new HttpClient(handler) { BaseAddress = rig.Http };
        // Form and form cookie of: nobody; the attacker's own session, planted in the victim's browser; the victim's own.
        var nobodys = await FormAsync(victim, "/sign-in", "");
        var attackers = await FormAsync(victim, "/account", (await rig.Browser().SignInAsync("other@inside.example")).Cookie("sekisho-session")!.Split(';')[0]);
        var own = await FormAsync(victim, "/account", session);
        foreach (var (form, expected) in new[] { (("", ""), HttpStatusCode.BadRequest), (nobodys, HttpStatusCode.BadRequest), (attackers, HttpStatusCode.BadRequest), (own, HttpStatusCode.Redirect) })
        {
            using var post = new HttpRequestMessage(HttpMethod.Post, "/account?handler=Profile") { Content = new FormUrlEncodedContent([KeyValuePair.Create("name", "changed"), KeyValuePair.Create("__RequestVerificationToken", form.Item2)]) };
            post.Headers.TryAddWithoutValidation("Cookie", $"{session}; {form.Item1}");
            Assert.Equal(expected, (await victim.SendAsync(post)).StatusCode);
            Assert.Equal(expected == HttpStatusCode.Redirect ? "changed" : "山田 花子", (await rig.Store.Accounts.FindAsync(Me, CancellationToken.None))!.Name);
        }
    }

    private static async Task<(string Cookie, string Token)> FormAsync(HttpClient client, string page, string cookie)
    {
        using var get = new HttpRequestMessage(HttpMethod.Get, page);
        get.Headers.TryAddWithoutValidation("Cookie", cookie);
        var answer = await client.SendAsync(get);
        return (answer.Cookie("sekisho-form")!.Split(';')[0], TokenIn(await answer.Content.ReadAsStringAsync()));
    }

    private static string TokenIn(string html) => Token().Match(html).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
