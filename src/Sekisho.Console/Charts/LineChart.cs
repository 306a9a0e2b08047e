namespace Sekisho.Pages.Charts;

/// <summary>Lines over time, filled below where there is one; and the small line that stands beside a number.</summary>
public static class LineChart
{
    private const double Plot = 130;

    /// <summary>A line for each row of numbers, each with a sign of its own at its points; a single one is filled below.</summary>
    public static string Draw(ChartData data)
    {
        if (data.IsEmpty)
        {
            return ChartFrame.Nothing(data);
        }

        const double Top = 16;
        const double Bottom = Top + Plot;
        var legend = ChartFrame.LegendHeight(data);
        var svg = ChartFrame.Begin(data, ChartFrame.Width, Bottom + 20 + (legend > 0 ? legend + 6 : 0), "chart");
        ChartFrame.Patterns(svg, data);
        var scale = Scale.For(data.Max);
        var left = ChartFrame.LeftAxis(svg, scale, Top, Bottom);
        var slot = (ChartFrame.Width - left) / data.Labels.Count;
        foreach (var row in data.Series)
        {
            var points = row.Values.Select((v, i) => (X: left + (slot * (i + 0.5)), Y: Bottom - (scale.At(v) * Plot))).ToList();
            if (data.Series.Count == 1 && points.Count > 1)
            {
                svg.Empty("polygon", ("points", Join([(points[0].X, Bottom), .. points, (points[^1].X, Bottom)])), ("fill", ChartFrame.Fill(data, row.Ink)), ("class", "area"));
            }

            if (points.Count > 1)
            {
                svg.Empty("polyline", ("points", Join(points)), ("class", $"line edge{row.Ink}"), ("fill", "none"));
            }

            var every = Math.Max(1, points.Count / 30);
            for (var i = 0; i < points.Count; i += every)
            {
                svg.Open("g").Element("title", ChartFrame.Note(data.Labels[i], data.Series.Count > 1 ? row.Name : null, row.Values[i]));
                Sign(svg, row.Ink, points[i].X, points[i].Y);
                svg.Close();
            }
        }

        ChartFrame.BottomLabels(svg, data, left, Bottom + 16);
        ChartFrame.Legend(svg, data, Bottom + 26, (w, row, x, y) => Sign(w, row.Ink, x + 7, y + 6));
        return svg.Close().ToString();
    }

    /// <summary>A small line without axes, of the first row of numbers.</summary>
    public static string Spark(ChartData data)
    {
        const double Across = 120, High = 28;
        var svg = ChartFrame.Begin(data, Across, High, "chart spark");
        if (!data.IsEmpty)
        {
            var row = data.Series[0];
            var max = Math.Max(1, (double)row.Values.Max());
            var step = row.Values.Count > 1 ? (Across - 8) / (row.Values.Count - 1) : 0;
            var points = row.Values.Select((v, i) => (X: 4 + (step * i), Y: High - 4 - (v / max * (High - 8)))).ToList();
            svg.Line(0, High - 1, Across, High - 1, "axis");
            if (points.Count > 1)
            {
                svg.Empty("polyline", ("points", Join(points)), ("class", $"line edge{row.Ink}"), ("fill", "none"));
            }

            Sign(svg, row.Ink, points[^1].X, points[^1].Y);
        }

        return svg.Close().ToString();
    }

    private static string Join(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(p => $"{SvgWriter.Number(p.X)},{SvgWriter.Number(p.Y)}"));

    private static void Sign(SvgWriter svg, int ink, double x, double y)
    {
        var drawing = ink switch
        {
            0 => "M-2.8,0 a2.8,2.8 0 1,0 5.6,0 a2.8,2.8 0 1,0 -5.6,0 z",
            1 => "M-2.6,-2.6 h5.2 v5.2 h-5.2 z",
            2 => "M0,-3.4 l3.4,6 h-6.8 z",
            3 => "M0,-3.6 l3.6,3.6 l-3.6,3.6 l-3.6,-3.6 z",
            4 => "M0,3.4 l3.4,-6 h-6.8 z",
            _ => "M-3,-1 h2 v-2 h2 v2 h2 v2 h-2 v2 h-2 v-2 h-2 z",
        };
        svg.Empty("path", ("d", drawing), ("class", $"sign edge{ink}"), ("transform", $"translate({SvgWriter.Number(x)} {SvgWriter.Number(y)})"));
    }
}
