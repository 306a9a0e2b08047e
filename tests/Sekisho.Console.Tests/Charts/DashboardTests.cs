using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Pages.Access;
using Sekisho.Pages.Charts;
using Sekisho.Pages.Shell;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Charts;

/// <summary>The dashboard: the figures the index gives, in both languages, and what is said of them.</summary>
public sealed class DashboardTests
{
    private static Task<ConsoleRig> StartAsync(FakeIndex index) => ConsoleRig.StartAsync(services: s => s.AddSingleton<IMailIndex>(index));

    [Fact]
    public async Task A_new_gateway_says_how_to_send_the_first_mail()
    {
        await using var rig = await StartAsync(new FakeIndex());
        var page = await Reading.Async(rig.As("boss@inside.example", "administrator"), "/dashboard", "en");
        Assert.Contains("No mail yet", page.Text, StringComparison.Ordinal);
        Assert.Contains("swaks --server 127.0.0.1:", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_numbers_are_those_of_the_index_and_of_the_store()
    {
        var index = new FakeIndex { Answer = (_, until) => FakeIndex.Busy(until) };
        await using var rig = await StartAsync(index);
        await rig.SendHeldAsync();
        var page = await Reading.Async(rig.As("boss@inside.example", "auditor"), "/dashboard", "en");
        Assert.Equal("1", page.Big("wait for their senders"));
        Assert.Equal("200", page.Big("mails received"));
        Assert.Equal("18", page.Big("stopped or split up"));
        Assert.Equal("29%", page.Big("of the stops were sent anyway"));
        Assert.Equal("1 min", page.Big("median wait for a decision"));
        Assert.Equal("4", page.Big("mails did not reach everybody"));
        Assert.Equal("0", page.Big("SMTP connections"));
        var rules = page.Table("Sent anyway:");
        Assert.Equal(["Strangers see each other's addresses", "40", "30", "4 (15%)", "20", "0", "3", "3"], rules[0]);
        Assert.Equal(["Greets somebody else", "12", "11", "9 (90%)", "0", "0", "1", "1"], rules[1]);
        Assert.Equal(["Personal data", "20", "8", "0 (0%)", "0", "5", "3", "0"], rules[2]);
        var mail = page.Table("Mail received, by verdict");
        Assert.Equal(24, mail.Count);
        Assert.Equal(["103", "7", "5", "3", "2"], mail[^1][1..]);
        Assert.Equal(["79", "0", "1", "0", "0"], mail[^3][1..]);
        Assert.Equal(["4", "20", "0", "3", "3", "0"], page.Table("What each rule stopped")[0][1..]);
        Assert.Equal(["12", "9", "6", "2"], page.Table("How long decisions took").Select(r => r[1]));
    }

    [Fact]
    public async Task A_rule_that_is_mostly_overruled_is_named_and_only_that()
    {
        await using var rig = await StartAsync(new FakeIndex { Answer = (_, until) => FakeIndex.Busy(until) });
        await rig.SendHeldAsync();
        var page = await Reading.Async(rig.As("boss@inside.example", "administrator"), "/dashboard", "en");
        Assert.Contains("“Greets somebody else” interrupts without being believed: of 10 decided stops 9 were sent anyway", page.Text, StringComparison.Ordinal);
        Assert.Single(page.Text.Split("interrupts without being believed")[1..]);
        Assert.Contains("href=\"/admin/policy\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("boss@inside.example approved 60 of 60, 55 of them within ten seconds", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("careful@inside.example", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("24h", 24, 24)]
    [InlineData("7d", 28, 168)]
    [InlineData("30d", 30, 720)]
    [InlineData("<script>", 24, 24)]
    public async Task The_span_is_chosen_by_links(string span, int bars, int hours)
    {
        var index = new FakeIndex { Answer = (_, until) => FakeIndex.Busy(until) };
        await using var rig = await StartAsync(index);
        await rig.SendHeldAsync();
        var page = await Reading.Async(rig.As("boss@inside.example", "auditor"), $"/dashboard?span={Uri.EscapeDataString(span)}", "ja");
        Assert.InRange(page.Table("受け付けたメール").Count, bars, bars + 1);
        var (from, until) = Assert.Single(index.Asked);
        Assert.InRange((until - from).TotalHours, hours - 24, hours);
    }

    [Fact]
    public void Bars_begin_at_round_hours_and_hold_every_hour_once()
    {
        var now = new DateTimeOffset(2026, 11, 21, 23, 42, 7, TimeSpan.Zero);
        foreach (var span in DashboardSpan.All)
        {
            var (from, until) = span.Around(now);
            Assert.Equal(now.AddMinutes(17).AddSeconds(53), until);
            Assert.Equal(0, TimeZoneInfo.ConvertTime(from, TimeZoneInfo.Local).Hour % span.HoursABar);
            var hours = Enumerable.Range(0, (int)(until - from).TotalHours).Select(h => new HourFigures(from.AddHours(h), 1, 0, 0, 0, 0, 0, 0)).ToList();
            var figures = new DashboardFigures(FakeIndex.Nothing with { Hours = hours }, span, from, until, new Tongue(Japanese: false));
            Assert.Equal(hours.Count, figures.Mail.Series[0].Values.Sum());
            Assert.All(figures.Mail.Series[0].Values.SkipLast(1), v => Assert.InRange(v, span.HoursABar - 1, span.HoursABar + 1));
        }
    }

    [Fact]
    public async Task What_really_happened_arrives_on_it()
    {
        await using var rig = await ConsoleRig.StartAsync();
        await rig.SendHeldAsync();
        await rig.Index.CatchUpAsync(null, CancellationToken.None);
        var (page, _) = await Reading.BothAsync(rig.As("boss@inside.example", "administrator"), "/dashboard");
        Assert.Equal("1", page.Big("mails received"));
        Assert.Equal("1", page.Big("stopped or split up"));
        Assert.Equal(["Strangers see each other's addresses", "1", "1", "0", "0", "0", "0", "1"], Assert.Single(page.Table("Sent anyway:")));
    }

    [Fact]
    public async Task Who_reaches_only_a_part_of_the_organisation_sees_none_of_its_figures()
    {
        var index = new FakeIndex { Answer = (_, until) => FakeIndex.Busy(until) };
        await using var rig = await ConsoleRig.StartAsync(services: s =>
        {
            s.AddSingleton<IMailIndex>(index);
            s.Insert(0, ServiceDescriptor.Singleton<IVisitorSource>(new OnlySales()));
        });
        await rig.SendHeldAsync();
        var (page, _) = await Reading.BothAsync(rig.Browser(), "/dashboard");
        Assert.Contains("These figures are of the whole organisation", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("svg,table,.bignumbers"));
        Assert.Empty(index.Asked);
    }

    [Fact]
    public async Task Who_has_no_right_to_figures_does_not_see_them()
    {
        await using var rig = await StartAsync(new FakeIndex());
        Assert.Equal(HttpStatusCode.Forbidden, (await rig.As("me@inside.example").GetAsync("/dashboard")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await rig.As("me@inside.example", "approver").GetAsync("/dashboard")).StatusCode);
    }

    [Fact]
    public async Task Each_language_is_alone_on_the_page()
    {
        await using var rig = await StartAsync(new FakeIndex { Answer = (_, until) => FakeIndex.Busy(until) });
        await rig.SendHeldAsync();
        await Reading.BothAsync(rig.As("boss@inside.example", "administrator"), "/dashboard");
    }

    private sealed class OnlySales : IVisitorSource
    {
        public ValueTask<Visitor?> FindAsync(HttpContext context, CancellationToken cancel)
            => ValueTask.FromResult<Visitor?>(new Visitor { Address = "sales@inside.example", Roles = ["auditor"], Scopes = ["@sales.inside.example"] });
    }
}
