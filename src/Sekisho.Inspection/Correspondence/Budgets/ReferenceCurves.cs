using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;

namespace Sekisho.Inspection;

/// <summary>How scores are spread over a set of ordinary mail, by rule: for organisations of whose own mail too little is known. Made by <c>bench/lookalike MBOX --curves</c>, which says in the file of what.</summary>
internal static class ReferenceCurves
{
    private const string Name = "Sekisho.Inspection.Correspondence.Budgets.Data.alarm-curves.txt";

    private static readonly Lazy<FrozenDictionary<string, ScoreCurve>> _shipped = new(Load);

    /// <summary>The curve of a rule; empty for a rule without one.</summary>
    public static ScoreCurve Of(string rule)
        => rule == RuleNames.UnlikelyRecipient ? BelongingModel.Shipped.Reference : _shipped.Value.GetValueOrDefault(rule, ScoreCurve.Empty);

    /// <summary>Curves as text: remarks, then a line for each rule with its name and its 101 counts.</summary>
    public static string Describe(IEnumerable<string> remarks, IEnumerable<KeyValuePair<string, ScoreCurve>> curves)
        => string.Concat(remarks.Select(r => $"# {r}\n").Concat(curves.Select(c => $"{c.Key} {string.Join(' ', c.Value.Bins)}\n")));

    /// <summary>Reads what <see cref="Describe"/> wrote. Throws <see cref="InvalidDataException"/> for a line that is no curve.</summary>
    public static FrozenDictionary<string, ScoreCurve> Read(string text)
        => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#').Select(One).ToFrozenDictionary(StringComparer.Ordinal);

    private static KeyValuePair<string, ScoreCurve> One(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var bins = new long[ScoreCurve.Empty.Bins.Count];
        if (words.Length != bins.Length + 1)
        {
            throw new InvalidDataException($"the curve of {words[0]} has {words.Length - 1} counts, not {bins.Length}");
        }

        for (var i = 0; i < bins.Length; i++)
        {
            if (!long.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out bins[i]))
            {
                throw new InvalidDataException($"the curve of {words[0]} has a count '{words[i + 1]}'");
            }
        }

        return KeyValuePair.Create(words[0], new ScoreCurve(bins));
    }

    private static FrozenDictionary<string, ScoreCurve> Load()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Name) ?? throw new InvalidDataException($"{Name} is missing from the program");
        using var text = new StreamReader(resource);
        return Read(text.ReadToEnd());
    }
}
