using Sekisho.Pages.Shell;

namespace Sekisho.Pages.Charts;

/// <summary>One row of numbers of a chart, a value for each label.</summary>
/// <param name="Name">As the legend and the table's heading say it.</param>
/// <param name="Values">Counts; none may be negative.</param>
/// <param name="Ink">0–5: which colour, pattern and sign it has; so that the same thing looks the same in every chart.</param>
public sealed record Series(string Name, IReadOnlyList<long> Values, int Ink = 0);

/// <summary>
/// What a chart shows. The picture and the table beside it are made from the same one. Checked when it is made: throws <see cref="ArgumentException"/> for negative values, rows of
/// unequal length, more than <see cref="MaxLabels"/> labels or <see cref="Inks"/> rows, or a key that cannot stand in an identifier.
/// </summary>
public sealed class ChartData
{
    /// <summary>Most labels of one chart.</summary>
    public const int MaxLabels = 400;

    /// <summary>Colours, patterns and signs there are.</summary>
    public const int Inks = 6;

    private const int MaxText = 120;

    /// <summary>Takes the figures.</summary>
    /// <param name="key">Unlike any other chart's on the page: lower-case letters, digits, hyphens.</param>
    /// <param name="title">What is counted.</param>
    /// <param name="labelName">What the labels are, e.g. <c>Hour</c>.</param>
    /// <param name="labels">Under the bars, or beside them; foreign text is made harmless.</param>
    /// <param name="series">The numbers.</param>
    /// <param name="tongue">Language of the few words the chart adds.</param>
    /// <param name="description">The one thing to see in it, for those who do not see it; may be empty.</param>
    public ChartData(string key, string title, string labelName, IReadOnlyList<string> labels, IReadOnlyList<Series> series, Tongue tongue, string description = "")
    {
        if (key.Length is 0 or > 40 || key.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')))
        {
            throw new ArgumentException("lower-case letters, digits and hyphens only", nameof(key));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(labels.Count, MaxLabels, nameof(labels));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(series.Count, Inks, nameof(series));
        foreach (var row in series)
        {
            if (row.Values.Count != labels.Count)
            {
                throw new ArgumentException($"{row.Values.Count} values for {labels.Count} labels", nameof(series));
            }

            if (row.Ink is < 0 or >= Inks || row.Values.Any(v => v < 0))
            {
                throw new ArgumentOutOfRangeException(nameof(series), "counts are not negative, inks are 0 to 5");
            }
        }

        Key = key;
        Title = Shown.Text(title, MaxText);
        LabelName = Shown.Text(labelName, MaxText);
        Labels = [.. labels.Select(l => Shown.Text(l, MaxText))];
        Series = [.. series.Select(s => s with { Name = Shown.Text(s.Name, MaxText) })];
        Tongue = tongue;
        Description = Shown.Text(description, 400);
    }

    /// <summary>Part of the identifiers in its markup.</summary>
    public string Key { get; }

    /// <summary>What is counted.</summary>
    public string Title { get; }

    /// <summary>What the labels are.</summary>
    public string LabelName { get; }

    /// <summary>The labels, harmless.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The rows of numbers.</summary>
    public IReadOnlyList<Series> Series { get; }

    /// <summary>The language.</summary>
    public Tongue Tongue { get; }

    /// <summary>For those who do not see it.</summary>
    public string Description { get; }

    /// <summary>True when there is nothing to draw.</summary>
    public bool IsEmpty => Labels.Count == 0 || Series.Count == 0;

    /// <summary>The largest single value.</summary>
    public double Max => IsEmpty ? 0 : Series.Max(s => s.Values.Max());

    /// <summary>The largest sum of one label's values.</summary>
    public double MaxSum => IsEmpty ? 0 : Enumerable.Range(0, Labels.Count).Max(Sum);

    /// <summary>All values of one label; a <see cref="double"/>, since the sum of large ones may be more than a <see cref="long"/> holds.</summary>
    public double Sum(int label) => Series.Sum(s => (double)s.Values[label]);
}
