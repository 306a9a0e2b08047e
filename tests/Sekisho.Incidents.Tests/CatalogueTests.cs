using System.Text;
using Sekisho.Incidents;

namespace Sekisho.Incidents.Tests;

public sealed class CatalogueTests
{
    private static readonly Catalogue s_catalogue = Catalogue.Embedded;

    [Fact]
    public void The_figures_are_those_of_the_catalogues_own_page()
    {
        var statistics = s_catalogue.Statistics;
        Assert.Equal(108, statistics.Incidents);
        Assert.Equal(108, s_catalogue.Incidents.Count);
        Assert.Equal(new SizeSpread(102, 120_608, 2, 240, 16_280), statistics.Exposed);
        Assert.Equal(1, statistics.Recipients.Min);
        Assert.Equal(16_233, statistics.Recipients.Max);
    }

    [Theory]
    [InlineData("visible-recipients", 71, 42_459)]
    [InlineData("wrong-attachment", 10, 30_099)]
    [InlineData("addresses-in-body", 6, 33_058)]
    [InlineData("wrong-recipient", 6, 1_742)]
    [InlineData("other", 4, 1_146)]
    [InlineData("wrong-personalisation", 3, 11_899)]
    [InlineData("header-break", 2, 160)]
    [InlineData("list-open-to-posting", 2, 26)]
    [InlineData("addresses-in-subject", 1, 6)]
    [InlineData("double-start", 1, 13)]
    [InlineData("virus", 1, 0)]
    public void Each_way_of_leaking_has_its_number(string family, int incidents, int exposed)
    {
        var group = Assert.Single(s_catalogue.Statistics.ByFamily, g => g.Name == family);
        Assert.Equal(incidents, group.Incidents);
        Assert.Equal(exposed, group.Exposed);
    }

    [Fact]
    public void A_way_without_figures_has_no_total() => Assert.Null(Assert.Single(s_catalogue.Statistics.ByFamily, g => g.Name == "system-misrouting").Exposed);

    [Fact]
    public void Groupings_cover_every_incident()
    {
        var statistics = s_catalogue.Statistics;
        foreach (var groups in new[] { statistics.ByFamily, statistics.ByMechanism, statistics.ByYear, statistics.BySector, statistics.ByCause })
        {
            Assert.Equal(108, groups.Sum(g => g.Incidents));
            Assert.Equal(120_608, groups.Sum(g => g.Exposed ?? 0));
            Assert.Equal(102, groups.Sum(g => g.WithFigure));
        }

        Assert.Equal(83, Assert.Single(statistics.ByCause, g => g.Name == "operator-error").Incidents);
        Assert.Equal([("2005", 35), ("2006", 54), ("2007", 15), ("2018", 1), ("2021", 3)], statistics.ByYear.Select(g => (g.Name, g.Incidents)));
    }

    [Fact]
    public void All_of_them_must_be_stopped_and_each_names_the_rule_that_does()
    {
        var rules = s_catalogue.Incidents.Select(StoppingRules.RuleThatStops).ToList();
        Assert.All(rules, r => Assert.Equal(Standing.Now, r.Standing));
        Assert.All(rules, r => Assert.NotEmpty(r.Rules));
        Assert.All(rules, r => Assert.Empty(r.Later));
        Assert.Equal(74, rules.Count(r => r.Primary == "visible-recipients"));
        Assert.Equal(7, rules.Count(r => r.Primary == "addresses-in-body"));
        var known = typeof(Sekisho.Inspection.RuleNames).GetFields().Select(f => (string)f.GetRawConstantValue()!).Append(StoppingRule.DeliverySeal).ToHashSet();
        Assert.All(rules.SelectMany(r => r.Rules), r => Assert.Contains(r, known));
    }

    [Fact]
    public void Every_control_of_the_catalogue_is_a_rule_or_a_known_way_of_working()
    {
        string[] waysOfWorking = ["approval", "staged-sending-with-stop", "secure-portal", "history-audit"];
        var controls = s_catalogue.Incidents.SelectMany(i => i.Control).Distinct().ToList();
        Assert.Equal(waysOfWorking.Order(), controls.Where(c => StoppingRules.RulesOfControl(c).Count == 0).Order());
    }

