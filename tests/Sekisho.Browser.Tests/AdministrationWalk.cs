using Microsoft.Playwright;
using Sekisho.Browser.Tests.Rig;

namespace Sekisho.Browser.Tests;

/// <summary>An administrator changes what is stopped, sees beforehand what the change would have done, puts it in force, sees the next mail obey, and takes it back.</summary>
public sealed class AdministrationWalk(AdministrationWalk.Place place) : IClassFixture<AdministrationWalk.Place>
{
    public static TheoryData<string> Languages => ["en", "ja"];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_rule_is_added_by_form_tried_on_past_mail_put_in_force_and_taken_back(string language)
    {
        var office = await place.AskAsync();
        var word = $"Aurora{language}";
        var before = await SendAsync(office, $"{word} one");
        Assert.Single(await office.CopiesAsync(before, 1));
        await office.VisitAsync(new Look(language), Office.Administrator, async visit =>
        {
            await visit.GoAsync("/admin");
            await visit.ClickAsync(visit.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = visit.Say("Policy", "ポリシー"), Exact = true }));
            var form = visit.Page.Locator("form.card").Filter(new() { Has = visit.Page.Locator("input[name=template][value=keyword]") });
            await form.Locator("input[name=name]").FillAsync($"aurora-{language}");
            await form.Locator("textarea[name=keyword]").FillAsync(word);
            await form.Locator("select[name=then]").SelectOptionAsync("Hold");
            await visit.ClickAsync(form.GetByRole(AriaRole.Button));
            // Nothing happens to mail before it is put in force.
            Assert.Single(await office.CopiesAsync(await SendAsync(office, $"{word} two"), 1));

            await visit.GoAsync("/admin/policy/what-if");
            await visit.ClickAsync(visit.Button("Look at the effect", "影響を確かめる"));
            await visit.Page.GetByText($"{word} one").First.WaitForAsync(new() { Timeout = 40_000 });
            await visit.SeesAsync($"{word} two");
            await visit.Page.Locator("input[name=note]").FillAsync($"because of {word}");
            await visit.ClickAsync(visit.Button("Put in force", "適用する"));
        });

        var held = await SendAsync(office, $"{word} three");
        await office.LinkAsync(Place.Sender, $"{word} three");
        Assert.Empty(office.CopiesNow(held));
        Assert.Contains(word, await File.ReadAllTextAsync(office.ConfigFile), StringComparison.Ordinal);

        await office.VisitAsync(new Look(language), Office.Administrator, async visit =>
        {
            await visit.GoAsync("/admin/policy/history");
            await visit.SeesAsync($"because of {word}");
            await visit.ClickAsync(visit.Button("Take as draft", "下書きにする").First);
            await visit.GoAsync("/admin/policy/what-if");
            await visit.ClickAsync(visit.Button("Look at the effect", "影響を確かめる"));
            await visit.Page.GetByText($"{word} three").First.WaitForAsync(new() { Timeout = 40_000 });
            await visit.ClickAsync(visit.Button("Put in force", "適用する"));
        });
        Assert.Single(await office.CopiesAsync(await SendAsync(office, $"{word} four"), 1));
        Assert.Empty(office.CopiesNow(held));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_text_view_shows_a_mistake_at_its_line_as_it_is_typed_and_never_takes_it(string language)
    {
        var office = await place.AskAsync();
        await office.VisitAsync(new Look(language), Office.Administrator, async visit =>
        {
            await visit.GoAsync("/admin/policy/text");
            var text = visit.Page.Locator("textarea[name=Text]");
            var right = await text.InputValueAsync();
            var wrong = right.Split("\npolicy:")[0].TrimEnd() + "\npolicy:\n  - name: wrong\n    when: { finding: visible-recipients }\n    then: explode\n";
            var line = wrong.TrimEnd().Split('\n').Length;
            await text.FillAsync(wrong);
            await visit.Page.Locator("#text-errors").GetByText($"{visit.Say("Line", "行")} {line}").First.WaitForAsync();
            await visit.ClickAsync(visit.Button("Check", "確認"));
            Assert.Contains("explode", await visit.Page.Locator("pre.marked .here").First.InnerTextAsync(), StringComparison.Ordinal);
            await visit.ClickAsync(visit.Button("Save as draft", "下書きとして保存"));
            await visit.GoAsync("/admin/policy/what-if");
            Assert.Equal(0, await visit.Button("Put in force", "適用する").CountAsync());
            visit.SayYes();
            await visit.ClickAsync(visit.Button("Throw the draft away", "下書きを破棄"));
            Assert.DoesNotContain("explode", await File.ReadAllTextAsync(office.ConfigFile), StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_stop_switch_halts_a_sender_until_it_is_lifted(string language)
    {
        var office = await place.AskAsync();
        var runaway = $"robot-{language}@{Office.Domain}";
        await office.VisitAsync(new Look(language) { Width = Width.Phone }, Office.Administrator, async visit =>
        {
            await visit.GoAsync("/admin/stops");
            await visit.Page.Locator("input[name=sender][type=email]").FillAsync(runaway);
            await visit.Page.Locator("input[name=sure]").CheckAsync();
            await visit.ClickAsync(visit.Button("Stop", "止める"));
            var stopped = await SendAsync(office, $"Run {language} one", runaway);
            await Eventually.TrueAsync(async () =>
            {
                await visit.GoAsync("/held");
                return (await visit.TextAsync()).Contains($"Run {language} one", StringComparison.Ordinal);
            });
            Assert.Empty(office.CopiesNow(stopped));

            await visit.GoAsync("/admin/stops");
            visit.SayYes();
            await visit.ClickAsync(visit.Page.Locator("tr").Filter(new() { HasText = runaway }).GetByRole(AriaRole.Button));
            Assert.Single(await office.CopiesAsync(await SendAsync(office, $"Run {language} two", runaway), 1));
            Assert.Empty(office.CopiesNow(stopped));
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_person_is_added_signs_in_and_may_what_his_roles_say(string language)
    {
        var office = await place.AskAsync();
        var address = $"new-{language}@{Office.Domain}";
        var password = "";
        await office.VisitAsync(new Look(language), Office.Administrator, async visit =>
        {
            await visit.GoAsync("/admin/users");
            await visit.Page.Locator("#address").FillAsync(address);
            await visit.Page.Locator("#name").FillAsync("Nao Shin");
            await visit.Page.Locator("input[name=roles][value=auditor]").CheckAsync();
            await visit.ClickAsync(visit.Button("Add", "追加"));
            password = await visit.Page.Locator(".note.ok code").InnerTextAsync();
            Assert.Equal(1, await visit.Page.Locator("table.rows").First.GetByText(address).CountAsync());
        });
        await office.VisitAsync(new Look(language), async visit =>
        {
            await visit.SignInAsync(address, password);
            Assert.Equal("/dashboard", visit.Path);
            Assert.True(await visit.Link("Audit trail", "監査記録").IsVisibleAsync());
            Assert.Equal(0, await visit.Link("Administration", "管理").CountAsync());
            await visit.GoAsync("/admin/users", 403);
            visit.Forgive(c => c.Contains("403", StringComparison.Ordinal));
        });
    }

    private static Task<string> SendAsync(Office office, string subject, string from = Place.Sender)
        => office.SendAsync(new Mail { From = from, To = ["carl@cube.example"], Subject = subject, Text = $"News of {subject}.\r\n" });

    public sealed class Place : SharedOffice
    {
        public const string Sender = "sato@yamada.example";

        private protected override Task<Office> OpenAsync() => Office.OpenAsync(staff: [Office.Person(Office.Administrator, "Hana Kanri", "administrator"), Office.Person(Sender, "Ken Sato", "sender")]);
    }
}
