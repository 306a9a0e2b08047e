using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Pages.Access;
using Sekisho.Pages.Tests.Rig;

namespace Sekisho.Pages.Tests;

/// <summary>What holds for every page: closed by default, safe headers, both languages.</summary>
public sealed class ShellTests
{
    [Fact]
    public async Task Health_answers_anybody()
    {
        await using var rig = await ConsoleRig.StartAsync();
        Assert.Equal("ok\n", await rig.Browser().GetStringAsync("/healthz"));
        Assert.Equal("ready\n", await rig.Browser().GetStringAsync("/readyz"));
    }

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_and_back()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var answer = await rig.Browser().GetAsync("/?x=1");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?to=%2F%3Fx%3D1", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task An_administrator_sees_the_figures_first_and_a_sender_what_waits()
    {
        await using var rig = await ConsoleRig.StartAsync();
        Assert.Equal("/dashboard", (await rig.As("boss@inside.example", "administrator").GetAsync("/")).Headers.Location!.OriginalString);
        Assert.Equal("/held", (await rig.As("me@inside.example").GetAsync("/")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Answers_carry_the_safe_headers()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var answer = await rig.Browser().GetAsync("/error/404");
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task The_language_follows_the_browser_until_somebody_chooses()
    {
        await using var rig = await ConsoleRig.StartAsync();
        var browser = rig.Browser();
        Assert.Contains("lang=\"en\"", await browser.GetStringAsync("/error/404"), StringComparison.Ordinal);
        var answer = await ConsoleRig.PostAsync(browser, "/error/404", "/language", ("language", "ja"), ("to", "https://evil.example/"));
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
        Assert.Contains("見つかりません", await browser.GetStringAsync("/error/404"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_inside_shows_the_page_of_errors_with_the_safe_headers()
    {
        await using var rig = await ConsoleRig.StartAsync(services: s => s.AddSingleton<IVisitorSource>(new Broken()));
        var answer = await rig.Browser().GetAsync("/held");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Something went wrong", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private sealed class Broken : IVisitorSource
    {
        public ValueTask<Visitor?> FindAsync(HttpContext context, CancellationToken cancel)
            => context.Request.Path == "/held" ? throw new InvalidOperationException("broken") : ValueTask.FromResult<Visitor?>(null);
    }
}
