using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Incidents;
using Sekisho.Pages.Charts;
using Sekisho.Pages.Shell;
using Sekisho.Pages.Tests.Rig;
using Sekisho.Policy;
using Sekisho.Storage;

namespace Sekisho.Pages.Tests.Charts;

/// <summary>The catalogue: all cases in both languages, findable, charted, beside the organisation's own without names.</summary>
public sealed class CatalogueTests
{
    private static Task<ConsoleRig> StartAsync(FakeIndex? index = null) => ConsoleRig.StartAsync(services: s => s.AddSingleton<IMailIndex>(index ?? new FakeIndex()));

    [Fact]
    public async Task Every_case_has_its_page_in_both_languages_with_the_rule_that_stops_it()
    {
        await using var rig = await StartAsync();
        var client = rig.As("me@inside.example");
        foreach (var incident in Catalogue.Embedded.Incidents)
        {
            var (english, japanese) = await Reading.BothAsync(client, $"/catalogue/{incident.Id}");
            var rule = StoppingRules.RuleThatStops(incident).Primary;
            Assert.Contains(incident.SummaryEn, english.Text, StringComparison.Ordinal);
            Assert.Contains(incident.SummaryJa, japanese.Text, StringComparison.Ordinal);
            Assert.Contains(RuleMeanings.Title(rule, new Tongue(Japanese: false)), english.Text, StringComparison.Ordinal);
            Assert.Contains(RuleMeanings.Title(rule, new Tongue(Japanese: true)), japanese.Text, StringComparison.Ordinal);
            Assert.Contains(RuleMeanings.Of(rule, new Tongue(Japanese: true)), japanese.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_term_of_the_catalogue_has_words_and_every_stopping_rule_a_meaning()
    {
        var english = new Tongue(Japanese: false);
        foreach (var i in Catalogue.Embedded.Incidents)
        {
            Assert.All([i.Cause, i.DetectedBy, .. i.ExposedKinds, .. i.Response, .. i.Prevention], term => Assert.True(CaseWords.Word(term, english) is not null, term));
            Assert.True(Sectors.IsNamed(i.Sector), i.Sector);
            Assert.All(StoppingRules.RuleThatStops(i).Rules, rule => Assert.NotEmpty(RuleMeanings.Of(rule, english)));
        }

        Assert.All(RuleTitles.Names, rule => Assert.NotEmpty(RuleMeanings.Of(rule, english)));
    }

    [Fact]
    public async Task It_is_found_by_Japanese_and_by_English_words()
    {
        await using var rig = await StartAsync();
        var client = rig.As("me@inside.example");
        var japanese = await Reading.Async(client, "/catalogue?q=" + Uri.EscapeDataString("会報 名簿 一晩"), "ja");
        Assert.Contains("108件中1件", japanese.Text, StringComparison.Ordinal);
        Assert.Contains("/catalogue/2005-05-18-maruzen", japanese.Html, StringComparison.Ordinal);
        var english = await Reading.Async(client, "/catalogue?q=" + Uri.EscapeDataString("NEWSLETTER overnight ten hours"), "en");
        Assert.Contains("/catalogue/2005-05-18-maruzen", english.Html, StringComparison.Ordinal);
        var nothing = await Reading.Async(client, "/catalogue?q=" + Uri.EscapeDataString("<script>alert(1)</script>"), "en");
        Assert.Contains("Nothing fits", nothing.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", nothing.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("year=2018", 1)]
    [InlineData("sector=bank", 4)]
    [InlineData("mechanism=double-start", 1)]
    [InlineData("rule=list-posting", -1)]
    [InlineData("size=4", -1)]
    [InlineData("size=-1", -1)]
    [InlineData("year=2006&sector=broadcaster&sort=largest", -1)]
    public async Task Filters_keep_what_fits(string query, int count)
    {
        await using var rig = await StartAsync();
        var page = await Reading.Async(rig.As("me@inside.example"), $"/catalogue?{query}", "en");
        var expected = Catalogue.Embedded.Incidents.Count(i => query switch
        {
            "year=2018" => i.Year == 2018,
            "sector=bank" => i.Sector == "bank",
            "mechanism=double-start" => i.Mechanism == Mechanisms.DoubleStart,
            "rule=list-posting" => StoppingRules.RuleThatStops(i).Rules.Contains("list-posting"),
            "size=4" => i.Exposed >= 10_000,
            "size=-1" => i.Exposed is null,
            _ => i is { Year: 2006, Sector: "broadcaster" },
        });
        Assert.True(count < 0 || count == expected);
        Assert.Contains($"{expected} of 108 cases", page.Text, StringComparison.Ordinal);
        Assert.Equal(expected, page.Table("Cases by sector").Sum(r => int.Parse(r[1], null)));
    }

    [Fact]
    public async Task Pages_of_the_list_hold_every_case_once()
    {
        await using var rig = await StartAsync();
        var client = rig.As("me@inside.example");
        var seen = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            var read = await Reading.Async(client, $"/catalogue?page-number={page}", "en");
            seen.AddRange(read.Document.QuerySelectorAll("table.rows th a").Select(a => a.GetAttribute("href")!));
        }

        Assert.Equal(Catalogue.Embedded.Incidents.Select(i => $"/catalogue/{i.Id}").Order(), seen.Order());
    }

    [Fact]
    public void Charts_count_what_the_catalogue_counts()
    {
        var all = Catalogue.Embedded.Incidents;
        var tongue = new Tongue(Japanese: false);
        foreach (var chart in new[] { CatalogueCharts.ByYear(all, tongue), CatalogueCharts.BySize(all, tongue), CatalogueCharts.ByMechanism(all, tongue), CatalogueCharts.BySector(all, tongue) })
        {
            Assert.Equal(all.Count, chart.Series[0].Values.Sum());
        }

        var years = CatalogueCharts.ByYear(all, tongue);
        foreach (var group in Catalogue.Embedded.Statistics.ByYear)
        {
            Assert.Equal(group.Incidents, years.Series[0].Values[years.Labels.ToList().IndexOf(group.Name)]);
        }
    }

    [Fact]
    public async Task The_list_is_in_one_language_each()
    {
        await using var rig = await StartAsync();
        await Reading.BothAsync(rig.As("me@inside.example"), "/catalogue");
        await Reading.BothAsync(rig.As("me@inside.example"), "/catalogue?q=mail&sort=sector");
        await Reading.BothAsync(rig.As("me@inside.example"), "/catalogue/own");
    }

    [Fact]
    public async Task The_organisations_own_cases_name_nobody()
    {
        var at = new DateTimeOffset(2026, 3, 17, 12, 0, 0, TimeSpan.Zero);
        var index = new FakeIndex
        {
            Answer = (_, until) => FakeIndex.Busy(until),
            Rows =
            [
                FakeIndex.Row("visible-recipients", PolicyAction.Hold, MailState.Cancelled, 37, at),
                FakeIndex.Row("visible-recipients", PolicyAction.Individual, MailState.Delivered, 185, at),
                FakeIndex.Row("visible-recipients", PolicyAction.Deliver, MailState.Delivered, 99, at),
            ],
        };
        await using var rig = await StartAsync(index);
        foreach (var address in new[] { "/catalogue/2006-06-12-sega-toys", "/catalogue/own?rule=visible-recipients" })
        {
            var (page, _) = await Reading.BothAsync(rig.As("me@inside.example"), address);
            var rows = page.Table("Without names");
            Assert.Equal(["2026-03", "37"], rows[0][..2]);
            Assert.Contains("was not sent, by decision", rows[0][3], StringComparison.Ordinal);
            Assert.Equal(["2026-03", "185"], rows[1][..2]);
            Assert.Equal(2, rows.Count);
            Assert.DoesNotContain("secret", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("2026-03-17", page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Unknown_cases_are_not_there_and_strangers_are_asked_to_sign_in()
    {
        await using var rig = await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await rig.As("me@inside.example").GetAsync("/catalogue/1999-01-01-nobody")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await rig.As("me@inside.example").GetAsync("/catalogue/2006-06-12-sega-toys/watch?reading=99")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await rig.Browser().GetAsync("/catalogue")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await rig.Browser().GetAsync("/catalogue/2006-06-12-sega-toys/watch")).StatusCode);
    }
}