    [Fact]
    public void Words_in_either_language_find_an_incident()
    {
        Assert.Equal("2006-06-12-sega-toys", Assert.Single(s_catalogue.Search(new CatalogueQuery { Text = "survey recall 12,639" })).Id);
        Assert.Equal("2005-12-23-koide-camera", Assert.Single(s_catalogue.Search(new CatalogueQuery { Text = "年賀" })).Id);
        Assert.Equal("2006-06-12-sega-toys", Assert.Single(s_catalogue.Search(new CatalogueQuery { Text = "SEGA toys" })).Id);
        Assert.Empty(s_catalogue.Search(new CatalogueQuery { Text = "no such words" }));
    }

    [Fact]
    public void Filters_narrow_the_search_together()
    {
        Assert.Equal(71, s_catalogue.Search(new CatalogueQuery { Mechanism = "visible-recipients" }).Count(i => i.Mechanism.StartsWith("visible", StringComparison.Ordinal)));
        Assert.Equal(24, s_catalogue.Search(new CatalogueQuery { Mechanism = "visible-recipients-to" }).Count);
        var banks = s_catalogue.Search(new CatalogueQuery { Sector = "Bank" });
        Assert.Equal(4, banks.Count);
        var one = Assert.Single(s_catalogue.Search(new CatalogueQuery { Sector = "bank", Year = 2018 }));
        Assert.Equal("2018-05-18-kanagawa-bank", one.Id);
    }

    [Theory]
    [InlineData("segatoys", "2006-06-12-sega-toys")]
    [InlineData("sega-toyz", "2006-06-12-sega-toys")]
    [InlineData("2006-06-12-sega-tois", "2006-06-12-sega-toys")]
    [InlineData("kisei-pharma", "2007-02-01-kissei-pharma")]
    public void A_mistyped_id_has_its_near_match(string typed, string id) => Assert.Contains(id, s_catalogue.NearMatches(typed));

    [Fact]
    public void An_id_is_found_whatever_its_case() => Assert.NotNull(s_catalogue.Find(" 2006-06-12-SEGA-toys "));

    [Theory]
    [InlineData("[{", "line 1")]
    [InlineData("[]", "a list of incidents was expected")]
    [InlineData("""[{"id":"a"}]""", "missing required")]
    [InlineData("""[{"id":"a","dat":"2005-01-01"}]""", "dat")]
    public void A_damaged_catalogue_is_refused_with_the_reason(string json, string reason)
        => Assert.Contains(reason, Assert.Throws<CatalogueException>(() => Catalogue.Parse(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_record_with_an_unknown_mechanism_a_negative_count_or_a_repeated_id_is_refused()
    {
        Assert.Contains("'guesswork'", Refusal(Record("a", "guesswork", "3")), StringComparison.Ordinal);
        Assert.Contains("negative", Refusal(Record("a", "virus", "-3")), StringComparison.Ordinal);
        Assert.Contains("'a' stands twice", Refusal(Record("a", "virus", "3") + "," + Record("a", "virus", "3")), StringComparison.Ordinal);
        Assert.Contains("'A b'", Refusal(Record("A b", "virus", "3")), StringComparison.Ordinal);
        Assert.Single(Catalogue.Parse(Encoding.UTF8.GetBytes($"[{Record("a", "virus", "3")}]")).Incidents);

        static string Refusal(string records)
            => Assert.Throws<CatalogueException>(() => Catalogue.Parse(Encoding.UTF8.GetBytes($"[{records}]"))).Message;

        static string Record(string id, string mechanism, string exposed) => $$"""
            {"id":"{{id}}","date":"2005-01-01","dateBasis":"send","organization":"o","organizationEn":"o","sector":"s","mechanism":"{{mechanism}}",
             "cause":"c","audience":"a","exposed":{{exposed}},"detectedBy":"d","summaryEn":"e","summaryJa":"j",
             "replay":{"messages":1,"attachment":{"kind":null},"notes":"n" } }
            """;
    }

    [Fact]
    public void A_case_can_be_told_without_the_name()
    {
        var incident = s_catalogue.Find("2006-06-12-sega-toys")!;
        Assert.Equal("2006, toy maker, 12,639 addresses or persons", incident.Anonymous(japanese: false));
        Assert.Equal("2006年、玩具メーカー、12,639件", incident.Anonymous(japanese: true));
    }

    [Fact]
    public void Every_sector_has_a_name_in_both_languages()
        => Assert.All(Catalogue.Embedded.Incidents, incident => Assert.True(Sectors.IsNamed(incident.Sector), incident.Sector));
}
