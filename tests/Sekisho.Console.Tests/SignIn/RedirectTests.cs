using System.Net;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.SignIn;

/// <summary>Where signing in leads, and what people may type into names: nothing of it leaves the console or adds a header.</summary>
public sealed class RedirectTests
{
    private const string Me = "me@inside.example";

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("held")]
    [InlineData("/held\r\nSet-Cookie: planted=1")]
    [InlineData("/held\nLocation: https://evil.example/")]
    public async Task It_leads_nowhere_else(string to)
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var answer = await rig.Browser().SignInAsync(Me, to: to);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
        Assert.Null(answer.Cookie("planted"));
        var browser = await rig.SignedInAsync(Me);
        Assert.Equal("/", (await browser.GetAsync($"/sign-in?to={Uri.EscapeDataString(to)}")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task It_leads_back_to_where_he_came_from()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var browser = rig.Browser();
        var sent = (await browser.GetAsync("/account?text=%E8%A6%8B%E7%A9%8D")).Headers.Location!.OriginalString;
        Assert.Equal("/sign-in?to=%2Faccount%3Ftext%3D%25E8%25A6%258B%25E7%25A9%258D", sent);
        var answer = await ConsoleRig.PostAsync(browser, sent, "/sign-in?handler=Password", ("address", Me), ("password", House.Password), ("to", "/account?text=%E8%A6%8B%E7%A9%8D"));
        Assert.Equal("/account?text=%E8%A6%8B%E7%A9%8D", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("Yamada\r\nBcc: evil@evil.example")]
    [InlineData("safe\u202efdp.exe")]
    [InlineData("zero\u200bwidth")]
    public async Task A_name_that_breaks_lines_or_hides_itself_is_refused(string name)
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var answer = await ConsoleRig.PostAsync(await rig.SignedInAsync(Me), "/account", "/account?handler=Profile", ("name", name), ("language", "en"));
        Assert.Contains("cannot be shown", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("山田 花子", (await rig.Store.Accounts.FindAsync(Me, CancellationToken.None))!.Name);
    }

    [Fact]
    public async Task A_name_that_is_a_script_is_text()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var browser = await rig.SignedInAsync(Me);
        await ConsoleRig.PostAsync(browser, "/account", "/account?handler=Profile", ("name", "<script>alert(1)</script>"), ("language", "en"));
        var page = await browser.GetStringAsync("/account");
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }
}
