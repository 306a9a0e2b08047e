using Microsoft.Playwright;
using Sekisho.Audit.Report.Samples;
using Sekisho.Browser.Tests.Rig;
using Sekisho.Rig;

namespace Sekisho.Browser.Tests;

/// <summary>The page an audit writes, opened as its reader does: from a folder, in either language, on a phone and at a desk, with and without script, on paper.</summary>
public sealed class AuditReportTests(AuditReportTests.Folder folder) : IClassFixture<AuditReportTests.Folder>
{
    public static TheoryData<string, string> Pages => new(from language in new[] { "en", "ja" } from page in new[] { "quiet", "one", "compared", "hostile" } select (language, page));

    public static TheoryData<string> Languages => ["en", "ja"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_is_sound(string language, string name)
    {
        var wrong = new List<string>();
        foreach (var width in new[] { Width.Desk, Width.Phone })
        {
            await VisitAsync(new Look(language) { Width = width }, name, async visit =>
            {
                Assert.Equal(1, await visit.Page.Locator("h1").CountAsync());
                await LookAsync(visit, wrong, $"{width}");
                await visit.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach((d, i) => { if (i < 12) d.open = true; })");
                await LookAsync(visit, wrong, $"{width}, opened");
                await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
                wrong.AddRange((await visit.BarriersAsync(onlyColours: true)).Select(b => $"{width}, dark: {b}"));
                await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
                // The other language of the same page.
                await visit.Page.Locator(language == "ja" ? "#language-en" : "#language-ja").CheckAsync();
                var (pixels, what) = await visit.OverhangAsync();
                Assert.True(pixels == 0, $"{width}, other language: {pixels} pixels wider than the window: {what}");
            });
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task It_is_sorted_by_a_click_and_by_the_keyboard(string language)
        => await VisitAsync(new Look(language), "many", async visit =>
        {
            var table = visit.Page.Locator("#incidents");
            Assert.Equal("1", await FirstAsync(table, 0));
            var (date, shown, last) = (table.Locator("thead th").Nth(2), table.Locator("thead th").Nth(4), table.Locator("thead th").Nth(5));
            Assert.Equal(visit.Say("People shown", "見えた人"), await shown.InnerTextAsync());
            await shown.Locator("button").ClickAsync();
            Assert.Equal("descending", await shown.GetAttributeAsync("aria-sort"));
            Assert.Equal("1,240", await FirstAsync(table, 4));
            await shown.Locator("button").PressAsync("Enter");
            Assert.Equal("ascending", await shown.GetAttributeAsync("aria-sort"));
            Assert.Equal("0", await FirstAsync(table, 4));
            Assert.Equal(1, await table.Locator("th[aria-sort]").CountAsync());
            // From heading to heading by the tab key alone.
            await visit.Page.Keyboard.PressAsync("Tab");
            await visit.Page.Keyboard.PressAsync("Space");
            Assert.Equal("descending", await last.GetAttributeAsync("aria-sort"));
            await date.Locator("button").PressAsync("Enter");
            await date.Locator("button").PressAsync("Enter");
            var days = await DaysAsync(table);
            Assert.Equal(days.Order(StringComparer.Ordinal), days);
            Assert.Equal(50, days.Length);
            await visit.Page.Locator("#incidents-all").CheckAsync();
            Assert.Equal(250, (await DaysAsync(table)).Length);
        });

    [Fact]
    public async Task Sorted_on_a_phone_by_what_stands_above_the_cards()
        => await VisitAsync(new Look("ja") { Width = Width.Phone }, "many", async visit =>
        {
            await visit.Page.Locator("#senders thead button").First.TapAsync();
            Assert.Equal("送信者", await visit.Page.Locator("#senders thead button").First.InnerTextAsync());
            var senders = await visit.Page.Locator("#senders tbody tr:visible th").AllInnerTextsAsync();
            Assert.Equal(senders.Order(StringComparer.Ordinal), senders);
        });

    [Theory]
    [InlineData("en", true)]
    [InlineData("ja", true)]
    [InlineData("en", false)]
    [InlineData("ja", false)]
    public async Task Its_language_is_switched_with_and_without_script(string language, bool script)
        => await VisitAsync(new Look(language) { Script = script }, "one", async visit =>
        {
            Assert.Equal(visit.Say("Audit of past mail", "過去メールの監査"), await visit.Page.Locator("h1").InnerTextAsync());
            var other = language == "ja" ? "en" : "ja";
            await visit.Page.Locator($"#language-{other}").CheckAsync();
            Assert.Equal(visit.Say("過去メールの監査", "Audit of past mail"), await visit.Page.Locator("h1").InnerTextAsync());
            if (script)
            {
                Assert.Equal(other, await visit.Page.Locator("html").GetAttributeAsync("lang"));
                Assert.StartsWith(visit.Say("過去メールの監査", "Audit of past mail"), await visit.Page.TitleAsync(), StringComparison.Ordinal);
            }

            await visit.Page.Locator($"#language-{other}").FocusAsync();
            await visit.Page.Keyboard.PressAsync(language == "ja" ? "ArrowDown" : "ArrowUp");
            Assert.Equal(visit.Say("Audit of past mail", "過去メールの監査"), await visit.Page.Locator("h1").InnerTextAsync());
        });

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Without_script_it_is_read_in_the_order_of_gravity(string language)
        => await VisitAsync(new Look(language) { Script = false }, "many", async visit =>
        {
            var table = visit.Page.Locator("#incidents");
            Assert.Equal(0, await table.Locator("button").CountAsync());
            Assert.Equal(50, (await DaysAsync(table)).Length);
            Assert.Equal("1", await FirstAsync(table, 0));
            await table.Locator("summary").First.ClickAsync();
            Assert.True(await table.GetByText("Message-ID").First.IsVisibleAsync());
            await visit.Page.Locator("#incidents-all").CheckAsync();
            Assert.Equal(250, (await DaysAsync(table)).Length);
        });

    [Fact]
    public async Task A_link_among_the_gravest_opens_its_evidence()
        => await VisitAsync(new Look("en"), "one", async visit =>
        {
            await visit.Page.Locator(".worst a:visible").First.ClickAsync();
            Assert.True(await visit.Page.Locator("#incident-1 .finding").First.IsVisibleAsync());
        });

    [Fact]
    public async Task It_asks_nothing_of_anybody_and_runs_nothing_that_came_out_of_mail()
        => await VisitAsync(new Look("en"), "hostile", async visit =>
        {
            var asked = new List<string>();
            var spoken = new List<string>();
            visit.Page.Request += (_, request) => asked.Add(request.Url);
            visit.Page.Dialog += (_, dialog) => { spoken.Add(dialog.Message); _ = dialog.DismissAsync(); };
            await visit.Page.ReloadAsync(new() { WaitUntil = WaitUntilState.NetworkIdle });
            Assert.All(asked.Where(a => !a.StartsWith("data:", StringComparison.Ordinal)), a => Assert.EndsWith("hostile-en.html", a, StringComparison.Ordinal));
            Assert.Empty(spoken);
            // What would be put in later is bound by the page's policy too.
            await visit.Page.EvaluateAsync("() => { const i = new Image(); i.src = 'https://evil.example/track.gif'; document.body.append(i); }");
            await Eventually.TrueAsync(() => Task.FromResult(visit.Complaints.Any(c => c.Contains("content security policy: img-src", StringComparison.Ordinal))));
            visit.Forgive(_ => true);
        });

    [Fact]
    public async Task Ten_thousand_incidents_open_and_are_sorted()
        => await VisitAsync(new Look("en"), "full", async visit =>
        {
            visit.Page.SetDefaultTimeout(120_000);
            var table = visit.Page.Locator("#incidents");
            Assert.Equal(50, (await DaysAsync(table)).Length);
            await table.Locator("thead button").First.ClickAsync();
            Assert.Equal("10000", await FirstAsync(table, 0));
            await visit.SeesAsync("2,345 less grave ones are left out");
        });

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task On_paper_everything_is_open_and_what_cannot_be_used_is_gone(string language)
    {
        var reader = Need.Program("pdftotext");
        await VisitAsync(new Look(language), "one", async visit =>
        {
            var incident = SampleReports.One().Policies[0].Incidents[0];
            var file = Path.Combine(folder.Ask(), $"paper-{language}.pdf");
            await visit.Page.PdfAsync(new() { Path = file, Format = "A4", PrintBackground = true });
            var text = (await Programs.RunAsync(reader, ["-layout", file, "-"])).Succeeded().Output;
            Assert.Contains(incident.Findings[0].Evidence[0], text, StringComparison.Ordinal);
            Assert.Contains(incident.MessageId, text.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.InRange(text.Count(c => c == '\f'), 3, 12);
            await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
            Assert.False(await visit.Page.Locator(".language").IsVisibleAsync());
            Assert.True(await visit.Page.Locator("#incident-1 .finding").First.IsVisibleAsync());
            var (pixels, what) = await visit.OverhangAsync();
            Assert.True(pixels == 0, what);
        });
    }

    private static async Task LookAsync(Visit visit, List<string> wrong, string how)
    {
        // A name of a policy or a file stands as it is.
        wrong.AddRange((await Letters.WrongAsync(visit)).Where(w => !w.Contains("own-rule", StringComparison.Ordinal) && !w.Contains("script", StringComparison.Ordinal)).Select(w => $"{how}: {w}"));
        wrong.AddRange((await visit.BarriersAsync()).Select(b => $"{how}: {b}"));
        var (pixels, what) = await visit.OverhangAsync();
        if (pixels > 0)
        {
            wrong.Add($"{how}: {pixels} pixels wider than the window: {what}");
        }
    }

    // Of the incidents that are shown; read in one step, since asking for each of thousands takes as many.
    private static Task<string[]> DaysAsync(ILocator table) => table.EvaluateAsync<string[]>("t => [...t.tBodies].filter(b => b.checkVisibility()).map(b => b.rows[0].cells[2].textContent)");

    private static Task<string> FirstAsync(ILocator table, int column) => table.Locator("tbody tr").First.Locator(":scope > *").Nth(column).InnerTextAsync();

    private Task VisitAsync(Look look, string name, Func<Visit, Task> what) => AuditPage.VisitAsync($"{folder.Ask()}/{name}-{look.Language}.html", look, what);

    /// <summary>The pages, written when the first test asks for them.</summary>
    public sealed class Folder : IDisposable
    {
        private readonly Lazy<Temp> _folder = new(() =>
        {
            var temp = new Temp("report");
            foreach (var (name, report) in new[] { ("quiet", SampleReports.Quiet()), ("one", SampleReports.One()), ("many", SampleReports.Many(250)), ("compared", SampleReports.Compared()), ("hostile", SampleReports.Hostile()), ("full", SampleReports.Many(10_000, 12_345)) })
            {
                foreach (var language in new[] { "en", "ja" })
                {
                    AuditPage.Write(report, language, temp[$"{name}-{language}.html"]);
                }
            }

            return temp;
        });

        internal string Ask() => _folder.Value.Path;

        public void Dispose()
        {
            if (_folder.IsValueCreated)
            {
                _folder.Value.Dispose();
            }
        }
    }
}
