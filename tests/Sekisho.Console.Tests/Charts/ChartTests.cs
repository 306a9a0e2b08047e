using System.Xml.Linq;
using Sekisho.Pages.Charts;
using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Tests.Charts;

/// <summary>Charts: safe and readable markup, whatever the figures and the labels are.</summary>
public sealed class ChartTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Kinds => [.. s_kinds.Keys];

    private static readonly Dictionary<string, Func<ChartData, string>> s_kinds = new(StringComparer.Ordinal)
    {
        ["upright"] = BarChart.Upright,
        ["stacked"] = BarChart.Stacked,
        ["lying"] = BarChart.Lying,
        ["line"] = LineChart.Draw,
        ["spark"] = LineChart.Spark,
    };

    private static ChartData Data(IReadOnlyList<string> labels, params Series[] series) => new("test", "Title", "Label", labels, series, new Tongue(Japanese: false), "Seen.");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_well_formed_and_says_what_it_is_to_those_who_do_not_see_it(string kind)
    {
        var svg = XElement.Parse(s_kinds[kind](Data(["a", "b", "c"], new Series("one", [1, 2, 3]), new Series("two", [3, 0, 7], 2))));
        Assert.Equal(s_svg + "svg", svg.Name);
        Assert.Equal("img", (string?)svg.Attribute("role"));
        Assert.Equal("Title. Seen.", (string?)svg.Attribute("aria-label"));
        Assert.Equal("Title", (string?)svg.Element(s_svg + "title"));
        Assert.Equal("Seen.", (string?)svg.Element(s_svg + "desc"));
        Assert.NotNull(svg.Attribute("viewBox"));
        Assert.DoesNotContain(svg.DescendantsAndSelf(), e => e.Attribute("style") is not null || e.Name.LocalName is "style" or "script" || e.Attributes().Any(a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_hostile_label_stays_a_label(string kind)
    {
        var hostile = "</text><script>alert(1)</script>\" onload='x' &\u202Eabc\0\u0008" + new string('x', 5000);
        var data = new ChartData("test", hostile, hostile, [hostile, "b"], [new Series(hostile, [1, 2]), new Series(hostile, [1, 2], 1)], new Tongue(Japanese: true), hostile);
        var markup = s_kinds[kind](data) + ChartFigure.Table(data);
        var parsed = XElement.Parse($"<div>{markup}</div>");
        Assert.DoesNotContain(parsed.Descendants(), e => e.Name.LocalName == "script" || e.Attributes().Any(a => a.Name.LocalName == "onload"));
        Assert.DoesNotContain('\u202E', markup);
        Assert.DoesNotContain('\0', markup);
        Assert.True(markup.Length < 20_000, "a label is cut");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_one_point_zeros_and_huge_figures_are_drawn_within_the_frame(string kind)
    {
        ChartData[] cases =
        [
            Data([]),
            Data([], new Series("none", [])),
            Data(["a"], new Series("one", [5])),
            Data(["a"], new Series("one", [0])),
            Data(["a", "b", "c"], new Series("one", [0, 0, 0]), new Series("two", [0, 0, 0], 3)),
            Data(["a", "b"], new Series("one", [long.MaxValue, 1]), new Series("two", [long.MaxValue, long.MaxValue], 4)),
            Data([.. Enumerable.Range(0, ChartData.MaxLabels).Select(i => $"label {i}")], new Series("one", [.. Enumerable.Range(0, ChartData.MaxLabels).Select(i => (long)i)])),
        ];
        foreach (var data in cases)
        {
            var svg = XElement.Parse(s_kinds[kind](data));
            var box = ((string)svg.Attribute("viewBox")!).Split(' ').Select(double.Parse).ToArray();
            foreach (var element in svg.Descendants().Where(e => e.Name.LocalName is "rect" or "text" or "line" && e.Parent!.Name.LocalName != "pattern"))
            {
                var x = (double?)element.Attribute("x") ?? (double)element.Attribute("x1")!;
                var y = (double?)element.Attribute("y") ?? (double)element.Attribute("y1")!;
                var width = (double?)element.Attribute("width") ?? 0;
                var height = (double?)element.Attribute("height") ?? 0;
                Assert.True(x >= -0.01 && x + width <= box[2] + 0.01 && y >= -0.01 && y + height <= box[3] + 0.01 && width >= 0 && height >= 0, $"{kind}: {element}");
            }
        }
    }

    [Fact]
    public void Negative_figures_uneven_rows_and_strange_keys_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Data(["a"], new Series("one", [-1])));
        Assert.Throws<ArgumentException>(() => Data(["a", "b"], new Series("one", [1])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Data(["a"], new Series("one", [1], 6)));
        Assert.Throws<ArgumentException>(() => new ChartData("a b\"", "t", "l", [], [], new Tongue(false)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Data([.. Enumerable.Repeat("a", ChartData.MaxLabels + 1)]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(7, 8)]
    [InlineData(99, 100)]
    [InlineData(101, 150)]
    [InlineData(12_639, 15_000)]
    public void An_axis_ends_at_a_round_number_just_above(double max, double top)
    {
        var scale = Scale.For(max);
        Assert.Equal(top, scale.Top);
        Assert.InRange(scale.Ticks.Count(), 2, 5);
        Assert.All(scale.Ticks, t => Assert.Equal(t, Math.Round(t)));
        Assert.Contains(scale.Step / Math.Pow(10, Math.Floor(Math.Log10(scale.Step))), new double[] { 1, 2, 5 });
    }

    [Fact]
    public void Rows_differ_without_colour_by_pattern_in_bars_and_by_sign_on_lines()
    {
        var six = Enumerable.Range(0, ChartData.Inks).Select(i => new Series($"row {i}", [i + 1, 2], i)).ToArray();
        var bars = XElement.Parse(BarChart.Stacked(Data(["a", "b"], six)));
        Assert.Equal(ChartData.Inks, bars.Descendants(s_svg + "pattern").Select(p => string.Concat(p.Elements(s_svg + "path").Select(e => (string?)e.Attribute("d")))).Distinct().Count());
        var lines = XElement.Parse(LineChart.Draw(Data(["a", "b"], six)));
        Assert.Equal(ChartData.Inks, lines.Descendants(s_svg + "path").Where(p => ((string)p.Attribute("class")!).StartsWith("sign ", StringComparison.Ordinal)).Select(p => (string?)p.Attribute("d")).Distinct().Count());
        Assert.All(six, row => Assert.Contains(bars.Elements(s_svg + "text"), t => t.Value == row.Name));
    }

    [Fact]
    public void Bars_are_as_long_as_their_figures_say()
    {
        var svg = XElement.Parse(BarChart.Upright(Data(["a", "b"], new Series("one", [50, 100]))));
        var bars = svg.Elements(s_svg + "g").Select(g => (double)g.Element(s_svg + "rect")!.Attribute("height")!).ToList();
        Assert.Equal(2 * bars[0], bars[1], 1);
        var stacked = XElement.Parse(BarChart.Stacked(Data(["a"], new Series("one", [30]), new Series("two", [70], 1))));
        var (lower, upper) = stacked.Elements(s_svg + "g").Select(g => g.Element(s_svg + "rect")!).ToList() is [var first, var second] ? (first, second) : default;
        Assert.Equal((double)lower!.Attribute("y")!, (double)upper!.Attribute("y")! + (double)upper.Attribute("height")!, 1);
    }

    [Fact]
    public void The_table_has_every_figure_of_the_chart()
    {
        var data = Data(["a", "b"], new Series("one", [1234, 0]), new Series("two", [5, 1_000_000], 1));
        var table = XElement.Parse(ChartFigure.Table(data)).Descendants("tbody").Single();
        Assert.Equal([["a", "1,234", "5"], ["b", "0", "1,000,000"]], table.Elements("tr").Select(r => r.Elements().Select(c => c.Value).ToArray()).ToArray());
        Assert.All(table.Descendants("td"), c => Assert.NotNull(c.Attribute("data-label")));
    }

    [Fact]
    public void Long_texts_are_cut_to_their_room_and_said_in_full_beside()
    {
        var label = "Strangers see each other's addresses, and this label does not end before the picture does";
        var svg = XElement.Parse(BarChart.Lying(Data([label], new Series("one", [3]))));
        Assert.Contains(svg.Descendants(s_svg + "text"), t => t.Value.EndsWith('…'));
        Assert.Contains(svg.Descendants(s_svg + "title"), t => t.Value == $"{label}: 3");
    }
}
