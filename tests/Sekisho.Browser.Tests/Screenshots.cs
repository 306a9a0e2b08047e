using Microsoft.Playwright;
using Sekisho.Audit.Report.Samples;
using Sekisho.Browser.Tests.Rig;

namespace Sekisho.Browser.Tests;

/// <summary>
/// Pictures of every page, in both languages, at phone and desk width, into the folder that <c>SEKISHO_SCREENSHOTS</c> names. Run by <c>./screenshots</c>; no test, so it is not run with the others.
/// </summary>
public sealed class Screenshots
{
    public static TheoryData<string> Languages => ["en", "ja"];

    [Theory(Explicit = true)]
    [MemberData(nameof(Languages))]
    public async Task Of_every_page(string language)
    {
        var folder = Environment.GetEnvironmentVariable("SEKISHO_SCREENSHOTS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "SEKISHO_SCREENSHOTS names no folder");
        var story = new Story(language);
        await using (var first = await Office.OpenAsync())
        {
            await ShootAsync(first, null, folder!, language, "guest", [await first.FirstRunLinkAsync()]);
        }

        await using var office = await story.OpenAsync();
        await ShootAsync(office, null, folder!, language, "guest", ["/sign-in", "/error/404"]);
        await ShootAsync(office, Story.Sender, folder!, language, "sender", ["/held", "/mail", "/account"]);
        await ShootAsync(office, Story.Approver, folder!, language, "approver", ["/held"], follow: false);
        await ShootAsync(office, Story.PrivacyOfficer, folder!, language, "privacy", ["/mail"]);
        await ShootAsync(office, Office.Administrator, folder!, language, "admin", ["/", "/held", "/mail", "/catalogue", "/audit", "/admin", "/account"]);
        var links = new List<string>();
        foreach (var mail in new[] { story.Strangers, story.MemberList })
        {
            links.Add(await office.LinkAsync(Story.Sender, mail.Subject));
        }

        links.Add(await office.LinkAsync(Story.Approver, story.MemberList.Subject));
        foreach (var (link, who) in links.Zip(["link-sender", "link-sender-approval", "link-approver"]))
        {
            await ShootAsync(office, null, folder!, language, who, [link], follow: false);
        }
    }

    /// <summary>The pictures of the README: what somebody sees first on a phone, and the dashboard.</summary>
    [Fact(Explicit = true)]
    public async Task For_the_readme()
    {
        var folder = Environment.GetEnvironmentVariable("SEKISHO_SCREENSHOTS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "SEKISHO_SCREENSHOTS names no folder");
        foreach (var language in new[] { "en", "ja" })
        {
            var story = new Story(language);
            await using var office = await story.OpenAsync();
            var link = await office.LinkAsync(Story.Sender, story.Strangers.Subject);
            await office.VisitAsync(new Look(language) { Width = Width.Phone }, async visit =>
            {
                await visit.GoAsync(link);
                await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder!, $"decision-{language}.png") });
            });
            await office.VisitAsync(new Look(language), Office.Administrator, async visit =>
            {
                await visit.GoAsync("/dashboard");
                await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder!, $"dashboard-{language}.png") });
            });
            await AuditPage.VisitAsync(SampleReports.Many(40), new Look(language), visit => visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder!, $"audit-{language}.png") }));
        }
    }

    /// <summary>The page of an audit: as it opens, with evidence open, and as it is printed.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Languages))]
    public async Task Of_every_page_of_an_audit(string language)
    {
        var folder = Environment.GetEnvironmentVariable("SEKISHO_SCREENSHOTS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "SEKISHO_SCREENSHOTS names no folder");
        foreach (var width in new[] { Width.Phone, Width.Desk })
        {
            var into = Directory.CreateDirectory(Path.Combine(folder!, $"{language}-{width.ToString().ToLowerInvariant()}")).FullName;
            foreach (var (name, report) in new[] { ("quiet", SampleReports.Quiet()), ("one", SampleReports.One()), ("compared", SampleReports.Compared()) })
            {
                await AuditPage.VisitAsync(report, new Look(language) { Width = width }, async visit =>
                {
                    await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(into, $"report-{name}.png"), FullPage = true });
                    await visit.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach((d, i) => { d.open = i < 2; })");
                    await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(into, $"report-{name}-open.png"), FullPage = true });
                });
            }
        }
    }

    private static async Task ShootAsync(Office office, string? who, string folder, string language, string role, string[] from, bool follow = true)
    {
        foreach (var width in new[] { Width.Phone, Width.Desk })
        {
            var look = new Look(language) { Width = width };
            var into = Directory.CreateDirectory(Path.Combine(folder, $"{language}-{width.ToString().ToLowerInvariant()}")).FullName;
            async Task AllAsync(Visit visit)
            {
                Task ShotAsync(Stop stop) => visit.Page.ScreenshotAsync(new() { Path = Path.Combine(into, $"{role}-{stop.Name}.png"), FullPage = true });
                if (follow)
                {
                    await Tour.WalkAsync(visit, from.Select(f => f.StartsWith("http", StringComparison.Ordinal) ? new Uri(f).AbsolutePath : f), ShotAsync);
                    return;
                }

                await visit.GoAsync(from[0]);
                await ShotAsync(new Stop("page", visit.Path));
            }

            try
            {
                await (who is null ? office.VisitAsync(look, AllAsync) : office.VisitAsync(look, who, AllAsync));
            }
            catch (VisitFailedException e)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(e.ToString());
            }
        }
    }
}
