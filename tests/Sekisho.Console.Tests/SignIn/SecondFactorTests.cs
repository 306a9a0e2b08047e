using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Pages.SignIn;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests.SignIn;

/// <summary>The second factor from its set-up to the day the phone is lost.</summary>
public sealed partial class SecondFactorTests
{
    private const string Me = "me@inside.example";

    [Fact]
    public async Task It_is_set_up_from_the_page_and_asked_from_then_on()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var (secret, codes, browser) = await SetUpAsync(rig, await rig.SignedInAsync(Me));
        Assert.Equal(SecondFactor.Codes, codes.Distinct().Count());
        Assert.True(await browser.IsInsideAsync());
        var stored = (await rig.Store.Accounts.FindAsync(Me, CancellationToken.None))!;
        Assert.DoesNotContain(Totp.Base32(secret), stored.TotpSecret, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(secret), stored.TotpSecret, StringComparison.Ordinal);

        var next = rig.Browser();
        var (html, ticket) = await AskedAsync(next);
        Assert.False(await next.IsInsideAsync());
        Assert.Contains("One-time password", html, StringComparison.Ordinal);
        var answer = await CodeAsync(next, ticket, Totp.Code(secret, Now() + 1));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.True(await next.IsInsideAsync());
    }

    [Fact]
    public async Task A_one_time_password_opens_once()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var (secret, _, _) = await SetUpAsync(rig, await rig.SignedInAsync(Me));
        var code = Totp.Code(secret, Now() + 1);
        var (first, second) = (rig.Browser(), rig.Browser());
        var (_, ticket) = await AskedAsync(first);
        Assert.Equal(HttpStatusCode.Redirect, (await CodeAsync(first, ticket, code)).StatusCode);
        var (_, other) = await AskedAsync(second);
        var replayed = await CodeAsync(second, other, code);
        Assert.Contains("was used already", await replayed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(await second.IsInsideAsync());
    }

    [Fact]
    public async Task A_recovery_code_opens_once_in_place_of_the_phone()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var (_, codes, _) = await SetUpAsync(rig, await rig.SignedInAsync(Me));
        var (first, second) = (rig.Browser(), rig.Browser());
        var (_, ticket) = await AskedAsync(first);
        Assert.Equal(HttpStatusCode.Redirect, (await CodeAsync(first, ticket, codes[0].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal))).StatusCode);
        var (_, other) = await AskedAsync(second);
        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(second, other, codes[0])).StatusCode);
        Assert.False(await second.IsInsideAsync());
        Assert.Equal(SecondFactor.Codes - 1, (await rig.Store.Accounts.FindAsync(Me, CancellationToken.None))!.RecoveryCodesLeft);
    }

    [Fact]
    public async Task Guessing_codes_locks_the_account()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var (secret, _, _) = await SetUpAsync(rig, await rig.SignedInAsync(Me));
        var browser = rig.Browser();
        var (_, ticket) = await AskedAsync(browser);
        for (var i = 0; i < SignInDesk.Limit; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await CodeAsync(browser, ticket, "00000x")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await CodeAsync(browser, ticket, Totp.Code(secret, Now() + 1))).StatusCode);
        Assert.False(await browser.IsInsideAsync());
    }

    [Fact]
    public async Task The_proof_of_the_password_is_worth_nothing_after_it_changed_and_cannot_be_made_up()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var (secret, _, _) = await SetUpAsync(rig, await rig.SignedInAsync(Me));
        var browser = rig.Browser();
        var (_, ticket) = await AskedAsync(browser);
        var account = (await rig.Store.Accounts.FindAsync(Me, CancellationToken.None))!;
        await rig.Store.Accounts.SaveAsync(account with { PasswordHash = rig.Services.GetRequiredService<Passwords>().Hash("another long one") }, "test", CancellationToken.None);
        foreach (var given in new[] { ticket, "", "AAAA", ticket[..^8] + "AAAAAAA=" })
        {
            await CodeAsync(browser, given, Totp.Code(secret, Now() + 1));
            Assert.False(await browser.IsInsideAsync());
        }
    }

    [Fact]
    public async Task Roles_that_need_it_set_it_up_before_anything_else_opens()
    {
        await using var rig = await House.StartAsync("  second-factor: [administrator]\n");
        await rig.AddAsync(Me, "administrator");
        await rig.AddAsync("other@inside.example", "sender");
        var browser = await rig.SignedInAsync(Me);
        foreach (var page in new[] { "/", "/account", "/dashboard", "/catalogue" })
        {
            Assert.Equal("/account/second-factor", (await browser.GetAsync(page)).Headers.Location?.OriginalString);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await ConsoleRig.PostAsync(browser, "/account/second-factor", "/account?handler=Profile", ("name", "x"))).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/api/held")).StatusCode);
        var (_, _, inside) = await SetUpAsync(rig, browser);
        Assert.Equal("/dashboard", (await inside.GetAsync("/")).Headers.Location!.OriginalString);
        // And it stays: whoever must have it cannot take it off.
        Assert.Equal(HttpStatusCode.NotFound, (await ConsoleRig.PostAsync(inside, "/account/second-factor", "/account/second-factor?handler=Remove", ("password", House.Password))).StatusCode);
        Assert.True(await (await rig.SignedInAsync("other@inside.example")).IsInsideAsync());
    }

    [Fact]
    public async Task An_open_browser_is_not_enough_to_change_or_remove_it()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        var (secret, _, browser) = await SetUpAsync(rig, await rig.SignedInAsync(Me));
        var before = (await rig.Store.Accounts.FindAsync(Me, CancellationToken.None))!.TotpSecret;
        foreach (var handler in new[] { "Remove", "Codes", "Set" })
        {
            var page = await browser.GetStringAsync("/account/second-factor");
            var (offer, offered) = Offered(page);
            var answer = await ConsoleRig.PostAsync(browser, "/account/second-factor", $"/account/second-factor?handler={handler}", ("password", "not the password"), ("offer", offer), ("code", Totp.Code(offered, Now())));
            Assert.Contains("password is not right", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(before, (await rig.Store.Accounts.FindAsync(Me, CancellationToken.None))!.TotpSecret);
        await ConsoleRig.PostAsync(browser, "/account/second-factor", "/account/second-factor?handler=Remove", ("password", House.Password));
        Assert.Null((await rig.Store.Accounts.FindAsync(Me, CancellationToken.None))!.TotpSecret);
        Assert.NotEmpty(secret);
    }

    [Fact]
    public async Task A_secret_offered_to_one_cannot_be_planted_on_another()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync(Me, "sender");
        await rig.AddAsync("other@inside.example", "sender");
        var (offer, secret) = Offered(await (await rig.SignedInAsync("other@inside.example")).GetStringAsync("/account/second-factor"));
        var answer = await ConsoleRig.PostAsync(await rig.SignedInAsync(Me), "/account/second-factor", "/account/second-factor?handler=Set", ("offer", offer), ("code", Totp.Code(secret, Now())));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null((await rig.Store.Accounts.FindAsync(Me, CancellationToken.None))!.TotpSecret);
    }

    private static long Now() => Totp.StepOf(House.Now);

    private static async Task<(byte[] Secret, IReadOnlyList<string> Codes, HttpClient Browser)> SetUpAsync(ConsoleRig rig, HttpClient browser)
    {
        Assert.NotNull(rig);
        var page = await browser.GetStringAsync("/account/second-factor");
        Assert.Contains("<svg role=\"img\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        var (offer, secret) = Offered(page);
        // One step back, so that the code of now and of the next step are still to be used.
        var answer = await ConsoleRig.PostAsync(browser, "/account/second-factor", "/account/second-factor?handler=Set", ("offer", offer), ("code", Totp.Code(secret, Now() - 1)));
        var html = await answer.Content.ReadAsStringAsync();
        return (secret, [.. Codes().Matches(html).Select(m => m.Groups[1].Value)], browser);
    }

    private static (string Offer, byte[] Secret) Offered(string page)
    {
        var typed = Typed().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        return (WebUtility.HtmlDecode(Offer().Match(page).Groups[1].Value), FromBase32(typed));
    }

    private static async Task<(string Html, string Ticket)> AskedAsync(HttpClient browser)
    {
        var html = await (await browser.SignInAsync(Me)).Content.ReadAsStringAsync();
        return (html, WebUtility.HtmlDecode(Ticket().Match(html).Groups[1].Value));
    }

    private static Task<HttpResponseMessage> CodeAsync(HttpClient browser, string ticket, string code)
        => ConsoleRig.PostAsync(browser, "/sign-in", "/sign-in?handler=Code", ("ticket", ticket), ("code", code));

    private static byte[] FromBase32(string text)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    [GeneratedRegex("name=\"offer\" value=\"([^\"]+)\"")]
    private static partial Regex Offer();

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();

    [GeneratedRegex("<code>([A-Z2-7]{4}(?: [A-Z2-7]{1,4})+)</code>")]
    private static partial Regex Typed();

    [GeneratedRegex("<li><code>([a-z0-9]{5}-[a-z0-9]{5})</code></li>")]
    private static partial Regex Codes();
}
