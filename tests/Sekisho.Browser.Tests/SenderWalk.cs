using System.Text;
using Sekisho.Browser.Tests.Rig;

namespace Sekisho.Browser.Tests;

/// <summary>A mail is stopped, its sender gets a note, clicks the link in it and decides; what left is read in the outbox. He has no account.</summary>
public sealed class SenderWalk(SenderWalk.Place place) : IClassFixture<SenderWalk.Place>
{
    private static int s_houses;

    public static TheoryData<string> Languages => ["en", "ja"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Strangers_each_get_their_own_copy(string language)
    {
        var office = await place.AskAsync();
        var mail = await SendAsync(office, language, "individually");
        await office.VisitAsync(new Look(language) { Width = Width.Phone }, async visit =>
        {
            await visit.GoAsync(await office.LinkAsync(Place.Sender, mail.Subject));
            await visit.SeesAsync(mail.Subject);
            await visit.SeesAsync(mail.Anna);
            await visit.ClickAsync(visit.Button("Send to each individually", "1通ずつ個別に送る"));
            await visit.SeesAsync("individually", "個別");
        });

        var copies = await office.CopiesAsync(mail.Id, 2);
        Assert.Equal([mail.Anna, mail.Ben], copies.Select(c => Assert.Single(c.To)).Order(StringComparer.Ordinal));
        Assert.All(copies, c => Assert.DoesNotContain(c.To[0] == mail.Anna ? mail.Ben : mail.Anna, Encoding.UTF8.GetString(c.Data), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task It_goes_out_as_it_is_and_a_second_click_says_what_happened(string language)
    {
        var office = await place.AskAsync();
        var mail = await SendAsync(office, language, "as is");
        var link = await office.LinkAsync(Place.Sender, mail.Subject);
        await office.VisitAsync(new Look(language), async visit =>
        {
            await visit.GoAsync(link);
            // The question before it: yes.
            visit.SayYes();
            await visit.ClickAsync(visit.Button("Send as is", "このまま送る"));
            await visit.GoAsync(link);
            Assert.Equal(0, await visit.Button("Send as is", "このまま送る").CountAsync());
            await visit.SeesAsync(Place.Sender);
        });

        var copy = Assert.Single(await office.CopiesAsync(mail.Id, 1));
        Assert.Equal([mail.Anna, mail.Ben], copy.To.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Saying_no_to_the_question_decides_nothing(string language)
    {
        var office = await place.AskAsync();
        var mail = await SendAsync(office, language, "no");
        await office.VisitAsync(new Look(language), async visit =>
        {
            await visit.GoAsync(await office.LinkAsync(Place.Sender, mail.Subject));
            var asked = new TaskCompletionSource<string>();
            visit.Page.Dialog += (_, dialog) =>
            {
                asked.TrySetResult(dialog.Message);
                _ = dialog.DismissAsync();
            };
            await visit.Button("Send as is", "このまま送る").ClickAsync();
            Assert.Contains("2", await asked.Task, StringComparison.Ordinal);
            await visit.Page.ReloadAsync();
            Assert.True(await visit.Button("Send as is", "このまま送る").IsVisibleAsync());
        });
        Assert.Empty(office.CopiesNow(mail.Id));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task One_recipient_too_many_is_taken_out_and_the_other_gets_it(string language)
    {
        var office = await place.AskAsync();
        var mail = await SendAsync(office, language, "corrected");
        await office.VisitAsync(new Look(language) { Width = Width.Phone }, async visit =>
        {
            await visit.GoAsync(await office.LinkAsync(Place.Sender, mail.Subject));
            await visit.Page.Locator("summary").Filter(new() { HasText = visit.Say("Correct the recipients", "宛先を直す") }).ClickAsync();
            var ben = visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Group, new() { Name = mail.Ben });
            await ben.GetByLabel(visit.Say("do not send", "送らない")).CheckAsync();
            visit.SayYes();
            await visit.ClickAsync(visit.Button("Send as is", "このまま送る"));
        });

        var copy = Assert.Single(await office.CopiesAsync(mail.Id, 1));
        Assert.Equal(mail.Anna, Assert.Single(copy.To));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task One_waits_while_the_other_gets_it_now(string language)
    {
        var office = await place.AskAsync();
        var mail = await SendAsync(office, language, "one waits");
        var link = await office.LinkAsync(Place.Sender, mail.Subject);
        await office.VisitAsync(new Look(language), async visit =>
        {
            await visit.GoAsync(link);
            await visit.Page.Locator("summary").Filter(new() { HasText = visit.Say("Correct the recipients", "宛先を直す") }).ClickAsync();
            var ben = visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Group, new() { Name = mail.Ben });
            await ben.GetByLabel(visit.Say("keep waiting", "待たせる")).CheckAsync();
            visit.SayYes();
            await visit.ClickAsync(visit.Button("Send as is", "このまま送る"));
            Assert.Equal(mail.Anna, Assert.Single(Assert.Single(await office.CopiesAsync(mail.Id, 1)).To));
            await visit.GoAsync(link);
            await visit.SeesAsync(mail.Ben);
            await visit.ClickAsync(visit.Button("Do not send", "送らない"));
        });
        Assert.Single(office.CopiesNow(mail.Id));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task What_is_cancelled_never_leaves(string language)
    {
        var office = await place.AskAsync();
        var mail = await SendAsync(office, language, "cancelled");
        var link = await office.LinkAsync(Place.Sender, mail.Subject);
        await office.VisitAsync(new Look(language), async visit =>
        {
            await visit.GoAsync(link);
            await visit.ClickAsync(visit.Button("Do not send", "送らない"));
            await visit.SeesAsync("Nothing of this mail waits any more", "このメールに判断待ちのものはありません");
        });
        Assert.Empty(office.CopiesNow(mail.Id));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_link_opens_its_own_mail_and_nothing_else(string language)
    {
        var office = await place.AskAsync();
        var mail = await SendAsync(office, language, "mine");
        var other = await SendAsync(office, language, "not mine", "other@yamada.example");
        await office.VisitAsync(new Look(language), async visit =>
        {
            await visit.GoAsync(await office.LinkAsync(Place.Sender, mail.Subject));
            foreach (var path in new[] { "/held", "/mail", $"/held/{other.Id}", $"/mail/{other.Id}", "/admin", "/account" })
            {
                await visit.Page.GotoAsync(path);
                Assert.StartsWith("/sign-in", visit.Path, StringComparison.Ordinal);
            }
        });
    }

    /// <summary>Two people of two companies in To, who never met: held for the sender as shipped. Others each time, since whoever was sent to as is has met.</summary>
    private static async Task<Stopped> SendAsync(Office office, string language, string about, string from = Place.Sender)
    {
        var house = Interlocked.Increment(ref s_houses);
        var (anna, ben) = ($"anna@acme-{house}.example", $"ben@bolt-{house}.example");
        var subject = (language == "ja" ? "見積書の送付 " : "Offer, ") + $"{about} {house}";
        var id = await office.SendAsync(new Mail
        {
            From = from,
            To = [anna, ben],
            Subject = subject,
            Text = language == "ja" ? $"お世話になっております。{about}\r\n" : $"Please find our offer below: {about}\r\n",
        });
        return new(id, subject, anna, ben);
    }

    private sealed record Stopped(string Id, string Subject, string Anna, string Ben);

    public sealed class Place : SharedOffice
    {
        public const string Sender = "sato@yamada.example";

        private protected override Task<Office> OpenAsync() => Office.OpenAsync();
    }
}
