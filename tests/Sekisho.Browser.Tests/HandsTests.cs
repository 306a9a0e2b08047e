using Microsoft.Playwright;
using Sekisho.Browser.Tests.Rig;

namespace Sekisho.Browser.Tests;

/// <summary>Without a mouse, and without scripts: deciding works all the same.</summary>
public sealed class HandsTests(HandsTests.Place place) : IClassFixture<HandsTests.Place>
{
    private static int s_mails;

    public static TheoryData<string> Languages => ["en", "ja"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Keys_alone_sign_in_and_decide_and_the_focus_is_seen(string language)
    {
        var office = await place.AskAsync();
        var (id, first, subject) = await SendAsync(office);
        await office.VisitAsync(new Look(language), async visit =>
        {
            await visit.GoAsync("/sign-in?to=/held");
            await TabToAsync(visit, visit.Field("Mail address", "メールアドレス"));
            await visit.Page.Keyboard.TypeAsync(Story.Sender);
            await TabToAsync(visit, visit.Field("Password", "パスワード"));
            await visit.Page.Keyboard.TypeAsync(Office.Password);
            await PressAsync(visit, "Enter");
            Assert.Equal("/held", visit.Path);

            // The list: the first Tab of a page skips the menu, if wanted.
            await visit.Page.Keyboard.PressAsync("Tab");
            await AssertFocusSeenAsync(visit);
            await visit.Page.Keyboard.PressAsync("Enter");
            await TabToAsync(visit, visit.Page.GetByRole(AriaRole.Link, new() { Name = subject }));
            await PressAsync(visit, "Enter");
            Assert.Equal($"/held/{id}", visit.Path);

            // One recipient out, by Space and the arrow keys, then the rest to each individually.
            await TabToAsync(visit, visit.Page.Locator("summary").Filter(new() { HasText = visit.Say("Correct the recipients", "宛先を直す") }));
            await visit.Page.Keyboard.PressAsync("Space");
            await TabToAsync(visit, visit.Page.GetByRole(AriaRole.Group, new() { Name = first }).GetByRole(AriaRole.Radio).First);
            await visit.Page.Keyboard.PressAsync("ArrowDown");
            Assert.True(await visit.Page.GetByRole(AriaRole.Group, new() { Name = first }).GetByLabel(visit.Say("do not send", "送らない")).IsCheckedAsync());
            await TabToAsync(visit, visit.Button("Send to each individually", "1通ずつ個別に送る"), back: true);
            await PressAsync(visit, "Space");
        });
        var copy = Assert.Single(await office.CopiesAsync(id, 1));
        Assert.DoesNotContain(first, copy.To);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Without_script_the_link_is_enough_to_decide(string language)
    {
        var office = await place.AskAsync();
        var (id, _, subject) = await SendAsync(office);
        await office.VisitAsync(new Look(language) { Script = false, Width = Width.Phone }, async visit =>
        {
            await visit.GoAsync(await office.LinkAsync(Story.Sender, subject));
            await visit.ClickAsync(visit.Button("Send to each individually", "1通ずつ個別に送る"));
            await visit.SeesAsync("Nothing of this mail waits any more", "このメールに判断待ちのものはありません");
        });
        Assert.Equal(2, (await office.CopiesAsync(id, 2)).Count);
    }

    private static async Task TabToAsync(Visit visit, ILocator what, bool back = false)
    {
        for (var i = 0; i < 80; i++)
        {
            if (await what.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                await AssertFocusSeenAsync(visit);
                return;
            }

            await visit.Page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
        }

        Assert.Fail($"80 times Tab did not lead to {what}");
    }

    /// <summary>What has the focus is drawn differently from how it is without it.</summary>
    private static async Task AssertFocusSeenAsync(Visit visit)
        => Assert.True(
            await visit.Page.EvaluateAsync<bool>("() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; }"),
            "the focus is not seen on " + await visit.Page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 200)"));

    private static async Task PressAsync(Visit visit, string key) => await visit.ToNextPageAsync(() => visit.Page.Keyboard.PressAsync(key));

    private static async Task<(string Id, string First, string Subject)> SendAsync(Office office)
    {
        var number = Interlocked.Increment(ref s_mails);
        string[] to = [$"anna@acme-{number}.example", $"ben@bolt-{number}.example"];
        return (await office.SendAsync(new Mail { From = Story.Sender, To = to, Subject = $"Fair {number}", Text = $"Our offer, number {number}.\r\n" }), to[0], $"Fair {number}");
    }

    public sealed class Place : SharedOffice
    {
        private protected override Task<Office> OpenAsync() => Office.OpenAsync(staff: [Office.Person(Story.Sender, "Ken Sato", "sender")]);
    }
}
