using Microsoft.Playwright;
using Sekisho.Browser.Tests.Rig;

namespace Sekisho.Browser.Tests;

/// <summary>
/// Every page there is, found by following links, in both languages: no barrier for those who do not see or do not use a mouse (axe-core), nothing wider than the window, one language, one main
/// heading, and a browser that has nothing to complain of.
/// </summary>
public abstract class EveryPageTests(string language)
{
    private readonly Story _story = new(language);

    /// <summary>Who looks, where he begins and how far he goes: an administrator sees nearly all, the others what is different for them.</summary>
    public static TheoryData<string, string, string?> Roles => new()
    {
        { Office.Administrator, "/", null },
        { Story.Sender, "/held", "/held" },
        { Story.Approver, "/held", "/held" },
        { Story.PrivacyOfficer, "/mail", "/mail" },
    };

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task It_is_sound_for(string who, string from, string? within)
    {
        var office = await PlaceAsync();
        var wrong = new List<string>();
        await office.VisitAsync(new Look(language), who, async visit =>
        {
            var stops = await Tour.WalkAsync(visit, [from], _ => LookAsync(visit, wrong), within);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', stops.Select(s => $"{s.Name}  {s.Path}")));
            Assert.True(stops.Count >= (within is null ? 15 : 2), $"only {stops.Count} pages were found");
        });
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task It_is_sound_for_whoever_is_not_signed_in()
    {
        var office = await PlaceAsync();
        var wrong = new List<string>();
        var link = await office.LinkAsync(Story.Sender, _story.Strangers.Subject);
        await office.VisitAsync(new Look(language), visit => Tour.WalkAsync(visit, [new Uri(link).AbsolutePath, "/sign-in", "/error/404", "/error/403", "/error/500"], _ => LookAsync(visit, wrong)));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private protected abstract Task<Office> PlaceAsync();

    private static async Task LookAsync(Visit visit, List<string> wrong)
    {
        await visit.Page.SetViewportSizeAsync(1280, 900);
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        foreach (var word in await Letters.WrongAsync(visit))
        {
            wrong.Add($"{visit.Path}: {word}");
        }

        var headings = await visit.Page.Locator("h1").CountAsync();
        if (headings != 1)
        {
            wrong.Add($"{visit.Path}: {headings} main headings");
        }

        await BarriersAsync(visit, wrong, "desk", onlyColours: false);
        await visit.Page.SetViewportSizeAsync(390, 844);
        await BarriersAsync(visit, wrong, "phone", onlyColours: false);
        // Only colours differ in the dark.
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await BarriersAsync(visit, wrong, "phone, dark", onlyColours: true);
        await visit.Page.SetViewportSizeAsync(1280, 900);
        await BarriersAsync(visit, wrong, "desk, dark", onlyColours: true);
    }

    private static async Task BarriersAsync(Visit visit, List<string> wrong, string how, bool onlyColours)
    {
        foreach (var barrier in await visit.BarriersAsync(onlyColours))
        {
            wrong.Add($"{visit.Path} ({how}): {barrier}");
        }

        var (pixels, what) = await visit.OverhangAsync();
        if (pixels > 0)
        {
            wrong.Add($"{visit.Path} ({how}): {pixels} pixels wider than the window: {what}");
        }
    }
}

/// <summary>In English.</summary>
public sealed class EveryEnglishPageTests(EveryEnglishPageTests.Place place) : EveryPageTests("en"), IClassFixture<EveryEnglishPageTests.Place>
{
    private protected override Task<Office> PlaceAsync() => place.AskAsync();

    public sealed class Place : SharedOffice
    {
        private protected override Task<Office> OpenAsync() => new Story("en").OpenAsync();
    }
}

/// <summary>In Japanese.</summary>
public sealed class EveryJapanesePageTests(EveryJapanesePageTests.Place place) : EveryPageTests("ja"), IClassFixture<EveryJapanesePageTests.Place>
{
    private protected override Task<Office> PlaceAsync() => place.AskAsync();

    public sealed class Place : SharedOffice
    {
        private protected override Task<Office> OpenAsync() => new Story("ja").OpenAsync();
    }
}
