using Microsoft.Playwright;
using Sekisho.Browser.Tests.Rig;
using Sekisho.Rig;

namespace Sekisho.Browser.Tests;

/// <summary>Mail that waits for somebody else: each approver has a note with a link of his own, and whatever happens, nothing leaves without the words that are needed.</summary>
public sealed class ApprovalWalk(ApprovalWalk.Place place) : IClassFixture<ApprovalWalk.Place>
{
    private static int s_mails;

    public static TheoryData<string> Languages => ["en", "ja"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_approver_lets_it_go_from_the_link_and_the_sender_hears_of_it(string language)
    {
        var office = await place.AskAsync();
        var mail = await SendAsync(office, "single");
        var own = await office.LinkAsync(Place.Sender, mail.Subject);
        var link = await office.LinkAsync(Place.Approver, mail.Subject);
        Assert.NotEqual(own, link);
        await office.VisitAsync(new Look(language), async visit =>
        {
            await visit.GoAsync(own);
            Assert.Equal(0, await Approve(visit).CountAsync());
            await visit.SeesAsync(Place.Approver);
        });
        await office.VisitAsync(new Look(language) { Width = Width.Phone }, async visit =>
        {
            await visit.GoAsync(link);
            await visit.SeesAsync(mail.Subject);
            await visit.SeesAsync(mail.Recipient);
            Assert.Empty(office.CopiesNow(mail.Id));
            await visit.ClickAsync(Approve(visit));
            await visit.SeesAsync("Nothing of this mail waits any more", "このメールに判断待ちのものはありません");
            await visit.GoAsync(link);
            await visit.SeesAsync("Nothing of this mail waits any more", "このメールに判断待ちのものはありません");
        });
        Assert.Equal(mail.Recipient, Assert.Single(Assert.Single(await office.CopiesAsync(mail.Id, 1)).To));
        Assert.Contains(Place.Approver, await office.NoteAsync(Place.Sender, mail.Subject, n => n.Contains("approved", StringComparison.OrdinalIgnoreCase)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Turning_it_down_asks_for_a_reason_and_the_sender_reads_it(string language)
    {
        var office = await place.AskAsync();
        var mail = await SendAsync(office, "single");
        var reason = language == "ja" ? "宛先が違います。部長に確認してください。" : "Wrong recipient; ask the head of department.";
        await office.VisitAsync(new Look(language) { Width = Width.Phone }, async visit =>
        {
            await visit.GoAsync(await office.LinkAsync(Place.Approver, mail.Subject));
            await visit.Page.Locator("summary").Filter(new() { HasText = visit.Say("Reject, with a reason", "理由を添えて差し戻す") }).ClickAsync();
            // Without one the browser does not even send the form.
            await visit.Button("Reject", "差し戻す").ClickAsync();
            Assert.True(await visit.Field("Reason (the sender reads it)", "理由（送信者に伝わります）").EvaluateAsync<bool>("e => !e.validity.valid"));
            await visit.Field("Reason (the sender reads it)", "理由（送信者に伝わります）").FillAsync(reason);
            await visit.ClickAsync(visit.Button("Reject", "差し戻す"));
            await visit.SeesAsync(reason);
        });
        await office.NoteAsync(Place.Sender, mail.Subject, n => n.Contains(reason, StringComparison.Ordinal));
        Assert.Empty(office.CopiesNow(mail.Id));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Two_are_needed_and_one_alone_moves_nothing(string language)
    {
        var office = await place.AskAsync();
        var mail = await SendAsync(office, "double");
        await office.VisitAsync(new Look(language), async visit =>
        {
            var link = await office.LinkAsync(Place.Approver, mail.Subject);
            await visit.GoAsync(link);
            await visit.SeesAsync("0 of 2", "0/2");
            await visit.ClickAsync(Approve(visit));
            await visit.GoAsync(link);
            await visit.SeesAsync("1 of 2", "1/2");
            Assert.Equal(0, await Approve(visit).CountAsync());
        });
        Assert.Empty(office.CopiesNow(mail.Id));
        await office.VisitAsync(new Look(language), async visit =>
        {
            await visit.GoAsync(await office.LinkAsync(Place.Second, mail.Subject));
            await visit.SeesAsync(Place.Approver);
            await visit.ClickAsync(Approve(visit));
        });
        Assert.Single(await office.CopiesAsync(mail.Id, 1));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Nobody_approves_his_own_mail(string language)
    {
        var office = await place.AskAsync();
        var mail = await SendAsync(office, "single", Place.Approver);
        await office.VisitAsync(new Look(language), Place.Approver, async visit =>
        {
            await visit.GoAsync($"/held/{mail.Id}");
            Assert.Equal(0, await Approve(visit).CountAsync());
            Assert.Equal(0, await visit.Button("Send as is", "このまま送る").CountAsync());
            await visit.ClickAsync(visit.Button("Do not send", "送らない"));
        });
        Assert.Empty(office.CopiesNow(mail.Id));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task An_administrator_decides_for_an_absent_approver_and_it_says_so(string language)
    {
        var office = await place.AskAsync();
        var mail = await SendAsync(office, "single");
        await office.LinkAsync(Place.Approver, mail.Subject);
        await office.VisitAsync(new Look(language), Office.Administrator, async visit =>
        {
            await visit.GoAsync($"/held/{mail.Id}");
            await visit.Page.Locator("select[name=actFor]").First.SelectOptionAsync(Place.Approver);
            await visit.ClickAsync(Approve(visit));
            await visit.SeesAsync(Office.Administrator);
            await visit.SeesAsync(Place.Approver);
        });
        Assert.Single(await office.CopiesAsync(mail.Id, 1));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_deputy_decides_on_his_days_and_on_no_others(string language)
    {
        var office = await place.AskAsync();
        var (now, later) = ($"deputy-{language}@{Office.Domain}", $"later-{language}@{Office.Domain}");
        await office.VisitAsync(new Look(language), Place.Third, async visit =>
        {
            foreach (var (deputy, inDays) in new[] { (now, 0), (later, 7) })
            {
                await visit.GoAsync("/account");
                await visit.Field("Mail address of the deputy", "代理の方のメールアドレス").FillAsync(deputy);
                await visit.Field("First day", "開始日").FillAsync($"{DateTime.Now.AddDays(inDays):yyyy-MM-dd}");
                await visit.Field("Last day", "終了日").FillAsync($"{DateTime.Now.AddDays(inDays + 1):yyyy-MM-dd}");
                await visit.ClickAsync(visit.Button("Name a deputy", "代理を登録する"));
                await visit.SeesAsync(deputy);
            }
        });

        var mail = await SendAsync(office, "by deputy");
        await office.VisitAsync(new Look(language) { Width = Width.Phone }, async visit =>
        {
            await visit.GoAsync(await office.LinkAsync(now, mail.Subject));
            await visit.ClickAsync(Approve(visit));
            await visit.SeesAsync(now);
            await visit.SeesAsync(Place.Third);
        });
        Assert.Single(await office.CopiesAsync(mail.Id, 1));
        Assert.DoesNotContain(Outbox.Read(office.Data), c => c.To.Contains(later));
    }

    private static ILocator Approve(Visit visit) => visit.Button("Approve and send", "承認して送る");

    private static async Task<(string Id, string Subject, string Recipient)> SendAsync(Office office, string kind, string from = Place.Sender)
    {
        var number = Interlocked.Increment(ref s_mails);
        var (subject, recipient) = ($"Contract {number} ({kind})", $"carl@cube-{number}.example");
        return (await office.SendAsync(new Mail { From = from, To = [recipient], Subject = subject, Text = $"The contract, number {number}.\r\n" }), subject, recipient);
    }

    public sealed class Place : SharedOffice
    {
        public const string Sender = "sato@yamada.example";
        public const string Approver = "suzuki@yamada.example";
        public const string Third = "hara@yamada.example";
        public const string Second = "mori@yamada.example";

        private protected override Task<Office> OpenAsync() => Office.OpenAsync(
            $$"""
            policy:
              - name: one-approver
                when: { keyword: ["(single)"], in: [subject] }
                then: approve
                approvers: [{{Approver}}]
              - name: two-approvers
                when: { keyword: ["(double)"], in: [subject] }
                then: approve
                approvers: [{{Approver}}, {{Second}}]
                approvals: 2
              - name: deputy-approver
                when: { keyword: ["(by deputy)"], in: [subject] }
                then: approve
                approvers: [{{Third}}]
            """,
            staff: [Office.Person(Office.Administrator, "Hana Kanri", "administrator"), Office.Person(Approver, "Yuko Suzuki", "sender", "approver"), Office.Person(Third, "Jun Hara", "sender", "approver"), Office.Person(Sender, "Ken Sato", "sender")]);
    }
}
