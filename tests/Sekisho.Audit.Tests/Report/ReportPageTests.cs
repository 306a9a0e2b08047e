using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Sekisho.Audit.Report.Samples;
using Sekisho.Pages.Shell;
using Sekisho.Policy;

namespace Sekisho.Audit.Report.Tests;

/// <summary>The page stands alone, says what the report says, and takes nothing out of mail for more than text.</summary>
public sealed partial class ReportPageTests
{
    public static TheoryData<string> Samples => ["quiet", "one", "many", "compared", "hostile"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_is_sound_html(string sample)
    {
        // Strict: the parser throws at the first thing that is not as it should be.
        var document = new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(Html(Make(sample)));
        Assert.Single(document.QuerySelectorAll("h1"));
        Assert.Single(document.QuerySelectorAll("main"));
        var ids = document.QuerySelectorAll("[id]").Select(e => e.Id!).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(document.QuerySelectorAll("a[href^='#']"), a => Assert.Contains(a.GetAttribute("href")![1..], ids));
        Assert.All(document.QuerySelectorAll("[aria-labelledby]"), e => Assert.Contains(e.GetAttribute("aria-labelledby"), ids));
        Assert.All(document.QuerySelectorAll("table"), t => Assert.NotEmpty(t.QuerySelectorAll("th[scope]")));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_asks_nothing_of_anybody(string sample)
    {
        var document = Parse(Html(Make(sample)));
        Assert.All(document.QuerySelectorAll("[src], [href], [action], [data], [poster], [srcset], [background], [ping]"), e =>
        {
            var target = e.GetAttribute("href");
            Assert.True(target is not null && (target.StartsWith('#') || (e.LocalName == "link" && target.StartsWith("data:image/svg+xml;base64,", StringComparison.Ordinal))), e.OuterHtml[..Math.Min(200, e.OuterHtml.Length)]);
        });
        Assert.All(document.QuerySelectorAll("*"), e => Assert.DoesNotContain(e.Attributes, a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name == "style"));
        var style = document.QuerySelector("style")!.TextContent;
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.Empty(document.QuerySelectorAll("iframe, object, embed, form, base, img"));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Its_policy_allows_its_own_style_and_script_and_nothing_else(string sample)
    {
        var document = Parse(Html(Make(sample)));
        var policy = document.QuerySelector("meta[http-equiv='Content-Security-Policy']")!;
        // What stands before it would not be bound by it.
        Assert.Equal("meta", policy.PreviousElementSibling!.LocalName);
        Assert.Equal("utf-8", policy.PreviousElementSibling.GetAttribute("charset"));
        var rules = policy.GetAttribute("content")!.Split("; ").Select(r => r.Split(' ', 2)).ToDictionary(r => r[0], r => r[1]);
        Assert.Equal("'none'", rules["default-src"]);
        Assert.Equal($"'sha256-{Digest(document.QuerySelectorAll("script").Single())}'", rules["script-src"]);
        Assert.Equal($"'sha256-{Digest(document.QuerySelectorAll("style").Single())}'", rules["style-src"]);
        Assert.Equal("data:", rules["img-src"]);
        Assert.Equal(["'none'", "'none'"], [rules["base-uri"], rules["form-action"]]);
    }

    [Fact]
    public void What_comes_out_of_mail_is_shown_as_text_and_hides_nothing()
    {
        var html = Html(SampleReports.Hostile());
        var document = Parse(html);
        Assert.Contains("<script>alert(1)</script>", document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("‹U+202E›", document.Body.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(html, c => char.GetUnicodeCategory(c) is UnicodeCategory.Format || (char.IsControl(c) && c != '\n'));
        // Of the addresses in it none is a link.
        Assert.Contains("https://evil.example/track.gif", document.Body.TextContent, StringComparison.Ordinal);
        Assert.Empty(document.QuerySelectorAll("a[href*='evil']"));
    }

    [Theory]
    [InlineData("many")]
    [InlineData("one")]
    public void Every_number_is_the_reports(string sample)
    {
        var report = Make(sample);
        var policy = report.Policies[0];
        var document = Parse(Html(report));
        Assert.Equal([report.Messages, report.Outside, policy.IncidentCount, policy.Incidents.Max(i => i.Exposed)], document.QuerySelectorAll(".bignumbers strong").Take(4).Select(e => Long(e.TextContent)));
        Assert.Equal(policy.Incidents.Select(i => (i.Exposed, (long)i.RecipientCount, (long)i.Organisations, (long)i.Verdict, (long)i.Severity, i.Date.ToUnixTimeSeconds())),
            Rows(document, "incidents").Select(c => (Long(c[4].TextContent), Long(c[5].TextContent), Long(c[6].TextContent), Key(c[7]), Key(c[1]), Key(c[2]))));
        Assert.Equal(policy.ByRule.Select(r => (r.Findings, r.Interrupted, r.Alone)), Rows(document, "rules").Select(c => (Long(c[1].TextContent), Long(c[2].TextContent), Long(c[4].TextContent))));
        Assert.Equal(policy.ByMonth.Select(m => (m.Outside, Of(m, PolicyAction.Hold) + Of(m, PolicyAction.Approve) + Of(m, PolicyAction.Refuse), Of(m, PolicyAction.Individual))),
            Rows(document, "months").Select(c => (Long(c[1].TextContent), Long(c[2].TextContent), Long(c[7].TextContent))));
        Assert.Equal(policy.BySender.Where(s => s.Interrupted > 0).Select(s => (s.Sender, s.Outside, s.Interrupted)), Rows(document, "senders").Select(c => (c[0].TextContent, Long(c[1].TextContent), Long(c[2].TextContent))));
        Assert.Equal(report.MostExposed.Select(p => (p.Address, p.Mails, p.Viewers)), Rows(document, "people").Select(c => (c[0].TextContent, Long(c[1].TextContent), Long(c[2].TextContent))));
        Assert.Equal(Enum.GetValues<PolicyAction>().Select(a => policy.ByVerdict.TryGetValue(a, out var n) ? n : 0), document.QuerySelectorAll("#cost > dl.facts > dd").Select(e => Long(e.ChildNodes[0].TextContent)));
    }

    [Fact]
    public void An_incident_has_its_evidence_its_place_and_its_recipients()
    {
        var report = SampleReports.Many(30);
        var document = Parse(Html(report));
        foreach (var (incident, i) in report.Policies[0].Incidents.Select((n, i) => (n, i + 1)))
        {
            var inside = document.QuerySelector($"#incident-{i} details")!.TextContent;
            Assert.Contains(incident.MessageId, inside, StringComparison.Ordinal);
            Assert.Contains(incident.Place, inside, StringComparison.Ordinal);
            Assert.All(incident.Findings, f => Assert.Contains(f.Summary.En, inside, StringComparison.Ordinal));
            Assert.All(incident.Findings, f => Assert.Contains(f.Summary.Ja, inside, StringComparison.Ordinal));
            Assert.All(incident.Findings.SelectMany(f => f.Evidence), e => Assert.Contains(e, inside, StringComparison.Ordinal));
            Assert.Equal(incident.Recipients, document.QuerySelectorAll($"#incident-{i} .addresses li[class]").Select(e => e.TextContent));
            Assert.Equal(incident.Recipients.Count(r => r.EndsWith("@minato.example", StringComparison.Ordinal)), document.QuerySelectorAll($"#incident-{i} .addresses li.inside").Length);
        }
    }

    [Theory]
    [InlineData("quiet")]
    [InlineData("many")]
    [InlineData("compared")]
    public void Words_of_ours_stand_in_both_languages(string sample)
    {
        var document = Parse(Html(Make(sample)));
        Assert.Equal(document.QuerySelectorAll("main [lang=en]").Length, document.QuerySelectorAll("main [lang=ja]").Length);
        foreach (var free in document.QuerySelectorAll("[lang=''], code, pre, script, style, .evidence, .mark, td:not([class]), #senders th, #people th, #compared-policies thead th, #compared-policies td, legend, .addresses li[class]").ToList())
        {
            free.Remove();
        }

        foreach (var word in document.QuerySelectorAll("[lang=en], [lang=ja]").Where(e => e.LocalName != "html").ToList())
        {
            word.Remove();
        }

        // What is left belongs to no language: numbers, dates, addresses.
        Assert.DoesNotMatch(JapaneseOrWords(), Regex.Replace(document.Body!.TextContent, "Message-ID|[\\w.*-]+@[\\w.-]+|[\\w.*-]+\\.example", ""));
    }

    [Fact]
    public void A_page_without_incidents_says_so_and_has_no_empty_table()
    {
        var document = Parse(Html(SampleReports.Quiet()));
        Assert.Contains("The policy would have let every mail go as it was", document.QuerySelector("#past")!.TextContent, StringComparison.Ordinal);
        Assert.All(document.QuerySelectorAll("table"), t => Assert.NotEmpty(t.QuerySelectorAll("tbody tr")));
        Assert.Empty(document.QuerySelectorAll("svg.chart"));
    }

    [Fact]
    public void Ten_thousand_incidents_make_a_page_of_bounded_size_that_says_what_is_left_out()
    {
        var report = SampleReports.Many(10_000, inAll: 12_345);
        using var stream = new CountingStream();
        ReportPage.Write(report, new Tongue(Japanese: false), stream);
        Assert.InRange(stream.Length, 5_000_000, 20_000_000);
        Assert.InRange(stream.Largest, 1, 1 << 20);
        var document = Parse(Html(report));
        Assert.Equal(10_000, Rows(document, "incidents").Count());
        Assert.Contains("2,345 less grave ones are left out", document.QuerySelector("#past .note.warn")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(document.QuerySelector("input[type=checkbox]#incidents-all"));
    }

    [Fact]
    public void A_long_tail_of_wrong_dates_does_not_press_the_charts_into_a_corner()
    {
        var months = Enumerable.Range(0, 800).Select(i => new DateOnly(1979, 1, 1).AddMonths(i))
            .Select(m => new MonthOutcome(m, m.Year is 2000 or 2001 ? 500 : m.Year is 1979 or 2044 ? 1 : 0, new Dictionary<PolicyAction, long> { [PolicyAction.Hold] = m.Year is 2000 or 2001 ? 2 : 0 }, new Dictionary<string, long>())).ToList();
        var drawn = ReportFigures.Drawn(months, 60);
        Assert.Equal((new DateOnly(2000, 1, 1), new DateOnly(2001, 12, 1)), (drawn[0].Month, drawn[^1].Month));
        var report = SampleReports.One();
        var document = Parse(Html(report with { Policies = [report.Policies[0] with { ByMonth = months }] }));
        Assert.Equal(24 + months.Count(m => m.Outside == 1), Rows(document, "months").Count());
        Assert.Contains("2000-01 to 2001-12", document.QuerySelector("#cost")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Compared_policies_stand_side_by_side_and_name_what_changes()
    {
        var report = SampleReports.Compared();
        var document = Parse(Html(report));
        var cells = document.QuerySelector("#compared-policies tbody tr")!.QuerySelectorAll("td").Select(c => Long(c.TextContent));
        Assert.Equal(report.Policies.Select(p => p.Interrupted), cells);
        var (gone, added, _) = ReportFigures.Difference(report.Policies[0], report.Policies[1]);
        Assert.Equal([12, 5], [added.Count, gone.Count]);
        Assert.Contains("Would be stopped in addition: 12", document.QuerySelector("#comparison")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Would no longer be stopped: 5", document.QuerySelector("#comparison")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void It_opens_in_the_language_it_was_made_in()
    {
        foreach (var code in new[] { "en", "ja" })
        {
            using var stream = new MemoryStream();
            ReportPage.Write(SampleReports.One(), new Tongue(code == "ja"), stream);
            var document = Parse(Encoding.UTF8.GetString(stream.ToArray()));
            Assert.Equal(code, document.DocumentElement.GetAttribute("lang"));
            Assert.Equal("language-" + code, document.QuerySelectorAll("input[name=language][checked]").Single().Id);
            Assert.Equal(document.Body!.GetAttribute("data-" + code), document.Title);
        }
    }

    private static AuditReport Make(string sample) => sample switch
    {
        "quiet" => SampleReports.Quiet(),
        "one" => SampleReports.One(),
        "compared" => SampleReports.Compared(),
        "hostile" => SampleReports.Hostile(),
        _ => SampleReports.Many(250),
    };

    private static string Html(AuditReport report)
    {
        using var stream = new MemoryStream();
        ReportPage.Write(report, new Tongue(Japanese: false), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static IEnumerable<List<IElement>> Rows(IDocument document, string table) => document.QuerySelectorAll($"#{table} > tbody > tr:not(:has(> .what))").Select(r => r.Children.ToList());

    private static long Of(MonthOutcome month, PolicyAction action) => month.ByVerdict.TryGetValue(action, out var n) ? n : 0;

    private static long Long(string text) => long.Parse(text.Trim(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static long Key(IElement cell) => long.Parse(cell.GetAttribute("data-key")!, CultureInfo.InvariantCulture);

    private static string Digest(IElement element) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(element.TextContent)));

    [GeneratedRegex(@"[\u3041-\u30FF\u4E00-\u9FFF]|[A-Za-z]{3,}")]
    private static partial Regex JapaneseOrWords();

    /// <summary>Counts what is written, and how much at once at most.</summary>
    private sealed class CountingStream : MemoryStream
    {
        private long _length;

        public override long Length => _length;

        public long Largest { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _length += buffer.Length;
            Largest = Math.Max(Largest, buffer.Length);
        }
    }
}
