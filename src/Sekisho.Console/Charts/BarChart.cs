namespace Sekisho.Pages.Charts;

/// <summary>Bars: upright, upright and stacked, lying. Figures in, safe markup out; nothing else.</summary>
public static class BarChart
{
    private const double Plot = 130;
    private const double Row = 38;

    /// <summary>Upright bars of one row of numbers, or of several side by side.</summary>
    public static string Upright(ChartData data) => Draw(data, stacked: false);

    /// <summary>Upright bars in which the rows of numbers stand on each other.</summary>
    public static string Stacked(ChartData data) => Draw(data, stacked: true);

    /// <summary>Lying bars, each with its label above and its number behind; for labels that are sentences. Several rows of numbers are laid end to end, with their sum behind.</summary>
    public static string Lying(ChartData data)
    {
        if (data.IsEmpty)
        {
            return ChartFrame.Nothing(data);
        }

        var legend = ChartFrame.LegendHeight(data);
        var top = legend > 0 ? legend + 6 : 0;
        var svg = ChartFrame.Begin(data, ChartFrame.Width, top + (Row * data.Labels.Count) + 2, "chart");
        ChartFrame.Patterns(svg, data);
        ChartFrame.Legend(svg, data, 0);
        var numbers = Enumerable.Range(0, data.Labels.Count).Max(i => ChartFrame.Wide(Scale.Short(data.Sum(i)))) + 8;
        var scale = Scale.For(data.MaxSum);
        for (var i = 0; i < data.Labels.Count; i++)
        {
            var y = top + (Row * i);
            svg.Label(0, y + 13, ChartFrame.Cut(data.Labels[i], ChartFrame.Width), "start");
            double x = 0;
            foreach (var row in data.Series)
            {
                var length = scale.At(row.Values[i]) * (ChartFrame.Width - numbers);
                svg.Open("g").Element("title", ChartFrame.Note(data.Labels[i], data.Series.Count > 1 ? row.Name : null, row.Values[i]));
                svg.Rect(x, y + 18, length, 14, $"bar edge{row.Ink}", ChartFrame.Fill(data, row.Ink)).Close();
                x += length;
            }

            svg.Line(0, y + 17, 0, y + 33, "axis").Label(x + 5, y + 29.5, Scale.Short(data.Sum(i)), "start", "label value");
        }

        return svg.Close().ToString();
    }

    private static string Draw(ChartData data, bool stacked)
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
        var scale = Scale.For(stacked ? data.MaxSum : data.Max);
        var left = ChartFrame.LeftAxis(svg, scale, Top, Bottom);
        var slot = (ChartFrame.Width - left) / data.Labels.Count;
        var across = slot * (slot > 6 ? 0.76 : 0.9);
        var columns = stacked ? 1 : data.Series.Count;
        var highest = Enumerable.Range(0, data.Labels.Count).MaxBy(data.Sum);
        for (var i = 0; i < data.Labels.Count; i++)
        {
            var x = left + (slot * i) + ((slot - across) / 2);
            var y = Bottom;
            for (var s = 0; s < data.Series.Count; s++)
            {
                var row = data.Series[s];
                var height = scale.At(row.Values[i]) * Plot;
                if (row.Values[i] > 0)
                {
                    svg.Open("g").Element("title", ChartFrame.Note(data.Labels[i], data.Series.Count > 1 ? row.Name : null, row.Values[i]));
                    svg.Rect(stacked ? x : x + (across / columns * s), (stacked ? y : Bottom) - height, across / columns, height, $"bar edge{row.Ink}", ChartFrame.Fill(data, row.Ink)).Close();
                }

                y -= height;
            }

            // With room every bar has its number; without, the highest does.
            var total = data.Sum(i);
            if ((stacked || data.Series.Count == 1) && total > 0 && (i == highest || slot >= ChartFrame.Wide(Scale.Short(total)) + 8))
            {
                var half = ChartFrame.Wide(Scale.Short(total)) / 2;
                svg.Label(Math.Clamp(x + (across / 2), left + half, ChartFrame.Width - half), Bottom - (scale.At(total) * Plot) - 4, Scale.Short(total), "middle", "label value");
            }
        }

        ChartFrame.BottomLabels(svg, data, left, Bottom + 16);
        ChartFrame.Legend(svg, data, Bottom + 26);
        return svg.Close().ToString();
    }
}
