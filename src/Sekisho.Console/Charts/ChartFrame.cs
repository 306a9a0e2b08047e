using System.Globalization;

namespace Sekisho.Pages.Charts;

/// <summary>
/// What all charts share: the size they are drawn at, the frame with title and description, axes, patterns, legend. They are drawn for the width of a phone, where a unit is about a pixel, and grow
/// from there, so no text ever becomes too small. Colours are classes of <c>charts.css</c>; every colour comes with a pattern or a sign of its own.
/// </summary>
internal static class ChartFrame
{
    /// <summary>Units across.</summary>
    public const double Width = 360;

    /// <summary>Size of the letters.</summary>
    public const double Letter = 12;

    private const double LegendRow = 18;

    public static SvgWriter Begin(ChartData data, double width, double height, string css)
    {
        var spoken = data.Description.Length > 0 ? $"{data.Title}. {data.Description}" : data.Title;
        var svg = new SvgWriter().Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", $"0 0 {SvgWriter.Number(width)} {SvgWriter.Number(height)}"), ("class", css),
            ("role", "img"), ("aria-label", spoken));
        svg.Element("title", data.Title);
        if (data.Description.Length > 0)
        {
            svg.Element("desc", data.Description);
        }

        return svg;
    }

    /// <summary>A chart without figures says so.</summary>
    public static string Nothing(ChartData data) => Begin(data, Width, 60, "chart").Label(Width / 2, 35, data.Tongue["No figures yet", "まだ数字がありません"], "middle").Close().ToString();

    /// <summary>The fills of a chart's rows. Each differs from the others without its colour.</summary>
    public static void Patterns(SvgWriter svg, ChartData data)
    {
        svg.Open("defs");
        foreach (var ink in data.Series.Select(s => s.Ink).Distinct())
        {
            svg.Open("pattern", ("id", Id(data, ink)), ("patternUnits", "userSpaceOnUse"), ("width", "8"), ("height", "8"));
            svg.Rect(0, 0, 8, 8, $"ground{ink}", "none");
            var drawing = ink switch
            {
                1 => "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4",
                2 => "M0,0 l8,8 M-2,6 l4,4 M6,-2 l4,4 M0,8 l8,-8 M-2,2 l4,-4 M6,10 l4,-4",
                3 => "M0,2 h8 M0,6 h8",
                4 => "M2,0 v8 M6,0 v8",
                5 => "M2,1 v2 M6,5 v2",
                _ => "",
            };
            if (drawing.Length > 0)
            {
                svg.Empty("path", ("d", drawing), ("class", $"drawn{ink}"));
            }

            svg.Close();
        }

        svg.Close();
    }

    public static string Fill(ChartData data, int ink) => $"url(#{Id(data, ink)})";

    /// <summary>Space the legend takes; none for a single row of numbers, which the title names.</summary>
    public static double LegendHeight(ChartData data) => data.Series.Count < 2 ? 0 : Places(data).Max(p => p.Y) + LegendRow;

    public static void Legend(SvgWriter svg, ChartData data, double top, Action<SvgWriter, Series, double, double>? swatch = null)
    {
        if (data.Series.Count < 2)
        {
            return;
        }

        foreach (var (row, (x, y)) in data.Series.Zip(Places(data)))
        {
            if (swatch is null)
            {
                svg.Rect(x, top + y, 14, 12, $"bar edge{row.Ink}", Fill(data, row.Ink));
            }
            else
            {
                swatch(svg, row, x, top + y);
            }

            svg.Label(x + 19, top + y + 10.5, Cut(row.Name, Width - x - 19), "start");
        }
    }

    /// <summary>Lines at the ticks with their numbers; returns where the drawing begins.</summary>
    public static double LeftAxis(SvgWriter svg, Scale scale, double top, double bottom)
    {
        var left = scale.Ticks.Max(t => Wide(Scale.Short(t))) + 8;
        foreach (var tick in scale.Ticks)
        {
            var y = bottom - (scale.At(tick) * (bottom - top));
            svg.Line(left, y, Width, y, tick == 0 ? "axis" : "grid").Label(left - 5, y + 4, Scale.Short(tick), "end");
        }

        return left;
    }

    /// <summary>Labels below; where they would touch, every second, third, … is written.</summary>
    public static void BottomLabels(SvgWriter svg, ChartData data, double left, double y)
    {
        var slot = (Width - left) / data.Labels.Count;
        var widest = data.Labels.Max(Wide) + 8;
        // Labels come in rounds (hours, days of the week): a step that divides many counts evenly keeps the same ones in place.
        int[] steps = [1, 2, 3, 4, 6, 7, 8, 12, 14, 24, 28, 48, 96, 200, 400];
        var every = steps.FirstOrDefault(s => slot * s >= widest, data.Labels.Count);
        for (var i = 0; i < data.Labels.Count; i += every)
        {
            var middle = left + (slot * (i + 0.5));
            var half = Wide(data.Labels[i]) / 2;
            var (x, anchor) = middle + half > Width ? (Width, "end") : middle - half < 0 ? (0, "start") : (middle, "middle");
            svg.Label(x, y, Cut(data.Labels[i], Width), anchor);
        }
    }

    /// <summary>About how wide a text is: Japanese letters are as wide as high, Latin ones about half.</summary>
    public static double Wide(string text) => text.EnumerateRunes().Sum(r => r.Value >= 0x1100 ? Letter : Letter * 0.58);

    /// <summary>Cut to a width, with an ellipsis.</summary>
    public static string Cut(string text, double width)
    {
        if (Wide(text) <= width)
        {
            return text;
        }

        var used = Letter;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.Value >= 0x1100 ? Letter : Letter * 0.58;
            if (used > width)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, length), "…");
    }

    /// <summary>For the small note a pointer shows over a bar: in full.</summary>
    public static string Note(string label, string? name, double value)
        => name is null ? string.Create(CultureInfo.InvariantCulture, $"{label}: {value:N0}") : string.Create(CultureInfo.InvariantCulture, $"{label}, {name}: {value:N0}");

    private static string Id(ChartData data, int ink) => $"{data.Key}-ink{ink}";

    private static List<(double X, double Y)> Places(ChartData data)
    {
        var places = new List<(double X, double Y)>();
        double x = 0, y = 0;
        foreach (var row in data.Series)
        {
            var wide = Wide(row.Name) + 33;
            if (x > 0 && x + wide > Width)
            {
                (x, y) = (0, y + LegendRow);
            }

            places.Add((x, y));
            x += wide;
        }

        return places;
    }
}
