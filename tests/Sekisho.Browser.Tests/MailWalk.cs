using System.Text;
using Microsoft.Playwright;
using Sekisho.Browser.Tests.Rig;

namespace Sekisho.Browser.Tests;

/// <summary>Lists, search, one mail's life, and its text shown harmlessly; the sender's own for himself, everybody's for the privacy officer, whose reading is recorded.</summary>
public sealed class MailWalk(MailWalk.Place place) : IClassFixture<MailWalk.Place>
{
    private static int s_mails;

    public static TheoryData<string> Languages => ["en", "ja"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_sender_finds_his_mail_by_a_word_and_follows_it_to_its_recipients(string language)
    {
        var office = await place.AskAsync();
        var number = Interlocked.Increment(ref s_mails);
        var word = language == "ja" ? $"紅葉{number}号" : $"maple{number}";
        var id = await office.SendAsync(new Mail { From = Story.Sender, To = ["carl@cube.example"], Subject = $"The {word} order", Text = $"About {word}.\r\n" });
        await office.CopiesAsync(id, 1);
        await office.SendAsync(new Mail { From = Story.Colleague, To = ["carl@cube.example"], Subject = $"Not mine {word}", Text = $"Another about {word}.\r\n" });
        await office.VisitAsync(new Look(language), Story.Sender, async visit =>
        {
            // The index follows the mail within a moment.
            await Eventually.TrueAsync(async () =>
            {
                await visit.GoAsync("/mail");
                await visit.Page.Locator("input[name=q]").FillAsync(word);
                await visit.ClickAsync(visit.Button("Search", "検索"));
                return (await visit.TextAsync()).Contains($"The {word} order", StringComparison.Ordinal);
            });
            Assert.DoesNotContain("Not mine", await visit.TextAsync(), StringComparison.Ordinal);
            await visit.ClickAsync(visit.Page.GetByRole(AriaRole.Link, new() { Name = $"The {word} order" }));
            Assert.Equal($"/mail/{id}", visit.Path);
            await visit.SeesAsync("carl@cube.example");
            await visit.SeesAsync("delivered", "配達済み");
            Assert.True(await visit.Page.Locator("ol.timeline li").CountAsync() >= 2);
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_hostile_mail_is_shown_without_doing_anything(string language)
    {
        var office = await place.AskAsync();
        var number = Interlocked.Increment(ref s_mails);
        var id = await office.SendAsync(new Mail
        {
            From = Story.Sender,
            To = [$"anna@acme-{number}.example", $"ben@bolt-{number}.example"],
            Subject = $"<img src=x onerror=alert({number})> \u202Egnp.exe",
            Text = "Plain.\r\n",
            Html = "<script>alert(1)</script><b onclick=alert(2)>Bold words</b><img src=http://tracker.example/p.gif><svg onload=alert(3)></svg><a href='javascript:alert(4)'>link</a><style>@import url(http://tracker.example/s.css)</style><form action=http://tracker.example/><input name=q></form><iframe src=http://tracker.example/></iframe>",
            Attachments = [("report\u202Efdp.exe", Encoding.ASCII.GetBytes("MZ")), ("<b>.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(5)'/>"u8.ToArray())],
        });
        await office.LinkAsync(Story.Sender, $"alert({number})");
        await office.VisitAsync(new Look(language), Story.Sender, async visit =>
        {
            var asked = new List<string>();
            visit.Page.Dialog += (_, dialog) =>
            {
                asked.Add(dialog.Message);
                _ = dialog.DismissAsync();
            };
            foreach (var path in new[] { $"/held/{id}", $"/mail/{id}" })
            {
                await visit.GoAsync(path);
                await visit.SeesAsync("‹U+202E›");
                await visit.Page.GetByRole(AriaRole.Link, new() { Name = visit.Say("Read the mail", "本文を読む") }).First.ClickAsync();
                await visit.Page.Locator("iframe.mailtext").First.ContentFrame.GetByText("Bold words").WaitForAsync();
            }

            Assert.Empty(asked);
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_privacy_officer_reads_a_mail_and_the_trail_tells(string language)
    {
        var office = await place.AskAsync();
        var number = Interlocked.Increment(ref s_mails);
        var id = await office.SendAsync(new Mail { From = Story.Sender, To = ["carl@cube.example"], Subject = $"Salary {number}", Text = $"What only two should read, {number}.\r\n" });
        await office.CopiesAsync(id, 1);
        await office.VisitAsync(new Look(language), Story.Auditor, async visit =>
        {
            await visit.GoAsync($"/mail/{id}");
            await visit.SeesAsync("carl@cube.example");
            Assert.Equal(0, await visit.Page.Locator("iframe").CountAsync());
        });
        await office.VisitAsync(new Look(language), Story.PrivacyOfficer, async visit =>
        {
            await visit.GoAsync($"/mail/{id}");
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = visit.Say("Read the mail", "本文を読む") }).First.ClickAsync();
            await visit.Page.Locator("iframe.mailtext").First.ContentFrame.GetByText($"only two should read, {number}").WaitForAsync();
            await visit.GoAsync($"/mail/{id}");
            Assert.Contains(Story.PrivacyOfficer, await visit.Page.Locator("ol.timeline").InnerTextAsync(), StringComparison.Ordinal);
        });
        await office.VisitAsync(new Look(language), Story.Colleague, async visit =>
        {
            await visit.GoAsync($"/mail/{id}", 404);
            visit.Forgive(c => c.Contains("404", StringComparison.Ordinal));
        });
    }

    public sealed class Place : SharedOffice
    {
        private protected override Task<Office> OpenAsync() => Office.OpenAsync(staff: new Story("en").Staff);
    }
}
