using System.Net;
using Sekisho.Gateway.Notify;
using Sekisho.Pages.Access;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.SignIn;

/// <summary>Signed links: good for one mail, one person and a time; and for nothing else.</summary>
public sealed class LinkTests
{
    private const string Me = "me@inside.example";
    private static readonly DateTimeOffset s_later = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

    private static LinkSigner Signer(byte fill = 7) => new(Enumerable.Repeat(fill, 32).ToArray());

    [Fact]
    public void What_was_signed_is_read_back()
        => Assert.Equal(new SignedLink("01jd2w3x4y5z6a7b8c9d0e1f2g", "山田@inside.example", s_later), Signer().Read(Signer().Sign("01jd2w3x4y5z6a7b8c9d0e1f2g", "山田@inside.example", s_later)));

    [Fact]
    public void Another_secrets_token_is_none() => Assert.Null(Signer(8).Read(Signer().Sign("a", Me, s_later)));

    [Fact]
    public void Every_changed_character_makes_it_worthless()
    {
        var token = Signer().Sign("01jd2w3x4y5z6a7b8c9d0e1f2g", Me, s_later);
        for (var i = 0; i < token.Length; i++)
        {
            foreach (var c in "AQgw_-9z".Where(c => c != token[i]))
            {
                Assert.Null(Signer().Read(string.Concat(token.AsSpan(0, i), [c], token.AsSpan(i + 1))));
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AQ")]
    [InlineData("no base64 at all!")]
    [InlineData("////")]
    public void What_is_none_is_none(string? token) => Assert.Null(Signer().Read(token));

    [Fact]
    public void Longer_shorter_and_padded_tokens_are_none()
    {
        var token = Signer().Sign("a", Me, s_later);
        Assert.All(new[] { token[..^1], token + "A", token + "=", " " + token, token + token, new string('A', 100_000) }, t => Assert.Null(Signer().Read(t)));
    }

    [Fact]
    public void The_parting_line_between_mail_and_person_is_signed_too()
        => Assert.NotEqual(Signer().Sign("abc", "d@inside.example", s_later), Signer().Sign("ab", "cd@inside.example", s_later));

    [Fact]
    public async Task It_opens_its_own_mail_for_its_person_and_no_other_page()
    {
        await using var rig = await House.StartAsync();
        var (one, other) = (await rig.SendHeldAsync("First"), await rig.SendHeldAsync("Second"));
        var link = "/d/" + await SignAsync(rig, one, Me);
        var browser = rig.Browser();
        var page = await browser.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("First", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Second", html, StringComparison.Ordinal);
        Assert.Null(page.Cookie("sekisho-session"));

        // The same browser, which knows the link, is nobody everywhere else.
        foreach (var path in new[] { $"/held/{one}", $"/held/{other}", "/held", "/mail", $"/mail/{one}", "/account", "/", "/dashboard", "/admin", $"/d/{other}", $"/{link[3..]}" })
        {
            Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync(path)).StatusCode);
        }
    }

    [Fact]
    public async Task A_tampered_token_is_turned_away_also_where_somebody_is_signed_in()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync("boss@inside.example", "administrator");
        var token = await SignAsync(rig, await rig.SendHeldAsync(), Me);
        var wrong = token[..^1] + (token[^1] == 'A' ? 'Q' : 'A');
        Assert.Equal(HttpStatusCode.Unauthorized, (await rig.Browser().GetAsync("/d/" + wrong)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await (await rig.SignedInAsync("boss@inside.example")).GetAsync("/d/" + wrong)).StatusCode);
    }

    [Fact]
    public async Task One_that_was_passed_on_does_not_decide_for_somebody_signed_in_as_himself()
    {
        await using var rig = await House.StartAsync();
        await rig.AddAsync("colleague@inside.example", "sender");
        await rig.AddAsync(Me, "sender");
        var id = await rig.SendHeldAsync();
        var link = "/d/" + await SignAsync(rig, id, Me);
        using var nothing = new FormUrlEncodedContent([]);
        var held = Assert.Single(await rig.Store.HeldOfAsync(id, CancellationToken.None));
        var colleague = await rig.SignedInAsync("colleague@inside.example");
        var page = await colleague.GetStringAsync(link);
        Assert.Contains(held.DecisionDigest, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.PostAsync(link, nothing)).StatusCode);
        Assert.Single(await rig.Store.HeldOfAsync(id, CancellationToken.None));
        Assert.NotEqual(HttpStatusCode.Forbidden, (await (await rig.SignedInAsync(Me)).PostAsync(link, nothing)).StatusCode);
    }

    [Fact]
    public async Task One_that_has_run_out_leads_to_the_sign_in_and_says_so()
    {
        await using var rig = await House.StartAsync();
        var id = await rig.SendHeldAsync();
        var token = (await LinkSigner.OpenAsync(rig.Store.Accounts, CancellationToken.None)).Sign(id, Me, House.Now);
        var answer = await rig.Browser().GetAsync("/d/" + token);
        Assert.Equal($"/sign-in?to=%2Fheld%2F{id}&expired=true", answer.Headers.Location!.OriginalString);
        Assert.Contains("has run out", await rig.Browser().GetStringAsync(answer.Headers.Location), StringComparison.Ordinal);
        using var nothing = new FormUrlEncodedContent([]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await rig.Browser().PostAsync("/d/" + token, nothing)).StatusCode);
    }

    [Fact]
    public async Task Where_links_only_lead_he_signs_in_first()
    {
        await using var rig = await House.StartAsync("  links: sign-in\n");
        var id = await rig.SendHeldAsync();
        var answer = await rig.Browser().GetAsync("/d/" + await SignAsync(rig, id, Me));
        Assert.Equal($"/sign-in?to=%2Fheld%2F{id}", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_shut_accounts_links_open_nothing()
    {
        await using var rig = await House.StartAsync();
        await rig.Store.Accounts.SaveAsync(await rig.AddAsync(Me, "sender") with { Disabled = true }, "test", CancellationToken.None);
        Assert.NotEqual(HttpStatusCode.OK, (await rig.Browser().GetAsync("/d/" + await SignAsync(rig, await rig.SendHeldAsync(), Me))).StatusCode);
    }

    private static async Task<string> SignAsync(ConsoleRig rig, string submission, string address)
        => (await LinkSigner.OpenAsync(rig.Store.Accounts, CancellationToken.None)).Sign(submission, address, House.Now.AddDays(1));
}
