using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Sekisho.Pages.Charts;

/// <summary>A chart as pages show it: heading, picture, and the same figures as a table that opens below.</summary>
public static class ChartFigure
{
    /// <summary>Draws with one of the charts, e.g. <see cref="BarChart.Upright"/>.</summary>
    public static IHtmlContent Of(ChartData data, Func<ChartData, string> draw)
    {
        // The key is letters, digits and hyphens; everything else is encoded by its writer.
        var caption = new SvgWriter().Element("figcaption", data.Title);
        return new HtmlString($"<figure class=\"figure\" id=\"{data.Key}\">{caption}{draw(data)}{Table(data)}</figure>");
    }

    /// <summary>The figures as a table behind a line that opens it; empty for a chart without figures.</summary>
    public static string Table(ChartData data)
    {
        if (data.IsEmpty)
        {
            return "";
        }

        var html = new SvgWriter().Open("details").Element("summary", data.Tongue["Figures as a table", "数字を表で見る"]).Open("table", ("class", "rows")).Element("caption", data.Title);
        html.Open("thead").Open("tr").Element("th", data.LabelName, ("scope", "col"));
        foreach (var row in data.Series)
        {
            html.Element("th", row.Name, ("scope", "col"), ("class", "number"));
        }

        html.Close().Close().Open("tbody");
        for (var i = 0; i < data.Labels.Count; i++)
        {
            html.Open("tr").Element("th", data.Labels[i], ("scope", "row"), ("data-label", data.LabelName));
            foreach (var row in data.Series)
            {
                html.Element("td", row.Values[i].ToString("N0", CultureInfo.InvariantCulture), ("class", "number"), ("data-label", row.Name));
            }

            html.Close();
        }

        return html.Close().Close().Close().ToString();
    }
}
