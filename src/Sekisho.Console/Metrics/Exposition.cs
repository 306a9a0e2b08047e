using System.Globalization;
using System.Text;

namespace Sekisho.Pages.Metrics;

/// <summary>Prometheus's text format 0.0.4.</summary>
internal static class Exposition
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<Family> families)
    {
        var page = new StringBuilder();
        foreach (var family in families)
        {
            page.Append("# HELP ").Append(family.Name).Append(' ').Append(family.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
            page.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Kind).Append('\n');
            foreach (var (labels, series) in family.Series)
            {
                if (family.Kind == "histogram")
                {
                    Histogram(page, family.Name, labels, series);
                }
                else
                {
                    Line(page, family.Name, labels, series.Value);
                }
            }
        }

        return page.ToString();
    }

    /// <summary>Labels as they stand between the braces, in one order.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (labels.IsEmpty)
        {
            return "";
        }

        var sorted = labels.ToArray();
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return string.Join(',', sorted.Select(l => $"{l.Key}=\"{Value(l.Value?.ToString() ?? "")}\""));
    }

    private static string Value(string text)
        => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static void Histogram(StringBuilder page, string name, string labels, Series series)
    {
        var below = 0L;
        for (var i = 0; i < series.Buckets.Length; i++)
        {
            below += series.Buckets[i];
            Line(page, name + "_bucket", Join(labels, $"le=\"{MetricsBoard.Steps[i].ToString(CultureInfo.InvariantCulture)}\""), below);
        }

        Line(page, name + "_bucket", Join(labels, "le=\"+Inf\""), series.Count);
        Line(page, name + "_sum", labels, series.Value);
        Line(page, name + "_count", labels, series.Count);
    }

    private static string Join(string labels, string label) => labels.Length == 0 ? label : $"{labels},{label}";

    private static void Line(StringBuilder page, string name, string labels, double value)
    {
        page.Append(name);
        if (labels.Length > 0)
        {
            page.Append('{').Append(labels).Append('}');
        }

        page.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
