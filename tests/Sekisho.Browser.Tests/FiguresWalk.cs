using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sekisho.Browser.Tests.Rig;

namespace Sekisho.Browser.Tests;

/// <summary>What the numbers say, what has happened to others, and whether the trail is whole.</summary>
public sealed partial class FiguresWalk(FiguresWalk.Place place) : IClassFixture<FiguresWalk.Place>
{
    public static TheoryData<string> Languages => ["en", "ja"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_dashboard_counts_the_morning(string language)
    {
        var office = await place.AskAsync();
        var mails = new Story("en").Mails.Count;
        await office.VisitAsync(new Look(language), Office.Administrator, async visit =>
        {
            await Eventually.TrueAsync(async () =>
            {
                await visit.GoAsync("/dashboard");
                var received = visit.Page.Locator(".bignumbers li").Filter(new() { HasText = visit.Say("received", "受け付けた") });
                return await received.CountAsync() > 0 && Digits().Match(await received.First.InnerTextAsync()).Value == mails.ToString();
            });
            // Every chart has its table.
            var charts = await visit.Page.Locator("svg.chart:not(.spark)").CountAsync();
            Assert.True(charts >= 3);
            Assert.Equal(charts, await visit.Page.Locator("figure:has(svg.chart:not(.spark)) table").CountAsync());
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_real_case_is_found_and_watched_being_stopped(string language)
    {
        var office = await place.AskAsync();
        await office.VisitAsync(new Look(language) { Width = Width.Phone }, Story.Sender, async visit =>
        {
            await visit.GoAsync("/catalogue");
            await visit.Page.Locator("input[name=q]").FillAsync(visit.Say("museum", "美術館"));
            await visit.ClickAsync(visit.Button("Search", "検索"));
            var cases = visit.Page.Locator("table.rows tbody tr");
            Assert.InRange(await cases.CountAsync(), 1, 20);
            await visit.ClickAsync(cases.First.GetByRole(AriaRole.Link).First);
            await visit.ClickAsync(visit.Link("Watch it being stopped", "止まるところを見る"));
            await visit.Page.GetByText(visit.Say("✓ Exposed: 0", "✓ 漏れた人：0")).WaitForAsync(new() { Timeout = 60_000 });
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_auditor_has_the_trail_verified(string language)
    {
        var office = await place.AskAsync();
        await office.VisitAsync(new Look(language), Story.Auditor, async visit =>
        {
            await visit.GoAsync("/audit");
            Assert.True(await visit.Page.Locator("table.rows tbody tr").CountAsync() > 10);
            await visit.ClickAsync(visit.Button("Verify now", "確認する"));
            await visit.Page.GetByText(visit.Say("✓ Unbroken", "✓ 途切れていません")).WaitForAsync();
        });
    }

    [GeneratedRegex(@"\d[\d,]*")]
    private static partial Regex Digits();

    public sealed class Place : SharedOffice
    {
        private protected override Task<Office> OpenAsync() => new Story("en").OpenAsync();
    }
}
