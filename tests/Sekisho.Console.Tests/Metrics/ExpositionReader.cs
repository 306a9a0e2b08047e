using System.Globalization;
using System.Text.RegularExpressions;

namespace Sekisho.Pages.Tests.Metrics;

/// <summary>One line with a value.</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>A strict reader of Prometheus's text format 0.0.4: what the format does not allow fails the test.</summary>
internal static partial class ExpositionReader
{
    public static List<Sample> Read(string page)
    {
        Assert.EndsWith("\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', page);
        var samples = new List<Sample>();
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        var helped = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? current = null;
        foreach (var line in page.Split('\n')[..^1])
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                var name = line.Split(' ')[2];
                Assert.Matches(Name(), name);
                Assert.True(helped.Add(name), $"{name} is described twice");
                current = name;
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var parts = line.Split(' ');
                Assert.Equal(4, parts.Length);
                Assert.Equal(current, parts[2]);
                Assert.Contains(parts[3], (string[])["counter", "gauge", "histogram"]);
                Assert.True(types.TryAdd(parts[2], parts[3]), $"{parts[2]} has two types");
            }
            else
            {
                var match = Line().Match(line);
                Assert.True(match.Success, $"not a line of the format: {line}");
                var labels = Label().Matches(match.Groups["labels"].Value).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value, StringComparer.Ordinal);
                var name = match.Groups["name"].Value;
                // All lines of a family stand together, after its type.
                Assert.True(name == current || (types[current!] == "histogram" && name[current!.Length..] is "_bucket" or "_sum" or "_count"), $"{name} stands among the lines of {current}");
                Assert.True(seen.Add($"{name}{{{match.Groups["labels"].Value}}}"), $"{line} stands twice");
                samples.Add(new Sample(name, labels, match.Groups["value"].Value == "+Inf" ? double.PositiveInfinity : double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)));
            }
        }

        foreach (var (name, type) in types)
        {
            Assert.Equal(type == "counter", name.EndsWith("_total", StringComparison.Ordinal));
            if (type == "histogram")
            {
                Histogram(samples, name);
            }
        }

        return samples;
    }

    private static void Histogram(List<Sample> samples, string name)
    {
        foreach (var count in samples.Where(s => s.Name == name + "_count"))
        {
            var buckets = samples.Where(s => s.Name == name + "_bucket" && count.Labels.All(l => s.Labels[l.Key] == l.Value)).ToList();
            var bounds = buckets.Select(b => b.Labels["le"] == "+Inf" ? double.PositiveInfinity : double.Parse(b.Labels["le"], CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(bounds.Order(), bounds);
            Assert.Equal(double.PositiveInfinity, bounds[^1]);
            Assert.Equal(buckets.Select(b => b.Value).Order(), buckets.Select(b => b.Value));
            Assert.Equal(count.Value, buckets[^1].Value);
            Assert.Contains(samples, s => s.Name == name + "_sum");
        }
    }

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*$")]
    private static partial Regex Name();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*="(\\\\|\\"|\\n|[^"\\\n])*"(,[a-zA-Z_][a-zA-Z0-9_]*="(\\\\|\\"|\\n|[^"\\\n])*")*)\})? (?<value>\+Inf|-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)$""")]
    private static partial Regex Line();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="((?:\\\\|\\"|\\n|[^"\\\n])*)"(?:,|$)""")]
    private static partial Regex Label();
}
