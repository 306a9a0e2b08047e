using Microsoft.Playwright;
using Sekisho.Browser.Tests.Rig;

namespace Sekisho.Browser.Tests;

/// <summary>The time for approving is over: others are asked, or the sender gets it back; out it goes in no case. The shortest deadline there is takes a minute, so all mails are sent at once.</summary>
public sealed class DeadlineWalk(DeadlineWalk.Place place) : IClassFixture<DeadlineWalk.Place>
{
    public static TheoryData<string> Languages => ["en", "ja"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Others_are_asked_and_one_of_them_decides(string language)
    {
        var office = await place.AskAsync();
        var (id, subject) = place.Mails["passed on " + language];
        var link = await Eventually.GetAsync(() => office.LinkAsync(Place.Deputy, subject), TimeSpan.FromMinutes(3));
        Assert.Empty(office.CopiesNow(id));
        await office.VisitAsync(new Look(language) { Width = Width.Phone }, async visit =>
        {
            await visit.GoAsync(link);
            await visit.SeesAsync("others were asked too", "ほかの人にも依頼");
            await visit.ClickAsync(visit.Button("Approve and send", "承認して送る"));
        });
        Assert.Single(await office.CopiesAsync(id, 1));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_sender_gets_it_back_and_hears_why(string language)
    {
        var office = await place.AskAsync();
        var (id, subject) = place.Mails["given back " + language];
        await Eventually.GetAsync(() => office.NoteAsync(Place.Sender, subject, n => n.Contains("deadline", StringComparison.OrdinalIgnoreCase) || n.Contains("期限", StringComparison.Ordinal)), TimeSpan.FromMinutes(3));
        await office.VisitAsync(new Look(language), async visit =>
        {
            await visit.GoAsync(await office.LinkAsync(Place.Sender, subject));
            await visit.SeesAsync("Nothing of this mail waits any more", "このメールに判断待ちのものはありません");
            Assert.Equal(0, await visit.Page.Locator("main").GetByRole(AriaRole.Button).CountAsync());
        });
        Assert.Empty(office.CopiesNow(id));
    }

    public sealed class Place : SharedOffice
    {
        public const string Sender = "sato@yamada.example";
        public const string Absent = "absent@yamada.example";
        public const string Deputy = "suzuki@yamada.example";

        internal Dictionary<string, (string Id, string Subject)> Mails { get; } = [];

        private protected override async Task<Office> OpenAsync()
        {
            var office = await Office.OpenAsync(
                $$"""
                policy:
                  - name: passed-on
                    when: { keyword: [passed on], in: [subject] }
                    then: approve
                    approvers: [{{Absent}}]
                    deadline: 1m
                    at-deadline: escalate
                    escalate-to: [{{Deputy}}]
                  - name: given-back
                    when: { keyword: [given back], in: [subject] }
                    then: approve
                    approvers: [{{Absent}}]
                    deadline: 1m
                    at-deadline: return
                """);
            foreach (var about in new[] { "passed on en", "given back en", "passed on ja", "given back ja" })
            {
                var subject = $"Contract {about}";
                Mails.Add(about, (await office.SendAsync(new Mail { From = Sender, To = ["carl@cube.example"], Subject = subject, Text = $"The contract ({about}).\r\n" }), subject));
            }

            return office;
        }
    }
}
